using System.IO.Compression;
using Supervision.Grains.Draws;
using Supervision.Hosting.Verification;

namespace Supervision.Hosting.Tests.Draws;

/// <summary>Draws on the ledger: who cannot be checked by then is skipped, interrupted or twice it comes to the same, and plans announce by themselves.</summary>
public sealed class DrawTests
{
    private static readonly DateTimeOffset Due = TestRegister.Start.AddDays(7);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_cannot_be_checked_by_then_is_skipped_and_the_next_ticket_follows(bool together)
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = await FactoriesAsync(silo, 20);
        await AnnouncedAsync(silo, size: 10);
        // Between announcement and draw a check was ordered at half of them.
        foreach (var busy in factories.Take(10))
            await Given.AcceptAsync(silo, busy, Given.OrderDirected(new DateOnly(2017, 6, 1)));
        register.Time.MoveTo(Due);
        await ExecutedAsync(silo);
        await (together ? silo.DrawRunner : silo.SingleVisits).RunAsync(Draw, TestContext.Current.CancellationToken);

        var record = await RecordAsync(silo);
        Assert.Null(DrawVerifier.Verify(record).First);
        var draw = (await silo.Draws.FindAsync(Draw.Key, TestContext.Current.CancellationToken))!;
        Assert.Equal((DrawStatus.Completed, 10), (draw.Status, draw.Completion!.Winners + draw.Completion.Unfilled));
        Assert.Equal(10, draw.Completion.Winners);
        Assert.All(record.Rounds.SelectMany(round => round.Skipped), skip => Assert.Equal(Drawable.OpenCheck, skip.Reason));
        Assert.Equal(draw.Completion.Skipped, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'draw.winner-skipped'"));
        Assert.Equal(10L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered' AND actor = 'system'"));
        var winner = GrainId.FromStored((await register.QueryAsync<string>("SELECT min(grain) FROM ledger WHERE type = 'check.ordered' AND actor = 'system'"))!);
        Assert.False(Assert.Single((await silo.Register.FindAsync(winner, TestContext.Current.CancellationToken))!.View.Checks, check => check.Draw == Draw.Key).DrawnElsewhere);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task A_stored_record_that_is_not_the_one_in_the_ledger_is_found()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await FactoriesAsync(silo, 4);
        await AnnouncedAsync(silo, size: 2);
        register.Time.MoveTo(Due);
        await ExecutedAsync(silo);
        await silo.DrawRunner.RunAsync(Draw, TestContext.Current.CancellationToken);
        await register.AssertVerifiedAsync();

        await register.ExecuteAsync("UPDATE draw_part SET content = (SELECT content FROM draw_part WHERE file = 'roster') WHERE file = 'record'");

        var first = (await register.VerifyAsync()).First!;
        Assert.Equal((DifferenceKind.Draw, Draw.Value), (first.Kind, first.Subject));
    }

    [Fact]
    public async Task Interrupted_and_on_two_silos_it_comes_to_the_same()
    {
        await using var register = await TestRegister.CreateAsync();
        var first = await register.StartSiloAsync();
        await FactoriesAsync(first, 20);
        await AnnouncedAsync(first, size: 8);
        var second = await register.StartSiloAsync();
        register.Time.MoveTo(Due);
        var executions = await Task.WhenAll(
            first.Draws.ExecuteAsync(Draw.Key, ["1"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken),
            second.Draws.ExecuteAsync(Draw.Key, ["2"], new CommandContext(Given.SecondOfficer), TestContext.Current.CancellationToken));
        Assert.Equal("draw-already-executed", Assert.Single(executions, executed => executed.Rejection is not null).Rejection!.Code);
        await Task.WhenAll(
            first.DrawRunner.RunAsync(Draw, TestContext.Current.CancellationToken), second.DrawRunner.RunAsync(Draw, TestContext.Current.CancellationToken));

        Assert.Equal(8L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        Assert.Equal(1L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'draw.completed'"));
        Assert.Null(DrawVerifier.Verify(await RecordAsync(first)).First);
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task What_a_silo_left_that_was_stopped_before_it_ordered_goes_on_at_the_start_of_the_next()
    {
        await using var register = await TestRegister.CreateAsync();
        var stopped = await register.StartSiloAsync();
        await FactoriesAsync(stopped, 20);
        await AnnouncedAsync(stopped, size: 8);
        register.Time.MoveTo(Due);
        await ExecutedAsync(stopped);
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));

        // Time stands still, and nobody asks for anything.
        var silo = await register.StartSiloAsync();
        await silo.DrawRunner.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'draw.completed'") == 1, "the draw was completed");
        await silo.DrawRunner.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(8L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type = 'check.ordered'"));
        await register.AssertVerifiedAsync();
    }

    [Fact]
    public async Task Who_was_checked_lately_or_is_being_checked_is_left_out_of_the_roster()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = await FactoriesAsync(silo, 5);
        await Given.AcceptAsync(silo, factories[0], Given.OrderDirected(new DateOnly(2017, 6, 1)));
        await Given.AcceptAsync(silo, factories[1], Given.OrderDirected(new DateOnly(2017, 6, 1)));
        await Given.AcceptAsync(silo, factories[1], Given.Result("check-1", CheckOutcome.Clean, new DateOnly(2017, 3, 1)));

        var announced = await AnnouncedAsync(silo, size: 3);
        Assert.Equal(
            [new DrawExclusion(Drawable.OpenCheck, 1), new DrawExclusion(Drawable.CheckedWithinInterval, 1)], announced.Announcement.Excluded);
        // A year later, within the interval of nobody any more.
        register.Time.MoveTo(TestRegister.Start.AddYears(2));
        var later = await silo.Draws.AnnounceAsync(Request("later", register.Time.GetUtcNow().AddDays(1)) with { Size = 4 }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken);
        Assert.Equal([new DrawExclusion(Drawable.OpenCheck, 1)], later.Draw!.Announcement.Excluded);
    }

    [Fact]
    public async Task A_record_is_not_opened_while_it_tells_of_a_check_that_nobody_was_told_of()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var factories = await FactoriesAsync(silo, 4);
        await Given.AcceptAsync(silo, factories[0], Given.OrderRandom(new DateOnly(2017, 12, 1), "elsewhere"));
        await AnnouncedAsync(silo, size: 3);
        register.Time.MoveTo(Due);
        await ExecutedAsync(silo);
        await silo.DrawRunner.RunAsync(Draw, TestContext.Current.CancellationToken);
        foreach (var drawn in factories.Skip(1))
            await Given.AcceptAsync(silo, drawn, new GrainCommand.CancelCheck("check-1", "closed"));

        await silo.DrawOpening.OpenAsync(Draw, TestContext.Current.CancellationToken);
        Assert.Equal(DrawStatus.Completed, (await silo.Draws.FindAsync(Draw.Key, TestContext.Current.CancellationToken))!.Status);

        await Given.AcceptAsync(silo, factories[0], new GrainCommand.CancelCheck("check-1", "closed"));
        register.Time.MoveTo(Due.AddDays(1));
        // What is ordered after the draw is nothing that its record could tell of.
        await Given.AcceptAsync(silo, factories[0], Given.OrderRandom(new DateOnly(2017, 12, 1), "another"));
        await silo.DrawOpening.OpenAsync(Draw, TestContext.Current.CancellationToken);
        Assert.Equal(DrawStatus.Opened, (await silo.Draws.FindAsync(Draw.Key, TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task Who_has_visits_to_be_made_up_for_has_no_room_under_the_cap_in_the_next_year()
    {
        const string policy = "miit-2024";
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        register.Time.MoveTo(new DateTimeOffset(2026, 7, 1, 4, 0, 0, TimeSpan.Zero));
        for (var i = 1; i <= 6; i++)
        {
            var factory = Given.Factory($"F-{i}");
            await Given.AcceptAsync(silo, factory, Given.Register(i < 6 ? "第1有限公司" : "第2有限公司"));
            await Given.AcceptAsync(silo, factory, new GrainCommand.GrantTitle(policy, null, Level.National, "N-1", new DateOnly(2026, 6, 1), null));
            if (i < 5)
                await Given.AcceptAsync(silo, factory, new GrainCommand.OrderCheck(new TitleChoice(policy), CheckBasis.Random, null, $"draw-{i}", new DateOnly(2026, 8, 31), [], []));
        }

        register.Time.MoveTo(new DateTimeOffset(2027, 2, 1, 4, 0, 0, TimeSpan.Zero));
        var announced = await silo.Draws.AnnounceAsync(
            Request("later", register.Time.GetUtcNow().AddDays(7)) with { Policy = policy, Size = 1 }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken);

        Assert.Null(announced.Rejection);
        Assert.Equal([new DrawExclusion(Drawable.OpenCheck, 4), new DrawExclusion(Drawable.CapReached, 1)], announced.Draw!.Announcement.Excluded);
    }

    [Fact]
    public async Task Nothing_is_announced_that_cannot_be_drawn()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        Assert.Equal("roster-empty", await RefusedAsync(Request("empty", Due)));
        await FactoriesAsync(silo, 2);
        Assert.Equal("quota-too-large", await RefusedAsync(Request("large", Due) with { Size = 3 }));
        Assert.Equal("unknown-policy", await RefusedAsync(Request("other", Due) with { Policy = "none" }));
        Assert.Equal("draw-scope-empty", await RefusedAsync(Request("municipal", Due) with { Scope = new DrawScope(null, Level.Municipal, null) }));
        Assert.Equal("public-value-too-early", await RefusedAsync(Request("early", Due) with { PublicAt = TestRegister.Start }));
        Assert.Equal("too-few-inspectors", await RefusedAsync(Request("alone", Due) with { InspectorsPerVisit = 1 }));
        Assert.Equal(0L, await register.QueryAsync<long>("SELECT count(*) FROM ledger WHERE type LIKE 'draw.%'"));

        async Task<string?> RefusedAsync(DrawRequest request) =>
            (await silo.Draws.AnnounceAsync(request, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection?.Code;
    }

    [Fact]
    public async Task A_planned_draw_is_announced_once_in_its_year()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Policy, Given.Policy), new GrainCommand.AdoptRules(1, new string('0', 64)));
        await FactoriesAsync(silo, 40);
        var other = await register.StartSiloAsync();
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 5, 7, 16, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        await other.Clock.MoveToAsync(new DateTimeOffset(2017, 5, 20, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 12, 31, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);

        var draw = Assert.Single(await silo.Draws.ListAsync(new DrawFilter(), null, 10, TestContext.Current.CancellationToken));
        Assert.Equal(("miit-2016-annual-2017", "annual", new DateOnly(2017, 5, 8)), (draw.Id, draw.Announcement.Plan, draw.AnnouncedOn));
        Assert.Equal([new DrawStratum(null, 0.03m, 40, 2)], draw.Announcement.Strata);
    }

    [Fact]
    public async Task Draws_are_listed_by_what_they_wait_for_page_by_page()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await FactoriesAsync(silo, 4);
        // Before 2025 no policy asked for an approval.
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            Assert.Null((await silo.Draws.AnnounceAsync(
                Request(id, Due) with { Size = 1, Scope = new DrawScope(null, Level.National, id == "d" ? "430000" : null) }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
        }

        register.Time.MoveTo(Due);
        Assert.Null((await silo.Draws.ExecuteAsync("b", ["1"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);

        Assert.Empty(await ListAsync(new DrawFilter(DrawStep.Approval)));
        Assert.Equal(["a", "c", "d"], await ListAsync(new DrawFilter(DrawStep.Execution)));
        Assert.Equal(["c", "d"], await ListAsync(new DrawFilter(DrawStep.Execution), after: "a"));
        Assert.Equal(["a", "c"], await ListAsync(new DrawFilter(DrawStep.Execution), limit: 2));
        Assert.Equal(["b"], await ListAsync(new DrawFilter(DrawStep.Orders)));
        Assert.Equal(["d"], await ListAsync(new DrawFilter(Region: "430000")));
        Assert.Empty(await ListAsync(new DrawFilter(Policy: "miit-2024")));
        await silo.DrawRunner.RunAsync(GrainId.Of(GrainKind.Draw, "b"), TestContext.Current.CancellationToken);
        Assert.Equal(["b"], await ListAsync(new DrawFilter(DrawStep.Opening)));

        async Task<IEnumerable<string>> ListAsync(DrawFilter filter, string? after = null, int limit = 10) =>
            (await silo.Draws.ListAsync(filter, after, limit, TestContext.Current.CancellationToken)).Select(draw => draw.Id);
    }

    [Fact]
    public async Task A_planned_draw_that_did_not_happen_is_a_row_of_the_coverage_once_its_day_has_come()
    {
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        var version = TestSilo.Book[Given.Policy].Version;
        Assert.Empty(await CountAsync());
        await Given.AcceptAsync(silo, GrainId.Of(GrainKind.Policy, Given.Policy), new GrainCommand.AdoptRules(version, new string('0', 64)));

        // What is planned for January lies before the adoption; nobody is listed whom the draw of March could have visited.
        Assert.Equal([Row(DrawPurpose.EnergyVisits, 2017, 1, 0)], await CountAsync());
        register.Time.MoveTo(new DateTimeOffset(2017, 5, 7, 15, 0, 0, TimeSpan.Zero));
        Assert.Single(await CountAsync());
        await silo.Clock.MoveToAsync(new DateTimeOffset(2017, 5, 7, 16, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        Assert.Equal([Row(DrawPurpose.SpotChecks, 2017, 1, 0), Row(DrawPurpose.EnergyVisits, 2017, 1, 0)], await CountAsync());
        // An officer's own draw is no planned one; what was announced by plan is counted once.
        await FactoriesAsync(silo, 40);
        Assert.Null((await silo.Draws.AnnounceAsync(
            Request("own", register.Time.GetUtcNow().AddDays(7)) with { Size = 1 }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken)).Rejection);
        await silo.Clock.MoveToAsync(new DateTimeOffset(2018, 1, 14, 16, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        var rows = await CountAsync();
        Assert.Equal(
            [(DrawPurpose.SpotChecks, 2017, 1, 1), (DrawPurpose.EnergyVisits, 2017, 1, 0), (DrawPurpose.EnergyList, 2018, 1, 1)],
            rows.Select(row => (row.Purpose, row.Year, row.Planned, row.Announced)));

        Task<IReadOnlyList<DrawCoverageRow>> CountAsync() => silo.Coverage.CountAsync(new DrawCoverageFilter(null, null, null), TestContext.Current.CancellationToken);

        DrawCoverageRow Row(DrawPurpose purpose, int year, int planned, int announced) =>
            new(Given.Policy, purpose, null, null, year, planned, announced, 0, 0, 0, 0, 0, 0, 0);
    }

    private static readonly GrainId Draw = GrainId.Of(GrainKind.Draw, "trial");

    private static DrawRequest Request(string id, DateTimeOffset notBefore) => new(
        id, Given.Policy, new DrawScope(null, Level.National, null), Rate: null, Size: null, "双色球", notBefore, notBefore, DueBy: null, InspectorsPerVisit: null, Items: null);

    private static async Task<IReadOnlyList<GrainId>> FactoriesAsync(TestSilo silo, int count)
    {
        var factories = new List<GrainId>();
        for (var i = 1; i <= count; i++)
            factories.Add(await Given.CertifiedAsync(silo, $"F-{i:00}", $"某某{i / 2}股份有限公司"));
        return factories;
    }

    private static async Task<DrawView> AnnouncedAsync(TestSilo silo, int size)
    {
        var outcome = await silo.Draws.AnnounceAsync(Request(Draw.Key, Due) with { Size = size }, new CommandContext(Given.Officer), TestContext.Current.CancellationToken);
        Assert.Null(outcome.Rejection);
        return outcome.Draw!;
    }

    private static async Task ExecutedAsync(TestSilo silo)
    {
        var outcome = await silo.Draws.ExecuteAsync(Draw.Key, ["02 11 13 20 26 31 + 07"], new CommandContext(Given.Officer), TestContext.Current.CancellationToken);
        Assert.Null(outcome.Rejection);
    }

    private static async Task<DrawRecord> RecordAsync(TestSilo silo)
    {
        await using var content = await silo.Draws.RecordAsync(Draw.Key, whole: true, TestContext.Current.CancellationToken);
        await using var plain = new GZipStream(content!, CompressionMode.Decompress);
        return DrawJson.Read(plain);
    }
}
