using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>Whatever dies, what was acknowledged is there once, and service goes on.</summary>
public sealed class FaultTests
{
    private const string SmallBuffers = "--Embedded:SharedBuffersMegabytes=64";

    [Fact]
    public async Task A_silo_killed_twenty_times_under_load_loses_nothing_and_does_nothing_twice()
    {
        const int Kills = 20;
        const int Commands = 10_500;
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        var silo = await SiloProcess.StartAsync(setting);
        try
        {
            var officer = await silo.OfficerAsync("li");
            var load = new Load(await FactoriesAsync(officer), Commands);
            load.Use(officer);
            var running = load.RunAsync();
            for (var kill = 1; kill <= Kills; kill++)
            {
                await load.AcknowledgedAsync(Commands * kill / (Kills + 1), running);
                await silo.KillAsync();
                load.Use();
                await silo.DisposeAsync();
                silo = await SiloProcess.StartAsync(setting);
                officer = new Client(silo.Address, officer.Key);
                load.Use(officer);
            }

            await running;
            Assert.True(load.Unanswered >= Kills, $"Only {load.Unanswered} requests were cut off.");
            await load.VerifyAsync(officer);
            await silo.StopAsync();
        }
        finally
        {
            await silo.DisposeAsync();
        }

        await VerifyLedgerAsync(setting);
    }

    [Fact]
    public async Task Of_two_silos_on_one_database_one_is_killed_under_load_and_the_other_goes_on()
    {
        const int Commands = 4_000;
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        // At the same moment, on an empty database: whatever both do first, they do against each other.
        var silos = await Task.WhenAll(SiloProcess.StartAsync(setting), SiloProcess.StartAsync(setting));
        await using var dying = silos[0];
        await using var staying = silos[1];
        var officer = await staying.OfficerAsync("li");
        var other = new Client(dying.Address, officer.Key);
        await KnowsAsync(other);
        var load = new Load(await FactoriesAsync(officer), Commands);
        load.Use(officer, other);
        var running = load.RunAsync();

        await load.AcknowledgedAsync(Commands / 2, running);
        await dying.KillAsync();
        load.Use(officer);

        await running;
        await load.VerifyAsync(officer);
        await staying.StopAsync();
        await VerifyLedgerAsync(setting);
    }

    /// <summary>Run by hand (<c>-explicit only</c>): on Orleans each kill costs the time in which the other silo finds out.</summary>
    [Fact(Explicit = true)]
    public async Task Two_silos_killed_in_turn_twenty_times_under_load_lose_nothing_and_whichever_lives_goes_on()
    {
        const int Kills = 20;
        const int Commands = 10_500;
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        var silos = await Task.WhenAll(SiloProcess.StartAsync(setting), SiloProcess.StartAsync(setting));
        try
        {
            var officer = await silos[0].OfficerAsync("li");
            await KnowsAsync(ClientOf(silos[1]));
            var load = new Load(await FactoriesAsync(officer), Commands);
            load.Use([.. silos.Select(ClientOf)]);
            var running = load.RunAsync();
            for (var kill = 1; kill <= Kills; kill++)
            {
                var (dying, staying) = (kill % 2, 1 - (kill % 2));
                await load.AcknowledgedAsync(Commands * kill / (Kills + 1), running);
                await silos[dying].KillAsync();
                load.Use(ClientOf(silos[staying]));
                await silos[dying].DisposeAsync();
                // By itself, before another is there.
                await load.AcknowledgedAsync(load.Acknowledged + 100, running);
                silos[dying] = await SiloProcess.StartAsync(setting);
                load.Use([.. silos.Select(ClientOf)]);
            }

            await running;
            await load.VerifyAsync(ClientOf(silos[0]));
            await Task.WhenAll(silos.Select(silo => silo.StopAsync()));

            Client ClientOf(SiloProcess silo) => new(silo.Address, officer.Key);
        }
        finally
        {
            foreach (var silo in silos)
                await silo.DisposeAsync();
        }

        await VerifyLedgerAsync(setting);
    }

    [Fact]
    public async Task A_silo_whose_own_PostgreSQL_is_killed_under_load_resumes_by_itself()
    {
        const int Commands = 4_000;
        using var directory = new TempDirectory();
        string[] settings = [$"--Data:Directory={directory.Path}", SmallBuffers];
        await using (var silo = await SiloProcess.StartAsync(settings))
        {
            using var officer = await silo.OfficerAsync("li");
            var load = new Load(await FactoriesAsync(officer), Commands);
            load.Use(officer);
            var running = load.RunAsync();
            for (var kill = 1; kill <= 2; kill++)
            {
                await load.AcknowledgedAsync(Commands * kill / 3, running);
                var postmaster = await PostmasterAsync(directory.Path);
                SiloProcess.KillProcess(postmaster);
                await Eventually.TrueAsync(
                    async () => await PostmasterAsync(directory.Path) != postmaster, TimeSpan.FromSeconds(30), () => $"PostgreSQL is started again:\n{silo.Output}");
            }

            await running;
            await load.VerifyAsync(officer);
            await silo.StopAsync();
        }

        await VerifyLedgerAsync(settings);
    }

    [Fact]
    public async Task One_Idempotency_Key_sent_32_times_at_once_over_two_silos_has_one_effect_and_one_answer()
    {
        const string Path = "/api/entities/factory/N-1-F-0001/checks";
        const string Key = "the-only-one";
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        var setting = $"--ConnectionStrings:Supervision={database.ConnectionString}";
        var silos = await Task.WhenAll(SiloProcess.StartAsync(setting), SiloProcess.StartAsync(setting, "--Sample:Load=false"));
        await using var first = silos[0];
        await using var second = silos[1];
        using var officer = await first.OfficerAsync("li");
        using var other = new Client(second.Address, officer.Key);
        await KnowsAsync(other);
        var dueBy = TimeProvider.System.GetUtcNow().AddYears(1).ToString("yyyy-MM-dd");
        var body = $$"""{"policy":"miit-2024","basis":"directed","reason":"complaint","dueBy":"{{dueBy}}"}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => (n % 2 == 0 ? officer : other).SendAsync(HttpMethod.Post, Path, body, Key)));

        var acknowledged = answers.Where(answer => answer.Status == 201).ToList();
        Assert.NotEmpty(acknowledged);
        Assert.All(answers.Except(acknowledged), answer => Assert.Equal((409, "idempotency-key-in-use"), (answer.Status, answer.Code)));
        Assert.Single(acknowledged.Select(answer => answer.Body).Distinct());
        Assert.Single((await officer.GetAsync("/api/entities/factory/N-1-F-0001")).Items("checks"));
        await officer.PostAsync(Path, body, 201);
        foreach (var client in (Client[])[officer, other])
        {
            var again = await client.SendAsync(HttpMethod.Post, Path, body, Key);
            Assert.Equal((201, acknowledged[0].Body), (again.Status, again.Body));
            var reused = await client.SendAsync(HttpMethod.Post, Path, body.Replace("complaint", "incident", StringComparison.Ordinal), Key);
            Assert.Equal((422, "idempotency-key-reused"), (reused.Status, reused.Code));
        }

        Assert.Equal(2, (await officer.GetAsync("/api/entities/factory/N-1-F-0001")).Items("checks").Count);
    }

    [Fact]
    public async Task Keys_of_one_new_person_made_at_once_are_all_made()
    {
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        await using var silo = await SiloProcess.StartAsync($"--ConnectionStrings:Supervision={database.ConnectionString}", "--Sample:Load=false");
        using var admin = silo.Admin();

        for (var person = 0; person < 10; person++)
        {
            var body = $$"""{"name":"a","person":"person {{person}}","role":"officer"}""";
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => admin.PostAsync("/api/keys", body, 201)));
        }
    }

    private static async Task<IReadOnlyList<string>> FactoriesAsync(Client client) =>
        [.. (await client.ListAsync("/api/entities?kind=factory")).Select(entity => entity.GetProperty("id").GetString()!)];

    /// <summary>A silo learns of keys made elsewhere within a second or so.</summary>
    private static Task KnowsAsync(Client client) => Eventually.TrueAsync(
        async () => (await client.SendAsync(HttpMethod.Get, "/api/entities?limit=1")).Status == 200, TimeSpan.FromSeconds(5), () => "the key is known");

    private static async Task<int> PostmasterAsync(string directory)
    {
        try
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(directory, "pg", "data", "postmaster.pid"), TestContext.Current.CancellationToken);
            return int.Parse(lines[0]);
        }
        catch (Exception exception) when (exception is FileNotFoundException or IndexOutOfRangeException)
        {
            return 0;
        }
    }

    private static async Task VerifyLedgerAsync(params string[] settings)
    {
        var (exitCode, output) = await SiloProcess.RunAsync(["verify-ledger", .. settings]);
        Assert.True(exitCode == 0, output);
    }
}
