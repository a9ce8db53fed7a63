using System.Text.Json;

namespace Supervision.Api.Tests;

/// <summary>Subscriptions over HTTP.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private const string Body = """{"url":"https://receiver.example.com/hook","types":["title.removed"],"filter":{"kind":["factory"],"region":["湖南"],"level":["national"],"entities":["factory/N-1-F-0001"]}}""";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_subscription_is_made_and_its_secret_shown_once()
    {
        var made = await _api.SendAsync("POST", "/api/subscriptions", Body, key: "integrator");

        Assert.Equal((201, "/api/subscriptions/sub-1"), ((int)made.StatusCode, made.Header("Location")));
        Assert.Equal("""{"id":"sub-1","secret":"whsec_x"}""", (await made.JsonAsync()).GetRawText());
        var request = Assert.Single(_api.Subscriptions.Asked);
        Assert.Equal(["430000"], request.Filter.Region!);
        Assert.Equal([Entities.Factory], request.Filter.Entities!);
        Assert.Contains(_api.Audit.Entries, entry => entry is { Method: "POST", Route: "/api/subscriptions", Subject: "subscriptions/sub-1" });

        _api.Subscriptions.Next = new Creation.Made("sub-1", null);
        var again = await _api.SendAsync("POST", "/api/subscriptions", Body, key: "integrator", headers: ("Idempotency-Key", "k"));
        Assert.Equal(200, (int)again.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await again.JsonAsync()).GetProperty("secret").ValueKind);
        _api.Subscriptions.Next = new Creation.IdentityReused();
        await (await _api.SendAsync("POST", "/api/subscriptions", Body, key: "integrator")).ProblemAsync(422, "idempotency-key-reused");
        _api.Subscriptions.Next = new Creation.TooMany();
        await (await _api.SendAsync("POST", "/api/subscriptions", Body, key: "integrator")).ProblemAsync(409, "too-many-subscriptions");
    }

    [Theory]
    [InlineData("""{"url":"http://receiver.example.com/"}""", "url")]
    [InlineData("""{"types":["title.removed"]}""", "url")]
    [InlineData("""{"url":"https://x.example.com/","filter":{"kind":["castle"]}}""", "filter.kind[0]")]
    [InlineData("""{"url":"https://x.example.com/","filter":{"region":["Atlantis"]}}""", "filter.region[0]")]
    [InlineData("""{"url":"https://x.example.com/","filter":{"entities":["factory/N-1-F-0001","inspector/I-1"]}}""", "filter.entities[1]")]
    [InlineData("""{"url":"https://x.example.com/","filter":{"level":["galactic"]}}""", "filter.level[0]")]
    [InlineData("""{"url":"https://x.example.com/","secret":"whsec_mine"}""", "secret")]
    public async Task What_is_wrong_is_named(string body, string member)
    {
        foreach (var (method, path) in new[] { ("POST", "/api/subscriptions"), ("PUT", "/api/subscriptions/sub-1") })
            Assert.Equal([member], (await (await _api.SendAsync(method, path, body, key: "integrator")).ProblemAsync(400, "invalid-request")).Members());
        Assert.Empty(_api.Subscriptions.Asked);
    }

    [Fact]
    public async Task Ten_thousand_entities_are_taken_and_no_more()
    {
        Assert.Equal(201, (int)(await _api.SendAsync("POST", "/api/subscriptions", Of(10_000), key: "integrator")).StatusCode);
        await (await _api.SendAsync("POST", "/api/subscriptions", Of(10_001), key: "integrator")).ProblemAsync(400, "invalid-request");

        static string Of(int entities) =>
            $$$"""{"url":"https://x.example.com/","filter":{"entities":[{{{string.Join(',', Enumerable.Range(0, entities).Select(n => $"\"factory/N-1-F-{n:00000}\""))}}}]}}""";
    }

    [Fact]
    public async Task Without_the_key_of_secrets_it_is_said_so_and_not_where_it_lies()
    {
        _api.Subscriptions.IsKeyMissing = true;

        var problem = await (await _api.SendAsync("POST", "/api/subscriptions", Body, key: "integrator")).ProblemAsync(503, "secrets-unavailable");
        await (await _api.SendAsync("POST", "/api/subscriptions/sub-1/secret/rotation", key: "integrator")).ProblemAsync(503, "secrets-unavailable");

        Assert.DoesNotContain("/secret/place", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/confirmation")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resumption")]
    [InlineData("POST", "/secret/rotation")]
    [InlineData("POST", "/test")]
    [InlineData("POST", "/replay?after=0")]
    [InlineData("GET", "/deliveries")]
    [InlineData("GET", "/notices")]
    public async Task Somebody_elses_is_not_found_whatever_is_asked_of_it(string method, string path)
    {
        var body = method == "PUT" ? Body : null;
        var foreign = await (await _api.SendAsync(method, $"/api/subscriptions/sub-1{path}", body, key: "integrator-2")).ProblemAsync(404, "subscription-not-found");
        var unknown = await (await _api.SendAsync(method, $"/api/subscriptions/sub-2{path}", body, key: "integrator")).ProblemAsync(404, "subscription-not-found");

        Assert.Equal(unknown.GetRawText(), foreign.GetRawText());
        await (await _api.SendAsync(method, $"/api/subscriptions/sub-1{path}", body, key: "officer")).ProblemAsync(403, "role-not-allowed");
    }

    [Fact]
    public async Task An_administrator_sees_all_and_a_list_shows_ones_own()
    {
        Assert.Equal(200, (int)(await _api.SendAsync("GET", "/api/subscriptions/sub-1", key: "admin")).StatusCode);
        Assert.Equal(0, (await (await _api.SendAsync("GET", "/api/subscriptions", key: "integrator-2")).JsonAsync()).GetProperty("items").GetArrayLength());
        var own = await (await _api.SendAsync("GET", "/api/subscriptions?limit=1", key: "integrator")).JsonAsync();
        Assert.Equal("sub-1", own.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.DoesNotContain("whsec", own.GetRawText(), StringComparison.Ordinal);
        var next = await (await _api.SendAsync("GET", $"/api/subscriptions?limit=1&cursor={own.GetProperty("nextCursor").GetString()}", key: "integrator")).JsonAsync();
        Assert.Equal(0, next.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_done_from_where_it_stands_is_refused()
    {
        await (await _api.SendAsync("POST", "/api/subscriptions/sub-1/resumption", key: "integrator")).ProblemAsync(409, "subscription-status");
        await (await _api.SendAsync("POST", "/api/subscriptions/sub-1/confirmation", key: "integrator")).ProblemAsync(409, "subscription-status");
        Assert.Equal(200, (int)(await _api.SendAsync("POST", "/api/subscriptions/sub-1/pause", key: "integrator")).StatusCode);
        _api.Subscriptions.Status = SubscriptionStatus.Paused;
        await (await _api.SendAsync("POST", "/api/subscriptions/sub-1/test", key: "integrator")).ProblemAsync(409, "subscription-not-active");
        await (await _api.SendAsync("POST", "/api/subscriptions/sub-1/replay?after=0", key: "integrator")).ProblemAsync(409, "subscription-not-active");
    }

    [Fact]
    public async Task Deliveries_are_paged_replayed_and_sent_again()
    {
        var first = await (await _api.SendAsync("GET", "/api/subscriptions/sub-1/deliveries?status=pending&limit=1", key: "integrator")).JsonAsync();
        Assert.Equal(("refused", 500), (first.GetProperty("items")[0].GetProperty("response").GetProperty("outcome").GetString(), first.GetProperty("items")[0].GetProperty("response").GetProperty("status").GetInt32()));
        var next = first.GetProperty("nextCursor").GetString();
        Assert.Equal(JsonValueKind.Null, (await (await _api.SendAsync("GET", $"/api/subscriptions/sub-1/deliveries?status=pending&limit=1&cursor={next}", key: "integrator")).JsonAsync()).GetProperty("nextCursor").ValueKind);
        await (await _api.SendAsync("GET", $"/api/subscriptions/sub-1/deliveries?cursor={next}", key: "integrator")).ProblemAsync(400, "invalid-request");

        Assert.Equal(202, (int)(await _api.SendAsync("POST", "/api/deliveries/7/redelivery", key: "integrator")).StatusCode);
        await (await _api.SendAsync("POST", "/api/deliveries/8/redelivery", key: "integrator")).ProblemAsync(404, "delivery-not-found");
        await (await _api.SendAsync("POST", "/api/deliveries/x/redelivery", key: "integrator")).ProblemAsync(404, "delivery-not-found");

        Assert.Equal(202, (int)(await _api.SendAsync("POST", "/api/subscriptions/sub-1/replay?after=10&to=20", key: "integrator")).StatusCode);
        Assert.Equal((10, 20), _api.Subscriptions.Replayed);
        foreach (var query in new[] { "", "?to=5", "?after=-1", "?after=10&to=9" })
            await (await _api.SendAsync("POST", $"/api/subscriptions/sub-1/replay{query}", key: "integrator")).ProblemAsync(400, "invalid-request");
    }
}
