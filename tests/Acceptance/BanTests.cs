using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>The ban on re-application from its first day to the day after its last, in the years in which the policy still grants.</summary>
public sealed class BanTests
{
    private const string Factory = "/api/entities/factory/F-1";

    private const string Sibling = "/api/entities/factory/F-2";

    [Fact]
    public async Task An_enterprise_is_banned_for_three_years_to_the_day_and_may_be_granted_a_title_again_after_them()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using (var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2018-01-02T01:00:00Z"))
        {
            using var admin = silo.Admin();
            using var li = await silo.OfficerAsync("li");
            using var zhao = await silo.OfficerAsync("zhao");
            foreach (var factory in (string[])[Factory, Sibling])
                await li.PutAsync(factory, """{"name":"长沙第一工厂","region":"湖南"}""", 201);
            await li.PostAsync(Factory + "/titles", Grant("2017-08-23"));
            await RemoveAsync(admin, li, zhao);

            var removed = await li.GetAsync(Factory);
            Assert.Equal("2021-01-19", removed.Title.GetProperty("removal").GetProperty("banUntil").GetString());
            var enterprise = $"/api/entities/{Assert.Single(removed.Items("relations")).GetProperty("to").GetString()}";
            Assert.Equal("in-force", await BanAsync(li, enterprise));
            await RefusedAsync(zhao, Factory, "2018-01-20");
            await RefusedAsync(zhao, Sibling, "2018-01-20");

            // The last second of the last day in Beijing, and the first of the next.
            await admin.PostAsync("/api/clock", """{"now":"2021-01-19T15:59:59Z"}""");
            await RefusedAsync(zhao, Factory, "2021-01-19");
            await admin.PostAsync("/api/clock", """{"now":"2021-01-19T16:00:00Z"}""");
            Assert.Equal("ended", await BanAsync(li, enterprise));
            await RefusedAsync(zhao, Sibling, "2021-01-19");
            await zhao.PostAsync(Factory + "/titles", Grant("2021-01-20"));
            await zhao.PostAsync(Sibling + "/titles", Grant("2021-01-20"));
            using var anyone = silo.Anyone();
            Assert.Equal("valid", (await anyone.GetAsync("/api/verify/factory/F-1")).Text("standing"));
            await silo.StopAsync();
        }

        var (exitCode, output) = await SiloProcess.RunAsync("verify-ledger", setting);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>What a complaint led to; Zhao decides on 20 January 2018.</summary>
    private static async Task RemoveAsync(Client admin, Client li, Client zhao)
    {
        var ordered = await li.PostAsync(
            Factory + "/checks", """{"policy":"miit-2016","basis":"directed","reason":"complaint","dueBy":"2018-12-31","inspectors":["I-1","I-2"]}""", 201);
        if (Assert.Single(ordered.Items("checks")).GetProperty("status").GetString() == "planned")
            await zhao.PostAsync(Factory + "/checks/check-1/approval", null);
        await li.PostAsync(Factory + "/checks/check-1/result", """{"outcome":"failed","on":"2018-01-02","inspectors":["I-1","I-2"]}""");
        await li.PostAsync(Factory + "/cases/case-1/service", """{"on":"2018-01-02","method":"post"}""");
        await admin.PostAsync("/api/clock", """{"now":"2018-01-20T01:00:00Z"}""");
        await zhao.PostAsync(Factory + "/cases/case-1/decision", """{"outcome":"remove","reason":"requirements not met","number":"2018-1"}""");
    }

    private static async Task RefusedAsync(Client officer, string factory, string grantedOn) =>
        Assert.Equal("banned", (await officer.PostAsync(factory + "/titles", Grant(grantedOn), 409)).Code);

    private static async Task<string?> BanAsync(Client client, string enterprise) =>
        Assert.Single((await client.GetAsync(enterprise)).Items("bans")).GetProperty("status").GetString();

    private static string Grant(string on) => $$"""{"policy":"miit-2016","honour":"green-factory","level":"national","grantedOn":"{{on}}"}""";
}
