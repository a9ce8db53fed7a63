using Supervision.Hosting.Draws;

namespace Supervision.Hosting.Jobs;

/// <summary>Announces the draws that policies plan, makes, completes and opens those that are due.</summary>
public sealed class DrawJob(DrawPlans plans, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await plans.RunDueAsync(clock.GetUtcNow(), cancellationToken);
        return "what is due of draws is done";
    }
}
