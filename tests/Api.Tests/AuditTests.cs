using System.Net;

namespace Supervision.Api.Tests;

public sealed class AuditTests : IAsyncLifetime
{
    private const string Factory = "/api/entities/factory/N-1-F-0001";

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Every_denial_is_recorded_with_its_kind()
    {
        _api.Grains.Answer = (_, _, _) => Task.FromResult(new CommandOutcome(CommandStatus.Rejected, new Rejection.OutOfScope("430000"), null, null, 1, Changed: false));

        await _api.SendAsync("GET", Factory, key: null);
        await _api.SendAsync("GET", Factory, key: "sk_unknown");
        await _api.SendAsync("DELETE", "/api/keys/key-1", key: "officer");
        await _api.SendAsync("POST", Factory + "/checks/check-1/approval", key: "officer");

        Assert.Equal(
            [
                new AuditEntry(Entities.Now, AuditOutcome.DeniedUnauthenticated, null, null, "GET", "/api/entities/{kind}/{key}", "factory/N-1-F-0001", null),
                new AuditEntry(Entities.Now, AuditOutcome.DeniedUnauthenticated, null, null, "GET", "/api/entities/{kind}/{key}", "factory/N-1-F-0001", null),
                new AuditEntry(Entities.Now, AuditOutcome.DeniedRole, "key-officer", "p-Officer", "DELETE", "/api/keys/{id}", "keys/key-1", null),
                new AuditEntry(
                    Entities.Now, AuditOutcome.DeniedCompetence, "key-officer", "p-Officer", "POST", "/api/entities/{kind}/{key}/checks/{id}/approval",
                    "factory/N-1-F-0001", null),
            ],
            _api.Audit.Entries);
    }

    [Fact]
    public async Task What_is_allowed_and_not_privileged_and_what_is_no_form_of_an_id_is_not_recorded()
    {
        await _api.SendAsync("GET", Factory);
        await _api.SendAsync("POST", Factory + "/checks/check-1/approval");
        Assert.Empty(_api.Audit.Entries);

        await _api.SendAsync("DELETE", "/api/keys/%3Cscript%3E", key: null);
        Assert.Null(Assert.Single(_api.Audit.Entries).Subject);
    }

    [Fact]
    public async Task Every_privileged_action_is_recorded_before_it_is_answered()
    {
        await _api.SendAsync("POST", "/api/keys", """{"name":"a","person":"b","role":"officer"}""", key: "admin");
        await _api.SendAsync("DELETE", "/api/keys/key-1", key: "admin");
        await _api.SendAsync("POST", "/api/clock", """{"now":"2027-01-01T00:00:00Z"}""", key: "admin");
        var import = await _api.SendAsync("POST", "/api/imports?format=national-list&policy=miit-2016", "a", key: "admin", contentType: "text/csv");

        Assert.Equal(
            [("POST", "keys/key-9"), ("DELETE", "keys/key-1"), ("POST", null), ("POST", import.Header("Location")!["/api/".Length..])],
            _api.Audit.Entries.Select(entry => (entry.Method, entry.Subject)));
        Assert.All(_api.Audit.Entries, entry => Assert.Equal((AuditOutcome.Done, "key-admin"), (entry.Outcome, entry.Key)));
    }

    [Fact]
    public async Task What_was_refused_was_not_done_and_what_cannot_be_recorded_is_not_answered()
    {
        await _api.SendAsync("POST", "/api/keys", "{}", key: "admin");
        await _api.SendAsync("DELETE", "/api/keys/key-2", key: "admin");
        Assert.Empty(_api.Audit.Entries);

        _api.Audit.Failure = new LedgerUnavailableException("The database does not answer.");
        var answer = await _api.SendAsync("POST", "/api/keys", """{"name":"a","person":"b","role":"officer"}""", key: "admin");
        await answer.ProblemAsync(503, "ledger-unavailable");
    }

    [Fact]
    public async Task The_trail_is_filtered_and_read_page_by_page()
    {
        for (var i = 0; i < 3; i++)
            await _api.SendAsync("DELETE", "/api/keys/key-1", key: "officer");
        const string filter = "outcome=denied-role&key=key-1&person=%E5%BC%A0%E4%B8%89&subject=keys/key-1&from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z";

        var first = await (await _api.SendAsync("GET", $"/api/audit?{filter}&limit=2", key: "auditor")).JsonAsync();
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = await (await _api.SendAsync("GET", $"/api/audit?{filter}&limit=2&cursor={cursor}", key: "auditor")).JsonAsync();

        Assert.Equal([3, 2, 1], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("id").GetInt32()));
        Assert.Null(second.GetProperty("nextCursor").GetString());
        Assert.Equal(
            new AuditFilter
            {
                Outcome = AuditOutcome.DeniedRole, Key = "key-1", Person = "张三", Subject = "keys/key-1", From = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero),
                To = new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero),
            },
            _api.Audit.Filter);
        await (await _api.SendAsync("GET", $"/api/audit?cursor={cursor}", key: "auditor")).ProblemAsync(400, "invalid-request");
    }

    [Theory]
    [InlineData("outcome=denied", "outcome")]
    [InlineData("from=2026-05-01", "from")]
    [InlineData("to=x", "to")]
    [InlineData("limit=501", "limit")]
    [InlineData("role=admin", "role")]
    public async Task What_is_wrong_with_a_question_to_the_trail_is_named(string query, string member) =>
        Assert.Equal([member], (await (await _api.SendAsync("GET", $"/api/audit?{query}", key: "admin")).ProblemAsync(400, "invalid-request")).Members());

    [Fact]
    public async Task Only_who_administers_or_audits_reads_the_trail()
    {
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", "/api/audit", key: "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _api.SendAsync("GET", "/api/audit", key: "auditor")).StatusCode);
        await (await _api.SendAsync("GET", "/api/audit", key: "officer")).ProblemAsync(403, "role-not-allowed");
    }
}
