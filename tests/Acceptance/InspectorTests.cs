using System.Text;

namespace Supervision.Acceptance;

/// <summary>Inspectors through the interface: registered, imported, named for checks, kept away; with what runs by the clock beside them.</summary>
public sealed class InspectorTests : IAsyncLifetime
{
    private const string Factory = "/api/entities/factory/X-1";

    private readonly TempDirectory _directory = new();
    private SiloProcess _silo = null!;
    private Client _admin = null!;
    private Client _li = null!;
    private Client _wang = null!;

    private string[] Settings => [$"--Data:Directory={_directory["data"]}", "--Embedded:SharedBuffersMegabytes=64"];

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await _li.PutAsync(Factory, """{"name":"甲","region":"430000"}""", 201);
        await _li.PostAsync(Factory + "/titles", """{"policy":"miit-2016","level":"national","grantedOn":"2020-01-01"}""");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (Client[])[_admin, _li, _wang])
            client.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Who_is_unfit_is_named_for_no_check_and_jobs_remind_the_holder()
    {
        var enterprise = (await _li.GetAsync(Factory)).Items("relations")[0].GetProperty("to").GetString()!;
        var list = Encoding.UTF8.GetBytes(
            "id,name,regions,certificate_valid_until,fields,conflicts\nI-1,张三,430000,2030-12-31,节能,\nI-2,李四,,2030-12-31,,\nI-3,王五,430000,2026-05-05,,\nI-4,赵六,440000,2030-12-31,,\n");
        var imported = await _admin.ImportAsync(list, list: "format=inspectors");
        Assert.Equal((4, 0), (imported.Number("accepted"), imported.Number("rejected")));
        Assert.Equal(["I-1", "I-2", "I-3"], (await _li.ListAsync("/api/inspectors?region=430000")).Select(item => item.GetProperty("id").GetString()));

        await RefusedAsync("I-9", "unknown");
        await RefusedAsync("I-3", "certificate-expired");
        await RefusedAsync("I-4", "out-of-scope");
        Assert.Equal("conflict-1", (await _li.PostAsync("/api/inspectors/I-2/conflicts", $$"""{"enterprise":"{{enterprise}}","reason":"worked there"}""", 201)).Items("conflicts")[0].GetProperty("id").GetString());
        await RefusedAsync("I-2", "conflict");
        Assert.Equal("second-person-needed", (await _li.PostAsync("/api/inspectors/I-2/conflicts/conflict-1/end", """{"reason":"over"}""", 409)).Code);
        await _wang.PostAsync("/api/inspectors/I-2/conflicts/conflict-1/end", """{"reason":"over"}""");
        await _li.PostAsync(Factory + "/checks", Order("I-2"), 201);

        // What a silo has in memory is there after a restart, too.
        await _silo.StopAsync();
        await StartAsync();
        Assert.Equal("李四", (await _li.GetAsync("/api/inspectors/I-2")).Text("name"));
        await _li.PostAsync("/api/inspectors/I-1/retirement", """{"reason":"left"}""");
        await RefusedAsync("I-1", "retired");
        Assert.Equal("evaluator-not-inspector", (await _admin.PostAsync("/api/keys", """{"name":"x","person":"I-2","role":"evaluator","body":"某某评价中心"}""", 409)).Code);

        await _li.PostAsync(Factory + "/cases", """{"policy":"miit-2024","ground":"false-declaration"}""", 201);
        await _li.PostAsync(Factory + "/cases/case-1/service", """{"on":"2026-05-06","method":"post"}""");
        Assert.NotEqual("0 reminders were made", (await _admin.PostAsync("/api/jobs/reminders/run", null)).Text("detail"));
        Assert.Equal("0 reminders were made", (await _admin.PostAsync("/api/jobs/reminders/run", null)).Text("detail"));
        Assert.Single(await _li.ListAsync("/api/reminders"), item => item.GetProperty("deadline").GetProperty("kind").GetString() == "statement-window");
        var jobs = (await _admin.GetAsync("/api/jobs")).Items();
        Assert.Equal(["draws", "duties", "forget-deliveries", "forget-outcomes", "reminders", "title-transfer", "wake-up"], jobs.Select(job => job.GetProperty("name").GetString()));
        Assert.Equal("done", jobs[4].GetProperty("lastRun").GetProperty("outcome").GetString());
        var counted = (await _li.GetAsync("/api/statistics/supervision?by=policy")).Items();
        Assert.Equal(1, Assert.Single(counted).GetProperty("inForce").GetInt32());
        await _silo.StopAsync();
        var (exitCode, output) = await SiloProcess.RunAsync(["verify-ledger", .. Settings]);
        Assert.True(exitCode == 0, output);
    }

    private async Task StartAsync()
    {
        _silo = await SiloProcess.StartAsync([.. Settings, "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:Start=2026-05-06T01:00:00Z"]);
        (_admin, _li, _wang) = (_silo.Admin(), await _silo.OfficerAsync("li"), await _silo.OfficerAsync("wang"));
    }

    private static string Order(string inspector) =>
        $$"""{"policy":"miit-2024","basis":"directed","reason":"complaint","dueBy":"2026-12-31","inspectors":["I-1","{{inspector}}"]}""";

    private async Task RefusedAsync(string inspector, string reason)
    {
        // The first one who is unfit is named; of the others one is enough.
        var body = inspector == "I-1" ? Order("I-2") : Order(inspector);
        var refused = await _li.PostAsync(Factory + "/checks", body, 409);
        Assert.Equal("inspector-unfit", refused.Code);
        Assert.Contains($"{inspector} cannot make this check: {reason}", refused.Text("detail"), StringComparison.Ordinal);
    }
}
