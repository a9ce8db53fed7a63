using System.Net;
using System.Text.Json;

namespace Supervision.Api.Tests;

/// <summary>What those are shown who do not supervise, and what an enterprise may ask for.</summary>
public sealed class PartyTests : IAsyncLifetime
{
    private const string Entity = "/api/entities/factory/N-1-F-0001";

    private const string Foreign = "/api/entities/factory/X-9";

    private static readonly GrainId Secret = GrainId.Of(GrainKind.Enterprise, "u-00000000000000ff");

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync();
        Put(Entities.Factory, view => view with
        {
            Relations = [new Relation("enterprise", Entities.Enterprise), new Relation("member", Secret)],
            Checks = [Check("check-1", CheckStatus.Notified), Check("check-2", CheckStatus.Planned)],
            NextWakeUp = Entities.Now,
        });
        Put(GrainId.Of(GrainKind.Factory, "X-9"), view => view);
        Put(Entities.Enterprise, view => view);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("integrator")]
    [InlineData("certification-body")]
    [InlineData("evaluator")]
    [InlineData("inspector")]
    public async Task What_is_withheld_is_as_if_it_were_not_registered(string key)
    {
        _api.Register.Withheld.Add(Entities.Factory);
        foreach (var path in new[] { "", "/history", "/checks/check-1", "/cases/case-1", "?asOf=2026-04-01" })
            await (await _api.SendAsync("GET", Entity + path, key: key)).ProblemAsync(404, "not-registered");
        foreach (var supervisor in new[] { "officer", "auditor", "admin" })
            Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", Entity, key: supervisor)).StatusCode);
    }

    [Fact]
    public async Task An_inspector_is_shown_what_its_own_check_is_about()
    {
        _api.Register.Withheld.Add(Entities.Factory);
        Put(Entities.Factory, view => view with { Checks = [Check("check-1", CheckStatus.Planned) with { Inspectors = ["Inspector", "I-2"] }] });

        Assert.Single((await (await _api.SendAsync("GET", Entity, key: "inspector")).JsonAsync()).GetProperty("checks").EnumerateArray());
    }

    [Fact]
    public async Task Public_verification_knows_nothing_of_what_is_withheld()
    {
        _api.Register.Withheld.Add(Entities.Factory);

        foreach (var key in new[] { null, "officer" })
        {
            var answer = await (await _api.SendAsync("GET", "/api/verify/factory/N-1-F-0001", key: key)).JsonAsync();
            Assert.Equal(("unknown", JsonValueKind.Null), (answer.GetProperty("standing").GetString(), answer.GetProperty("name").ValueKind));
        }
    }

    [Theory]
    [InlineData("integrator", true, false)]
    [InlineData("certification-body", true, false)]
    [InlineData("inspector", true, false)]
    [InlineData("enterprise", false, true)]
    [InlineData("officer", false, false)]
    [InlineData("auditor", false, false)]
    public async Task Lists_are_narrowed_to_what_the_reader_is_shown(string key, bool unrestricted, bool own)
    {
        await _api.SendAsync("GET", "/api/entities", key: key);

        Assert.Equal(unrestricted, _api.Register.Filter!.Unrestricted);
        Assert.Equal(own ? [Entities.Enterprise] : null, _api.Register.Filter.Own);
    }

    [Fact]
    public async Task Counts_candidates_and_exports_leave_out_what_is_withheld()
    {
        await _api.SendAsync("GET", "/api/statistics", key: "integrator");
        Assert.True(_api.Register.Counted!.Filter.Unrestricted);
        await _api.SendAsync("GET", "/api/candidates?name=%E5%8C%97%E4%BA%AC", key: "integrator");
        Assert.True(_api.Register.Filter!.Unrestricted);
        await _api.SendAsync("GET", "/api/statistics");
        Assert.False(_api.Register.Counted!.Filter.Unrestricted);
    }

    [Theory]
    [InlineData("integrator", 1)]
    [InlineData("enterprise", 1)]
    [InlineData("officer", 2)]
    [InlineData("inspector", 2)]
    public async Task Nobody_is_warned_of_a_check(string key, int checks)
    {
        var entity = await (await _api.SendAsync("GET", Entity, key: key)).JsonAsync();

        Assert.Equal(checks, entity.GetProperty("checks").GetArrayLength());
        Assert.Equal(checks == 2, entity.GetProperty("nextWakeUp").ValueKind == JsonValueKind.String);
        Assert.Equal(checks == 2 ? 200 : 404, (int)(await _api.SendAsync("GET", Entity + "/checks/check-2", key: key)).StatusCode);
        var listed = await (await _api.SendAsync("GET", "/api/entities", key: key)).JsonAsync();
        Assert.Equal(checks, listed.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("key").GetString() == "N-1-F-0001").GetProperty("checks").GetArrayLength());
    }

    [Fact]
    public async Task History_neither_warns_of_a_check_nor_names_what_is_withheld()
    {
        _api.Register.Withheld.Add(Secret);
        for (var version = 1; version <= 6; version++)
        {
            var (type, data) = version switch
            {
                1 => ("entity.registered", $$"""{"relations":[{"type":"member","to":"{{Secret}}"}]}"""),
                2 => ("check.ordered", """{"check":"check-1"}"""),
                3 => ("check.notified", """{"check":"check-1"}"""),
                _ => (version == 6 ? "check.approved" : "check.ordered", """{"check":"check-2"}"""),
            };
            _api.Register.History.Add(new HistoryEntry(
                version, version, type, Entities.Now, new DateOnly(2026, 5, 1), "p-1", "张三", data, new Dictionary<string, string>(), new Why(null, null, null)));
        }

        var shown = await (await _api.SendAsync("GET", Entity + "/history?limit=2", key: "enterprise")).JsonAsync();
        Assert.Equal(["check.notified", "check.ordered"], Types(shown));
        var rest = await (await _api.SendAsync("GET", $"{Entity}/history?limit=2&cursor={shown.GetProperty("nextCursor").GetString()}", key: "enterprise")).JsonAsync();
        Assert.Equal(["entity.registered"], Types(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("items")[0].GetProperty("data").ValueKind);
        Assert.Equal(6, (await (await _api.SendAsync("GET", Entity + "/history")).JsonAsync()).GetProperty("items").GetArrayLength());

        static IEnumerable<string?> Types(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("integrator", false)]
    [InlineData("enterprise", false)]
    [InlineData("inspector", false)]
    [InlineData("officer", true)]
    [InlineData("auditor", true)]
    public async Task What_is_only_proposed_is_between_authorities(string key, bool shown)
    {
        var title = new TitleRef("miit-2024", "green-factory", Level.Provincial);
        var view = _api.Register.Entities[Entities.Factory].View with
        {
            Adjustments =
            [
                new AdjustmentView(
                    "adjustment-1", title.Policy, title.Honour, title.Level, "provincial/430000", title with { Level = Level.National }, new DateOnly(2026, 5, 1), TitleStatus.Removed,
                    "false-declaration", "case-1", AdjustmentStatus.Proposed, null, null, null),
            ],
        };
        _api.Register.Entities[Entities.Factory] = new EntitySnapshot(() => view);
        _api.Register.History.Add(new HistoryEntry(
            1, 1, "adjustment.proposed", Entities.Now, new DateOnly(2026, 5, 1), "system", null, """{"adjustment":"adjustment-1"}""", new Dictionary<string, string>(), new Why(null, null, null)));

        var entity = await (await _api.SendAsync("GET", Entity, key: key)).JsonAsync();
        var history = await (await _api.SendAsync("GET", Entity + "/history", key: key)).JsonAsync();

        Assert.Equal(shown ? 1 : 0, entity.GetProperty("adjustments").GetArrayLength());
        Assert.Equal(shown ? 1 : 0, history.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_relation_to_what_is_withheld_is_left_out()
    {
        _api.Register.Withheld.Add(Secret);

        foreach (var key in new[] { "integrator", "enterprise" })
            Assert.DoesNotContain(Secret.Value, await (await _api.SendAsync("GET", Entity, key: key)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(Secret.Value, await (await _api.SendAsync("GET", Entity)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/history")]
    [InlineData("/checks/check-1")]
    [InlineData("/cases/case-1")]
    [InlineData("/documents")]
    [InlineData("/documents/x")]
    [InlineData("?asOf=2026-04-01")]
    public async Task An_enterprise_asks_for_its_own_entities_only(string path)
    {
        await (await _api.SendAsync("GET", Foreign + path, key: "enterprise")).ProblemAsync(403, "not-your-entity");
        await (await _api.SendAsync("GET", "/api/entities/factory/NOBODY" + path, key: "enterprise")).ProblemAsync(403, "not-your-entity");
    }

    [Theory]
    [InlineData("/api/statistics")]
    [InlineData("/api/candidates?name=%E5%8C%97%E4%BA%AC")]
    [InlineData("/api/exports/entities.csv")]
    [InlineData("/api/checks")]
    [InlineData("/api/cases")]
    public async Task The_register_as_a_whole_is_not_for_an_enterprise(string path) =>
        await (await _api.SendAsync("GET", path, key: "enterprise")).ProblemAsync(403, "role-not-allowed");

    [Fact]
    public async Task Its_key_follows_the_enterprise_through_merges_both_ways()
    {
        var (code, former) = (GrainId.Of(GrainKind.Enterprise, "91430100MA4L16JQ9D"), GrainId.Of(GrainKind.Enterprise, "u-0000000000000001"));
        Put(Entities.Enterprise, view => view with { MergedInto = code });
        Put(code, view => view with { Absorbed = [Entities.Enterprise, former] });
        Put(Entities.Factory, view => view with { Relations = [new Relation("enterprise", former)] });

        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", Entity, key: "enterprise")).StatusCode);
        Assert.Equal(308, (int)(await _api.SendAsync("GET", $"/api/entities/{Entities.Enterprise}", key: "enterprise")).StatusCode);
        await _api.SendAsync("GET", "/api/deadlines", key: "enterprise");
        Assert.Equal([Entities.Enterprise, code, former], _api.Worklists.DeadlineFilter!.Own!);
        await _api.SendAsync("POST", Entity + "/cases/case-1/statement", """{"text":"不服"}""", key: "enterprise");
        Assert.Equal([Entities.Enterprise, code, former], Assert.Single(_api.Grains.Sent).Context.Actor.Own);
    }

    [Fact]
    public async Task What_a_write_of_a_party_answers_warns_of_no_check_either()
    {
        _api.Grains.Answer = (grain, _, _) => Task.FromResult(
            new CommandOutcome(CommandStatus.Accepted, null, _api.Register.Entities[grain], null, 42, Changed: true));

        var answer = await (await _api.SendAsync("POST", Entity + "/cases/case-1/statement", """{"text":"不服"}""", key: "enterprise")).JsonAsync();

        Assert.Equal("check-1", Assert.Single(answer.GetProperty("checks").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_inspector_lists_no_case_or_deadline_of_what_is_withheld()
    {
        await _api.SendAsync("GET", "/api/cases", key: "inspector");
        Assert.True(_api.Worklists.Filter!.Unrestricted);
        await _api.SendAsync("GET", "/api/deadlines", key: "inspector");
        Assert.True(_api.Worklists.DeadlineFilter!.Unrestricted);
        await _api.SendAsync("GET", "/api/cases");
        Assert.False(_api.Worklists.Filter!.Unrestricted);
    }

    [Fact]
    public async Task An_enterprise_reads_what_it_was_served_and_what_it_filed()
    {
        _api.Documents.Named[Entities.Factory] = new EntityDocuments(null,
        [
            .. new[] { "case.opened", "case.served", "statement.received", "result.recorded", "entity.merged" }.Select((type, n) =>
                new EntityDocument($"{n:x64}", "application/pdf", 3, $"{type}.pdf", Entities.Now, type, n, "case-1")),
        ]);

        var items = (await (await _api.SendAsync("GET", Entity + "/documents", key: "enterprise")).JsonAsync()).GetProperty("items");

        Assert.Equal(["case.served", "statement.received"], items.EnumerateArray().Select(item => item.GetProperty("event").GetString()));
        await (await _api.SendAsync("GET", $"{Entity}/documents/{0:x64}", key: "enterprise")).ProblemAsync(404, "document-not-found");
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", $"{Entity}/documents/{1:x64}", key: "enterprise")).StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"x","person":"x","role":"enterprise"}""", "enterprise")]
    [InlineData("""{"name":"x","person":"x","role":"enterprise","enterprise":"91430100MA4L16JQ9A"}""", "enterprise")]
    [InlineData("""{"name":"x","person":"x","role":"officer","enterprise":"91430100MA4L16JQ9D"}""", "enterprise")]
    [InlineData("""{"name":"x","person":"x","role":"evaluator"}""", "body")]
    [InlineData("""{"name":"x","person":"x","role":"certification-body","body":"甲","level":"provincial","regions":["430000"]}""", "level")]
    public async Task A_key_is_bound_as_its_role_asks_for(string body, string member) =>
        Assert.Equal([member], (await (await _api.SendAsync("POST", "/api/keys", body, key: "admin")).ProblemAsync(400, "invalid-request")).Members());

    [Fact]
    public async Task A_bound_key_is_made_for_whom_it_names()
    {
        await _api.SendAsync("POST", "/api/keys", """{"name":"x","person":"x","role":"enterprise","enterprise":"91430100MA4L16JQ9D"}""", key: "admin");
        await _api.SendAsync("POST", "/api/keys", """{"name":"x","person":"x","role":"evaluator","body":"某某认证中心"}""", key: "admin");

        Assert.Equal(
            [("enterprise/91430100MA4L16JQ9D", null), (null, "某某认证中心")],
            _api.Keys.Created.Select(made => (made.Request.Enterprise?.Value, made.Request.Body)));
    }

    private static CheckView Check(string id, CheckStatus status) => new(
        id, "miit-2016", "green-factory", Level.National, CheckBasis.Random, null, "draw-1", true, status, default, default, false, null, [], [], null, null, null, [], null, []);

    private void Put(GrainId entity, Func<EntityView, EntityView> change)
    {
        var view = change(Entities.Snapshot(entity, 7).View);
        _api.Register.Entities[entity] = new EntitySnapshot(view, ViewJson.Write(view));
    }
}
