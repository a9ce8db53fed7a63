using System.Net;
using System.Text.Json;

namespace Supervision.Api.Tests;

/// <summary>What is made known over the interface, and to whom.</summary>
public sealed class NoticeTests : IAsyncLifetime
{
    private const string Entity = "/api/entities/factory/N-1-F-0001";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiHost.StartAsync();
        Put(Entities.Factory, Notice("case-1/decision", NoticeKind.Decision, new DateOnly(2026, 4, 20)), Notice("case-1/case", NoticeKind.Case, new DateOnly(2026, 4, 1)));
        Put(Entities.Enterprise, Notice("energy-inspection-1/energy-inspection", NoticeKind.EnergyInspection, new DateOnly(2026, 4, 10)));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task An_enterprise_has_an_inbox_over_all_its_entities_page_by_page()
    {
        var first = await (await _api.SendAsync("GET", "/api/notices?limit=2", key: "enterprise")).JsonAsync();

        Assert.Equal([Entities.Enterprise], _api.Register.Filter!.Own);
        Assert.Equal(["case-1/decision", "energy-inspection-1/energy-inspection"], Ids(first, item => item.GetProperty("notice")));
        var notice = first.GetProperty("items")[0].GetProperty("notice");
        Assert.Equal(("N-1", "provincial/430000", "2026-04-20", "2026-05-20", "administrative-review"), (
            notice.GetProperty("number").GetString(), notice.GetProperty("authority").GetString(), notice.GetProperty("servedOn").GetString(),
            notice.GetProperty("respondBy").GetString(), notice.GetProperty("remedies")[0].GetProperty("name").GetString()));
        var rest = await (await _api.SendAsync("GET", $"/api/notices?limit=2&cursor={first.GetProperty("nextCursor").GetString()}", key: "enterprise")).JsonAsync();
        Assert.Equal(["case-1/case"], Ids(rest, item => item.GetProperty("notice")));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
        await (await _api.SendAsync("GET", "/api/notices?cursor=x", key: "enterprise")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("auditor")]
    [InlineData("integrator")]
    [InlineData("evaluator")]
    public async Task Nobody_else_has_an_inbox(string key) => await (await _api.SendAsync("GET", "/api/notices", key: key)).ProblemAsync(403, "role-not-allowed");

    [Fact]
    public async Task Notices_of_an_entity_are_for_its_holder_and_those_who_supervise()
    {
        foreach (var key in new[] { "officer", "auditor" })
            Assert.Equal(["case-1/decision", "case-1/case"], Ids(await (await _api.SendAsync("GET", Entity + "/notices", key: key)).JsonAsync(), item => item));
        await (await _api.SendAsync("GET", Entity + "/notices", key: "enterprise")).ProblemAsync(403, "not-your-entity");
        await (await _api.SendAsync("GET", "/api/entities/factory/X-9/notices")).ProblemAsync(404, "not-registered");
        var seen = await (await _api.SendAsync("GET", Entity, key: "integrator")).JsonAsync();
        Assert.Equal(0, seen.GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task Service_publication_and_withdrawal_reach_the_grain()
    {
        await PostAsync("/cases/case-1/decision/service", """{"on":"2026-05-01","method":"post","number":"N-1"}""");
        Assert.Equal(new GrainCommand.ServeDecision("case-1", new DateOnly(2026, 5, 1), "post", "N-1"), Last());
        await PostAsync("/cases/case-1/service", """{"on":"2026-05-01","method":"post","number":"N-2"}""");
        Assert.Equal(new GrainCommand.ServeCase("case-1", new DateOnly(2026, 5, 1), "post", "N-2"), Last());
        await PostAsync("/checks/check-1/notice", """{"on":"2026-05-01","method":"post","number":"N-3"}""");
        Assert.Equal(new GrainCommand.NotifyCheck("check-1", new DateOnly(2026, 5, 1), "post", "N-3"), Last());
        await PostAsync("/checks/check-1/publication", """{"on":"2026-05-01","place":"https://example.org/1"}""");
        Assert.Equal(new GrainCommand.Publish("check-1", new DateOnly(2026, 5, 1), "https://example.org/1"), Last());
        await PostAsync("/cases/case-1/publication/withdrawal", """{"on":"2026-05-01","reason":"quashed"}""");
        Assert.Equal(new GrainCommand.WithdrawPublication("case-1", new DateOnly(2026, 5, 1), "quashed"), Last());

        async Task PostAsync(string path, string body) => Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("POST", Entity + path, body)).StatusCode);

        GrainCommand Last() => _api.Grains.Sent.Last().Command;
    }

    [Theory]
    [InlineData("/cases/case-1/decision/service", "{\"method\":\"post\"}", "on")]
    [InlineData("/checks/check-1/publication", "{\"on\":\"2026-05-01\"}", "place")]
    [InlineData("/checks/check-1/publication/withdrawal", "{\"on\":\"1. May\",\"reason\":\"x\"}", "on")]
    [InlineData("/cases/case-1/publication/withdrawal", "{\"on\":\"2026-05-01\",\"reason\":\"\"}", "reason")]
    public async Task What_is_wrong_with_a_body_is_named(string path, string body, string member)
    {
        var problem = await (await _api.SendAsync("POST", Entity + path, body)).ProblemAsync(400, "invalid-request");

        Assert.Equal(member, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task What_is_withheld_is_not_found_by_its_parts_either()
    {
        _api.Register.Withheld.Add(Entities.Enterprise);

        await (await _api.SendAsync("GET", $"/api/entities/{Entities.Enterprise}/energy-inspections/energy-inspection-1", key: "integrator")).ProblemAsync(404, "not-registered");
        await (await _api.SendAsync("GET", $"/api/entities/{Entities.Enterprise}/eligibility?policy=miit-2024", key: "inspector")).ProblemAsync(404, "not-registered");
        await (await _api.SendAsync("GET", $"/api/entities/{Entities.Enterprise}/notices", key: "inspector")).ProblemAsync(404, "not-registered");
        await (await _api.SendAsync("GET", Entity + "/energy-inspections/energy-inspection-1", key: "enterprise")).ProblemAsync(403, "not-your-entity");
    }

    private static NoticeView Notice(string id, NoticeKind kind, DateOnly servedOn) => new(
        id, kind, id.Split('/')[0], "N-1", "provincial/430000", servedOn, "post", servedOn.AddDays(30), [new OpenRemedy("administrative-review", servedOn.AddDays(60), "行政复议法 第二十条")], []);

    private static IEnumerable<string?> Ids(JsonElement page, Func<JsonElement, JsonElement> noticeOf) =>
        page.GetProperty("items").EnumerateArray().Select(item => noticeOf(item).GetProperty("id").GetString());

    private void Put(GrainId id, params NoticeView[] notices)
    {
        var view = Entities.Snapshot(id, 3).View with { Notices = notices };
        _api.Register.Entities[id] = new EntitySnapshot(view, ViewJson.Write(view));
    }
}
