using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>Restricted entities, and what belongs to a restricted enterprise, in nothing that is shown to those who do not supervise.</summary>
public sealed class RestrictedTests : IAsyncLifetime
{
    private const string Factory = "/api/entities/factory/S-1";

    private const string Product = "/api/entities/product/S-2";

    private const string Code = "91430100MA4L16JQ9D";

    /// <summary>What tells of a restricted entity; the identity of an enterprise known by name is added as it is learnt.</summary>
    private readonly HashSet<string> _secrets = ["绝密一厂", "绝密旧厂", "绝密型号", "绝密集团", "S-1", "S-2", Code, "C-9999"];

    private readonly TempDirectory _directory = new();
    private readonly Dictionary<string, Client> _clients = [];
    private SiloProcess _silo = null!;

    private string[] Settings => [$"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64"];

    private Client Officer => _clients["officer"];

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync([.. Settings, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:Start=2026-05-01T01:00:00Z"]);
        _clients["admin"] = _silo.Admin();
        _clients["officer"] = await _silo.OfficerAsync("li");
        _clients["second"] = await _silo.OfficerAsync("wang");
        _clients["anyone"] = _silo.Anyone();
        foreach (var (role, binding) in new[]
        {
            ("integrator", ""), ("inspector", ""), ("enterprise", ",\"enterprise\":\"u-0123456789abcdef\""), ("certification-body", ",\"body\":\"某某认证中心\""),
            ("evaluator", ",\"body\":\"某某认证中心\""),
        })
        {
            var made = await _clients["admin"].PostAsync("/api/keys", $$"""{"name":"{{role}}","person":"{{role}}","role":"{{role}}"{{binding}}}""", 201);
            _clients[role] = new Client(_silo.Address, made.Text("key"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Nothing_that_is_public_tells_of_a_restricted_entity()
    {
        await RegisterAsync();
        var operations = await OperationsAsync();
        Assert.NotEmpty(await LeaksAsync("integrator", operations));
        var before = await CountAsync("integrator");

        await Officer.PostAsync(Factory + "/restriction", """{"reason":"军工"}""");
        await Officer.PostAsync($"/api/entities/enterprise/{Code}/restriction", """{"reason":"军工"}""");

        foreach (var reader in new[] { "anyone", "integrator", "inspector", "enterprise", "certification-body", "evaluator" })
            Assert.Empty(await LeaksAsync(reader, operations));
        Assert.NotEmpty(await LeaksAsync("officer", operations));
        // Nor is it there to write to, as the answer would tell of it.
        await _clients["inspector"].PostAsync($"/api/entities/enterprise/{Code}/incidents", """{"kind":"safety","on":"2026-04-01","report":"x"}""", 404);
        // The factory, and the enterprise with its product; the factory's own enterprise was not restricted.
        Assert.Equal((before.Entities - 3, before.Titles - 2), await CountAsync("integrator"));
        Assert.Equal(before, await CountAsync("officer"));
        await WhatIsMergedWithItIsWithheldTooAsync(operations);

        await Officer.PostAsync(Factory + "/restriction/end", """{"reason":"解密"}""", 409);
        await _clients["second"].PostAsync(Factory + "/restriction/end", """{"reason":"解密"}""");
        Assert.Equal("valid", (await _clients["anyone"].GetAsync("/api/verify/factory/S-1")).Text("standing"));

        await _silo.StopAsync();
        var (exitCode, output) = await SiloProcess.RunAsync(["verify-ledger", .. Settings]);
        Assert.True(exitCode == 0, output);
    }

    private async Task RegisterAsync()
    {
        // Its enterprise bears another name, so that the factory's restriction is about the factory.
        await Officer.PutAsync(Factory, """{"name":"绝密一厂","region":"430000","enterpriseName":"普通集团"}""", 201);
        await Officer.PostAsync(Factory + "/aliases", """{"name":"绝密旧厂","source":"x"}""");
        await Officer.PostAsync(
            Factory + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2020-01-01","certificate":"C-9999","evaluator":"某某认证中心"}""");
        await Officer.PutAsync($"/api/entities/enterprise/{Code}", """{"name":"绝密集团","region":"430000"}""", 201);
        await Officer.PutAsync(Product, $$"""{"name":"绝密型号","region":"430000","enterprise":"{{Code}}"}""", 201);
        await Officer.PostAsync(Product + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2020-01-01"}""");
        // What is not restricted and names what is.
        await Officer.PutAsync(
            "/api/entities/park/P-1",
            $$"""{"name":"开放园区","region":"430000","relations":[{"type":"member","to":"factory/S-1"},{"type":"member","to":"enterprise/{{Code}}"}]}""", 201);
        await Officer.PostAsync(Factory + "/checks", """{"policy":"miit-2024","basis":"directed","reason":"complaint","dueBy":"2026-05-20"}""", 201);
        await Officer.PostAsync(Factory + "/cases", """{"policy":"miit-2024","ground":"false-declaration"}""", 201);
    }

    /// <summary>An entity that was known under another identity, and what still bears the old one.</summary>
    private async Task WhatIsMergedWithItIsWithheldTooAsync(IReadOnlyList<(string Name, JsonElement Operation)> operations)
    {
        await Officer.PutAsync("/api/entities/factory/S-3", """{"name":"绝密三厂","region":"430000"}""", 201);
        var former = (await Officer.GetAsync("/api/entities/factory/S-3")).Items("relations")[0].GetProperty("to").GetString()!;
        _secrets.UnionWith(["绝密三厂", "S-3", former]);
        await Officer.PostAsync($"/api/entities/{former}/merges", $$"""{"into":"enterprise/{{Code}}","source":"x"}""");

        foreach (var reader in new[] { "anyone", "integrator" })
            Assert.Empty(await LeaksAsync(reader, operations));
    }

    /// <summary>Every read that the description has.</summary>
    private async Task<IReadOnlyList<(string Name, JsonElement Operation)>> OperationsAsync()
    {
        var document = await _clients["anyone"].GetAsync("/openapi/v1.json");
        return
        [
            .. document.Json.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name.ToUpperInvariant()} {path.Name}", Operation: method.Value)))
                .Where(operation => operation.Name.StartsWith("GET ", StringComparison.Ordinal) || operation.Name == "POST /api/verify")
                // What it sends is the feed, and it does not end.
                .Where(operation => operation.Name != "GET /api/events/stream"),
            ("GET /v/{kind}/{key}", JsonDocument.Parse("{}").RootElement),
        ];
    }

    /// <summary>What a reader learns of restricted entities that it did not say itself.</summary>
    private async Task<IReadOnlyList<string>> LeaksAsync(string reader, IReadOnlyList<(string Name, JsonElement Operation)> operations)
    {
        var leaks = new List<string>();
        foreach (var (name, operation) in operations)
        {
            foreach (var (path, body) in RequestsOf(name, operation))
            {
                var answer = await _clients[reader].SendAsync(new HttpMethod(name.Split(' ')[0]), path, body);
                Assert.True(answer.Status < 500, $"{path}: {answer.Body}");
                var asked = Uri.UnescapeDataString(path) + body;
                leaks.AddRange(_secrets.Where(secret => answer.Body.Contains(secret, StringComparison.Ordinal) && !asked.Contains(secret, StringComparison.Ordinal))
                    .Select(secret => $"{reader}: {name}: {path} {body}: {secret} in {answer.Body}"));
            }
        }

        return leaks;
    }

    /// <summary>Requests of an operation that might bring a restricted entity to light.</summary>
    private IEnumerable<(string Path, string? Body)> RequestsOf(string name, JsonElement operation)
    {
        var path = name.Split(' ')[1];
        var parameters = operation.TryGetProperty("parameters", out var described)
            ? described.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!).ToHashSet()
            : [];
        string[] entities = ["factory/S-1", "product/S-2", $"enterprise/{Code}", "park/P-1", "factory/S-3"];
        var paths = path.Contains("{kind}/{key}", StringComparison.Ordinal)
            ? entities.Select(entity => path.Replace("{kind}/{key}", entity, StringComparison.Ordinal))
            : [path];
        paths = paths.SelectMany(filled => filled.Contains("{id}", StringComparison.Ordinal)
            ? new[] { "check-1", "case-1" }.Select(id => filled.Replace("{id}", id, StringComparison.Ordinal))
            : [filled]);
        var queries = new List<string> { "" };
        foreach (var parameter in new[] { "q", "name" }.Where(parameters.Contains))
            queries.AddRange(_secrets.Where(secret => parameter == "q" || !secret.StartsWith('S')).Select(secret => $"?{parameter}={Uri.EscapeDataString(secret)}"));
        if (parameters.Contains("asOf"))
            queries.AddRange(queries.ToList().Select(query => $"{query}{(query.Length == 0 ? '?' : '&')}asOf=2026-05-01"));
        if (parameters.Contains("after"))
            queries.Add("?limit=500");
        if (parameters.Contains("region"))
            queries.Add("?region=430000");
        var body = name == "POST /api/verify" ? $$"""{"questions":["绝密一厂","C-9999","{{Code}}"]}""" : null;
        return paths.SelectMany(filled => queries.Select(query => (filled + query, body)));
    }

    private async Task<(long Entities, long Titles)> CountAsync(string reader)
    {
        var row = Assert.Single((await _clients[reader].GetAsync("/api/statistics")).Items());
        return (row.GetProperty("entities").GetInt64(), row.GetProperty("titles").GetInt64());
    }
}
