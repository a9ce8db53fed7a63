using Quartz;
using Supervision.Hosting.Draws;

namespace Supervision.Hosting.Jobs;

/// <summary>Announces the draws that policies plan, makes, completes and opens those that are due. Missed or doubled firings are harmless.</summary>
[DisallowConcurrentExecution]
public sealed class DrawJob(DrawPlans plans, TimeProvider clock) : IJob
{
    /// <summary>The job's identity in the store.</summary>
    public static readonly JobKey Key = new("draws");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await plans.RunDueAsync(clock.GetUtcNow(), cancellationToken);
}
