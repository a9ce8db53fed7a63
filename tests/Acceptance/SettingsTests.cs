using System.Diagnostics;

namespace Supervision.Acceptance;

/// <summary>What stops a start says what to mend, and the command line teaches itself.</summary>
public sealed class SettingsTests
{
    private const string Nowhere = "--ConnectionStrings:Supervision=Host=127.0.0.1;Port=1;Database=none;Username=nobody;Timeout=2";

    [Fact]
    public async Task Settings_that_are_unknown_or_invalid_stop_the_start_and_are_all_named()
    {
        var (exitCode, output) = await SiloProcess.RunAsync(
            Nowhere, "--Clock:Modus=manual", "--Ledger:BatchAppendsMax=0", "--Ledger:QueueAppendsMax=many", "--Clock:Start=soon", "--Auth:BootstrapAdminKey=short");

        Assert.Equal(2, exitCode);
        Assert.All(
            (string[])["Clock:Modus", "Ledger:BatchAppendsMax", "Ledger:QueueAppendsMax", "Clock:Start", "Auth:BootstrapAdminKey"],
            named => Assert.Contains(named, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manual_time_on_a_database_of_ones_own_needs_to_be_allowed()
    {
        var (exitCode, output) = await SiloProcess.RunAsync(Nowhere, "--Clock:Mode=manual");

        Assert.Equal(2, exitCode);
        Assert.Contains("Clock:AllowManual", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_stops_the_start_in_words()
    {
        var (exitCode, output) = await SiloProcess.RunAsync(Nowhere);

        Assert.Equal(1, exitCode);
        Assert.Contains("database", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_policy_stops_the_start_and_is_named()
    {
        using var directory = new TempDirectory();
        var program = Path.GetDirectoryName(SiloProcess.Program)!;
        foreach (var file in Directory.EnumerateFiles(program))
            File.Copy(file, directory[Path.GetFileName(file)]);
        foreach (var folder in (string[])["policies", "data"])
        {
            Directory.CreateDirectory(directory[folder]);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(program, folder)))
                File.Copy(file, Path.Combine(directory[folder], Path.GetFileName(file)));
        }

        var policy = Path.Combine(directory["policies"], "miit-2016.json");
        var text = await File.ReadAllTextAsync(policy, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(policy, text.Replace("\"version\"", "\"verzion\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (exitCode, output) = await SiloProcess.RunProgramAsync(directory["Supervision.Silo.dll"], Nowhere);

        Assert.Equal(1, exitCode);
        Assert.Contains("miit-2016.json", output, StringComparison.Ordinal);
        Assert.Contains("verzion", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_teaches_the_commands()
    {
        var (exitCode, output) = await SiloProcess.RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All((string[])["serve", "verify-ledger", "keys", "backup", "restore", "--Data:Directory"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_is_unknown_is_refused()
    {
        var (exitCode, output) = await SiloProcess.RunAsync("verify-leger");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("verify-leger", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_made_on_the_command_line_beside_a_running_silo_works_within_two_seconds()
    {
        using var directory = new TempDirectory();
        await using var silo = await SiloProcess.StartAsync($"--Data:Directory={directory.Path}", "--Sample:Load=false", "--Embedded:SharedBuffersMegabytes=64");

        var (exitCode, output) = await SiloProcess.RunAsync(
            "keys", "create", "--name", "Hunan office", "--person", "li.si", "--role", "officer", "--level", "provincial", "--region", "湖南",
            $"--Data:Directory={directory.Path}");

        var made = Stopwatch.GetTimestamp();
        Assert.True(exitCode == 0, output);
        var secret = Assert.Single(output.Split('\n', StringSplitOptions.TrimEntries), line => line.StartsWith("sk_", StringComparison.Ordinal));
        using var officer = new Client(silo.Address, secret);
        await Eventually.TrueAsync(
            async () => (await officer.SendAsync(HttpMethod.Get, "/api/entities")).Status == 200, TimeSpan.FromSeconds(2) - Stopwatch.GetElapsedTime(made), () => "the key works");
        await officer.PutAsync("/api/entities/factory/K-1", """{"name":"湖南第一工厂","region":"湖南"}""", 201);
        await officer.PutAsync("/api/entities/factory/K-2", """{"name":"北京第一工厂","region":"北京"}""", 403);
        using var admin = silo.Admin();
        var record = Assert.Single((await admin.GetAsync("/api/audit?outcome=done")).Items());
        Assert.Equal(("SILO", "keys create"), (record.GetProperty("method").GetString(), record.GetProperty("route").GetString()));
        Assert.Contains(record.GetProperty("subject").GetString()!["keys/".Length..], output, StringComparison.Ordinal);
        (exitCode, output) = await SiloProcess.RunAsync("keys", "create", "--name", " ", "--person", "li\u202esi", "--role", "auditor", $"--Data:Directory={directory.Path}");
        Assert.Equal(1, exitCode);
        Assert.Contains("name: Must not be blank", output, StringComparison.Ordinal);
        Assert.Contains("person: Must not contain control characters", output, StringComparison.Ordinal);
        await silo.StopAsync();
    }
}
