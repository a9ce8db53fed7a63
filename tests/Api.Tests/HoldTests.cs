namespace Supervision.Api.Tests;

/// <summary>The brake over HTTP.</summary>
public sealed class HoldTests : IAsyncLifetime
{
    private const string Transfer = """{"from":"miit-2016","to":"miit-2024","on":"2026-05-01"}""";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_transfer_of_too_many_titles_waits_and_nothing_is_done()
    {
        _api.Holds.Stops = true;

        var answer = await _api.SendAsync("POST", "/api/titles/transfers", Transfer);

        Assert.Equal((202, "/api/holds/3"), ((int)answer.StatusCode, answer.Header("Location")));
        var hold = await answer.JsonAsync();
        Assert.Equal(("waiting", 600, 6000), (hold.GetProperty("status").GetString(), hold.GetProperty("titles").GetInt32(), hold.GetProperty("existing").GetInt32()));
        Assert.Empty(_api.Transfers.Asked);
        Assert.Equal("p-Officer", Assert.Single(_api.Holds.Asked).Actor.Id);
    }

    [Fact]
    public async Task A_dry_run_and_what_is_not_too_many_go_on()
    {
        await _api.SendAsync("POST", "/api/titles/transfers", Transfer);
        _api.Holds.Stops = true;
        await _api.SendAsync("POST", "/api/titles/transfers", Transfer.Replace("}", ",\"dryRun\":true}", StringComparison.Ordinal));

        Assert.Equal(2, _api.Transfers.Asked.Count);
        Assert.Single(_api.Holds.Asked);
    }

    [Fact]
    public async Task A_hold_is_shown_with_what_would_change_page_by_page()
    {
        var first = await (await _api.SendAsync("GET", "/api/holds/3?limit=1", key: "auditor")).JsonAsync();
        var second = await (await _api.SendAsync("GET", $"/api/holds/3?limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).JsonAsync();

        Assert.Equal("miit-2024", first.GetProperty("hold").GetProperty("transfer").GetProperty("to").GetString());
        Assert.Equal("factory/N-1-F-0001", first.GetProperty("items")[0].GetProperty("entity").GetString());
        Assert.Null(second.GetProperty("nextCursor").GetString());
        await (await _api.SendAsync("GET", "/api/holds/4")).ProblemAsync(404, "hold-not-found");
        await (await _api.SendAsync("GET", "/api/holds/x")).ProblemAsync(404, "hold-not-found");
    }

    [Fact]
    public async Task Holds_are_listed_by_status()
    {
        var page = await (await _api.SendAsync("GET", "/api/holds?status=waiting&limit=1")).JsonAsync();
        await _api.SendAsync("GET", $"/api/holds?status=waiting&limit=1&cursor={page.GetProperty("nextCursor").GetString()}");

        Assert.Equal((HoldStatus.Waiting, 3L), _api.Holds.Listed);
        await (await _api.SendAsync("GET", "/api/holds?status=open")).ProblemAsync(400, "invalid-request");
    }

    [Fact]
    public async Task Another_officer_releases_or_refuses_and_both_stand_in_the_audit_trail()
    {
        Assert.Equal("released", (await (await _api.SendAsync("POST", "/api/holds/3/release", "{}", key: "officer-2")).JsonAsync()).GetProperty("status").GetString());
        Assert.Equal("refused", (await (await _api.SendAsync("POST", "/api/holds/3/refusal", """{"reason":"wrong list"}""", key: "officer-2")).JsonAsync()).GetProperty("status").GetString());

        Assert.Equal([(HoldStatus.Released, null), (HoldStatus.Refused, "wrong list")], _api.Holds.Decided.Select(decided => (decided.Status, decided.Reason)));
        Assert.All(_api.Holds.Decided, decided => Assert.Equal("p-officer-2", decided.Actor.Id));
        Assert.Equal(2, _api.Audit.Entries.Count(entry => entry.Route.StartsWith("/api/holds/{id}/", StringComparison.Ordinal)));
        _api.Holds.Refusal = new Rejection.SecondPersonNeeded("x");
        await (await _api.SendAsync("POST", "/api/holds/3/release", "{}")).ProblemAsync(409, "second-person-needed");
        await (await _api.SendAsync("POST", "/api/holds/4/release", "{}")).ProblemAsync(404, "hold-not-found");
        await (await _api.SendAsync("POST", "/api/holds/3/refusal", "{}")).ProblemAsync(400, "invalid-request");
        await (await _api.SendAsync("POST", "/api/holds/3/release", "{}", key: "auditor")).ProblemAsync(403, "role-not-allowed");
    }
}
