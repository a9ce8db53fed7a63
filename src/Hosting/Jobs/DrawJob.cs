using Supervision.Hosting.Draws;

namespace Supervision.Hosting.Jobs;

/// <summary>Announces the draws that policies plan, makes, completes and opens those that are due.</summary>
public sealed class DrawJob(DrawRoster rosters, DrawPlans plans, TimeProvider clock) : IScheduledJob
{
    private const string Done = "what is due of draws is done";

    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        // Also while nothing is announced: the first announcement after a large import would have to count it all.
        await rosters.CountAsync(cancellationToken);
        var notAnnounced = await plans.RunDueAsync(clock.GetUtcNow(), cancellationToken);
        return notAnnounced.Count == 0 ? Done : $"{Done}; not announced: {string.Join("; ", notAnnounced)}";
    }

    /// <inheritdoc/>
    public Task<string> RunByHandAsync(CancellationToken cancellationToken)
    {
        plans.LookAgain();
        return RunAsync(cancellationToken);
    }
}
