namespace Supervision.Api.Access;

/// <summary>
/// The register as it is shown to those who do not supervise: without what is restricted, without checks that the holder was not told
/// of, and to an enterprise its own entities alone. Inspectors know of checks, and are shown what their own are about even where it is restricted.
/// </summary>
internal sealed class OutsideRegister(IRegister whole, Actor reader) : IRegister
{
    /// <inheritdoc/>
    public long Seq => whole.Seq;

    /// <inheritdoc/>
    public Task WaitForAsync(long seq, CancellationToken cancellationToken) => whole.WaitForAsync(seq, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<EntitySnapshot?> FindAsync(GrainId grain, CancellationToken cancellationToken) =>
        await whole.FindAsync(grain, cancellationToken) is { } snapshot && await SeesAsync(snapshot.View, cancellationToken)
            ? await ShowAsync(snapshot, cancellationToken)
            : null;

    /// <summary>An entity as it is shown to the reader.</summary>
    public async Task<EntitySnapshot> ShowAsync(EntitySnapshot snapshot, CancellationToken cancellationToken) =>
        (await ShowAsync([snapshot], cancellationToken))[0];

    /// <inheritdoc/>
    public async Task<Page<EntitySnapshot>> ListAsync(EntityFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        var page = await whole.ListAsync(Narrow(filter), after, limit, cancellationToken);
        return page with { Items = await ShowAsync(page.Items, cancellationToken) };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<GrainId, EntitySnapshot>> FindAsync(IReadOnlyCollection<GrainId> grains, AsOf? asOf, CancellationToken cancellationToken)
    {
        var seen = await SeenAsync((await whole.FindAsync(grains, asOf, cancellationToken)).Values, cancellationToken);
        return (await ShowAsync(seen, cancellationToken)).ToDictionary(snapshot => snapshot.View.Id);
    }

    /// <inheritdoc/>
    public async Task<PastPage> ListAsync(EntityFilter filter, AsOf asOf, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        var page = await whole.ListAsync(Narrow(filter), asOf, after, limit, cancellationToken);
        // What was not restricted then is withheld all the same if it is now.
        return page with { Items = await ShowAsync(await SeenAsync(page.Items, cancellationToken), cancellationToken) };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<GrainId>>> MatchAsync(IReadOnlyList<string> texts, AsOf? asOf, int limit, CancellationToken cancellationToken) =>
        whole.MatchAsync(texts, asOf, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candidate>> CandidatesAsync(string name, EntityFilter filter, int limit, CancellationToken cancellationToken) =>
        whole.CandidatesAsync(name, Narrow(filter), limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StatisticsRow>> CountAsync(StatisticsQuery query, CancellationToken cancellationToken) =>
        whole.CountAsync(query with { Filter = Narrow(query.Filter) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<HistoryEntry>?> HistoryAsync(GrainId grain, HistoryOrder order, long? after, int limit, CancellationToken cancellationToken)
    {
        if (await whole.FindAsync(grain, cancellationToken) is not { View: var view } || !await SeesAsync(view, cancellationToken))
            return null;
        var untold = new Untold(
            view.Checks.Where(check => !IsKnown(check)).Select(check => check.Id).ToHashSet(),
            view.Visits.Where(visit => !IsKnown(visit)).Select(visit => visit.Id).ToHashSet(),
            view.EnergyInspections.Where(entry => !IsKnown(view, entry)).Select(entry => entry.Id).ToHashSet());
        var shown = new List<HistoryEntry>();
        var page = new Page<HistoryEntry>([], HasMore: true);
        while (shown.Count < limit && page.HasMore)
        {
            if (await whole.HistoryAsync(grain, order, after, limit, cancellationToken) is not { } next)
                return null;
            page = next;
            shown.AddRange(next.Items.Where(entry => IsTold(grain, entry.Type) && !OutsideEvents.TellsOf(entry.Type, entry.Data, untold)));
            after = next.Items is [.., var last] ? last.Version : after;
        }

        var entries = shown.Take(limit).ToList();
        var named = entries.ToDictionary(entry => entry.Version, entry => OutsideEvents.GrainsIn(entry.Data, grain));
        var withheld = await WithheldAsync(named.Values.SelectMany(grains => grains), cancellationToken);
        return new Page<HistoryEntry>(
            [.. entries.Select(entry => entry with { Data = named[entry.Version].Overlaps(withheld) ? "null" : DataOf(entry) })], page.HasMore || shown.Count > limit);
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsWithheldAsync(GrainId entity, CancellationToken cancellationToken) => whole.IsWithheldAsync(entity, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlySet<GrainId>> WithheldAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken) =>
        whole.WithheldAsync(entities, cancellationToken);

    /// <inheritdoc/>
    public DateOnly DateAt(DateTimeOffset instant) => whole.DateAt(instant);

    /// <summary>Whether the reader may know of a check: its holder does, see <see cref="Check.IsAnnounced"/>, or the reader carries checks out.</summary>
    private bool IsKnown(CheckView check) => reader.Role == Role.Inspector || check.Status is not (CheckStatus.Planned or CheckStatus.Approved);

    private bool IsKnown(VisitView visit) => reader.Role == Role.Inspector || visit.IsAnnounced();

    private bool IsKnown(EntityView enterprise, EnergyInspectionView entry) => entry.OnSite is not { } drawn || enterprise.Visits.All(visit => visit.Id != drawn.Visit || IsKnown(visit));

    /// <summary>What lies between holder and authority is told to that holder.</summary>
    private bool IsTold(GrainId grain, string type) =>
        OutsideEvents.IsTold(grain, type) || (reader.Role == Role.Enterprise && OutsideEvents.IsDispute(type));

    private string DataOf(HistoryEntry entry) => OutsideEvents.DataOf(entry.Type, entry.Data, toReceiver: reader.Role == Role.Enterprise);

    private EntityFilter Narrow(EntityFilter filter) => reader.Role == Role.Enterprise ? filter with { Own = reader.Own } : filter with { Unrestricted = true };

    /// <summary>Whether an entity is shown at all.</summary>
    private async ValueTask<bool> SeesAsync(EntityView view, CancellationToken cancellationToken) => reader.Role switch
    {
        Role.Enterprise => await reader.OwnsAsync(view.Id, whole, cancellationToken),
        Role.Inspector when view.Checks.Any(check => check.Inspectors.Contains(reader.Person)) || view.Visits.Any(visit => visit.Inspectors.Contains(reader.Person)) => true,
        _ => !await whole.IsWithheldAsync(view.Id, cancellationToken),
    };

    private async Task<IReadOnlyList<EntitySnapshot>> SeenAsync(IEnumerable<EntitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        var seen = new List<EntitySnapshot>();
        foreach (var snapshot in snapshots)
        {
            if (await SeesAsync(snapshot.View, cancellationToken))
                seen.Add(snapshot);
        }

        return seen;
    }

    /// <summary>Entities without checks that the holder was not told of, and without a word of others that are withheld.</summary>
    private async Task<IReadOnlyList<EntitySnapshot>> ShowAsync(IReadOnlyList<EntitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        var withheld = await WithheldAsync(snapshots.SelectMany(snapshot => OthersIn(snapshot.View)), cancellationToken);
        var shown = new List<EntitySnapshot>(snapshots.Count);
        foreach (var snapshot in snapshots)
            shown.Add(Show(snapshot, withheld, await ToldAsync(snapshot.View, cancellationToken)));
        return shown;
    }

    /// <summary>The checks made on visits of an entity that the reader may know of, on whichever entities they are.</summary>
    private async Task<IReadOnlySet<VisitedCheck>> ToldAsync(EntityView view, CancellationToken cancellationToken)
    {
        var told = new HashSet<VisitedCheck>();
        foreach (var visited in view.Visits.Where(IsKnown).SelectMany(visit => visit.Checks))
        {
            var entity = visited.Entity == view.Id ? view : (await whole.FindAsync(visited.Entity, cancellationToken))?.View;
            if (entity?.Checks.FirstOrDefault(check => check.Id == visited.Check) is { } check && IsKnown(check))
                told.Add(visited);
        }

        return told;
    }

    private EntitySnapshot Show(EntitySnapshot snapshot, IReadOnlySet<GrainId> withheld, IReadOnlySet<VisitedCheck> told)
    {
        var view = snapshot.View;
        var warns = view.Checks.Any(check => !IsKnown(check)) || view.Visits.Any(visit => !IsKnown(visit));
        // So is what the holder says against an inspector or a result.
        var disputed = reader.Role != Role.Enterprise
            && (view.Checks.Any(check => check.Recusals.Count > 0 || check.Objection is not null) || view.Visits.Any(visit => visit.Recusals.Count > 0));
        // What was served is between authority and receiver.
        var shares = reader.Role == Role.Enterprise || view.Notices.Count == 0;
        var proposes = view.Adjustments.Count + view.ProposedSuccessors.Count > 0;
        // The next deadline may be that of such a check, and where it is left out sometimes that tells of one.
        var times = reader.Role != Role.Inspector && view.NextWakeUp is not null;
        var joins = view.Visits.Where(IsKnown).SelectMany(visit => visit.Checks).Any(visited => !told.Contains(visited));
        if (!warns && !disputed && !proposes && shares && !times && !joins && !OthersIn(view).Any(withheld.Contains))
            return snapshot;
        var shown = view with
        {
            // What is only proposed is between authorities.
            Adjustments = [],
            ProposedSuccessors = [],
            Notices = reader.Role == Role.Enterprise ? view.Notices : [],
            Checks = warns || disputed
                ? [.. view.Checks.Where(IsKnown).Select(check => disputed ? check with { Recusals = [], Objection = null } : check)]
                : view.Checks,
            Visits = [.. view.Visits.Where(IsKnown).Select(visit => visit with
            {
                Checks = [.. visit.Checks.Where(visited => told.Contains(visited) && !withheld.Contains(visited.Entity))],
                Recusals = disputed ? [] : visit.Recusals,
            })],
            EnergyInspections = warns ? [.. view.EnergyInspections.Select(entry => IsKnown(view, entry) ? entry : Undrawn(entry))] : view.EnergyInspections,
            NextWakeUp = times ? null : view.NextWakeUp,
            Relations = [.. view.Relations.Where(relation => !withheld.Contains(relation.To))],
            Bans = [.. view.Bans.Where(ban => !withheld.Contains(ban.Cause) && !(ban.Of is { } of && withheld.Contains(of)))],
            Successors = [.. view.Successors.Where(other => !withheld.Contains(other.Enterprise))],
            Predecessors = [.. view.Predecessors.Where(other => !withheld.Contains(other.Enterprise))],
            Absorbed = [.. view.Absorbed.Where(absorbed => !withheld.Contains(absorbed))],
        };
        return new EntitySnapshot(shown, ViewJson.Write(shown));
    }

    /// <summary>An entry of the list as it was before it was drawn for a visit: to be inspected until the end of the year of its plan.</summary>
    private static EnergyInspectionView Undrawn(EnergyInspectionView entry) => entry with { OnSite = null, DueBy = LastDayOf(entry.Year!.Value), Overdue = false };

    private static DateOnly LastDayOf(int year) => new(year, 12, 31);

    /// <summary>The entities that another one's view names, without the enterprise behind it, with which it would be withheld itself.</summary>
    private static IEnumerable<GrainId> OthersIn(EntityView view) =>
        view.Relations.Where(relation => relation.Type != Relation.EnterpriseType).Select(relation => relation.To)
            .Concat(view.Bans.Select(ban => ban.Cause)).Concat(view.Bans.Select(ban => ban.Of).OfType<GrainId>())
            .Concat(view.Successors.Concat(view.Predecessors).Select(other => other.Enterprise)).Concat(view.Absorbed)
            .Concat(view.Visits.SelectMany(visit => visit.Checks).Select(visited => visited.Entity).Where(entity => entity != view.Id));

    private async Task<IReadOnlySet<GrainId>> WithheldAsync(IEnumerable<GrainId> named, CancellationToken cancellationToken)
    {
        var others = named.Where(grain => !reader.Own.Contains(grain)).ToHashSet();
        return others.Count == 0 ? others : await whole.WithheldAsync(others, cancellationToken);
    }
}
