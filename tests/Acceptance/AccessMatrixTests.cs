using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>Calls every operation of the description as everyone, and finds every denial in the audit trail.</summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    private const string Start = "2026-05-01T01:00:00Z";

    private static readonly string[] Roles = ["admin", "officer", "inspector", "integrator", "auditor", "enterprise", "certification-body", "evaluator"];

    /// <summary>The enterprise behind the entity of the matrix, which bears its name.</summary>
    private const string Enterprise = "u-33e3580c093111e1";

    private readonly TempDirectory _directory = new();
    private readonly List<Client> _clients = [];
    private readonly Dictionary<string, int> _denied = new() { ["denied-unauthenticated"] = 0, ["denied-role"] = 0, ["denied-competence"] = 0 };
    private SiloProcess _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync(
            $"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", "--Clock:Mode=manual", $"--Clock:Start={Start}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Every_operation_lets_in_those_who_may_and_nobody_else_and_every_denial_is_recorded()
    {
        var admin = Keep(_silo.Admin());
        var byRole = new Dictionary<string, Client>();
        foreach (var role in Roles)
            byRole[role] = await KeyAsync(admin, $$"""{"name":"{{role}}","person":"{{role}}","role":"{{role}}"{{BindingOf(role)}}}""");
        var foreign = await KeyAsync(admin, """{"name":"他","person":"ta","role":"enterprise","enterprise":"u-0123456789abcdef"}""");
        var elsewhere = await KeyAsync(admin, """{"name":"粤","person":"yue","role":"officer","level":"provincial","regions":["440000"]}""");
        var revoked = await RevokedAsync(admin);
        Client[] strangers = [Keep(_silo.Anyone()), Keep(new Client(_silo.Address, "not a key")), revoked];
        await byRole["officer"].PutAsync($"/api/entities/{AccessMatrix.Entity}", """{"name":"甲","region":"430000"}""", 201);

        var operations = await OperationsAsync();
        Assert.Equal(AccessMatrix.Rows.Keys.Order(StringComparer.Ordinal), operations.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, operation) in operations)
        {
            var row = AccessMatrix.Rows[name];
            AssertDescribed(name, operation, row);
            foreach (var stranger in strangers)
                await ExpectAsync(stranger, name, row, row.IsPublic ? null : (401, "key-required", "denied-unauthenticated"));
            foreach (var role in Roles)
            {
                await ExpectAsync(
                    byRole[role], name, row,
                    !row.IsPublic && !row.RoleWords.Contains(role) ? (403, "role-not-allowed", "denied-role")
                    // The body certified nothing of this entity.
                    : role == "certification-body" && name.Contains("/certificates/", StringComparison.Ordinal) ? (403, "not-your-certificate", "denied-competence")
                    : null);
            }

            var expected = row.BoundToRegion ? (403, "out-of-scope", "denied-competence")
                : row.IsPublic || row.RoleWords.Contains("officer") ? default((int, string, string)?)
                : (403, "role-not-allowed", "denied-role");
            await ExpectAsync(elsewhere, name, row, expected);
            await ExpectAsync(
                foreign, name, row,
                row.IsPublic ? null
                : !row.RoleWords.Contains("enterprise") ? (403, "role-not-allowed", "denied-role")
                : name.Contains("{kind}/{key}", StringComparison.Ordinal) ? (403, "not-your-entity", "denied-competence")
                : null);
        }

        await EveryDenialIsRecordedAsync(byRole["auditor"]);
    }

    private static void AssertDescribed(string name, JsonElement operation, AccessRow row)
    {
        string[] roles = operation.TryGetProperty("x-roles", out var described) ? [.. described.EnumerateArray().Select(role => role.GetString()!)] : [];
        Assert.True(roles.Order(StringComparer.Ordinal).SequenceEqual(row.RoleWords.Order(StringComparer.Ordinal)), $"{name} is described for {string.Join(' ', roles)}.");
        Assert.True(row.Privileged == operation.TryGetProperty("x-privileged", out _), $"{name} is described as privileged or not.");
        Assert.Equal(row.IsPublic ? 0 : 1, operation.GetProperty("security").GetArrayLength());
    }

    private async Task ExpectAsync(Client client, string name, AccessRow row, (int Status, string Code, string Outcome)? denied)
    {
        var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]);
        var answer = await client.SendAsync(
            new HttpMethod(method),
            path.Replace("{kind}/{key}", AccessMatrix.Entity, StringComparison.Ordinal).Replace("{id}", "none-1", StringComparison.Ordinal) + row.Query, row.Body);
        if (denied is { } expected)
        {
            Assert.True((answer.Status, answer.Code) == (expected.Status, expected.Code), $"{name} as {client.Key}: {expected} was expected, {answer.Status} came: {answer.Body}");
            _denied[expected.Outcome]++;
        }
        else
        {
            Assert.True(answer.Status is not (401 or 403) and < 500, $"{name} as {client.Key}: {answer.Status} came: {answer.Body}");
        }
    }

    private async Task EveryDenialIsRecordedAsync(Client auditor)
    {
        var records = await auditor.ListAsync("/api/audit");
        foreach (var (outcome, calls) in _denied)
        {
            Assert.True(calls > 0);
            Assert.Equal(calls, records.Where(record => record.GetProperty("outcome").GetString() == outcome).Sum(record => record.GetProperty("times").GetInt64()));
        }

        // Each key that was made, and the one that was revoked.
        var done = records.Where(record => record.GetProperty("outcome").GetString() == "done").ToList();
        Assert.Equal(
            (12, 1, 1),
            (CountOf(done, "POST", "/api/keys"), CountOf(done, "DELETE", "/api/keys/{id}"), CountOf(done, "POST", "/api/clock")));
        Assert.All(records.Where(record => record.GetProperty("outcome").GetString() != "denied-unauthenticated"), record => Assert.NotNull(record.GetProperty("person").GetString()));
        // A key that is denied more than a hundred different operations at one time has the others counted in one record.
        Assert.All(
            records.Where(record => record.GetProperty("route").GetString() != "*"), record => Assert.Equal("127.0.0.1", record.GetProperty("address").GetString()));
    }

    private static string BindingOf(string role) => role switch
    {
        "enterprise" => $",\"enterprise\":\"{Enterprise}\"",
        "certification-body" or "evaluator" => ",\"body\":\"某某认证中心\"",
        _ => "",
    };

    private static int CountOf(IEnumerable<JsonElement> records, string method, string route) =>
        records.Count(record => (record.GetProperty("method").GetString(), record.GetProperty("route").GetString()) == (method, route));

    /// <summary>Every operation that the silo describes, by method and path.</summary>
    private async Task<IReadOnlyDictionary<string, JsonElement>> OperationsAsync()
    {
        var document = await Keep(_silo.Anyone()).GetAsync("/openapi/v1.json");
        return document.Json.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name.ToUpperInvariant()} {path.Name}", Operation: method.Value)))
            .ToDictionary(operation => operation.Name, operation => operation.Operation);
    }

    private async Task<Client> RevokedAsync(Client admin)
    {
        var made = await admin.PostAsync("/api/keys", """{"name":"x","person":"x","role":"officer"}""", 201);
        Assert.Equal(204, (await admin.SendAsync(HttpMethod.Delete, $"/api/keys/{made.Text("id")}")).Status);
        return Keep(new Client(_silo.Address, made.Text("key")));
    }

    private async Task<Client> KeyAsync(Client admin, string body) =>
        Keep(new Client(_silo.Address, (await admin.PostAsync("/api/keys", body, 201)).Text("key")));

    private Client Keep(Client client)
    {
        _clients.Add(client);
        return client;
    }
}
