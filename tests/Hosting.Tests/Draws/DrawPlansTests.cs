using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Jobs;
using Supervision.Ledger.Draws;
using Supervision.Ledger.Jobs;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Draws;

/// <summary>What the job says of draws that policies plan and that cannot be announced, and what it does when it is run by hand.</summary>
public sealed class DrawPlansTests
{
    private const string Draw = "miit-2016-annual-2017";

    [Fact]
    public async Task A_run_by_hand_looks_again_at_what_could_not_be_announced_on_that_day_and_a_run_tells_why()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Policy, Given.Policy), new GrainCommand.AdoptRules(1, new string('0', 64)));
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var rosters = new DrawRoster(new HolderQuery(dataSource), new CheckCounts(dataSource), silo.Activations);
        await using var services = new ServiceCollection().AddSingleton(new DrawJob(rosters, silo.DrawPlans, register.Time)).BuildServiceProvider();
        var jobs = new JobRunner([JobDefinition.Of<DrawJob>("draws", "45 0/5 * * * ?", "draws")], services, new JobRunStore(dataSource), register.Time, NullLogger<JobRunner>.Instance);

        // On its day nobody holds a title.
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 5, 8, 2, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        for (var i = 1; i <= 3; i++)
            await Given.CertifiedAsync(silo, $"F-{i}", $"第{i}有限公司");
        var byClock = await RunAsync(Actor.System.Id);
        Assert.Contains("; not announced: ", byClock, StringComparison.Ordinal);
        Assert.Contains($"{Draw} (roster-empty: ", byClock, StringComparison.Ordinal);
        Assert.Null(await silo.Draws.FindAsync(Draw, TestContext.Current.CancellationToken));

        var byHand = await RunAsync(Given.Officer.Id);
        Assert.DoesNotContain(Draw, byHand, StringComparison.Ordinal);
        Assert.Equal(DrawStatus.Announced, (await silo.Draws.FindAsync(Draw, TestContext.Current.CancellationToken))!.Status);

        async Task<string> RunAsync(string by)
        {
            var run = (await jobs.RunAsync("draws", by, TestContext.Current.CancellationToken))!;
            Assert.Equal(JobOutcome.Done, run.Outcome);
            return run.Detail;
        }
    }
}
