using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Ledger.Duties;

namespace Supervision.Hosting.Duties;

/// <summary>
/// Schedules what a policy asks for on the entities under it, once for each version: titles that are granted later do so
/// themselves. Interrupted or run on two silos at once, it changes nothing that is done already.
/// </summary>
public sealed class DutyScheduling(DutyStore store, IGrainClient grains, RuleBook rules, TimeProvider clock)
{
    // Entities under way at once: enough to fill a commit.
    private const int EntitiesMax = 1000;

    /// <summary>Does what is left to do.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var policy in rules.Policies)
        {
            var begun = await store.SchedulingAsync(policy.Id, cancellationToken);
            if (begun is null || begun.Value.Version < policy.Version)
            {
                // Where nothing is asked for, and never was, nothing has to be looked at.
                await store.BeginSchedulingAsync(policy.Id, policy.Version, complete: begun is null && !Asks(policy), cancellationToken);
                begun = await store.SchedulingAsync(policy.Id, cancellationToken);
            }

            if (begun is { Progress: { Complete: false } progress } && begun.Value.Version == policy.Version)
                await RunAsync(policy, progress, cancellationToken);
        }
    }

    private async Task RunAsync(Policy policy, Progress progress, CancellationToken cancellationToken)
    {
        while (!progress.Complete)
        {
            var holders = await store.HoldersAsync(policy.Id, progress.UpTo, EntitiesMax, cancellationToken);
            await Task.WhenAll(holders.Select(holder =>
                grains.SendAsync(holder, new GrainCommand.ScheduleDuties(), new CommandContext(Actor.System), cancellationToken).AsTask()));
            progress = new Progress(holders.Count == 0 ? progress.UpTo : holders[^1], holders.Count < EntitiesMax);
            await store.AdvanceSchedulingAsync(policy.Id, policy.Version, progress, cancellationToken);
        }
    }

    private bool Asks(Policy policy) =>
        policy.ReEvaluation?.EveryYears is not null
        || (policy.Declarations?.Rounds.Any(round => (round.LastYear?.Value ?? int.MaxValue) >= CivilTime.DateAt(clock.GetUtcNow()).Year) ?? false);
}
