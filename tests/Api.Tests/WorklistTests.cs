using System.Net;

namespace Supervision.Api.Tests;

public sealed class WorklistTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task An_officer_sees_its_own_regions_unless_it_asks_for_others()
    {
        await _api.SendAsync("GET", "/api/checks", key: "hunan");
        Assert.Equal(["430000"], _api.Worklists.Filter!.Regions);
        await _api.SendAsync("GET", "/api/cases?region=%E5%B9%BF%E4%B8%9C", key: "hunan");
        Assert.Equal(["440000"], _api.Worklists.Filter!.Regions);
        await _api.SendAsync("GET", "/api/deadlines", key: "hunan");
        Assert.Equal(["430000"], _api.Worklists.DeadlineFilter!.Regions);
        await _api.SendAsync("GET", "/api/checks");
        Assert.Empty(_api.Worklists.Filter!.Regions);
        await _api.SendAsync("GET", "/api/checks", key: StandInKeys.Bootstrap);
        Assert.Empty(_api.Worklists.Filter!.Regions);
    }

    [Fact]
    public async Task An_inspector_sees_its_own_checks_only()
    {
        await _api.SendAsync("GET", "/api/checks", key: "inspector");
        Assert.Equal("Inspector", _api.Worklists.Filter!.Inspector);
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", "/api/checks?inspector=Inspector", key: "inspector")).StatusCode);
        await (await _api.SendAsync("GET", "/api/checks?inspector=I-1", key: "inspector")).ProblemAsync(403, "role-not-allowed");
    }

    [Theory]
    [InlineData("/api/cases")]
    [InlineData("/api/energy-inspections")]
    [InlineData("/api/vetoes")]
    [InlineData("/api/incidents")]
    [InlineData("/api/disclosures")]
    [InlineData("/api/changes")]
    public async Task An_inspector_sees_nothing_of_what_is_restricted(string list)
    {
        await _api.SendAsync("GET", list, key: "inspector");
        Assert.True(_api.Worklists.Filter!.Unrestricted);
        await _api.SendAsync("GET", list, key: "hunan");
        Assert.False(_api.Worklists.Filter!.Unrestricted);
    }

    [Fact]
    public async Task A_certification_body_sees_what_it_certified_only()
    {
        await _api.SendAsync("GET", "/api/certificates", key: "certification-body");
        Assert.Equal(EntityName.Normalise("某某认证中心"), _api.Worklists.Filter!.Inspector);
        Assert.True(_api.Worklists.Filter.Unrestricted);
        await (await _api.SendAsync("GET", "/api/certificates?body=x", key: "certification-body")).ProblemAsync(403, "not-your-certificate");
        await _api.SendAsync("GET", "/api/certificates?body=x&duty=surveillance&dueBefore=2026-04-30", key: "hunan");
        Assert.Equal(
            (EntityName.Normalise("x"), "surveillance", new DateOnly(2026, 4, 30), "430000"),
            (_api.Worklists.Filter.Inspector, _api.Worklists.Filter.Status, _api.Worklists.Filter.DueBefore, Assert.Single(_api.Worklists.Filter.Regions)));
        await (await _api.SendAsync("GET", "/api/certificates", key: "evaluator")).ProblemAsync(403, "role-not-allowed");
    }

    [Fact]
    public async Task Filters_are_passed_on()
    {
        await _api.SendAsync("GET", "/api/checks?status=approved&inspector=I-1&dueBefore=2026-06-01&policy=miit-2016&region=430100");
        var checks = _api.Worklists.Filter!;
        Assert.Equal(("approved", "I-1", new DateOnly(2026, 6, 1), "miit-2016", "430100"), (checks.Status, checks.Inspector, checks.DueBefore, checks.Policy, Assert.Single(checks.Regions)));

        await _api.SendAsync("GET", "/api/cases?status=served&level=provincial&policy=miit-2016");
        var cases = _api.Worklists.Filter!;
        Assert.Equal(("served", Level.Provincial, "miit-2016"), (cases.Status, cases.Level, cases.Policy));

        await _api.SendAsync("GET", "/api/adjustments?level=provincial&policy=miit-2024", key: "hunan");
        var adjustments = _api.Worklists.Filter!;
        Assert.Equal((Level.Provincial, "miit-2024", "430000"), (adjustments.Level, adjustments.Policy, Assert.Single(adjustments.Regions)));

        await _api.SendAsync("GET", "/api/deadlines?from=2026-06-01&to=2026-06-30");
        Assert.Equal((new DateOnly(2026, 6, 1), new DateOnly(2026, 6, 30)), (_api.Worklists.DeadlineFilter!.From, _api.Worklists.DeadlineFilter.To));
        await _api.SendAsync("GET", "/api/deadlines");
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 31)), (_api.Worklists.DeadlineFilter.From, _api.Worklists.DeadlineFilter.To));
    }

    [Fact]
    public async Task What_has_to_be_made_known_is_listed()
    {
        var page = await (await _api.SendAsync("GET", "/api/disclosures?task=publish&dueBefore=2026-05-31&level=national&policy=miit-2016", key: "hunan")).JsonAsync();

        var item = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(("publish", "check-1", "2026-05-01", true), (
            item.GetProperty("task").GetString(), item.GetProperty("of").GetString(), item.GetProperty("dueOn").GetString(), item.GetProperty("overdue").GetBoolean()));
        var filter = _api.Worklists.Filter!;
        Assert.Equal(("publish", Level.National, "miit-2016", "430000", false), (filter.Status, filter.Level, filter.Policy, Assert.Single(filter.Regions), filter.Unrestricted));
        await (await _api.SendAsync("GET", "/api/disclosures?task=shout")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("/api/cases")]
    [InlineData("/api/disclosures")]
    [InlineData("/api/energy-inspections")]
    [InlineData("/api/vetoes")]
    [InlineData("/api/incidents")]
    public async Task Worklists_leave_out_what_is_restricted_for_those_who_do_not_supervise(string path)
    {
        await _api.SendAsync("GET", path, key: "inspector");
        Assert.True(_api.Worklists.Filter!.Unrestricted);
        await _api.SendAsync("GET", path);
        Assert.False(_api.Worklists.Filter!.Unrestricted);
    }

    [Fact]
    public async Task Deadlines_are_read_page_by_page()
    {
        for (var day = 1; day <= 3; day++)
        {
            _api.Worklists.Deadlines.Add(new DeadlineItem(
                Entities.Factory, "北京第一工厂", "110000", "北京",
                new Deadline(new DateOnly(2026, 5, day), DeadlineKind.StatementWindow, "case-1", DeadlineOwner.Holder, "miit-2016", "green-factory", Level.National, "五(五)")));
        }

        var first = await (await _api.SendAsync("GET", "/api/deadlines?limit=2")).JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("GET", $"/api/deadlines?limit=2&cursor={cursor}")).JsonAsync();

        Assert.Equal(
            """{"entity":"factory/N-1-F-0001","name":"北京第一工厂","region":"110000","regionName":"北京","deadline":{"dueOn":"2026-05-01","kind":"statement-window","id":"case-1","owner":"holder","policy":"miit-2016","honour":"green-factory","level":"national","article":"五(五)"}}""",
            first.GetProperty("items")[0].GetRawText());
        Assert.Equal("2026-05-03", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("deadline").GetProperty("dueOn").GetString());
        Assert.Null(second.GetProperty("nextCursor").GetString());
        await (await _api.SendAsync("GET", $"/api/deadlines?from=2026-05-01&cursor={cursor}")).ProblemAsync(400, "invalid-request");
        await (await _api.SendAsync("GET", $"/api/cases?cursor={cursor}")).ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task A_page_may_begin_after_a_case_without_a_day()
    {
        var first = await (await _api.SendAsync("GET", "/api/cases")).JsonAsync();
        var second = await (await _api.SendAsync("GET", $"/api/cases?cursor={first.GetProperty("nextCursor").GetString()}")).JsonAsync();

        Assert.Null(second.GetProperty("nextCursor").GetString());
    }

    [Theory]
    [InlineData("/api/checks?status=confirmed", "status")]
    [InlineData("/api/checks?dueBefore=soon", "dueBefore")]
    [InlineData("/api/checks?region=%E7%81%AB%E6%98%9F", "region")]
    [InlineData("/api/checks?level=national", "level")]
    [InlineData("/api/checks?limit=501", "limit")]
    [InlineData("/api/checks?cursor=x", "cursor")]
    [InlineData("/api/cases?status=decided", "status")]
    [InlineData("/api/cases?level=county", "level")]
    [InlineData("/api/adjustments?level=county", "level")]
    [InlineData("/api/successors?policy=miit-2024", "policy")]
    [InlineData("/api/deadlines?from=2026-06-01&to=2026-05-31", "to")]
    [InlineData("/api/deadlines?from=2026-06-01&to=2027-06-03", "to")]
    [InlineData("/api/deadlines?to=2026-04-30", "to")]
    [InlineData("/api/deadlines?from=x", "from")]
    public async Task What_is_wrong_with_a_question_is_named(string path, string member) =>
        Assert.Equal([member], (await (await _api.SendAsync("GET", path)).ProblemAsync(400, "invalid-request")).Members());

    [Fact]
    public async Task A_check_that_was_created_is_found_where_its_location_says()
    {
        _api.Grains.Answer = (grain, _, _) => Task.FromResult(new CommandOutcome(CommandStatus.Accepted, null, Entities.Snapshot(grain, 8), "checks/check-1", 42, Changed: true));
        var check = new CheckView(
            "check-1", "miit-2016", "green-factory", Level.National, CheckBasis.Directed, "complaint", null, false, CheckStatus.Planned, new DateOnly(2026, 5, 1),
            new DateOnly(2026, 5, 31), false, null, [], [], null, null, null, [], null, []);
        var view = Entities.Snapshot(Entities.Factory, 8).View with { Checks = [check] };
        _api.Register.Entities[Entities.Factory] = new EntitySnapshot(() => view);

        var made = await _api.SendAsync("POST", "/api/entities/factory/N-1-F-0001/checks", """{"policy":"miit-2016","basis":"directed","reason":"complaint","dueBy":"2026-05-31"}""");
        var found = await (await _api.SendAsync("GET", made.Header("Location")!)).JsonAsync();

        Assert.Equal("check-1", found.GetProperty("id").GetString());
        await (await _api.SendAsync("GET", "/api/entities/factory/N-1-F-0001/checks/check-2")).ProblemAsync(404, "check-not-found");
        await (await _api.SendAsync("GET", "/api/entities/factory/N-1-F-0001/cases/case-1")).ProblemAsync(404, "case-not-found");
        await (await _api.SendAsync("GET", "/api/entities/factory/none/cases/case-1")).ProblemAsync(404, "not-registered");
        await (await _api.SendAsync("GET", "/api/entities/factory/N-1-F-0001/checks/a_b")).ProblemAsync(400, "invalid-request");
    }
}
