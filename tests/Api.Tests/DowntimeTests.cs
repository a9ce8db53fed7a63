namespace Supervision.Api.Tests;

/// <summary>Downtimes, tasks about inspections and the coverage of draws over HTTP.</summary>
public sealed class DowntimeTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Fact]
    public async Task A_downtime_is_declared_confirmed_and_shown_with_what_had_passed()
    {
        using var declared = await shared.Api.SendAsync("POST", "/api/downtimes", """{"id":"d-2","region":"湖南","from":"2026-06-22","to":"2026-06-26","reason":"down"}""");
        Assert.Equal((201, "/api/downtimes/d-2"), ((int)declared.StatusCode, declared.Headers.Location?.ToString()));
        Assert.Equal("430000", (await declared.JsonAsync()).GetProperty("region").GetString());
        Assert.Equal(200, (int)(await shared.Api.SendAsync("POST", "/api/downtimes/d-1/confirmation")).StatusCode);
        await (await shared.Api.SendAsync("POST", "/api/downtimes/d-9/confirmation")).ProblemAsync(404, "downtime-not-found");

        var passed = await (await shared.Api.SendAsync("GET", "/api/downtimes/d-1/passed?limit=1")).JsonAsync();
        Assert.Equal("""{"seq":7,"entity":"factory/N-1-F-0001","event":"check.overdue","effectiveOn":"2026-06-25","data":{"check":"check-1"}}""", passed.GetProperty("items")[0].GetRawText());
        var next = await (await shared.Api.SendAsync("GET", $"/api/downtimes/d-1/passed?limit=1&cursor={passed.GetProperty("nextCursor").GetString()}")).JsonAsync();
        Assert.Empty(next.GetProperty("items").EnumerateArray());
        await (await shared.Api.SendAsync("GET", "/api/downtimes/d-9/passed")).ProblemAsync(404, "downtime-not-found");
    }

    [Theory]
    [InlineData("""{"from":"2026-06-22","to":"2026-06-26","reason":"x","region":"nowhere"}""", "region")]
    [InlineData("""{"from":"2026-06-22","to":"2026-06-26","reason":"x","id":"a b"}""", "id")]
    [InlineData("""{"from":"yesterday","to":"2026-06-26","reason":"x"}""", "from")]
    [InlineData("""{"from":"2026-06-22","to":"2026-06-26"}""", "reason")]
    public async Task What_is_wrong_with_a_downtime_is_named(string body, string member) =>
        Assert.Equal([member], (await (await shared.Api.SendAsync("POST", "/api/downtimes", body)).ProblemAsync(400, "invalid-request")).Members());

    [Theory]
    [InlineData("""{"policy":"miit-2016","scope":{"level":"national"},"notBefore":"2026-05-12T02:00:00Z","purpose":"energy-list","items":["x"]}""", "items")]
    [InlineData("""{"policy":"miit-2016","scope":{"level":"national"},"notBefore":"2026-05-12T02:00:00Z","purpose":"energy-list","dueBy":"2026-12-31"}""", "dueBy")]
    [InlineData("""{"policy":"miit-2016","scope":{"level":"national"},"notBefore":"2026-05-12T02:00:00Z","purpose":"energy-list","inspectorsPerVisit":2}""", "inspectorsPerVisit")]
    [InlineData("""{"policy":"miit-2016","scope":{"level":"national","kind":"factory"},"notBefore":"2026-05-12T02:00:00Z","purpose":"energy-visits"}""", "scope.kind")]
    public async Task What_is_not_for_a_purpose_is_named(string body, string member) =>
        Assert.Equal([member], (await (await shared.Api.SendAsync("POST", "/api/draws", body)).ProblemAsync(400, "invalid-request")).Members());

    [Theory]
    [InlineData("waitsFor=approval", 1)]
    [InlineData("waitsFor=approval&policy=miit-2016", 1)]
    [InlineData("waitsFor=execution", 0)]
    [InlineData("policy=miit-2024", 0)]
    [InlineData("region=430000", 0)]
    public async Task Draws_are_listed_by_what_they_wait_for(string query, int count)
    {
        var draws = (await (await shared.Api.SendAsync("GET", $"/api/draws?{query}")).JsonAsync()).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(count, draws.Count);
        Assert.All(draws, draw => Assert.Equal("approval", draw.GetProperty("waitsFor").GetString()));
        Assert.Equal(["waitsFor"], (await (await shared.Api.SendAsync("GET", "/api/draws?waitsFor=rain")).ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task Coverage_and_tasks_are_shown_as_they_are_asked_for()
    {
        var coverage = await (await shared.Api.SendAsync("GET", "/api/statistics/draws?policy=miit-2024&region=430000&year=2027")).JsonAsync();
        Assert.Equal(
            """{"policy":"miit-2024","purpose":"spot-checks","region":"430000","regionName":null,"year":2027,"planned":1,"announced":1,"executed":1,"eligible":100,"toBeDrawn":5,"drawn":5,"visits":4,"visited":3,"made":2}""",
            coverage.GetProperty("items")[0].GetRawText());
        Assert.Equal(["year"], (await (await shared.Api.SendAsync("GET", "/api/statistics/draws?year=20270")).ProblemAsync(400, "invalid-request")).Members());

        var tasks = await (await shared.Api.SendAsync("GET", "/api/inspection-tasks?task=recusal")).JsonAsync();
        Assert.Equal("recusal", tasks.GetProperty("items")[0].GetProperty("task").GetString());
        Assert.Equal(["task"], (await (await shared.Api.SendAsync("GET", "/api/inspection-tasks?task=other")).ProblemAsync(400, "invalid-request")).Members());
    }
}
