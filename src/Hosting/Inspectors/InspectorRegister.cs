using Supervision.Grains.Inspectors;
using Supervision.Ledger.Inspectors;

namespace Supervision.Hosting.Inspectors;

/// <summary>The register of inspectors: read from memory, with names from beside the ledger.</summary>
public sealed class InspectorRegister(InspectorDirectory directory, InspectorStore store, IKeys keys, IGrainClient grains) : IInspectors
{
    /// <inheritdoc/>
    public async Task<InspectorView?> FindAsync(GrainId inspector, CancellationToken cancellationToken) =>
        directory.Find(inspector) is { } known ? (await ShowAsync([known], cancellationToken))[0] : null;

    /// <inheritdoc/>
    public async Task<Page<InspectorView>> ListAsync(InspectorFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = directory.All()
            .SkipWhile(entry => after is { } place && string.CompareOrdinal(entry.Id, place.Key) <= 0)
            .Where(entry => Fits(filter, entry))
            .Take(limit + 1)
            .Select(entry => directory.Find(GrainId.Of(GrainKind.Inspector, entry.Id))!)
            .ToList();
        return new Page<InspectorView>(await ShowAsync([.. found.Take(limit)], cancellationToken), found.Count > limit);
    }

    /// <inheritdoc/>
    public async Task<CommandOutcome> SendAsync(GrainId inspector, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        if (command is GrainCommand.RegisterInspector && await EvaluatesAsync(inspector.Key, cancellationToken))
            return new CommandOutcome(CommandStatus.Rejected, new Rejection.EvaluatorNotInspector(inspector.Key), null, null, 0, Changed: false);
        return await grains.SendAsync(inspector, await NamedAsync(inspector, command, cancellationToken), context, cancellationToken);
    }

    /// <inheritdoc/>
    public bool IsInService(string person) =>
        GrainId.TryParse($"{GrainKind.Inspector}/{person}", out var inspector) && directory.Find(inspector) is { State.Retirement: null };

    /// <summary>The command for a row of a list of inspectors: who is registered is set right, everybody else is registered.</summary>
    internal async Task<(GrainCommand? Command, Rejection? Rejection)> ForRowAsync(
        GrainId inspector, GrainCommand.RegisterInspector row, CancellationToken cancellationToken)
    {
        if (await EvaluatesAsync(inspector.Key, cancellationToken))
            return (null, new Rejection.EvaluatorNotInspector(inspector.Key));
        var command = directory.Find(inspector) is { State.Retirement: null }
            ? new GrainCommand.ChangeInspector(row.Name, row.Regions, row.CertificateValidUntil, row.Fields, row.Conflicts)
            : (GrainCommand)row;
        return (await NamedAsync(inspector, command, cancellationToken), null);
    }

    /// <summary>Only who can be named by a key is known here; titles name evaluators as bodies, not as persons.</summary>
    private async Task<bool> EvaluatesAsync(string person, CancellationToken cancellationToken) =>
        (await keys.ListAsync(cancellationToken)).Any(key =>
            key is { Role: Role.Evaluator or Role.CertificationBody, RevokedAt: null } && string.Equals(key.Person, person, StringComparison.Ordinal));

    /// <summary>The command with the name as it is registered, where it is the same: only beside the ledger it can be told.</summary>
    private async Task<GrainCommand> NamedAsync(GrainId inspector, GrainCommand command, CancellationToken cancellationToken)
    {
        var name = command switch
        {
            GrainCommand.RegisterInspector register => register.Name,
            GrainCommand.ChangeInspector change => change.Name,
            _ => null,
        };
        if (name is null || directory.Find(inspector) is not { } known
            || NameOf(known, await store.NamesAsync([inspector], cancellationToken)) is not { } registered || !string.Equals(registered.Text, name.Text, StringComparison.Ordinal))
            return command;
        var same = new PrivateText(registered.Sha256);
        return command switch
        {
            GrainCommand.RegisterInspector register => register with { Name = same },
            GrainCommand.ChangeInspector change => change with { Name = same },
            _ => command,
        };
    }

    private static bool Fits(InspectorFilter filter, InspectorEntry entry) =>
        (filter.Retired is not { } retired || entry.Retired == retired)
        && (filter.ValidOn is not { } day || entry.CertificateValidUntil >= day)
        && (filter.Field is not { } field || entry.Fields.Contains(field))
        && (filter.Conflict is not { } enterprise || entry.Conflicts.Contains(enterprise))
        && (filter.Region is not { } region || InspectorFitness.Covers(entry.Regions, region) || entry.Regions.Any(scope => Region.Covers(region, scope)));

    private async Task<IReadOnlyList<InspectorView>> ShowAsync(IReadOnlyList<KnownInspector> inspectors, CancellationToken cancellationToken)
    {
        var names = await store.NamesAsync([.. inspectors.Select(known => known.Id)], cancellationToken);
        return [.. inspectors.Select(known => new InspectorView(
            known.Id.Key, NameOf(known, names)?.Text, known.State.Regions, known.State.CertificateValidUntil, known.State.Fields,
            [.. known.State.Conflicts.Select(conflict => new InspectorConflictView(
                conflict.Id, conflict.Enterprise, conflict.Identities ?? [], conflict.Reason, conflict.On, conflict.By, conflict.EndedOn, InspectorConflict.Article))],
            known.State.RegisteredOn, known.State.Retirement?.On, known.State.Retirement?.Reason, known.Version))];
    }

    /// <summary>The name that the state has the hash of, unless it was erased.</summary>
    private static PrivateText? NameOf(KnownInspector known, ILookup<GrainId, PrivateText> names) =>
        names[known.Id].FirstOrDefault(name => string.Equals(name.Sha256, known.State.Name.Sha256, StringComparison.Ordinal));
}
