using Supervision.Silo.Orleans.Statistics;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>What became of commands in a cluster.</summary>
public sealed class StatisticsTests
{
    private static readonly DateOnly Granted = new(2017, 2, 1);

    private static readonly DateOnly DueBy = new(2017, 4, 1);

    [Fact]
    public async Task Commands_are_counted_where_they_are_decided_and_the_counts_outlive_the_silos()
    {
        await using var register = await TestRegister.CreateAsync();
        IReadOnlyList<SiloTotals> before;
        await using (var one = await ClusterMember.JoinAsync(register))
        await using (var two = await ClusterMember.JoinAsync(register))
        {
            for (var i = 0; i < 24; i++)
            {
                await one.AcceptAsync(Given.Factory($"F-{i}"), Given.Register($"企业{i}"));
                Assert.NotNull((await one.SendAsync(Given.Factory($"F-{i}"), Given.OrderDirected(DueBy))).Rejection);
            }

            await two.Statistics.ReadAsync(TestContext.Current.CancellationToken);
            before = await one.Statistics.ReadAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, before.Count);
        Assert.All(before, silo => Assert.Equal((TestRegister.Start, TestRegister.Start), (silo.Since, silo.ReportedAt)));
        var counts = before.Select(silo => silo.Counts["factory"]).OrderByDescending(silo => silo.PassedOn).ToList();
        Assert.Equal((24, 24), (counts.Sum(silo => silo.Accepted), counts.Sum(silo => silo.Rejected)));
        // All came to the first, which decided what lives there.
        Assert.InRange(counts[1].Accepted, 1, 23);
        Assert.Equal((counts[1].Accepted + counts[1].Rejected, 0), (counts[0].PassedOn, counts[1].PassedOn));
        await using var three = await ClusterMember.JoinAsync(register);
        var after = await three.Statistics.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Text(before), Text(after.Where(silo => silo.Counts.Count > 0)));
    }

    [Fact]
    public async Task A_decision_on_what_was_not_so_any_more_is_counted_where_it_was_made()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register, "one part");
        await using var two = await ClusterMember.JoinAsync(register, "the other part");
        var factory = Given.Factory("F-1");
        await one.AcceptAsync(factory, Given.Register());
        await two.SendAsync(factory, Given.OrderRandom(DueBy));
        await one.AcceptAsync(factory, Given.Grant(Granted));
        await two.AcceptAsync(factory, Given.OrderRandom(DueBy));

        // Each cluster has counts of its own.
        var ofTwo = Assert.Single(await two.Statistics.ReadAsync(TestContext.Current.CancellationToken)).Counts["factory"];
        Assert.Equal(new CommandCounts(Accepted: 1, Rejected: 1, Stale: 1, Unavailable: 0, PassedOn: 0, Unanswered: 0), ofTwo);
        var ofOne = Assert.Single(await one.Statistics.ReadAsync(TestContext.Current.CancellationToken)).Counts["factory"];
        Assert.Equal(new CommandCounts(Accepted: 2, Rejected: 0, Stale: 0, Unavailable: 0, PassedOn: 0, Unanswered: 0), ofOne);
    }

    [Fact]
    public async Task That_the_ledger_took_nothing_is_counted()
    {
        await using var register = await TestRegister.CreateAsync();
        await using var one = await ClusterMember.JoinAsync(register);
        await one.Silo.Writer.StopAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => one.AcceptAsync(Given.Factory("F-1"), Given.Register()));

        var row = Assert.Single(await new ClusterStatistics(one.Cluster).ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("factory", 0, 1), (row.Kind, row.Accepted, row.Unavailable));
    }

    [Fact]
    public void A_report_counts_once_and_those_of_a_start_are_added_to_those_before()
    {
        var state = new StatisticsState();
        Take(state, "a", generation: 5, accepted: 10);
        Take(state, "a", generation: 5, accepted: 10);
        Take(state, "a", generation: 5, accepted: 12);
        Take(state, "a", generation: 7, accepted: 3);
        // Of the earlier start, and late.
        Take(state, "a", generation: 5, accepted: 11);
        Take(state, "a", generation: 7, accepted: 4);

        Assert.Equal(16, Accepted(state, "a"));
    }

    [Fact]
    public void Of_silos_that_come_and_go_at_new_addresses_those_not_heard_of_for_longest_become_one()
    {
        var state = new StatisticsState();
        for (var i = 0; i < StatisticsState.SilosMax + 10; i++)
            Take(state, $"silo {i}", generation: 1, accepted: i, at: TestRegister.Start.AddMinutes(i));

        Assert.Equal(StatisticsState.SilosMax + 1, state.Silos.Count);
        Assert.Equal(Enumerable.Range(0, StatisticsState.SilosMax + 10).Sum(), state.Silos.Keys.Sum(silo => Accepted(state, silo)));
        var others = state.Silos[StatisticsState.Others].Totals(StatisticsState.Others);
        Assert.Equal((TestRegister.Start, TestRegister.Start.AddMinutes(9)), (others.Since, others.ReportedAt));
        Assert.Equal(Enumerable.Range(0, 10).Sum(), others.Counts["factory"].Accepted);
    }

    private static void Take(StatisticsState state, string silo, int generation, long accepted, DateTimeOffset? at = null) =>
        state.Take(new SiloReport(silo, generation, at ?? TestRegister.Start, new Dictionary<string, CommandCounts> { ["factory"] = new(accepted, 0, 0, 0, 0, 0) }));

    private static long Accepted(StatisticsState state, string silo) => state.Silos[silo].Totals(silo).Counts["factory"].Accepted;

    private static IEnumerable<string> Text(IEnumerable<SiloTotals> totals) => totals.Select(silo => $"{silo.Silo} {silo.Since:O} {string.Join(' ', silo.Counts.OrderBy(counts => counts.Key))}");
}
