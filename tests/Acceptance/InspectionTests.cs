using System.Text.Json;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>One lawful inspection over HTTP, by everyone who has a part in it.</summary>
public sealed class InspectionTests
{
    private const string Factory = "/api/entities/factory/N-1-F-1";

    private const string Check = Factory + "/checks/check-1";

    [Fact]
    public async Task An_inspection_is_approved_told_of_entered_signed_served_objected_to_and_set_right()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2026-06-15T01:00:00Z");
        using var admin = silo.Admin();
        await silo.RegisterInspectorsAsync();
        await admin.PostAsync("/api/inspectors", """{"id":"I-3","name":"王五","certificateValidUntil":"2030-12-31"}""", 201);
        using var officer = await KeyAsync(silo, admin, """{"name":"a","person":"a","role":"officer"}""");
        using var head = await KeyAsync(silo, admin, """{"name":"b","person":"b","role":"officer"}""");
        using var inspector = await KeyAsync(silo, admin, """{"name":"i","person":"I-1","role":"inspector"}""");
        using var anyone = new Client(silo.Address, key: null);
        var registered = await officer.PutAsync(Factory, """{"name":"长沙第一工厂","region":"430100"}""", 201);
        var enterprise = registered.Items("relations")[0].GetProperty("to").GetString()!;
        using var holder = await KeyAsync(silo, admin, $$"""{"name":"h","person":"h","role":"enterprise","enterprise":"{{enterprise.Split('/')[1]}}"}""");
        await officer.PostAsync(Factory + "/titles", """{"policy":"miit-2024","level":"national","grantedOn":"2025-01-22"}""");

        // Ordered of published items only, and told to nobody before it is approved.
        var items = (await anyone.GetAsync("/api/check-items")).Items();
        Assert.Contains(items, item => item.GetProperty("id").GetString() == "zj2017-b18");
        const string order = """{"policy":"miit-2024","basis":"random","draw":"d-1","dueBy":"2026-09-30","inspectors":["I-1","I-2"]}""";
        var unpublished = await officer.PostAsync(Factory + "/checks", order.Replace("}", ",\"items\":[\"kitchen\"]}", StringComparison.Ordinal), 409);
        Assert.Equal("item-not-published", unpublished.Code);
        Assert.Contains("'kitchen'", unpublished.Text("detail"), StringComparison.Ordinal);
        await officer.PostAsync(Factory + "/checks", order, 201);
        var ordered = await officer.GetAsync(Check);
        Assert.Equal(["declared-indicators", "evaluation-requirements"], ordered.Items("items").Select(item => item.GetString()));
        Assert.Equal(enterprise, ordered.Json.GetProperty("visit").GetProperty("enterprise").GetString());
        await holder.GetAsync(Check, 404);
        Assert.Empty((await holder.GetAsync($"/api/entities/{enterprise}")).Items("visits"));
        Assert.DoesNotContain("visit.", (await holder.GetAsync($"/api/entities/{enterprise}/history")).Body, StringComparison.Ordinal);
        Assert.Equal((0, 4), await FrequencyAsync(anyone, enterprise));
        Assert.Equal("check-not-found", (await holder.PostAsync(Check + "/recusals", """{"inspector":"I-2","reason":"a cousin"}""", 404)).Code);
        Assert.Equal("second-person-needed", (await officer.PostAsync(Check + "/approval", null, 409)).Code);
        await head.PostAsync(Check + "/approval", null);

        // Told of how often the firm was visited; another inspector comes.
        await officer.PostAsync($"/api/entities/{enterprise}/visits", """{"department":"应急管理局","basis":"directed","reason":"complaint","on":"2026-03-02"}""", 201);
        await officer.PostAsync(Check + "/notice", """{"on":"2026-06-15","method":"post","number":"N-1"}""");
        var told = (await holder.GetAsync("/api/notices")).Items()[0].GetProperty("notice").GetProperty("told");
        Assert.Equal((1, 4, "I-1"), (told.GetProperty("visits").GetInt32(), told.GetProperty("cap").GetInt32(), told.GetProperty("inspectors")[0].GetString()));
        await holder.PostAsync(Check + "/recusals", """{"inspector":"I-2","reason":"a cousin"}""");
        await officer.PostAsync(Check + "/recusals/decision", """{"inspector":"I-2","accepted":true,"reason":"a cousin","replacement":"I-3"}""");
        Assert.Equal((1, 4), await FrequencyAsync(anyone, enterprise));

        // Entered, signed, recorded.
        await inspector.PostAsync(Check + "/entry", """{"at":"2026-06-15T00:30:00Z"}""");
        Assert.Equal("already-entered", (await inspector.PostAsync(Check + "/entry", "{}", 409)).Code);
        await inspector.PostAsync(Check + "/exit", "{}");
        await inspector.PostAsync(Check + "/record", """{"on":"2026-06-15","holderSigned":false,"reason":"nobody there may sign"}""");
        const string result = """{"outcome":"failed","on":"2026-06-15","inspectors":["I-1","I-3"],"findings":[{"item":"evaluation-requirements","text":"two meters are missing"}]}""";
        Assert.Equal("inspector-recused", (await inspector.PostAsync(Check + "/result", result.Replace("I-3", "I-2", StringComparison.Ordinal), 409)).Code);
        await inspector.PostAsync(Check + "/result", result);
        await officer.PostAsync(Check + "/confirmation", null);
        var visit = await holder.GetAsync($"/api/entities/{enterprise}/visits/visit-1");
        Assert.Equal(("made", "2026-06-15T01:00:00Z"), (visit.Text("status"), visit.Items("entries")[0].GetProperty("exitedAt").GetString()![..19] + "Z"));

        // Served, published, objected to, set right.
        await officer.PostAsync(Check + "/result/service", """{"on":"2026-06-15","method":"post"}""");
        await officer.PostAsync(Check + "/publication", """{"on":"2026-06-15","place":"https://example.org/1"}""");
        await holder.PostAsync(Check + "/objection", """{"text":"they were there"}""");
        Assert.Equal("second-person-needed", (await officer.PostAsync(Check + "/objection/decision", """{"upheld":true,"reason":"x"}""", 409)).Code);
        await head.PostAsync(Check + "/objection/decision", """{"upheld":true,"reason":"they were"}""");
        var recorded = (await head.GetAsync(Factory + "/history?order=newest")).Items().First(entry => entry.GetProperty("type").GetString() == "check.failed");
        await head.PostAsync(Factory + "/corrections", $$$"""{"corrects":{{{recorded.GetProperty("version").GetInt64()}}},"reason":"the meters were there","result":{"outcome":"clean"}}""");
        var done = await holder.GetAsync(Check);
        Assert.Equal(("confirmed", "clean"), (done.Text("status"), done.Text("outcome")));
        Assert.True(done.Json.GetProperty("objection").GetProperty("upheld").GetBoolean());
        Assert.Equal((1, 4), await FrequencyAsync(anyone, enterprise));
    }

    [Fact]
    public async Task Nothing_tells_of_a_check_before_its_notice()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2026-06-15T01:00:00Z");
        using var admin = silo.Admin();
        await silo.RegisterInspectorsAsync();
        using var officer = await KeyAsync(silo, admin, """{"name":"a","person":"a","role":"officer"}""");
        using var head = await KeyAsync(silo, admin, """{"name":"b","person":"b","role":"officer"}""");
        using var bank = await KeyAsync(silo, admin, """{"name":"bank","person":"bank","role":"integrator"}""");
        var registered = await officer.PutAsync(Factory, """{"name":"长沙第一工厂","region":"430100"}""", 201);
        var enterprise = registered.Items("relations")[0].GetProperty("to").GetString()!;
        using var holder = await KeyAsync(silo, admin, $$"""{"name":"h","person":"h","role":"enterprise","enterprise":"{{enterprise.Split('/')[1]}}"}""");
        await officer.PostAsync(Factory + "/titles", """{"policy":"miit-2024","level":"national","grantedOn":"2025-01-22"}""");
        const string order = """{"policy":"miit-2024","basis":"random","draw":"d-1","dueBy":"2026-06-30","inspectors":["I-1","I-2"]}""";
        await officer.PostAsync(Factory + "/checks", order, 201);
        await head.PostAsync(Check + "/approval", null);

        // The last day of the check falls into a downtime.
        await officer.PostAsync("/api/downtimes", """{"id":"d-1","from":"2026-06-29","to":"2026-07-02","reason":"down"}""", 201);
        await head.PostAsync("/api/downtimes/d-1/confirmation", null);
        await admin.PostAsync("/api/clock", """{"now":"2026-07-01T01:00:00Z"}""");
        Assert.Contains("deadlines.moved", (await officer.GetAsync(Factory + "/history")).Body, StringComparison.Ordinal);
        foreach (var outside in new[] { bank, holder })
        {
            Assert.Equal("invalid-request", (await outside.GetAsync("/api/entities?dueBefore=2026-12-31", 400)).Code);
            var shown = await outside.GetAsync(Factory);
            Assert.Equal((0, JsonValueKind.Null), (shown.Items("checks").Count, shown.Json.GetProperty("nextWakeUp").ValueKind));
            Assert.DoesNotContain("deadlines.moved", (await outside.GetAsync(Factory + "/history")).Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("deadlines.moved", (await bank.GetAsync("/api/events?limit=500")).Body, StringComparison.Ordinal);
        Assert.Single((await officer.GetAsync("/api/entities?dueBefore=2026-12-31&kind=factory")).Items());

        // Told of one check, the holder knows the visit, and of no other check on it.
        await officer.PostAsync(Check + "/notice", """{"on":"2026-07-01","method":"post"}""");
        await officer.PostAsync(Factory + "/checks", """{"policy":"miit-2024","basis":"directed","reason":"complaint","dueBy":"2026-07-31","visit":"visit-1","inspectors":["I-1","I-2"]}""", 201);
        foreach (var outside in new[] { bank, holder })
        {
            Assert.Equal(["check-1"], (await outside.GetAsync($"/api/entities/{enterprise}")).Items("visits")[0].GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
            var history = (await outside.GetAsync($"/api/entities/{enterprise}/history")).Body;
            Assert.DoesNotContain("visit.joined", history, StringComparison.Ordinal);
            Assert.DoesNotContain("check-2", history, StringComparison.Ordinal);
        }

        // What was kept back of the check that is known now is told after all.
        Assert.Contains("deadlines.moved", (await holder.GetAsync(Factory + "/history")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_whose_check_is_called_off_does_not_count()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        await using var silo = await SiloProcess.StartAsync(setting, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:AllowManual=true", "--Clock:Start=2026-06-15T01:00:00Z");
        using var admin = silo.Admin();
        var enterprise = (await admin.PutAsync(Factory, """{"name":"长沙第一工厂","region":"430100"}""", 201)).Items("relations")[0].GetProperty("to").GetString()!;
        await admin.PostAsync(Factory + "/titles", """{"policy":"miit-2024","level":"national","grantedOn":"2025-01-22"}""");
        await admin.PostAsync(Factory + "/checks", """{"policy":"miit-2024","basis":"random","draw":"d-1","dueBy":"2026-09-30"}""", 201);
        await admin.PostAsync(Check + "/cancellation", """{"reason":"closed"}""");

        await admin.PostAsync("/api/clock", """{"now":"2026-06-15T02:00:00Z"}""");

        Assert.Equal("called-off", (await admin.GetAsync($"/api/entities/{enterprise}/visits/visit-1")).Text("status"));
        Assert.Equal((0, 4), await FrequencyAsync(admin, enterprise));
    }

    /// <summary>What the public is told of a firm's visits under the national rule, and its cap.</summary>
    private static async Task<(int Visits, int Cap)> FrequencyAsync(Client client, string enterprise)
    {
        var cap = (await client.GetAsync($"/api/verify/{enterprise}/visits")).Items("caps").Single(cap => cap.GetProperty("policy").GetString() == "miit-2024");
        return (cap.GetProperty("visits").GetInt32(), cap.GetProperty("cap").GetInt32());
    }

    private static async Task<Client> KeyAsync(SiloProcess silo, Client admin, string key) =>
        new(silo.Address, (await admin.PostAsync("/api/keys", key, 201)).Text("key"));
}
