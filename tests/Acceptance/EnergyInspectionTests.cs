using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>Energy-conservation inspection over HTTP: a removal proposes, an officer lists and delists, what is missed opens cases.</summary>
public sealed class EnergyInspectionTests
{
    private const string Product = "/api/entities/product/P-1";

    private const string Factory = "/api/entities/factory/F-1";

    private const string Name = "长沙第一工厂";

    [Fact]
    public async Task An_enterprise_is_proposed_listed_delisted_and_inspected_and_what_it_does_not_rectify_opens_cases()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using (var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2018-01-02T01:00:00Z"))
        {
            using var admin = silo.Admin();
            using var li = await silo.OfficerAsync("li");
            using var zhao = await silo.OfficerAsync("zhao");
            await li.PutAsync(Factory, $$"""{"name":"{{Name}}","region":"湖南"}""", 201);
            await li.PostAsync(Factory + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-08-23"}""");
            var enterprise = $"/api/entities/{Assert.Single((await li.GetAsync(Factory)).Items("relations")).GetProperty("to").GetString()}";
            await RemoveProductAsync(li, zhao, enterprise["/api/entities/enterprise/".Length..]);

            Assert.Equal("proposed", Assert.Single((await li.GetAsync(enterprise)).Items("energyInspections")).GetProperty("status").GetString());
            var refused = await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-1/result", Result, 409);
            Assert.Equal(("energy-not-listed", "工业节能监察办法"), (refused.Code, refused.Text("article")));
            await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-1/listing", """{"year":2018,"reason":"removed product"}""");
            await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-1/delisting", """{"reason":"inspected by the city"}""");
            await li.PostAsync(enterprise + "/energy-inspections", """{"year":2018,"policy":"miit-2016","reason":"on second thoughts"}""", 201);
            Assert.Equal(
                ["listed", "delisted"],
                (await li.GetAsync("/api/energy-inspections?year=2018")).Items().Select(item => item.GetProperty("inspection").GetProperty("status").GetString()!));

            await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-2/result", Result);
            await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-2/opinion", """{"on":"2018-01-02","text":"none"}""");
            await li.PostAsync(enterprise + "/energy-inspections/energy-inspection-2/rectification", """{"on":"2018-01-02","number":"2018-1"}""");
            Assert.Equal(
                ("energy-inspection", "holder"),
                (await li.GetAsync("/api/deadlines?from=2018-03-03&to=2018-03-03")).Items().Select(item => item.GetProperty("deadline"))
                    .Select(deadline => (deadline.GetProperty("kind").GetString()!, deadline.GetProperty("owner").GetString()!)).Single());
            await admin.PostAsync("/api/clock", """{"now":"2018-03-04T00:00:00Z"}""");

            Assert.Equal("energy-rectification-missed", Assert.Single((await li.GetAsync(Factory)).Items("cases")).GetProperty("ground").GetString());
            var history = (await li.GetAsync(enterprise + "/history?order=oldest")).Items().Select(entry => entry.GetProperty("type").GetString()!).ToList();
            Assert.Equal(
                [
                    "entity.registered", "energy-inspection.proposed", "ban.imposed", "energy-inspection.listed", "energy-inspection.delisted", "energy-inspection.listed",
                    "energy-inspection.concluded", "energy-opinion.heard", "energy-rectification.ordered", "energy-rectification.missed", "energy-inspection.listed",
                    "fact.applied",
                ],
                history);
            await VetoesAndIncidentsAsync(li, zhao, enterprise);
            await silo.StopAsync();
        }

        var (exitCode, output) = await SiloProcess.RunAsync("verify-ledger", setting);
        Assert.True(exitCode == 0, output);
    }

    private const string Result = """{"outcome":"violations","on":"2018-01-02","method":"on-site","inspectors":["I-1","I-2"],"withoutNotice":"suspicion"}""";

    private static async Task RemoveProductAsync(Client li, Client zhao, string enterprise)
    {
        await li.PutAsync(Product, $$"""{"name":"清洁剂","region":"湖南","enterprise":"{{enterprise}}"}""", 201);
        await li.PostAsync(Product + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2017-08-23"}""");
        await li.PostAsync(Product + "/cases", """{"policy":"miit-2016","ground":"false-declaration"}""", 201);
        await li.PostAsync(Product + "/cases/case-1/service", """{"on":"2018-01-02","method":"post"}""");
        await li.PostAsync(Product + "/cases/case-1/statement", """{"text":"none"}""");
        await zhao.PostAsync(Product + "/cases/case-1/decision", """{"outcome":"remove","reason":"false","number":"2018-2"}""");
    }

    private static async Task VetoesAndIncidentsAsync(Client li, Client zhao, string enterprise)
    {
        await li.PostAsync(enterprise + "/vetoes", """{"kind":"tax-evasion","on":"2018-02-01","source":"信用中国"}""", 201);
        Assert.Equal("veto-1", Assert.Single((await zhao.GetAsync("/api/vetoes")).Items()).GetProperty("veto").GetProperty("id").GetString());
        Assert.Equal("second-person-needed", (await li.PostAsync(enterprise + "/vetoes/veto-1/confirmation", null, 409)).Code);
        await zhao.PostAsync(enterprise + "/vetoes/veto-1/confirmation", null);
        Assert.Empty((await zhao.GetAsync("/api/vetoes")).Items());
        Assert.Contains(
            (await li.GetAsync(Factory + "/eligibility?policy=miit-2024")).Items("obstacles"), obstacle => obstacle.GetProperty("kind").GetString() == "tax-evasion");

        await li.PostAsync(enterprise + "/incidents", """{"kind":"safety","on":"2018-02-01","report":"a call"}""", 201);
        const string determination = """{"on":"2018-02-02","department":"应急管理局","responsibleUnit":"长沙第一工厂","level":"major"}""";
        var refused = await li.PostAsync(enterprise + "/incidents/incident-1/determination", determination, 400);
        Assert.Equal(("determination-without-document", "〔2024〕13号 第十五条(二)"), (refused.Code, refused.Text("article")));
        await li.PostAsync(enterprise + "/incidents/incident-1/determination", determination.Replace("\"level\"", "\"document\":\"应急〔2018〕1号\",\"level\"", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            async () => (await li.GetAsync(Factory)).Items("cases").Any(opened => opened.GetProperty("urgent").GetBoolean()), TimeSpan.FromMinutes(1),
            () => "no urgent case was opened");
    }
}
