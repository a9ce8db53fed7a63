using System.Net;

namespace Supervision.Api.Tests;

/// <summary>Transfers of many titles, page by page.</summary>
public sealed class TransferTests : IAsyncLifetime
{
    private const string Path = "/api/titles/transfers";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_page_names_each_outcome_and_where_the_next_one_begins()
    {
        const string body = """{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","filter":{"kind":"factory","region":"湖南","level":"national"},"dryRun":true,"limit":7}""";
        var answer = await _api.SendAsync("POST", Path, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var first = await answer.JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("POST", Path, body[..^1] + $$""","cursor":"{{cursor}}"}""")).JsonAsync();

        var item = first.GetProperty("items")[0];
        Assert.Equal(("factory/N-1-F-0001", "transferred", null), (item.GetProperty("entity").GetString(), item.GetProperty("status").GetString(), item.GetProperty("code").GetString()));
        Assert.Equal("out-of-scope", second.GetProperty("items")[0].GetProperty("code").GetString());
        Assert.Null(second.GetProperty("nextCursor").GetString());
        var asked = _api.Transfers.Asked.ToArray();
        Assert.Equal(
            new TransferRequest("miit-2016", "miit-2024", new DateOnly(2024, 1, 19), "factory", "430000", Level.National, null, true, asked[0].Request.Actor), asked[0].Request);
        Assert.Equal((asked[0].Request, (GrainId?)Entities.Factory, 7), asked[1]);
    }

    [Theory]
    [InlineData("""{"from":"miit-2016","to":"miit-2016","on":"2024-01-19"}""", "to")]
    [InlineData("""{"from":"miit-2016","on":"2024-01-19"}""", "to")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-02-30"}""", "on")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","limit":0}""", "limit")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","limit":501}""", "limit")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","dryRun":"yes"}""", "dryRun")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","cursor":"AAAA"}""", "cursor")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","filter":{"kind":"policy"}}""", "filter.kind")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","filter":{"region":"火星"}}""", "filter.region")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","filter":{"level":"county"}}""", "filter.level")]
    [InlineData("""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","filter":{"status":"listed"}}""", "filter.status")]
    public async Task What_is_wrong_is_named(string body, string member)
    {
        var problem = await (await _api.SendAsync("POST", Path, body)).ProblemAsync(400, "invalid-request");

        Assert.Equal([member], problem.Members());
        Assert.Empty(_api.Transfers.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_authority_has_to_transfer_is_kept_as_denied_unless_it_was_only_tried(bool dryRun)
    {
        var body = $$"""{"from":"miit-2016","to":"miit-2024","on":"2024-01-19","dryRun":{{(dryRun ? "true" : "false")}}}""";
        var first = await (await _api.SendAsync("POST", Path, body)).JsonAsync();
        var second = await (await _api.SendAsync("POST", Path, body[..^1] + $$""","cursor":"{{first.GetProperty("nextCursor").GetString()}}"}""")).JsonAsync();

        Assert.False(second.GetProperty("items")[0].TryGetProperty("isDenied", out _));
        Assert.Equal(
            dryRun ? [] : [(AuditOutcome.DeniedCompetence, "factory/N-1-F-0002", Path)], _api.Audit.Entries.Select(entry => (entry.Outcome, entry.Subject!, entry.Route)));
    }

    [Fact]
    public async Task A_policy_that_there_is_not_is_named()
    {
        var problem = await (await _api.SendAsync("POST", Path, """{"from":"miit-1999","to":"miit-2024","on":"2024-01-19"}""")).ProblemAsync(400, "unknown-policy");

        Assert.Equal(["from"], problem.Members());
        Assert.Empty(_api.Transfers.Asked);
    }

    [Fact]
    public async Task The_cursor_of_another_selection_is_refused()
    {
        var first = await (await _api.SendAsync("POST", Path, """{"from":"miit-2016","to":"miit-2024","on":"2024-01-19"}""")).JsonAsync();

        var other = await _api.SendAsync(
            "POST", Path, $$"""{"from":"miit-2016","to":"miit-2024","on":"2024-01-20","cursor":"{{first.GetProperty("nextCursor").GetString()}}"}""");

        Assert.Equal(["cursor"], (await other.ProblemAsync(400, "invalid-request")).Members());
    }

    [Fact]
    public async Task An_entity_that_was_merged_leads_to_the_one_that_stays()
    {
        var (old, now) = (GrainId.Of(GrainKind.Enterprise, "u-0123456789abcdef"), GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43"));
        _api.Register.Entities[old] = Entities.Snapshot(old, 3, mergedInto: now);

        var answer = await _api.SendAsync("GET", $"/api/entities/{old}");

        Assert.Equal((HttpStatusCode)308, answer.StatusCode);
        Assert.Equal($"/api/entities/{now}", answer.Header("Location"));
    }

    [Theory]
    [InlineData("renames", """{"name":"甲"}""", "on")]
    [InlineData("renames", """{"name":"\u200b","on":"2026-04-30"}""", "name")]
    [InlineData("aliases", """{"name":"甲"}""", "source")]
    [InlineData("aliases", """{"name":"甲","source":"乙","from":"18-1-1"}""", "from")]
    [InlineData("merges", """{"into":"enterprise/91350100M000100Y44","source":"乙"}""", "into")]
    [InlineData("merges", """{"into":"N-1-F-0002","source":"乙"}""", "into")]
    [InlineData("merges", """{"into":"policy/miit-2016","source":"乙"}""", "into")]
    [InlineData("titles/transfers", """{"from":"a","to":"b","on":"2024-01-19","level":"x"}""", "level")]
    public async Task Bad_bodies_of_names_and_merges_name_the_member(string path, string body, string member)
    {
        var problem = await (await _api.SendAsync("POST", $"/api/entities/factory/N-1-F-0001/{path}", body)).ProblemAsync(400, "invalid-request");

        Assert.Equal([member], problem.Members());
    }

    [Fact]
    public async Task Wrong_relations_are_named_each()
    {
        var problem = await (await _api.SendAsync(
            "PUT", "/api/entities/park/N-1-P-0001",
            """{"name":"甲","enterpriseName":"\u200b","relations":[{"type":"friend","to":"factory/N-1-F-0001"},{"type":"member","to":"calendar/cn"},{"type":"enterprise","to":"x"}]}"""))
            .ProblemAsync(400, "invalid-request");

        Assert.Equal(["enterpriseName", "relations[0].type", "relations[1].to", "relations[2].to"], problem.Members());
    }
}
