using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Supervision.Acceptance;

/// <summary>A draw among the real factories, from its announcement to its open record, which strangers verify.</summary>
public sealed class DrawTests
{
    private const string Draw = """{"id":"spring-2026","policy":"miit-2024","scope":{"kind":"factory","level":"national"},"rate":0.05,"publicSource":"双色球 2026050","notBefore":"2026-05-12T02:00:00Z"}""";

    [Fact]
    public async Task Nobody_has_a_hand_in_who_wins_and_anyone_can_make_the_draw_again()
    {
        using var directory = new TempDirectory();
        string[] settings = [$"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=true", "--Clock:Mode=manual", "--Clock:Start=2026-05-05T01:00:00Z"];
        await using var silo = await SiloProcess.StartAsync(settings);
        using var admin = silo.Admin();
        using var li = await silo.OfficerAsync("li");
        using var wang = await silo.OfficerAsync("wang");
        using var anyone = silo.Anyone();
        var inspectors = new StringBuilder("id,name,regions,certificate_valid_until,fields,conflicts\n");
        for (var i = 1; i <= 12; i++)
            inspectors.Append(CultureInfo.InvariantCulture, $"I-{i},检查员{i},,2030-12-31,,\n");
        await admin.ImportAsync(Encoding.UTF8.GetBytes(inspectors.ToString()), list: "format=inspectors");

        Assert.Equal("quota-too-large", (await li.PostAsync("/api/draws", Draw.Replace("\"rate\":0.05", "\"size\":100000", StringComparison.Ordinal), 409)).Code);
        Assert.Equal(400, (await li.PostAsync("/api/draws", Draw.Replace("0.05", "1.05", StringComparison.Ordinal), 400)).Status);
        Assert.Equal("public-value-too-early", (await li.PostAsync("/api/draws", Draw.Replace("2026-05-12", "2026-05-04", StringComparison.Ordinal), 400)).Code);
        Assert.Equal("item-not-published", (await li.PostAsync("/api/draws", Draw.Replace("\"rate\"", "\"items\":[\"kitchen\"],\"rate\"", StringComparison.Ordinal), 409)).Code);
        var announced = await li.PostAsync("/api/draws", Draw, 201);
        var roster = announced.Json.GetProperty("announcement").GetProperty("rosterSize").GetInt32();
        Assert.InRange(roster, 2000, 2482);
        Assert.Equal("draw-already-announced", (await li.PostAsync("/api/draws", Draw, 409)).Code);
        Assert.DoesNotContain("\"secret\"", (await anyone.GetAsync("/api/draws/spring-2026")).Body, StringComparison.Ordinal);

        const string execution = """{"publicValues":["02 11 13 20 26 31 + 07"]}""";
        Assert.Equal("draw-too-early", (await li.PostAsync("/api/draws/spring-2026/execution", execution, 409)).Code);
        await admin.PostAsync("/api/clock", """{"now":"2026-05-12T02:00:00Z"}""");
        Assert.Equal("draw-not-approved", (await li.PostAsync("/api/draws/spring-2026/execution", execution, 409)).Code);
        Assert.Equal("second-person-needed", (await li.PostAsync("/api/draws/spring-2026/approval", null, 409)).Code);
        // Those that policies plan wait beside it.
        string[] planned = ["miit-2016-annual-2026", "miit-2024-annual-2026"];
        Assert.Equal([.. planned, "spring-2026"], await WaitingAsync());
        await wang.PostAsync("/api/draws/spring-2026/approval", null);
        Assert.Equal(planned, await WaitingAsync());
        await li.PostAsync("/api/draws/spring-2026/execution", execution);
        Assert.Equal("draw-already-executed", (await wang.PostAsync("/api/draws/spring-2026/execution", """{"publicValues":["other"]}""", 409)).Code);
        var draw = await UntilAsync(anyone, "completed");
        var winners = draw.Json.GetProperty("completion").GetProperty("winners").GetInt32();
        Assert.InRange(winners, roster / 20, (roster / 20) + 5);
        // With the register the seed would tell who is visited.
        Assert.All(new[] { draw.Body, (await anyone.GetAsync("/api/draws")).Body }, body => Assert.DoesNotContain("\"seed\"", body, StringComparison.Ordinal));
        Assert.Contains("\"seed\"", (await li.GetAsync("/api/draws/spring-2026")).Body, StringComparison.Ordinal);
        Assert.Equal("record-not-open", (await anyone.GetAsync("/api/draws/spring-2026/record", 404)).Code);

        var path = directory["record.json"];
        await File.WriteAllTextAsync(path, (await li.GetAsync("/api/draws/spring-2026/record")).Body, TestContext.Current.CancellationToken);
        await VerifiesAsync(path, $"{winners} winners");
        var checks = await li.ListAsync("/api/checks");
        Assert.Equal(winners, checks.Count);
        Assert.All(checks, check => Assert.Equal(2, check.GetProperty("check").GetProperty("inspectors").GetArrayLength()));

        // The visits are over: the public may make the draw again, without learning who inspected.
        foreach (var check in checks)
            await li.PostAsync($"/api/entities/{check.GetProperty("entity").GetString()}/checks/{check.GetProperty("check").GetProperty("id").GetString()}/cancellation", """{"reason":"x"}""");
        await admin.PostAsync("/api/jobs/draws/run", null);
        await UntilAsync(anyone, "opened");
        Assert.Contains("\"seed\"", (await anyone.GetAsync("/api/draws/spring-2026")).Body, StringComparison.Ordinal);
        var open = await anyone.GetAsync("/api/draws/spring-2026/record");
        Assert.DoesNotContain("\"I-1\"", open.Body, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, open.Body, TestContext.Current.CancellationToken);
        await VerifiesAsync(path, $"{winners} winners");
        await File.WriteAllTextAsync(path, open.Body.Replace("+ 07", "+ 08", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, output) = await SiloProcess.RunAsync("verify-draw", path);
        Assert.True(code == 3 && output.Contains("The record differs: seed", StringComparison.Ordinal), output);

        await silo.StopAsync();
        var (verified, told) = await SiloProcess.RunAsync(["verify-ledger", $"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64"]);
        Assert.True(verified == 0, told);

        async Task<IEnumerable<string?>> WaitingAsync() =>
            (await wang.GetAsync("/api/draws?waitsFor=approval")).Items().Select(draw => draw.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Killed_while_it_orders_visits_a_silo_orders_each_of_them_once()
    {
        using var directory = new TempDirectory();
        string[] settings = [$"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=true", "--Clock:Mode=manual", "--Clock:Start=2026-05-05T01:00:00Z"];
        await using (var killed = await SiloProcess.StartAsync(settings))
        {
            using var admin = killed.Admin();
            using var li = await killed.OfficerAsync("li");
            using var wang = await killed.OfficerAsync("wang");
            await killed.RegisterInspectorsAsync();
            await li.PostAsync("/api/draws", Draw.Replace("0.05", "0.5", StringComparison.Ordinal), 201);
            await admin.PostAsync("/api/clock", """{"now":"2026-05-12T02:00:00Z"}""");
            await wang.PostAsync("/api/draws/spring-2026/approval", null);
            await li.PostAsync("/api/draws/spring-2026/execution", """{"publicValues":["1"]}""");
            await killed.KillAsync();
        }

        await using var silo = await SiloProcess.StartAsync(settings);
        using var anyone = silo.Anyone();
        using var officer = await silo.OfficerAsync("zhao");
        // What was interrupted goes on by itself, also on time that stands still.
        var draw = await UntilAsync(anyone, "completed");
        var winners = draw.Json.GetProperty("completion").GetProperty("winners").GetInt32();
        Assert.InRange(winners, 1000, 1300);
        var checks = await officer.ListAsync("/api/checks");
        Assert.Equal(winners, checks.Count);
        Assert.Equal(winners, checks.Select(check => check.GetProperty("entity").GetString()).Distinct().Count());
        var path = directory["record.json"];
        await File.WriteAllTextAsync(path, (await officer.GetAsync("/api/draws/spring-2026/record")).Body, TestContext.Current.CancellationToken);
        await VerifiesAsync(path, $"{winners} winners");

        await silo.StopAsync();
        var (verified, told) = await SiloProcess.RunAsync(["verify-ledger", $"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64"]);
        Assert.True(verified == 0, told);
    }

    private static async Task<Answer> UntilAsync(Client anyone, string status)
    {
        var draw = await anyone.GetAsync("/api/draws/spring-2026");
        await Eventually.TrueAsync(
            async () =>
            {
                draw = await anyone.GetAsync("/api/draws/spring-2026");
                return draw.Text("status") == status;
            },
            TimeSpan.FromSeconds(60),
            () => $"the draw is {status}: {draw.Body}");
        return draw;
    }

    /// <summary>Both verifiers say the same.</summary>
    internal static async Task VerifiesAsync(string record, string says)
    {
        var (code, output) = await SiloProcess.RunAsync("verify-draw", record);
        Assert.True(code == 0 && output.Contains(says, StringComparison.Ordinal), output);
        using var script = Process.Start(new ProcessStartInfo("python3", [ScriptPath(), record]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (told, wrong) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(script.ExitCode == 0 && (await told).Contains(says, StringComparison.Ordinal), await told + await wrong);
    }

    private static string ScriptPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Supervision.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "verify_draw.py");
    }
}
