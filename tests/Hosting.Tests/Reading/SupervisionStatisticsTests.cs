using Supervision.Hosting.Reading;
using Supervision.Ledger.Query;
using Supervision.Ledger.Schema;

namespace Supervision.Hosting.Tests.Reading;

/// <summary>The counts of supervision against what was done.</summary>
public sealed class SupervisionStatisticsTests
{
    private static readonly DateOnly Today = new(2017, 3, 1);

    [Fact]
    public async Task Removals_checks_exemptions_and_what_is_overdue_are_counted_by_their_titles()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await using var dataSource = LedgerDataSource.Create(register.ConnectionString);
        var reader = new SupervisionReader(new RegisterCounts(dataSource), new SupervisionCounts(dataSource), register.Time);
        var (exempt, removed, late) = (
            await Given.CertifiedAsync(silo, "F-1", "甲有限公司"), await Given.CertifiedAsync(silo, "F-2", "乙有限公司"), await Given.CertifiedAsync(silo, "F-3", "丙有限公司"));
        for (var n = 1; n <= 3; n++)
        {
            await Given.AcceptAsync(silo, exempt, Given.OrderRandom(Today, $"draw-{n}"));
            await Given.AcceptAsync(silo, exempt, Given.Result($"check-{n}", CheckOutcome.Clean, Today));
        }

        await Given.AcceptAsync(silo, removed, new GrainCommand.OpenCase(Given.Title, "false-declaration", null, "evidence", Urgent: false));
        await Given.AcceptAsync(silo, removed, new GrainCommand.ServeCase("case-1", Today, "post"));
        await Given.AcceptAsync(silo, removed, new GrainCommand.RecordStatement("case-1", PrivateText.Of("x", new byte[16])));
        Assert.Null((await silo.SendAsync(removed, new GrainCommand.DecideCase("case-1", CaseOutcome.Remove, "reason", "N-1"), Given.SecondOfficer)).Rejection);
        await Given.AcceptAsync(silo, late, Given.OrderDirected(Today));
        await silo.Clock.MoveToAsync(register.Time.GetUtcNow().AddDays(2), TestContext.Current.CancellationToken);

        var query = new StatisticsQuery([Dimension.Policy], new EntityFilter { Kind = "factory" }, []);
        var row = Assert.Single(await reader.CountAsync(query, null, null, TestContext.Current.CancellationToken));

        Assert.Equal([Given.Policy], row.Values);
        Assert.Equal((3, 2, 1), (row.Titles, row.InForce, row.Exemptions));
        Assert.Equal(new Dictionary<string, long> { ["false-declaration"] = 1 }, row.Removed);
        Assert.Equal(new Dictionary<string, long> { ["clean"] = 3 }, row.Checks);
        Assert.Equal(1, row.Overdue["check"]);
        // As many as the ledger has.
        Assert.Equal(row.Checks["clean"], await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.passed'"));
        Assert.Equal(row.Removed.Values.Sum(), await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'title.removed'"));

        var before = Assert.Single(await reader.CountAsync(query, null, Today.AddDays(-1), TestContext.Current.CancellationToken));
        Assert.Equal((3, 0, 0), (before.Titles, before.Removed.Count + before.Checks.Count + before.Overdue.Count, before.Exemptions));
        var since = Assert.Single(await reader.CountAsync(query, Today, Today, TestContext.Current.CancellationToken));
        Assert.Equal(3, since.Checks["clean"]);
        Assert.Empty(await reader.CountAsync(query with { Filter = new EntityFilter { Region = "440000" } }, null, null, TestContext.Current.CancellationToken));
    }
}
