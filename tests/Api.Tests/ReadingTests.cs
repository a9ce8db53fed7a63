using System.Net;

namespace Supervision.Api.Tests;

public sealed class ReadingTests : IAsyncLifetime
{
    private const string Path = "/api/entities/factory/N-1-F-0001";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task An_entity_is_sent_as_it_lies_ready_with_its_version_as_tag()
    {
        var answer = await _api.SendAsync("GET", Path, key: "integrator");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("\"7\"", answer.Header("ETag"));
        Assert.Equal("41", answer.Header("Supervision-Seq"));
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal(
            _api.Register.Entities[Entities.Factory].Json.ToArray(), await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("\"6\", \"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"6\"", 200)]
    [InlineData("7", 200)]
    public async Task An_entity_that_the_sender_has_is_not_sent_again(string known, int status)
    {
        var answer = await _api.SendAsync("GET", Path, headers: ("If-None-Match", known));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("\"7\"", answer.Header("ETag"));
    }

    [Fact]
    public async Task An_entity_that_is_not_registered_is_not_found()
    {
        var answer = await _api.SendAsync("GET", "/api/entities/factory/N-1-F-0002");

        await answer.ProblemAsync(404, "not-registered");
    }

    [Theory]
    [InlineData("/api/entities/works/N-1", "kind")]
    [InlineData("/api/entities/Factory/N-1", "kind")]
    [InlineData("/api/entities/policy/miit-2016", "kind")]
    [InlineData("/api/entities/calendar/cn", "kind")]
    [InlineData("/api/entities/factory/N%201", "key")]
    [InlineData("/api/entities/factory/N%01", "key")]
    [InlineData("/api/entities/enterprise/913100000000000000", "key")]
    [InlineData("/api/entities/factory/N-1/history?limit=0", "limit")]
    [InlineData("/api/entities/factory/N-1?asOf=2024-1-1", "asOf")]
    [InlineData("/api/entities/factory/N-1?asOf=2026-05-02", "asOf")]
    [InlineData("/api/entities/factory/N-1?asOf=2026-04-02&knownAt=2026-04-01T01:00:00Z", "asOf")]
    [InlineData("/api/entities/factory/N-1?knownAt=2026-05-01T04:00:01Z", "knownAt")]
    [InlineData("/api/entities/factory/N-1?knownAt=2026-05-01", "knownAt")]
    [InlineData("/api/entities?asOf=2026-05-02", "asOf")]
    [InlineData("/api/entities/factory/N-1/history?order=first", "order")]
    [InlineData("/api/candidates", "name")]
    [InlineData("/api/candidates?name=%E5%8E%82", "name")]
    [InlineData("/api/candidates?name=ab&kind=policy", "kind")]
    [InlineData("/api/statistics?by=colour", "by")]
    [InlineData("/api/statistics?by=kind,kind", "by")]
    [InlineData("/api/statistics?by=", "by")]
    [InlineData("/api/statistics?batch=1,,2", "batch")]
    [InlineData("/api/statistics?cursor=AAAA", "cursor")]
    [InlineData("/api/verify?q=a&asOf=2026-05-02", "asOf")]
    [InlineData("/api/verify/factory/N-1?knownAt=x", "knownAt")]
    [InlineData("/api/entities/factory/N-1?minSeq=-1", "minSeq")]
    [InlineData("/api/entities/factory/N-1?minSeq=x", "minSeq")]
    [InlineData("/api/entities?limit=501", "limit")]
    [InlineData("/api/entities?limit=0", "limit")]
    [InlineData("/api/entities?limit=", "limit")]
    [InlineData("/api/entities?limit=%2B5", "limit")]
    [InlineData("/api/entities?kind=policy", "kind")]
    [InlineData("/api/entities?Kind=factory", "Kind")]
    [InlineData("/api/entities?kind=factory&kind=enterprise", "kind")]
    [InlineData("/api/entities?region=%E7%81%AB%E6%98%9F", "region")]
    [InlineData("/api/entities?status=Listed", "status")]
    [InlineData("/api/entities?level=0", "level")]
    [InlineData("/api/entities?riskClass=E", "riskClass")]
    [InlineData("/api/entities?exempt=yes", "exempt")]
    [InlineData("/api/entities?enterprise=factory/N-1", "enterprise")]
    [InlineData("/api/entities?q=a%00b", "q")]
    [InlineData("/api/entities?dueBefore=2026-1-1", "dueBefore")]
    [InlineData("/api/entities?dueBefore=9999-12-31", "dueBefore")]
    [InlineData("/api/entities?cursor=", "cursor")]
    [InlineData("/api/entities?cursor=AAAA", "cursor")]
    [InlineData("/api/entities?cursor=%C3%A4", "cursor")]
    [InlineData("/api/entities?sort=name", "sort")]
    [InlineData("/api/verify", "q")]
    [InlineData("/api/verify?q=", "q")]
    [InlineData("/api/verify?q=%20", "q")]
    [InlineData("/api/verify?q=%E2%80%8B", "q")]
    [InlineData("/api/verify/works/N-1", "kind")]
    public async Task What_is_wrong_with_an_address_is_named(string path, string member)
    {
        var answer = await _api.SendAsync("GET", path);

        Assert.Equal([member], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_list_is_filtered_by_every_parameter()
    {
        var answer = await _api.SendAsync(
            "GET",
            "/api/entities?kind=factory&region=%E6%B9%96%E5%8D%97%E7%9C%81&status=rectifying&level=provincial&policy=miit-2016&riskClass=C&exempt=true"
            + "&enterprise=u-0123456789abcdef&q=%E5%8E%82&dueBefore=2026-12-31");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            new EntityFilter
            {
                Kind = "factory", Region = "430000", Status = TitleStatus.Rectifying, Level = Level.Provincial, Policy = "miit-2016", RiskClass = "C", Exempt = true,
                Enterprise = GrainId.Of(GrainKind.Enterprise, "u-0123456789abcdef"), Search = "厂", DueBefore = new DateOnly(2026, 12, 31),
            },
            _api.Register.Filter);
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_by_cursors()
    {
        for (var i = 2; i <= 5; i++)
        {
            var id = GrainId.Of(GrainKind.Factory, $"N-1-F-000{i}");
            _api.Register.Entities[id] = Entities.Snapshot(id, i);
        }

        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = await (await _api.SendAsync("GET", $"/api/entities?limit=2&kind=factory{cursor}")).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(["factory/N-1-F-0001", "factory/N-1-F-0002", "factory/N-1-F-0003", "factory/N-1-F-0004", "factory/N-1-F-0005"], seen);
    }

    [Fact]
    public async Task A_cursor_of_another_filter_is_refused()
    {
        var other = GrainId.Of(GrainKind.Factory, "N-1-F-0002");
        _api.Register.Entities[other] = Entities.Snapshot(other, 1);
        var cursor = (await (await _api.SendAsync("GET", "/api/entities?limit=1&kind=factory")).JsonAsync()).GetProperty("nextCursor").GetString();

        var answer = await _api.SendAsync("GET", $"/api/entities?limit=1&kind=enterprise&cursor={cursor}");

        Assert.Equal(["cursor"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_read_waits_for_the_seq_it_asks_for_but_not_for_ever()
    {
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", $"{Path}?minSeq=41")).StatusCode);

        var answer = await _api.SendAsync("GET", $"{Path}?minSeq=42");

        await answer.ProblemAsync(503, "not-yet-reflected");
        Assert.Equal("1", answer.Header("Retry-After"));
    }

    [Theory]
    [InlineData("officer", true)]
    [InlineData("auditor", true)]
    [InlineData("admin", true)]
    [InlineData("inspector", false)]
    [InlineData("integrator", false)]
    public async Task History_shows_persons_and_private_texts_to_those_who_supervise(string key, bool whole)
    {
        _api.Register.History.Add(Entry(1, []));
        _api.Register.History.Add(Entry(2, new() { ["text"] = "陈述" }));

        var items = (await (await _api.SendAsync("GET", $"{Path}/history", key: key)).JsonAsync()).GetProperty("items");

        Assert.Equal([2, 1], items.EnumerateArray().Select(item => item.GetProperty("version").GetInt64()));
        Assert.Equal(3, items[0].GetProperty("data").GetProperty("n").GetInt32());
        Assert.Equal("2026-05-01T04:00:00Z", items[0].GetProperty("at").GetString());
        Assert.Equal(whole, items[0].TryGetProperty("person", out _));
        Assert.Equal(whole, items[0].TryGetProperty("private", out var texts) && texts.GetProperty("text").GetString() == "陈述");
        Assert.False(items[1].TryGetProperty("private", out _));
    }

    [Fact]
    public async Task History_is_read_to_its_end_by_cursors_of_its_own()
    {
        for (var version = 1; version <= 3; version++)
            _api.Register.History.Add(Entry(version, []));
        var other = GrainId.Of(GrainKind.Factory, "N-1-F-0002");
        _api.Register.Entities[other] = Entities.Snapshot(other, 1);

        var first = await (await _api.SendAsync("GET", $"{Path}/history?limit=2")).JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("GET", $"{Path}/history?limit=2&cursor={cursor}")).JsonAsync();
        var elsewhere = await _api.SendAsync("GET", $"/api/entities/factory/N-1-F-0002/history?limit=2&cursor={cursor}");

        Assert.Equal([1], second.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt64()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        await elsewhere.ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task History_is_read_from_either_end_and_says_why()
    {
        for (var version = 1; version <= 3; version++)
            _api.Register.History.Add(Entry(version, []));

        var first = await (await _api.SendAsync("GET", $"{Path}/history?order=oldest&limit=2")).JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("GET", $"{Path}/history?order=oldest&limit=2&cursor={cursor}")).JsonAsync();
        var otherEnd = await _api.SendAsync("GET", $"{Path}/history?limit=2&cursor={cursor}");

        Assert.Equal([1, 2], first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt64()));
        Assert.Equal([3], second.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt64()));
        Assert.Equal(["cursor"], (await otherEnd.ProblemAsync(400, "invalid-request")).Members());
        var item = first.GetProperty("items")[0];
        Assert.Equal(
            ("reason", "ground", "五(五)"),
            (item.GetProperty("reason").GetString(), item.GetProperty("ground").GetString(), item.GetProperty("article").GetString()));
    }

    [Theory]
    [InlineData("asOf=2026-04-01", "2026-04-01", "2026-05-01T04:00:00Z")]
    [InlineData("asOf=2026-05-01", "2026-05-01", "2026-05-01T04:00:00Z")]
    [InlineData("knownAt=2026-03-31T16:00:00Z", "2026-04-01", "2026-03-31T16:00:00Z")]
    [InlineData("asOf=2026-03-01&knownAt=2026-04-01T00:00:00Z", "2026-03-01", "2026-04-01T00:00:00Z")]
    public async Task A_read_of_the_past_asks_for_a_day_and_an_instant(string query, string day, string knownAt)
    {
        var expected = new AsOf(DateOnly.ParseExact(day, "yyyy-MM-dd"), DateTimeOffset.Parse(knownAt));
        foreach (var path in (string[])[$"{Path}?{query}", $"/api/entities?{query}", $"/api/verify/factory/N-1-F-0001?{query}", $"/api/verify?q=a&{query}"])
        {
            await _api.SendAsync("GET", Path);
            Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", path)).StatusCode);
            Assert.Equal(expected, _api.Register.AsOf);
        }
    }

    [Fact]
    public async Task A_cursor_of_another_day_is_refused()
    {
        var other = GrainId.Of(GrainKind.Factory, "N-1-F-0002");
        _api.Register.Entities[other] = Entities.Snapshot(other, 1);
        var cursor = (await (await _api.SendAsync("GET", "/api/entities?limit=1&asOf=2026-04-01")).JsonAsync()).GetProperty("nextCursor").GetString();

        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", $"/api/entities?limit=1&asOf=2026-04-01&cursor={cursor}")).StatusCode);
        foreach (var query in (string[])["", "&asOf=2026-04-02", "&asOf=2026-04-01&knownAt=2026-04-30T00:00:00Z"])
        {
            var answer = await _api.SendAsync("GET", $"/api/entities?limit=1{query}&cursor={cursor}");
            Assert.Equal(["cursor"], (await answer.ProblemAsync(400, "invalid-request")).Members());
        }
    }

    [Fact]
    public async Task Many_questions_are_answered_in_their_order_each_as_often_as_asked()
    {
        var answer = await (await _api.SendAsync(
            "POST", "/api/verify", """{"questions":["nobody","北京第一工厂","nobody","北京第一工厂"]}""", key: null)).JsonAsync();

        var items = answer.GetProperty("items");
        Assert.Equal(["nobody", "北京第一工厂", "nobody", "北京第一工厂"], items.EnumerateArray().Select(item => item.GetProperty("question").GetString()));
        Assert.Equal(["unknown", "valid", "unknown", "valid"], items.EnumerateArray().Select(item => item.GetProperty("standing").GetString()));
        Assert.Equal("factory/N-1-F-0001", items[1].GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public async Task Of_many_matches_twenty_are_listed_and_it_is_told_that_there_are_more(int matches, bool hasMore)
    {
        for (var i = 1; i < matches; i++)
        {
            var other = GrainId.Of(GrainKind.Factory, $"N-2-F-{i:D4}");
            _api.Register.Entities[other] = Entities.Snapshot(other, 1);
        }

        var one = await (await _api.SendAsync("GET", "/api/verify?q=北京第一工厂", key: null)).JsonAsync();
        var many = (await (await _api.SendAsync("POST", "/api/verify", """{"questions":["北京第一工厂"]}""", key: null)).JsonAsync()).GetProperty("items")[0];

        foreach (var answer in (System.Text.Json.JsonElement[])[one, many])
        {
            Assert.Equal((20, hasMore), (answer.GetProperty("items").GetArrayLength(), answer.GetProperty("hasMore").GetBoolean()));
            Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("standing").ValueKind);
        }
    }

    [Theory]
    [InlineData("officer", 1)]
    [InlineData("integrator", 1)]
    [InlineData("enterprise", 0)]
    public async Task A_search_that_finds_nothing_proposes_whom_it_may_mean(string key, int proposed)
    {
        var nothing = await (await _api.SendAsync("GET", "/api/entities?kind=factory&region=北京&q=北京第一厂", key: key)).JsonAsync();

        Assert.Equal((0, proposed), (nothing.GetProperty("items").GetArrayLength(), nothing.GetProperty("candidates").GetArrayLength()));
        Assert.All(nothing.GetProperty("candidates").EnumerateArray(), candidate => Assert.Equal("factory/N-1-F-0001", candidate.GetProperty("id").GetString()));
        foreach (var query in (string[])["?q=北京第一工厂", "?kind=park"])
            Assert.False((await (await _api.SendAsync("GET", $"/api/entities{query}", key: key)).JsonAsync()).TryGetProperty("candidates", out _));
    }

    [Theory]
    [InlineData("""{}""", "questions")]
    [InlineData("""{"questions":[]}""", "questions")]
    [InlineData("""{"questions":"a"}""", "questions")]
    [InlineData("""{"questions":["a",null]}""", "questions[1]")]
    [InlineData("""{"questions":["a"," "]}""", "questions[1]")]
    [InlineData("""{"questions":["\u200b"]}""", "questions[0]")]
    [InlineData("""{"questions":["a\u0000"]}""", "questions[0]")]
    [InlineData("""{"questions":["a"],"limit":1}""", "limit")]
    public async Task What_is_wrong_with_questions_is_named(string body, string member)
    {
        var answer = await _api.SendAsync("POST", "/api/verify", body, key: null);

        Assert.Equal([member], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task A_thousand_questions_are_taken_and_no_more()
    {
        static string Body(int count) => $$"""{"questions":[{{string.Join(',', Enumerable.Repeat("\"a\"", count))}}]}""";

        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("POST", "/api/verify", Body(1000), key: null)).StatusCode);
        var answer = await _api.SendAsync("POST", "/api/verify", Body(1001), key: null);
        Assert.Equal(["questions"], (await answer.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task Statistics_name_their_dimensions_and_what_is_stated()
    {
        _api.Register.Rows.Add(new StatisticsRow(
            ["product", "430000"], 13, 13, new Dictionary<string, long> { ["valid"] = 13 }, new Dictionary<string, long> { ["listed"] = 13 },
            new StatedFigure(12, "制定说明", "一")));
        _api.Register.Rows.Add(new StatisticsRow(["product", null], 1, 0, new Dictionary<string, long>(), new Dictionary<string, long>(), null));

        var first = await (await _api.SendAsync("GET", "/api/statistics?by=kind,region&level=national&batch=1,2&limit=1", key: "integrator")).JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("GET", $"/api/statistics?by=kind,region&level=national&batch=1,2&limit=1&cursor={cursor}")).JsonAsync();
        var other = await _api.SendAsync("GET", $"/api/statistics?by=kind,region&level=national&batch=1&limit=1&cursor={cursor}");

        Assert.Equal(
            """{"kind":"product","region":"430000","regionName":"湖南","entities":13,"titles":13,"standings":{"valid":13},"statuses":{"listed":13},"stated":{"count":12,"source":"制定说明","article":"一"}}""",
            first.GetProperty("items")[0].GetRawText());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("items")[0].GetProperty("region").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal(["cursor"], (await other.ProblemAsync(400, "invalid-request")).Members());
        Assert.Equal([Dimension.Kind, Dimension.Region], _api.Register.Counted!.By);
        Assert.Equal(["1", "2"], _api.Register.Counted.Batches);
    }

    [Fact]
    public async Task Anyone_may_verify_a_removed_title_and_learns_by_which_decision_it_was_lost()
    {
        _api.Register.Entities[Entities.Factory] = Entities.Snapshot(
            Entities.Factory, 9, removal: new RemovalView(new DateOnly(2026, 4, 1), "failed-spot-check", "五(五)", "case-1", "工信〔2026〕1号", null));

        var answer = await (await _api.SendAsync("GET", "/api/verify/factory/N-1-F-0001", key: null)).JsonAsync();

        Assert.Equal("removed", answer.GetProperty("standing").GetString());
        Assert.Equal("2026-05-01T04:00:00Z", answer.GetProperty("asOf").GetString());
        Assert.Equal(41, answer.GetProperty("seq").GetInt64());
        var title = answer.GetProperty("titles")[0];
        Assert.Equal(("removed", "2017-08-23"), (title.GetProperty("status").GetString(), title.GetProperty("since").GetString()));
        Assert.Equal(
            """{"number":"工信〔2026〕1号","on":"2026-04-01","ground":"failed-spot-check","article":"五(五)"}""", title.GetProperty("decision").GetRawText());
    }

    [Fact]
    public async Task What_is_not_registered_is_of_unknown_standing()
    {
        var byId = await (await _api.SendAsync("GET", "/api/verify/factory/N-9", key: null)).JsonAsync();
        var byName = await (await _api.SendAsync("GET", "/api/verify?q=nobody", key: null)).JsonAsync();
        var found = await (await _api.SendAsync("GET", "/api/verify?q=北京第一工厂", key: null)).JsonAsync();

        Assert.Equal(("unknown", 0), (byId.GetProperty("standing").GetString(), byId.GetProperty("titles").GetArrayLength()));
        Assert.Equal(("unknown", 0), (byName.GetProperty("standing").GetString(), byName.GetProperty("items").GetArrayLength()));
        Assert.Equal("valid", found.GetProperty("items")[0].GetProperty("standing").GetString());
    }

    private static HistoryEntry Entry(long version, Dictionary<string, string> texts) =>
        new(
            version * 10, version, "check.passed", Entities.Now, new DateOnly(2026, 5, 1), "p-1", "张三", """{"n":3}""", texts,
            new Why("reason", "ground", "五(五)"));
}
