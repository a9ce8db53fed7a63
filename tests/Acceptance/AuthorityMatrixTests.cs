namespace Supervision.Acceptance;

/// <summary>
/// Every operation that is bound to a region, as an authority of each level, within its regions and outside; and who decides about titles and
/// changes where.
/// </summary>
public sealed class AuthorityMatrixTests : IAsyncLifetime
{
    /// <summary>The region in the bodies of <see cref="AccessMatrix"/>: of an entity, and of what is bound to a region of its own.</summary>
    private static readonly string[] RegionsOfBodies = ["\"430000\"", "\"440000\""];

    /// <summary>What is bound to a region of its own, and not to that of an entity.</summary>
    private static readonly string[] WithRegion = ["POST /api/inspectors", "POST /api/draws", "POST /api/downtimes"];

    private readonly TempDirectory _directory = new();
    private readonly Dictionary<string, Client> _keys = [];
    private SiloProcess _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync(
            $"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", "--Clock:Mode=manual",
            "--Clock:Start=2026-05-01T01:00:00Z");
        using var admin = _silo.Admin();
        foreach (var authority in AuthorityRow.All)
        {
            var scope = authority.Regions.Length == 0 ? "" : $",\"regions\":[\"{authority.Regions}\"]";
            var made = await admin.PostAsync("/api/keys", $$"""{"name":"{{authority.Name}}","person":"{{authority.Name}}","role":"officer","level":"{{authority.Level}}"{{scope}}}""", 201);
            _keys[authority.Name] = new Client(_silo.Address, made.Text("key"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_authority_acts_within_its_regions_and_nowhere_else_whatever_the_operation()
    {
        foreach (var region in AuthorityRow.All.SelectMany(authority => authority.Inside.Concat(authority.Outside)).Distinct())
            await RegisterAsync("R", region);

        var bound = AccessMatrix.Rows.Where(row => row.Value.BoundToRegion || WithRegion.Contains(row.Key)).ToList();
        Assert.True(bound.Count > 60);
        foreach (var (name, row) in bound)
        {
            foreach (var authority in AuthorityRow.All)
            {
                foreach (var region in authority.Outside)
                {
                    var answer = await SendAsync(authority, name, row, region);
                    Assert.True(answer.Status == 403 && answer.Code is "out-of-scope" or "inspector-out-of-scope", $"{name} as {authority.Name} in '{region}': {answer.Status} {answer.Body}");
                }

                foreach (var region in authority.Inside)
                {
                    var answer = await SendAsync(authority, name, row, region);
                    // What is within its regions may still be another authority's to decide.
                    Assert.True(
                        answer.Status is not 401 and < 500 && (answer.Status != 403 || answer.Code is "not-issuing-authority"),
                        $"{name} as {authority.Name} in '{region}': {answer.Status} {answer.Body}");
                }
            }
        }
    }

    [Fact]
    public async Task Each_title_is_granted_removed_and_reinstated_by_its_issuing_authority_alone()
    {
        foreach (var row in AuthorityRow.Issuing)
        {
            var entity = await RegisterAsync("T", row.Region);
            var cases = 0;
            foreach (var (level, issuers) in row.Levels)
            {
                await OnlyAsync(
                    issuers, entity + "/titles", $$"""{"policy":"miit-2024","level":"{{level}}","grantedOn":"2026-05-01"}""", ["out-of-scope", "not-issuing-authority"]);
                if (issuers.Length == 0)
                    continue;
                await _keys["ministry"].PostAsync(entity + "/cases", $$"""{"policy":"miit-2024","level":"{{level}}","ground":"false-declaration","evidence":"x"}""", 201);
                await OnlyAsync(
                    issuers, $"{entity}/cases/case-{++cases}/decision", """{"outcome":"remove","reason":"x"}""", ["out-of-scope", "not-issuing-authority"]);
                await OnlyAsync(
                    issuers, entity + "/reinstatements", $$"""{"policy":"miit-2024","level":"{{level}}","case":"case-{{cases}}","reason":"x"}""",
                    ["out-of-scope", "not-issuing-authority"]);
            }
        }
    }

    [Fact]
    public async Task A_change_is_verified_by_the_authority_closest_to_the_entity_and_decided_by_its_province()
    {
        foreach (var row in AuthorityRow.Issuing)
        {
            var entity = await RegisterAsync("C", row.Region);
            await _keys["ministry"].PostAsync(entity + "/titles", """{"policy":"miit-2024","level":"national","grantedOn":"2026-05-01"}""");
            await _keys["ministry"].PostAsync(entity + "/changes", """{"kind":"restructuring","completedOn":"2026-05-01","description":"x"}""", 201);

            await OnlyAsync(row.Verifies, entity + "/changes/change-1/verification", """{"on":"2026-05-01","confirmed":true}""", ["not-verifying-authority"]);
            await OnlyAsync(row.Decides, entity + "/changes/change-1/decision", """{"outcome":"accepted","reason":"x"}""", ["not-deciding-authority"]);
        }
    }

    /// <summary>Has everyone else refused for want of competence first; those who may get by it, and may be early or too late.</summary>
    private async Task OnlyAsync(string[] who, string path, string body, string[] codes)
    {
        foreach (var authority in AuthorityRow.All.Where(authority => !who.Contains(authority.Name)))
        {
            var refused = await _keys[authority.Name].PostAsync(path, body, 403);
            Assert.True(codes.Contains(refused.Code), $"{path} {body} as {authority.Name}: {refused.Body}");
        }

        foreach (var name in who)
        {
            var answer = await _keys[name].SendAsync(HttpMethod.Post, path, body);
            Assert.True(answer.Status is 200 or 409, $"{path} {body} as {name}: {answer.Status} {answer.Body}");
        }
    }

    /// <summary>Registers a factory of that region and gives its address.</summary>
    private async Task<string> RegisterAsync(string prefix, string region)
    {
        var path = PathOf(prefix, region);
        await _keys["ministry"].PutAsync(path, $$"""{"name":"某厂{{region}}","region":{{(region.Length == 0 ? "null" : $"\"{region}\"")}}}""", 201);
        return path;
    }

    private static string PathOf(string prefix, string region) => $"/api/entities/factory/{prefix}-{(region.Length == 0 ? "none" : region)}";

    private Task<Answer> SendAsync(AuthorityRow authority, string name, AccessRow row, string region)
    {
        var (method, path) = (name.Split(' ')[0], name.Split(' ')[1]);
        var body = row.Body;
        foreach (var named in RegionsOfBodies)
            body = body?.Replace(named, region.Length > 0 ? $"\"{region}\"" : "null", StringComparison.Ordinal).Replace("[null]", "[]", StringComparison.Ordinal);
        return _keys[authority.Name].SendAsync(
            new HttpMethod(method),
            path.Replace("/api/entities/{kind}/{key}", PathOf("R", region), StringComparison.Ordinal).Replace("{id}", "none-1", StringComparison.Ordinal) + row.Query, body);
    }
}
