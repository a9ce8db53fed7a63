using Quartz;

namespace Supervision.Hosting.Jobs;

/// <summary>What the scheduler fires, whichever job it is.</summary>
[DisallowConcurrentExecution]
public sealed class FiredJob(JobRunner runner) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        await runner.RunAsync(context.JobDetail.Key.Name, Actor.System.Id, cancellationToken);
    }
}
