namespace Supervision.Acceptance;

/// <summary>An enterprise with a key of its own: what it sees of itself, what it files, and that merges take its key along.</summary>
public sealed class EnterpriseTests : IAsyncLifetime
{
    private const string Factory = "/api/entities/factory/X-1";

    private const string Code = "91430100MA4L16JQ9D";

    private readonly TempDirectory _directory = new();
    private SiloProcess _silo = null!;
    private Client _admin = null!;
    private Client _li = null!;
    private Client _wang = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync(
            $"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", "--Clock:Mode=manual",
            "--Clock:Start=2026-05-06T01:00:00Z");
        await _silo.RegisterInspectorsAsync();
        (_admin, _li, _wang) = (_silo.Admin(), await _silo.OfficerAsync("li"), await _silo.OfficerAsync("wang"));
        await _li.PutAsync(Factory, """{"name":"甲","region":"430000"}""", 201);
        await _li.PostAsync(Factory + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2020-01-01"}""");
        await _li.PutAsync("/api/entities/factory/X-2", """{"name":"乙","region":"430000"}""", 201);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (Client[])[_admin, _li, _wang])
            client.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_enterprise_sees_why_it_was_drawn_files_its_statement_and_keeps_its_key_when_it_is_merged()
    {
        var byName = (await _li.GetAsync(Factory)).Items("relations")[0].GetProperty("to").GetString()!;
        using var byNameKey = await KeyAsync(byName);
        using var byCodeKey = await KeyAsync(Code);
        // In the order of identities: the enterprise, then its factory.
        Assert.Equal([byName.Split('/')[1], "X-1"], (await byNameKey.ListAsync("/api/entities")).Select(item => item.GetProperty("key").GetString()));
        Assert.Empty(await byCodeKey.ListAsync("/api/entities"));
        Assert.Equal("not-your-entity", (await byCodeKey.GetAsync(Factory, 403)).Code);
        Assert.Equal("not-your-entity", (await byNameKey.GetAsync("/api/entities/factory/X-2", 403)).Code);

        await ACheckIsShownOnceTheHolderWasToldAsync(byNameKey);
        await _li.PostAsync($"/api/entities/{byName}/merges", $$"""{"into":"enterprise/{{Code}}","source":"执照"}""");
        // Both keys are of one enterprise now; the factory still names the old identity.
        foreach (var key in new[] { byNameKey, byCodeKey })
        {
            await key.GetAsync(Factory);
            Assert.Contains(await key.ListAsync("/api/entities"), item => item.GetProperty("key").GetString() == "X-1");
            Assert.Contains(await key.ListAsync("/api/deadlines"), item => item.GetProperty("entity").GetString() == "factory/X-1");
        }

        await AStatementIsFiledWithItsDocumentAsync(byCodeKey);
    }

    private async Task ACheckIsShownOnceTheHolderWasToldAsync(Client enterprise)
    {
        await _li.PostAsync(
            Factory + "/checks", """{"policy":"miit-2024","basis":"random","draw":"2026-7","dueBy":"2026-06-01","inspectors":["I-1","I-2"]}""", 201);
        await _wang.PostAsync(Factory + "/checks/check-1/approval", null);
        Assert.Empty((await enterprise.GetAsync(Factory)).Items("checks"));
        Assert.Empty(await enterprise.ListAsync("/api/deadlines"));
        await enterprise.GetAsync(Factory + "/checks/check-1", 404);
        Assert.DoesNotContain(await enterprise.ListAsync(Factory + "/history"), item => item.GetProperty("type").GetString() == "check.ordered");

        await _li.PostAsync(Factory + "/checks/check-1/notice", """{"on":"2026-05-06","method":"电话"}""");
        var check = Assert.Single((await enterprise.GetAsync(Factory)).Items("checks"));
        Assert.Equal(("random", "2026-7"), (check.GetProperty("basis").GetString(), check.GetProperty("draw").GetString()));
        Assert.Contains(await enterprise.ListAsync(Factory + "/history"), item => item.GetProperty("type").GetString() == "check.ordered");
        Assert.Equal("check-1", Assert.Single(await enterprise.ListAsync("/api/deadlines")).GetProperty("deadline").GetProperty("id").GetString());
    }

    private async Task AStatementIsFiledWithItsDocumentAsync(Client enterprise)
    {
        await _li.PostAsync(Factory + "/checks/check-1/result", """{"outcome":"failed","on":"2026-05-06","inspectors":["I-1","I-2"]}""");
        await _li.PostAsync(Factory + "/cases/case-1/service", """{"on":"2026-05-06","method":"直接送达"}""");
        // What somebody else brought is not theirs to name.
        var officers = await _li.BringAsync("内部意见"u8.ToArray(), "内部.txt");
        var refused = await enterprise.PostAsync(Factory + "/cases/case-1/statement", $$"""{"text":"不服","documents":["{{officers}}"]}""", 400);
        Assert.Equal("document-not-stored", refused.Code);

        var own = await enterprise.BringAsync("申辩材料"u8.ToArray(), "申辩.txt");
        await enterprise.PostAsync(Factory + "/cases/case-1/statement", $$"""{"text":"不服","documents":["{{own}}"]}""");
        Assert.Equal("statement", Assert.Single((await _li.GetAsync(Factory)).Items("cases")).GetProperty("status").GetString());
        Assert.Equal("申辩材料"u8.ToArray(), await enterprise.ReadAsync($"{Factory}/documents/{own}"));
        Assert.Equal("申辩材料"u8.ToArray(), await _li.ReadAsync($"{Factory}/documents/{own}"));

        var renamed = await enterprise.PostAsync(Factory + "/renames", """{"name":"甲新","on":"2026-05-06"}""");
        Assert.Equal(("甲", "reported"), (renamed.Text("name"), Assert.Single(renamed.Items("names")).GetProperty("status").GetString()));
        Assert.Equal("role-not-allowed", (await enterprise.PostAsync(Factory + "/cases/case-1/decision", """{"outcome":"dismiss","reason":"x"}""", 403)).Code);
    }

    private async Task<Client> KeyAsync(string enterprise)
    {
        var made = await _admin.PostAsync("/api/keys", $$"""{"name":"甲","person":"{{enterprise}}","role":"enterprise","enterprise":"{{enterprise}}"}""", 201);
        return new Client(_silo.Address, made.Text("key"));
    }
}
