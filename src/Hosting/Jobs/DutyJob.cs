using Quartz;
using Supervision.Hosting.Duties;

namespace Supervision.Hosting.Jobs;

/// <summary>Schedules what newly adopted policies ask for, and ranks the rounds that are over. Missed or doubled firings are harmless.</summary>
[DisallowConcurrentExecution]
public sealed class DutyJob(DutyScheduling scheduling, RoundGrading grading, TimeProvider clock) : IJob
{
    /// <summary>The job's identity in the store.</summary>
    public static readonly JobKey Key = new("duties");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await scheduling.RunAsync(cancellationToken);
        await grading.RunDueAsync(clock.GetUtcNow(), cancellationToken);
    }
}
