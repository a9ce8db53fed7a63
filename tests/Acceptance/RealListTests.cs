using System.Text.Json;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>The lists that the ministry published, whole, through the interface: no row is lost, and what source documents state of them comes out.</summary>
public sealed class RealListTests : IAsyncLifetime
{
    private const int Entities = 2_482;

    private const int Products = 2_165;

    private const int Enterprises = 2_876;

    private const int EnterprisesOfSeveralKinds = 274;

    private const string Hunan = "《湖南省绿色设计产品评价管理办法》制定说明";

    private const string Shenzhen = "《深圳市工业和信息化局绿色制造试点示范管理暂行办法（征求意见稿）》的起草说明";

    private TestDatabase _database = null!;
    private SiloProcess _silo = null!;
    private Client _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        _silo = await SiloProcess.StartAsync(
            $"--ConnectionStrings:Supervision={_database.ConnectionString}", "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true",
            "--Clock:Start=2026-05-01T01:00:00Z");
        _admin = _silo.Admin();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_real_lists_enter_whole_once_and_the_figures_that_sources_state_come_out()
    {
        var (entities, products) = (await ReadAsync("green_entities_national.csv"), await ReadAsync("green_products_national.csv"));

        Assert.Equal(("done", Entities, 0, 0), (await _admin.ImportAsync(entities, dryRun: true)).Figures());
        Assert.Equal(("done", Products, 0, 0), (await _admin.ImportAsync(products, dryRun: true)).Figures());
        Assert.Empty((await _admin.GetAsync("/api/entities")).Items());

        Assert.Equal(("done", Entities, 0, 0), (await _admin.ImportAsync(entities)).Figures());
        Assert.Equal(("done", Products, 0, 0), (await _admin.ImportAsync(products)).Figures());
        await WhatSourcesStateIsCountedAsync();
        await EveryCompanyIsOneEnterpriseThatShowsAllItsTitlesAsync();
        var before = await _admin.GetAsync("/api/verify/factory/N-1-F-0001");

        Assert.Equal(("done", 0, Entities, 0), (await _admin.ImportAsync(entities)).Figures());
        Assert.Equal(("done", 0, Products, 0), (await _admin.ImportAsync(products)).Figures());
        Assert.Equal(before.Number("seq"), (await _admin.GetAsync("/api/verify/factory/N-1-F-0001")).Number("seq"));
    }

    private async Task WhatSourcesStateIsCountedAsync()
    {
        // Thirteen products are listed where the document states twelve: both figures are shown.
        string[] hunan = ["factory 48 48", "park 4 4", "product 13 12", "supply-chain 3 3"];
        Assert.Equal(hunan, await StatedAsync("by=kind,level&region=430000&batch=1,2,3,4", Hunan));
        Assert.Equal(hunan, await StatedAsync($"by=kind&level=national&region={Uri.EscapeDataString("湖南")}&batch=1,2,3,4", Hunan));
        string[] shenzhen = ["factory 45 45", "park 2 2", "product 71 71", "supply-chain 7 7"];
        Assert.Equal(shenzhen, await StatedAsync("by=kind,level&region=440300&batch=1,2,3,4,5", Shenzhen));
        Assert.Equal(shenzhen, await StatedAsync($"by=kind&level=national&region={Uri.EscapeDataString("深圳")}&batch=1,2,3,4,5", Shenzhen));

        // Side by side with all other regions, of which nothing is stated.
        var everywhere = await _admin.ListAsync("/api/statistics?by=kind,region&level=national&batch=1,2,3,4");
        Assert.Equal(hunan, Stated(everywhere.Where(row => row.GetProperty("region").GetString() == "430000"), Hunan));
        Assert.All(
            everywhere.Where(row => row.GetProperty("region").GetString() != "430000"), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("stated").ValueKind));
        // What is stated of four batches is not stated of all.
        Assert.All(await _admin.ListAsync("/api/statistics?by=kind,level&region=430000"), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("stated").ValueKind));
    }

    private async Task EveryCompanyIsOneEnterpriseThatShowsAllItsTitlesAsync()
    {
        Assert.Equal(
            [$"enterprise {Enterprises} 0", "factory 2121 2121", "park 172 172", $"product {Products} {Products}", "supply-chain 189 189"],
            (await _admin.ListAsync("/api/statistics?by=kind")).Select(row => $"{row.GetProperty("kind")} {row.GetProperty("entities")} {row.GetProperty("titles")}"));

        var kinds = (await _admin.ListAsync("/api/entities"))
            .SelectMany(entity => entity.GetProperty("relations").EnumerateArray()
                .Where(relation => relation.GetProperty("type").GetString() == "enterprise")
                .Select(relation => (Enterprise: relation.GetProperty("to").GetString()!, Kind: entity.GetProperty("kind").GetString()!)))
            .ToLookup(entity => entity.Enterprise, entity => entity.Kind);
        Assert.Equal(Enterprises, kinds.Count);
        var several = kinds.Where(enterprise => enterprise.Distinct().Count() > 1).ToList();
        Assert.Equal(EnterprisesOfSeveralKinds, several.Count);
        foreach (var enterprise in several)
        {
            var shown = (await _admin.ListAsync($"/api/entities?enterprise={Uri.EscapeDataString(enterprise.Key)}&status=listed"))
                .Where(entity => entity.GetProperty("id").GetString() != enterprise.Key).Select(entity => entity.GetProperty("kind").GetString()!);
            Assert.Equal(enterprise.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Kind, titles as counted, and as the document states them.</summary>
    private async Task<IEnumerable<string>> StatedAsync(string query, string source) => Stated(await _admin.ListAsync($"/api/statistics?{query}"), source);

    private static List<string> Stated(IEnumerable<JsonElement> rows, string source)
    {
        var found = rows.ToList();
        Assert.All(found, row => Assert.Equal(source, row.GetProperty("stated").GetProperty("source").GetString()));
        return [.. found.Select(row => $"{row.GetProperty("kind")} {row.GetProperty("titles")} {row.GetProperty("stated").GetProperty("count")}")];
    }

    private static Task<byte[]> ReadAsync(string file) =>
        File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "data", file), TestContext.Current.CancellationToken);
}
