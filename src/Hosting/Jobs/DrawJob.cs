using Supervision.Hosting.Draws;

namespace Supervision.Hosting.Jobs;

/// <summary>Announces the draws that policies plan, makes, completes and opens those that are due.</summary>
public sealed class DrawJob(DrawRoster rosters, DrawPlans plans, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        // Also while nothing is announced: the first announcement after a large import would have to count it all.
        await rosters.CountAsync(cancellationToken);
        await plans.RunDueAsync(clock.GetUtcNow(), cancellationToken);
        return "what is due of draws is done";
    }
}
