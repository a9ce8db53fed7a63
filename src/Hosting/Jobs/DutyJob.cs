using Supervision.Hosting.Duties;

namespace Supervision.Hosting.Jobs;

/// <summary>Schedules what newly adopted policies ask for, follows up what energy-conservation inspections found the year before, and ranks the rounds that are over.</summary>
public sealed class DutyJob(DutyScheduling scheduling, ViolatorListing violators, RoundGrading grading, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await scheduling.RunAsync(cancellationToken);
        await violators.RunAsync(clock.GetUtcNow(), cancellationToken);
        return $"{await grading.RunDueAsync(clock.GetUtcNow(), cancellationToken)} rounds were ranked";
    }
}
