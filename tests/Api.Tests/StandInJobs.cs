namespace Supervision.Api.Tests;

/// <summary>One job, wake-up.</summary>
internal sealed class StandInJobs : IJobs
{
    private static readonly JobRunView Run = new(Entities.Now, 12, JobOutcome.Done, "3 grains were woken", "system");

    public Task<IReadOnlyList<JobView>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JobView>>([new JobView("wake-up", "Wakes.", "0/10 * * * * ?", "Asia/Shanghai", Entities.Now.AddSeconds(10), Run)]);

    public Task<IReadOnlyList<JobRunView>?> RunsAsync(string job, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JobRunView>?>(job == "wake-up" ? [Run] : null);

    public Task<JobRunView?> RunAsync(string job, string by, CancellationToken cancellationToken) => Task.FromResult(job == "wake-up" ? Run with { By = by } : null);
}

/// <summary>One reminder a page, two pages in all.</summary>
internal sealed class StandInReminders : IReminders
{
    public ReminderFilter? Filter { get; private set; }

    public long? Before { get; private set; }

    public Task<Page<ReminderView>> ListAsync(ReminderFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        (Filter, Before) = (filter, before);
        var deadline = new Deadline(
            new DateOnly(2026, 5, 31), DeadlineKind.Rectification, "rectification-1", DeadlineOwner.Holder, "miit-2024", "green-factory", Level.National, "第十五条");
        return Task.FromResult(new Page<ReminderView>([new ReminderView(7, Entities.Factory, "甲", "430000", 30, deadline, Entities.Now)], HasMore: before is null));
    }
}
