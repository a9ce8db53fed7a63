using System.IO.Compression;
using Supervision.Grains.Draws;

namespace Supervision.Hosting.Tests.Draws;

/// <summary>The list of a year and the visits to those on it, drawn on the ledger by the protocol of spot checks.</summary>
public sealed class EnergyDrawTests
{
    private static readonly DateTimeOffset Due = TestRegister.Start.AddDays(7);

    [Fact]
    public async Task Enterprises_are_drawn_for_the_list_and_a_share_of_those_on_it_for_visits_that_make_the_inspection()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        foreach (var id in new[] { "I-1", "I-2", "I-3" })
            await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Inspector, id), new GrainCommand.RegisterInspector(PrivateText.Of(id, new byte[16]), [], new DateOnly(2099, 12, 31), [], []));
        for (var i = 1; i <= 20; i++)
            await Given.CertifiedAsync(silo, $"F-{i:00}", $"第{(i + 1) / 2}有限公司");
        // Somebody is on the list already, as an officer decided; of one the title was lost.
        var listed = EntityName.EnterpriseOf("第1有限公司");
        await Given.AcceptAsync(silo, listed, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));

        var list = await AnnouncedAsync(silo, "list", DrawPurpose.EnergyList, size: 6);
        Assert.Equal((10, 0, 0, new DateOnly(2017, 12, 31)), (list.RosterSize, list.PoolSize, list.InspectorsPerVisit, list.DueBy));
        Assert.Equal([new DrawExclusion(EnergyDrawable.Listed, 1)], list.Excluded);
        // Between announcement and draw an officer lists one more.
        await Given.AcceptAsync(silo, EntityName.EnterpriseOf("第2有限公司"), new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
        register.Time.MoveTo(Due);
        var record = await MadeAsync(silo, "list");
        Assert.Equal(6L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'energy-inspection.listed' AND data LIKE '%\"draw\":\"list\"%'"));
        Assert.Null(DrawVerifier.Verify(record).First);
        Assert.Equal(0, (await silo.Draws.FindAsync("list", TestContext.Current.CancellationToken))!.Completion!.Unassigned);
        // Nobody is warned by a list.
        await silo.DrawOpening.OpenAsync(GrainId.Of(GrainKind.Draw, "list"), TestContext.Current.CancellationToken);
        Assert.Equal(DrawStatus.Opened, (await silo.Draws.FindAsync("list", TestContext.Current.CancellationToken))!.Status);

        var visits = await AnnouncedAsync(silo, "visits", DrawPurpose.EnergyVisits, size: 3);
        Assert.Equal((8, 3, 2), (visits.RosterSize, visits.PoolSize, visits.InspectorsPerVisit));
        register.Time.MoveTo(Due.AddDays(7));
        record = await MadeAsync(silo, "visits");
        Assert.Null(DrawVerifier.Verify(record).First);
        var winners = record.Rounds[0].Visits;
        Assert.All(winners, visit => Assert.Equal(2, visit.Inspectors.Count));
        await OpenAsync(DrawStatus.Completed);
        foreach (var visit in winners)
        {
            var enterprise = GrainId.FromStored(visit.Enterprise);
            var entry = (await silo.Register.FindAsync(enterprise, TestContext.Current.CancellationToken))!.View.EnergyInspections.Single();
            await Given.AcceptAsync(silo, enterprise, new GrainCommand.RecordEnergyResult(
                entry.Id, EnergyOutcome.Compliant, new DateOnly(2017, 3, 15), EnergyMethod.OnSite, visit.Inspectors, [], EnergyWithoutNotice.SpotCheck));
        }

        await OpenAsync(DrawStatus.Opened);
        Assert.Equal(3L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'visit.made'"));
        var coverage = await silo.Coverage.CountAsync(new DrawCoverageFilter(null, null, 2017), TestContext.Current.CancellationToken);
        Assert.Equal(
            [
                new DrawCoverageRow(Given.Policy, DrawPurpose.EnergyList, null, null, 2017, 0, 1, 1, 9, 6, 6, 0, 0, 0),
                new DrawCoverageRow(Given.Policy, DrawPurpose.EnergyVisits, null, null, 2017, 0, 1, 1, 8, 3, 3, 3, 3, 3),
            ],
            coverage);
        await register.AssertVerifiedAsync();

        async Task OpenAsync(DrawStatus expected)
        {
            await silo.DrawOpening.OpenAsync(GrainId.Of(GrainKind.Draw, "visits"), TestContext.Current.CancellationToken);
            Assert.Equal(expected, (await silo.Draws.FindAsync("visits", TestContext.Current.CancellationToken))!.Status);
        }
    }

    [Fact]
    public async Task What_a_policy_does_not_have_is_not_drawn()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        Assert.Equal("energy-inspection-not-provided", (await silo.Draws.AnnounceAsync(
            Request("list", DrawPurpose.EnergyList) with { Policy = "hunan-2017", Scope = new DrawScope(null, Level.Provincial, null) }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection!.Code);
        Assert.Equal("roster-empty", (await silo.Draws.AnnounceAsync(Request("visits", DrawPurpose.EnergyVisits), new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection!.Code);
    }

    [Fact]
    public async Task One_draw_that_fails_for_good_keeps_none_behind_it_from_being_made_and_opened()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        for (var i = 1; i <= 10; i++)
            await Given.CertifiedAsync(silo, $"F-{i:00}", $"第{i}有限公司");
        await AnnouncedAsync(silo, "a-broken", DrawPurpose.EnergyList, size: 2);
        await AnnouncedAsync(silo, "b-whole", DrawPurpose.EnergyList, size: 2);
        register.Time.MoveTo(Due);
        foreach (var draw in new[] { "a-broken", "b-whole" })
            Assert.Null((await silo.Draws.ExecuteAsync(draw, ["1"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
        await register.ExecuteAsync("DELETE FROM draw_part WHERE draw = 'draw/a-broken'");

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.DrawPlans.RunDueAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.StartsWith("a-broken: ", failed.Message, StringComparison.Ordinal);
        Assert.Equal(DrawStatus.Opened, (await silo.Draws.FindAsync("b-whole", TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task Two_draws_at_the_same_moment_with_the_same_inspectors_are_both_what_their_records_say()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        foreach (var id in new[] { "I-1", "I-2", "I-3", "I-4" })
            await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Inspector, id), new GrainCommand.RegisterInspector(PrivateText.Of(id, new byte[16]), [], new DateOnly(2099, 12, 31), [], []));
        // Two factories of each enterprise, so that both draws may come to one door.
        for (var i = 1; i <= 20; i++)
            await Given.CertifiedAsync(silo, $"F-{i:00}", $"第{(i + 1) / 2}有限公司");
        await AnnouncedAsync(silo, "one", DrawPurpose.SpotChecks, size: 10);
        await AnnouncedAsync(silo, "two", DrawPurpose.SpotChecks, size: 10);
        register.Time.MoveTo(Due);
        var records = await Task.WhenAll(MadeAsync(silo, "one"), MadeAsync(silo, "two"));

        Assert.All(records, record => Assert.Null(DrawVerifier.Verify(record).First));
        Assert.All(records.SelectMany(record => record.Rounds).SelectMany(round => round.Visits), visit => Assert.Equal(2, visit.Inspectors.Distinct().Count()));
        // A title that both drew is checked once; the other draw skips it and its next ticket follows, while there is any.
        Assert.Equal(0L, await register.QueryAsync<long>(
            "SELECT count(*) FROM (SELECT grain FROM ledger WHERE type = 'check.ordered' GROUP BY grain HAVING count(*) > 1) AS twice"));
        Assert.Equal(20L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Whom_an_inspection_found_in_violation_is_in_the_list_of_the_next_year_before_that_is_drawn()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var (found, clean) = (EntityName.EnterpriseOf("第1有限公司"), EntityName.EnterpriseOf("第2有限公司"));
        for (var i = 1; i <= 3; i++)
            await Given.CertifiedAsync(silo, $"F-{i:00}", $"第{i}有限公司");
        foreach (var (enterprise, outcome) in new[] { (found, EnergyOutcome.Violations), (clean, EnergyOutcome.Compliant) })
        {
            await Given.AcceptAsync(silo, enterprise, new GrainCommand.ListEnergyInspection(2017, "reason", Given.Policy));
            await Given.AcceptAsync(silo, enterprise, new GrainCommand.RecordEnergyResult(
                "energy-inspection-1", outcome, TestRegister.Today, EnergyMethod.Written, ["i-1", "i-2"], [], EnergyWithoutNotice.SpotCheck));
        }

        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 12, 31, 15, 59, 59, TimeSpan.Zero), TestContext.Current.CancellationToken);
        Assert.Empty(await FollowedUpAsync());
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 12, 31, 16, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        Assert.Equal(found.Value, await FollowedUpAsync());

        // Another silo, and the next day, find nothing left to do.
        await silo.Clock.MoveToAsync(new DateTimeOffset(2018, 1, 2, 1, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        var other = await register.StartSiloAsync();
        Assert.Equal(0, await other.Violators.RunAsync(register.Time.GetUtcNow(), TestContext.Current.CancellationToken));
        Assert.Equal(found.Value, await FollowedUpAsync());
        var list = await silo.Draws.AnnounceAsync(
            Request("list", DrawPurpose.EnergyList, new DateTimeOffset(2018, 1, 15, 2, 0, 0, TimeSpan.Zero)), new CommandContext(Given.Officer), TestContext.Current.CancellationToken);
        Assert.Equal([new DrawExclusion(EnergyDrawable.Listed, 1)], list.Draw!.Announcement.Excluded);
        await register.AssertVerifiedAsync();

        Task<string> FollowedUpAsync() => register.QueryAsync<string>(
            "SELECT coalesce(string_agg(grain, ' ' ORDER BY seq), '') FROM ledger WHERE type = 'energy-inspection.listed' AND effective_on = '2018-01-01' AND data LIKE '%\"trigger\":\"violator-follow-up\"%'");
    }

    private static DrawRequest Request(string id, DrawPurpose purpose, DateTimeOffset? notBefore = null) => new(
        id, Given.Policy, new DrawScope(null, Level.National, null), Rate: null, Size: null, "双色球", notBefore ?? Due, notBefore ?? Due, DueBy: null, InspectorsPerVisit: null, Items: null,
        Purpose: purpose);

    private static async Task<DrawAnnouncement> AnnouncedAsync(TestSilo silo, string id, DrawPurpose purpose, int size)
    {
        var notBefore = silo.Clock.Now >= Due ? Due.AddDays(7) : Due;
        var outcome = await silo.Draws.AnnounceAsync(Request(id, purpose, notBefore) with { Size = size }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken);
        Assert.Null(outcome.Rejection);
        return outcome.Draw!.Announcement;
    }

    private static async Task<DrawRecord> MadeAsync(TestSilo silo, string id)
    {
        Assert.Null((await silo.Draws.ExecuteAsync(id, ["02 11 13 20 26 31 + 07"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
        await silo.DrawRunner.RunAsync(GrainId.Of(GrainKind.Draw, id), TestContext.Current.CancellationToken);
        await using var content = await silo.Draws.RecordAsync(id, whole: true, TestContext.Current.CancellationToken);
        await using var plain = new GZipStream(content!, CompressionMode.Decompress);
        return DrawJson.Read(plain);
    }
}
