using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Ledger.Duties;
using Supervision.Ledger.Transfers;

namespace Supervision.Hosting.Transfers;

/// <summary>
/// Has the titles that exist when a policy comes into force looked through for what follows from them by itself, once for each version. What is granted or lost later brings
/// about the rest in its own append. Interrupted, late or on two silos at once it changes nothing that is done already.
/// </summary>
public sealed class TitleRecognition(RecognitionStore store, IGrainClient grains, RuleBook rules)
{
    // Entities under way at once: enough to fill a commit.
    private const int EntitiesMax = 1000;

    private readonly IReadOnlyList<(Policy Policy, DateTimeOffset Begins)> _policies =
    [
        .. from policy in rules.Recognitions.Select(recognition => recognition.Policy).Distinct()
           let begins = CivilTime.StartOf(policy.EffectiveFrom.Value)
           orderby begins
           select (policy, begins),
    ];

    /// <summary>The next instant after one at which such a policy comes into force; null where none does up to an end.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset to)
    {
        foreach (var (_, begins) in _policies)
        {
            if (begins > instant)
                return begins <= to ? begins : null;
        }

        return null;
    }

    /// <summary>Does what is left to do under the policies that are in force by now.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take commands now; what is done is done.</exception>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var (policy, _) in _policies.Where(due => due.Begins <= now))
        {
            var begun = await store.ReadAsync(policy.Id, cancellationToken);
            if (begun is null || begun.Value.Version < policy.Version)
            {
                await store.BeginAsync(policy.Id, policy.Version, cancellationToken);
                begun = await store.ReadAsync(policy.Id, cancellationToken);
            }

            if (begun is { Progress: { Complete: false } progress } && begun.Value.Version == policy.Version)
                await RunAsync(policy, progress, cancellationToken);
        }
    }

    private async Task RunAsync(Policy policy, Progress progress, CancellationToken cancellationToken)
    {
        var sources = policy.Recognition!.SelectMany(rule => rule.From).Distinct().ToList();
        while (!progress.Complete)
        {
            var holders = await store.SourcesAsync(sources, policy.Region?.Value, progress.UpTo, EntitiesMax, cancellationToken);
            await Task.WhenAll(holders.Select(holder =>
                grains.SendAsync(holder, new GrainCommand.RecogniseTitles(), new CommandContext(Actor.System), cancellationToken).AsTask()));
            progress = new Progress(holders.Count == 0 ? progress.UpTo : holders[^1], holders.Count < EntitiesMax);
            await store.AdvanceAsync(policy.Id, policy.Version, progress, cancellationToken);
        }
    }
}
