using System.Text.Json;

namespace Supervision.Acceptance;

/// <summary>The whole life of titles on the real register, on manual time: exemption, removal, ban, reinstatement, then backup and restore.</summary>
public sealed class JourneyTests : IAsyncLifetime
{
    private const string Exempted = "/api/entities/factory/N-1-F-0001";

    private const string Quashed = "/api/entities/factory/N-1-F-0002";

    private const string Removed = "/api/entities/factory/N-1-F-0003";

    private const string Buffers = "--Embedded:SharedBuffersMegabytes=64";

    private readonly TempDirectory _directory = new();
    private SiloProcess _silo = null!;
    private Client _admin = null!;
    private Client _li = null!;
    private Client _wang = null!;
    private Client _zhao = null!;
    private Client _anyone = null!;

    private string[] Settings => Of("data");

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync([.. Settings, "--Clock:Mode=manual", "--Clock:Start=2026-05-01T01:00:00Z"]);
        (_admin, _anyone) = (_silo.Admin(), _silo.Anyone());
        await _silo.RegisterInspectorsAsync();
        (_li, _wang, _zhao) = (await _silo.OfficerAsync("li"), await _silo.OfficerAsync("wang"), await _silo.OfficerAsync("zhao"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (Client[])[_admin, _anyone, _li, _wang, _zhao])
            client.Dispose();
        await _silo.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Titles_are_exempted_removed_and_given_back_and_a_restored_backup_says_the_same()
    {
        await TheRealRegisterIsThereAsync();
        await ThreeCleanChecksExemptForFiveYearsAsync();
        await AFailedCheckThatIsNotRectifiedLeadsToRemovalAsync(Quashed, "2031-05-01", ordered: "2031-05-20", overdue: "2031-06-20", decided: "2031-07-10", number: "2031-17");
        await AGrantWithinTheBanIsRefusedAsync(Quashed, "2031-07-10");
        await AQuashedDecisionNeverWasAsync();
        await AFailedCheckThatIsNotRectifiedLeadsToRemovalAsync(Removed, "2031-07-10", ordered: "2031-07-30", overdue: "2031-08-30", decided: "2031-09-20", number: "2031-18");
        await ARestoredBackupAnswersTheSameAsync();
    }

    private async Task TheRealRegisterIsThereAsync()
    {
        Assert.Equal(2_121, (await _li.ListAsync("/api/entities?kind=factory")).Count);
        Assert.Equal(75, (await _li.ListAsync("/api/entities?region=%E6%B9%96%E5%8D%97&kind=factory")).Count);
        Assert.Equal(75, (await _li.ListAsync("/api/entities?region=430000&kind=factory&status=listed&policy=miit-2024&level=national")).Count);
        // Lists of before 2024 came under the rules of 2024 on their first day.
        Assert.Empty((await _li.GetAsync("/api/entities?policy=miit-2016&kind=factory")).Items());
        Assert.Equal("miit-2016", (await _li.GetAsync(Exempted + "?asOf=2024-01-18")).Title.GetProperty("policy").GetString());
        // A planning city answers for itself.
        Assert.Equal(150, (await _li.ListAsync("/api/entities?region=440000&kind=factory")).Count);
        Assert.Equal(45, (await _li.ListAsync("/api/entities?region=440300&kind=factory")).Count);
        var found = await _anyone.GetAsync($"/api/verify?q={Uri.EscapeDataString("北京京东方显示技术有限公司")}");
        Assert.Contains(found.Items(), item => item.GetProperty("id").GetString() == "factory/N-1-F-0001" && item.GetProperty("standing").GetString() == "valid");
        Assert.Equal("unknown", (await _anyone.GetAsync("/api/verify/factory/NOBODY")).Text("standing"));
        await _anyone.GetAsync("/api/entities", 401);
    }

    private async Task ThreeCleanChecksExemptForFiveYearsAsync()
    {
        for (var n = 1; n <= 3; n++)
            await CheckAsync(Exempted, n, "2026-05-01", "clean");
        Assert.Equal("2031-04-30", (await _li.GetAsync(Exempted)).Title.GetProperty("exemptUntil").GetString());
        Assert.Single((await _li.GetAsync("/api/entities?exempt=true")).Items());

        const string Random = """{"policy":"miit-2024","basis":"random","draw":"x","dueBy":"2031-12-31","inspectors":["I-1","I-2"]}""";
        var refused = await _li.PostAsync(Exempted + "/checks", Random, 409);
        Assert.Equal(("exempt", "inherited from miit-2016: 五(五)"), (refused.Code, refused.Text("article")));

        // Midnight in Beijing.
        await MoveAsync("2031-04-30T15:59:59Z");
        Assert.Equal("2031-04-30", (await _li.GetAsync(Exempted)).Title.GetProperty("exemptUntil").GetString());
        await _li.PostAsync(Exempted + "/checks", Random, 409);
        await MoveAsync("2031-04-30T16:00:00Z");
        Assert.Equal(JsonValueKind.Null, (await _li.GetAsync(Exempted)).Title.GetProperty("exemptUntil").ValueKind);
        await _li.PostAsync(Exempted + "/checks", Random, 201);
        Assert.Empty((await _li.GetAsync("/api/entities?exempt=true")).Items());
        await MoveAsync("2031-05-01T00:00:00Z");
        var backward = await _admin.PostAsync("/api/clock", """{"now":"2031-04-30T23:59:59Z"}""", 400);
        Assert.Equal("invalid-request", backward.Code);
    }

    private async Task AFailedCheckThatIsNotRectifiedLeadsToRemovalAsync(string factory, string on, string ordered, string overdue, string decided, string number)
    {
        await CheckAsync(factory, 1, on, "failed");
        var opened = await _li.GetAsync(factory);
        Assert.True(opened.Json.GetProperty("underReview").GetBoolean());
        var ground = Assert.Single(opened.Items("cases"));
        Assert.Equal(("case-1", "opened"), (ground.GetProperty("id").GetString(), ground.GetProperty("status").GetString()));
        Assert.Equal("valid", (await StandingAsync(factory)).Text("standing"));

        var served = await _li.PostAsync(factory + "/cases/case-1/service", $$"""{"on":"{{on}}","method":"post"}""");
        var windowEnds = Assert.Single(served.Items("cases")).GetProperty("windowEnds").GetString();
        var removal = $$"""{"outcome":"remove","reason":"requirements not met","number":"{{number}}"}""";
        var early = await _zhao.PostAsync(factory + "/cases/case-1/decision", removal, 409);
        Assert.Contains(windowEnds!, early.Text("detail"), StringComparison.Ordinal);

        await MoveAsync(ordered + "T00:00:00Z");
        var own = await _li.SendAsync(HttpMethod.Post, factory + "/cases/case-1/decision", removal);
        Assert.True(own.Status is 403 or 409, own.Body);
        Assert.Equal("second-person-needed", own.Code);
        Assert.Equal("rectification-first", (await _zhao.PostAsync(factory + "/cases/case-1/decision", removal, 409)).Code);
        var rectifying = await _zhao.PostAsync(factory + "/cases/case-1/decision", """{"outcome":"rectify","reason":"requirements not met"}""");
        Assert.Equal("rectifying", rectifying.Title.GetProperty("status").GetString());
        await _zhao.PostAsync(factory + "/cases/case-1/decision/service", $$"""{"on":"{{ordered}}","method":"post"}""");

        await MoveAsync(overdue + "T00:00:00Z");
        await _li.PostAsync(factory + "/cases/case-2/service", $$"""{"on":"{{overdue}}","method":"post"}""");
        await MoveAsync(decided + "T00:00:00Z");
        await _zhao.PostAsync(factory + "/cases/case-2/decision", removal);
        var standing = await StandingAsync(factory);
        Assert.Equal("removed", standing.Text("standing"));
        Assert.Equal(number, standing.Title.GetProperty("decision").GetProperty("number").GetString());
        Assert.NotEmpty(standing.Title.GetProperty("decision").GetProperty("article").GetString()!);
    }

    private async Task AGrantWithinTheBanIsRefusedAsync(string factory, string on)
    {
        var refused = await _zhao.PostAsync(
            factory + "/titles", $$"""{"policy":"miit-2024","honour":"green-factory","level":"national","grantedOn":"{{on}}"}""", 409);
        Assert.Equal("banned", refused.Code);
    }

    private async Task AQuashedDecisionNeverWasAsync()
    {
        var given = await _zhao.PostAsync(
            Quashed + "/reinstatements", """{"policy":"miit-2024","level":"national","case":"case-2","reason":"quashed on review","number":"2031-R-3"}""");
        // As it was before the removal: the rectification that was missed is a matter of its own.
        Assert.Equal(("rectifying", JsonValueKind.Null), (given.Title.GetProperty("status").GetString(), given.Title.GetProperty("removal").ValueKind));
        Assert.Equal("valid", (await StandingAsync(Quashed)).Text("standing"));

        var history = await _zhao.ListAsync(Quashed + "/history");
        var types = history.Select(item => item.GetProperty("type").GetString()).Reverse().ToList();
        string[] landmarks =
        [
            "entity.registered", "title.granted", "title.transferred", "check.ordered", "check.approved", "check.failed", "case.opened", "case.served", "case.decided",
            "rectification.ordered", "rectification.overdue", "case.opened", "case.served", "case.decided", "title.removed", "title.reinstated",
        ];
        Assert.Equal(landmarks, types.Where(landmarks.Contains));
        Assert.Equal(given.Number("version"), history.Count);
        Assert.Equal(Enumerable.Range(1, history.Count).Reverse().Select(version => (long)version), history.Select(item => item.GetProperty("version").GetInt64()));
        Assert.Contains(history, item => item.GetProperty("person").GetString() == "zhao");
    }

    private async Task ARestoredBackupAnswersTheSameAsync()
    {
        string[] compared = [Exempted, Quashed, Removed, Quashed + "/history", "/api/entities?limit=500", "/api/clock"];
        var before = new List<string>();
        foreach (var path in compared)
            before.Add((await _admin.GetAsync(path)).Body);
        // While it serves.
        await CommandAsync("backup", _directory["while-serving"], Settings);
        await _silo.StopAsync();

        await CommandAsync("verify-ledger", null, Settings);
        await CommandAsync("backup", _directory["backup"], Settings);
        await CommandAsync("restore", _directory["backup"], Of("restored"));
        await CommandAsync("verify-ledger", null, Of("restored"));
        await CommandAsync("restore", _directory["while-serving"], Of("restored-too"));
        var (again, refused) = await SiloProcess.RunAsync(["restore", _directory["backup"], .. Of("restored")]);
        Assert.Equal(1, again);
        Assert.Contains("not empty", refused, StringComparison.Ordinal);
        var (broken, output) = await SiloProcess.RunAsync(["restore", _directory["nothing"], .. Of("restored-three")]);
        Assert.Equal(1, broken);
        Assert.Contains("not a backup", output, StringComparison.Ordinal);

        var (none, nowhere) = await SiloProcess.RunAsync(["verify-ledger", .. Of("nowhere")]);
        Assert.Equal(1, none);
        Assert.Contains("no ledger", nowhere, StringComparison.Ordinal);
        // Its time is moved by hand: nothing is recorded in it at the time of the machine.
        var (real, clock) = await SiloProcess.RunAsync(["import", typeof(JourneyTests).Assembly.Location, .. Of("restored")]);
        Assert.Equal(2, real);
        Assert.Contains("Clock:Mode=manual is needed", clock, StringComparison.Ordinal);

        await using var restored = await SiloProcess.StartAsync([.. Of("restored"), "--Clock:Mode=manual"]);
        using var admin = restored.Admin();
        foreach (var (path, body) in compared.Zip(before))
            Assert.Equal(body, (await admin.GetAsync(path)).Body);
        await restored.StopAsync();
    }

    private string[] Of(string directory) => [$"--Data:Directory={_directory[directory]}", Buffers];

    private static async Task CommandAsync(string command, string? argument, string[] settings)
    {
        var (exitCode, output) = await SiloProcess.RunAsync([command, .. argument is null ? [] : new[] { argument }, .. settings]);
        Assert.True(exitCode == 0, $"{command}: {output}");
    }

    /// <summary>A random check drawn elsewhere: Li orders it, Wang approves it, Li enters the result.</summary>
    private async Task CheckAsync(string factory, int number, string on, string outcome)
    {
        await _li.PostAsync(
            factory + "/checks", $$"""{"policy":"miit-2024","basis":"random","draw":"draw-{{number}}","dueBy":"2034-12-31","inspectors":["I-1","I-2"]}""", 201);
        await _wang.PostAsync($"{factory}/checks/check-{number}/approval", null);
        await _li.PostAsync(
            $"{factory}/checks/check-{number}/result", $$"""{"outcome":"{{outcome}}","on":"{{on}}","inspectors":["I-1","I-2"],"findings":[]}""");
    }

    private Task<Answer> MoveAsync(string now) => _admin.PostAsync("/api/clock", $$"""{"now":"{{now}}"}""");

    private Task<Answer> StandingAsync(string factory) => _anyone.GetAsync(factory.Replace("/api/entities/", "/api/verify/", StringComparison.Ordinal));
}
