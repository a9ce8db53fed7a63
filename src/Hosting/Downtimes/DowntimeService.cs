using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Downtimes;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Downtimes;

/// <summary>Declares and confirms downtimes, and tells what had happened by then.</summary>
public sealed class DowntimeService(CurrentRules rules, DowntimeStore store, IGrainClient grains, ActivationTable activations, CommandOutcomes outcomes) : IDowntimes
{
    /// <inheritdoc/>
    public async Task<DowntimeOutcome> DeclareAsync(string? id, GrainCommand.DeclareDowntime command, CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(context);
        // Sent again, it gets the first answer: the key may have been made of what was free then.
        if (id is null && context.Identity is { } identity && await outcomes.FindAsync(identity.Id, cancellationToken) is { } recorded)
            id = recorded.Grain.Key;
        return await SendAsync(id ?? FreeKey(command.From), command, context, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DowntimeOutcome> ConfirmAsync(string id, CommandContext context, CancellationToken cancellationToken) =>
        SendAsync(id, new GrainCommand.ConfirmDowntime(), context, cancellationToken);

    /// <inheritdoc/>
    public DowntimeView? Find(string id) => List().FirstOrDefault(downtime => string.Equals(downtime.Id, id, StringComparison.Ordinal));

    /// <inheritdoc/>
    public IReadOnlyList<DowntimeView> List() =>
        [.. rules.Downtimes.Select(known => ViewOf(known.Grain, known.State)).OrderByDescending(downtime => downtime.From).ThenBy(downtime => downtime.Id, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async Task<Page<PassedDeadline>?> PassedAsync(string id, long after, int limit, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } downtime)
            return null;
        var found = await store.PassedAsync(
            downtime.Region, downtime.From, downtime.To, CivilTime.StartOf(downtime.From), downtime.ConfirmedAt ?? DateTimeOffset.MaxValue, after, limit + 1, cancellationToken);
        return new Page<PassedDeadline>([.. found.Take(limit)], found.Count > limit);
    }

    private async Task<DowntimeOutcome> SendAsync(string id, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        var grain = GrainId.Of(GrainKind.Downtime, id);
        var outcome = await grains.SendAsync(grain, command, context, cancellationToken);
        return new DowntimeOutcome(
            outcome.Status, outcome.Rejection,
            outcome.Status == CommandStatus.Accepted && (await activations.ReadAsync(grain)).State is GrainState.Downtime downtime ? ViewOf(grain, downtime) : null);
    }

    private string FreeKey(DateOnly from)
    {
        for (var number = 1; ; number++)
        {
            if ($"{from:yyyyMMdd}-{number}" is var key && Find(key) is null)
                return key;
        }
    }

    private static DowntimeView ViewOf(GrainId grain, GrainState.Downtime downtime) => new(
        grain.Key, downtime.Region, downtime.From, downtime.To, downtime.MovedTo, downtime.Reason, downtime.DeclaredOn, downtime.ConfirmedAt);
}
