using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Jobs;
using Supervision.Hosting.Reminders;
using Supervision.Ledger.Jobs;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;
using Supervision.Ledger.Reminders;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Jobs;

/// <summary>Jobs by hand and what is kept of them; reminders.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task A_run_is_kept_with_its_outcome_and_only_the_last_ones_are()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var job = new Counting();
        var runner = RunnerOf(job, dataSource, register.Time);

        for (var i = 0; i < JobRunStore.Kept + 3; i++)
            await runner.RunAsync("count", "p-admin", TestContext.Current.CancellationToken);
        job.Failure = new InvalidOperationException("no");
        var failed = await runner.RunAsync("count", "system", TestContext.Current.CancellationToken);

        var runs = (await runner.RunsAsync("count", TestContext.Current.CancellationToken))!;
        Assert.Equal((JobRunStore.Kept, JobOutcome.Failed, "no", "system"), (runs.Count, failed!.Outcome, failed.Detail, failed.By));
        Assert.Equal(("no", $"run {JobRunStore.Kept + 3}", "p-admin"), (runs[0].Detail, runs[1].Detail, runs[1].By));
        var listed = Assert.Single(await runner.ListAsync(TestContext.Current.CancellationToken));
        // Manual time fires what is due itself.
        Assert.Equal(("count", "no", null), (listed.Name, listed.LastRun!.Detail, listed.NextRun));
        Assert.Null(await runner.RunAsync("none", "system", TestContext.Current.CancellationToken));
        Assert.Null(await runner.RunsAsync("none", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_next_run_is_told_in_the_time_of_China()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);

        var listed = Assert.Single(await RunnerOf(new Counting(), dataSource, new Noon()).ListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(new DateTimeOffset(2026, 5, 1, 23, 0, 0, TimeSpan.Zero), listed.NextRun);
    }

    [Fact]
    public async Task Jobs_fire_by_themselves_at_their_times()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var job = new Counting();
        // The job fires at every tenth second.
        var clock = new RunningFrom(new DateTimeOffset(2026, 5, 1, 4, 0, 9, TimeSpan.Zero));
        var runner = RunnerOf(job, dataSource, clock, "wake-up");
        await using var services = new ServiceCollection().AddLogging().AddSingleton(runner).AddScheduling(register.ConnectionString, clock).BuildServiceProvider();
        var scheduler = await services.GetRequiredService<Quartz.ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);

        await scheduler.Start(TestContext.Current.CancellationToken);
        await job.Ran.WaitAsync(TestContext.Current.CancellationToken);
        await scheduler.Shutdown(waitForJobsToComplete: true, TestContext.Current.CancellationToken);

        var run = (await runner.RunsAsync("wake-up", TestContext.Current.CancellationToken))![^1];
        Assert.Equal((JobOutcome.Done, "run 1", Actor.System.Id), (run.Outcome, run.Detail, run.By));
        Assert.InRange(run.StartedAt, new DateTimeOffset(2026, 5, 1, 4, 0, 10, TimeSpan.Zero), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_trigger_that_a_silo_of_the_version_before_gave_up_fires_again()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var services = new ServiceCollection().AddLogging().AddScheduling(register.ConnectionString, TimeProvider.System).BuildServiceProvider();
        // Not started, so that nothing fires: its jobs are in the store all the same.
        await services.GetRequiredService<Quartz.ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);
        await register.ExecuteAsync("UPDATE qrtz_triggers SET trigger_state = 'ERROR' WHERE trigger_name IN ('draws', 'reminders')");

        using var repair = ActivatorUtilities.CreateInstance<TriggerRepair>(services);
        await repair.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((long)Scheduling.Jobs.Count, await register.QueryAsync<long>("SELECT count(*) FROM qrtz_triggers WHERE trigger_state = 'WAITING'"));
    }

    [Fact]
    public void Every_job_has_a_name_a_schedule_and_a_description_of_its_own()
    {
        Assert.Equal(Scheduling.Jobs.Count, Scheduling.Jobs.Select(job => job.Name).Distinct().Count());
        Assert.All(Scheduling.Jobs, job =>
        {
            Assert.NotNull(new Quartz.CronExpression(job.Cron).GetNextValidTimeAfter(TestRegister.Start));
            Assert.NotEmpty(job.Description);
            Assert.True(job.Type.IsAssignableTo(typeof(IScheduledJob)));
        });
    }

    [Fact]
    public async Task Holders_are_reminded_once_at_each_mark_and_a_missed_run_is_made_up_for()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var store = new ReminderStore(dataSource);
        var reminding = new Reminding(new WorkQuery(dataSource), new GrainLoader(dataSource), store, silo.Rules, register.Time, Options.Create(new ReminderOptions()));
        var factory = await Given.CertifiedAsync(silo, "F-1");
        var today = new DateOnly(2017, 3, 1);
        // What the holder has to do is one thing, what the authority has to do another.
        await Given.AcceptAsync(silo, factory, Given.OrderDirected(today.AddDays(20)));
        await Given.AcceptAsync(silo, factory, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "evidence", Urgent: false));
        await Given.AcceptAsync(silo, factory, new GrainCommand.ServeCase("case-1", today, "post"));
        var window = (await silo.Register.FindAsync(factory, TestContext.Current.CancellationToken))!.View.Cases[0].WindowEnds!.Value;

        Assert.Equal(1, await reminding.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await reminding.RunAsync(TestContext.Current.CancellationToken));
        register.Time.MoveTo(register.Time.GetUtcNow().AddDays(window.DayNumber - today.DayNumber - 2));
        Assert.Equal(1, await reminding.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await reminding.RunAsync(TestContext.Current.CancellationToken));
        register.Time.MoveTo(register.Time.GetUtcNow().AddDays(3));
        Assert.Equal(0, await reminding.RunAsync(TestContext.Current.CancellationToken));

        var page = await store.ListAsync(new ReminderFilter(["430000"]) { Own = [EntityName.EnterpriseOf("某某股份有限公司")] }, null, 1, TestContext.Current.CancellationToken);
        var last = Assert.Single(page.Items);
        Assert.Equal((factory, 3, DeadlineKind.StatementWindow, "case-1", window), (last.Entity, last.DaysBefore, last.Deadline.Kind, last.Deadline.Id, last.Deadline.DueOn));
        Assert.True(page.HasMore);
        Assert.Equal([15], (await store.ListAsync(new ReminderFilter([]), last.Id, 10, TestContext.Current.CancellationToken)).Items.Select(item => item.DaysBefore));
        Assert.Empty((await store.ListAsync(new ReminderFilter(["440000"]), null, 10, TestContext.Current.CancellationToken)).Items);
        Assert.Empty((await store.ListAsync(new ReminderFilter([]) { DueFrom = window.AddDays(1) }, null, 10, TestContext.Current.CancellationToken)).Items);
        Assert.Empty((await store.ListAsync(new ReminderFilter([]) { Own = [EntityName.EnterpriseOf("另一有限公司")] }, null, 10, TestContext.Current.CancellationToken)).Items);
    }

    [Theory]
    [InlineData("30,15,3", new[] { 3, 15, 30 })]
    [InlineData(" 7 ", new[] { 7 })]
    [InlineData("30;15", null)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("367", null)]
    public void Marks_are_days_with_commas(string text, int[]? marks) => Assert.Equal(marks, new ReminderOptions { DaysBefore = text }.Marks());

    private static JobRunner RunnerOf(Counting job, Npgsql.NpgsqlDataSource dataSource, TimeProvider clock, string name = "count") => new(
        [JobDefinition.Of<Counting>(name, "0 0 7 * * ?", "Counts.")], new ServiceCollection().AddSingleton(job).BuildServiceProvider(), new JobRunStore(dataSource), clock,
        NullLogger<JobRunner>.Instance);

    private sealed class Counting : IScheduledJob
    {
        private readonly TaskCompletionSource _ran = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;

        public Exception? Failure { get; set; }

        public Task Ran => _ran.Task;

        public Task<string> RunAsync(CancellationToken cancellationToken)
        {
            _ran.TrySetResult();
            return Failure is { } failure ? throw failure : Task.FromResult($"run {++_runs}");
        }
    }

    /// <summary>Time that passes from an instant on.</summary>
    private sealed class RunningFrom(DateTimeOffset start) : TimeProvider
    {
        private readonly long _began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began);
    }

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 4, 0, 0, TimeSpan.Zero);
    }
}
