using Supervision.Hosting.Duties;

namespace Supervision.Hosting.Jobs;

/// <summary>Schedules what newly adopted policies ask for, and ranks the rounds that are over.</summary>
public sealed class DutyJob(DutyScheduling scheduling, RoundGrading grading, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await scheduling.RunAsync(cancellationToken);
        return $"{await grading.RunDueAsync(clock.GetUtcNow(), cancellationToken)} rounds were ranked";
    }
}
