using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>Changes over HTTP: filed late, verified by the city, decided by the province, and a title that ends out of its policy's region.</summary>
public sealed class ChangeTests
{
    private const string Product = "/api/entities/product/H-1";

    [Fact]
    public async Task A_relocation_is_filed_verified_and_decided_and_what_cannot_go_along_ends()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2026-01-05T01:00:00Z");
        using var admin = silo.Admin();
        using var province = await KeyAsync(silo, admin, "hunan", "provincial", "430000");
        using var city = await KeyAsync(silo, admin, "changsha", "municipal", "430100");
        using var otherCity = await KeyAsync(silo, admin, "zhuzhou", "municipal", "430200");
        await province.PutAsync(Product, """{"name":"清洁剂","region":"430100","enterpriseName":"长沙第一工厂"}""", 201);
        await province.PostAsync(Product + "/titles", """{"policy":"hunan-product","level":"provincial","grantedOn":"2025-06-16"}""");
        await admin.PostAsync("/api/clock", """{"now":"2026-05-06T01:00:00Z"}""");

        const string relocation = """{"kind":"relocation","completedOn":"2026-02-02","description":"moved","region":"广东"}""";
        var stranger = await city.PostAsync(Product + "/changes", relocation.Replace("}", ",\"enterprise\":\"u-0123456789abcdef\"}", StringComparison.Ordinal), 403);
        Assert.Equal("not-the-holder", stranger.Code);
        await city.PostAsync(Product + "/changes", relocation.Replace("广东", "nowhere", StringComparison.Ordinal), 400);
        await city.PostAsync(Product + "/changes", relocation, 201);
        var twice = await city.PostAsync(Product + "/changes", relocation, 409);
        Assert.Equal(("change-already-filed", "configuration: not stated in the source; Shandong (2023) and Sichuan (2022) have 30 working days"), (twice.Code, twice.Text("article")));
        var change = await city.GetAsync(Product + "/changes/change-1");
        Assert.True(change.Json.GetProperty("late").GetBoolean());
        Assert.Equal("municipal/430100", Assert.Single(change.Items("waitsFor")).GetString());
        Assert.Single((await city.GetAsync("/api/changes?status=filed")).Items());
        Assert.Empty((await otherCity.GetAsync("/api/changes")).Items());

        Assert.Equal("change-not-verified", (await province.PostAsync(Product + "/changes/change-1/decision", """{"outcome":"accepted","reason":"x"}""", 409)).Code);
        Assert.Equal(
            "not-verifying-authority",
            (await otherCity.PostAsync(Product + "/changes/change-1/verification", """{"on":"2026-05-06","confirmed":true}""", 403)).Code);
        await city.PostAsync(Product + "/changes/change-1/verification", """{"on":"2026-05-06","confirmed":true,"note":"seen"}""");
        await admin.PostAsync("/api/clock", """{"now":"2026-05-07T01:00:00Z"}""");
        var moved = await province.PostAsync(Product + "/changes/change-1/decision", """{"outcome":"accepted","reason":"as filed","number":"N-1"}""");
        Assert.Equal("440000", moved.Text("region"));
        Assert.Equal("430100", (await province.GetAsync(Product + "?asOf=2026-05-06")).Text("region"));
        Assert.Equal("relocation", Assert.Single(moved.Items("reevaluations")).GetProperty("change").GetString());

        Assert.Equal(
            "outside-policy-region",
            (await province.PostAsync(Product + "/changes/change-1/successions", """{"policy":"hunan-product","outcome":"continues","reason":"x"}""", 409)).Code);
        var ended = await province.PostAsync(Product + "/changes/change-1/successions", """{"policy":"hunan-product","outcome":"ends","reason":"left Hunan"}""");
        Assert.Equal(("lapsed", "lapsed"), (ended.Text("standing"), ended.Title.GetProperty("status").GetString()));
        Assert.Single((await admin.GetAsync("/api/entities?status=lapsed")).Items());
    }

    private static async Task<Client> KeyAsync(SiloProcess silo, Client admin, string person, string level, string region)
    {
        var made = await admin.PostAsync("/api/keys", $$"""{"name":"{{person}}","person":"{{person}}","role":"officer","level":"{{level}}","regions":["{{region}}"]}""", 201);
        return new Client(silo.Address, made.Text("key"));
    }
}
