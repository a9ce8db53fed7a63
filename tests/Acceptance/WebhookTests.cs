using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>Integrators are told of everything, whatever happens to receivers and silos.</summary>
public sealed class WebhookTests
{
    private const string Networks = "--Webhooks:AllowedNetworks=127.0.0.0/8";

    [Fact]
    public async Task The_receiver_of_the_docs_is_away_for_three_days_and_gets_everything_after()
    {
        using var directory = new TempDirectory();
        await using var silo = await SiloProcess.StartAsync(
            $"--Data:Directory={directory["data"]}", "--Embedded:SharedBuffersMegabytes=64", "--Sample:Load=false", "--Clock:Mode=manual", "--Clock:Start=2026-05-01T01:00:00Z", Networks);
        using var officer = await silo.OfficerAsync("li");
        using var bank = await IntegratorAsync(silo);
        var port = FreePort();
        var made = await bank.PostAsync("/api/subscriptions", $$$"""{"url":"http://127.0.0.1:{{{port}}}/hook","types":["title.*"],"filter":{"kind":["factory"]}}""", 201);
        var id = made.Text("id")!;
        await File.WriteAllTextAsync(directory["secrets"], made.Text("secret") + "\n", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            async () => (await bank.GetAsync($"/api/subscriptions/{id}")).Json.GetProperty("reason").ValueKind == JsonValueKind.String, TimeSpan.FromSeconds(20), () => "the receiver was asked");

        var before = new List<string>();
        await using (await ReceiverAsync(directory, port, before))
        {
            await bank.PostAsync($"/api/subscriptions/{id}/confirmation", null);
            await Eventually.TrueAsync(
                async () => (await bank.GetAsync($"/api/subscriptions/{id}")).Text("status") == "active", TimeSpan.FromSeconds(20), () => "the receiver wants the deliveries");
            await GrantAsync(officer, 1);
            await MoveAsync(silo, "2026-05-01T02:00:00Z");
        }

        await GrantAsync(officer, 2);
        await MoveAsync(silo, "2026-05-03T00:00:00Z");
        await GrantAsync(officer, 3);
        await GrantAsync(officer, 4);
        await MoveAsync(silo, "2026-05-04T02:00:00Z");
        Assert.Equal(3, (await bank.GetAsync($"/api/subscriptions/{id}/deliveries?status=pending")).Items().Count);

        var after = new List<string>();
        await using (await ReceiverAsync(directory, port, after))
            await MoveAsync(silo, "2026-05-05T02:00:00Z");

        Assert.Equal(["factory/X-1"], SubjectsOf(before));
        Assert.Equal(["factory/X-2", "factory/X-3", "factory/X-4"], SubjectsOf(after).Order());
        var deliveries = (await bank.GetAsync($"/api/subscriptions/{id}/deliveries")).Items();
        Assert.All(deliveries, delivery => Assert.Equal("delivered", delivery.GetProperty("status").GetString()));
        Assert.DoesNotContain(made.Text("secret")!["whsec_".Length..], silo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_silos_the_one_that_delivers_is_killed_in_the_midst_and_every_subscriber_is_told_everything()
    {
        using var directory = new TempDirectory();
        await using var database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        string[] settings = [$"--ConnectionStrings:Supervision={database.ConnectionString}", $"--Data:Directory={directory.Path}", "--Sample:Load=false", Networks];
        var silos = await Task.WhenAll(SiloProcess.StartAsync(settings), SiloProcess.StartAsync(settings));
        await using SiloProcess first = silos[0], second = silos[1];
        await Eventually.TrueAsync(() => Task.FromResult(silos.Any(Delivers)), TimeSpan.FromSeconds(20), () => "one delivers");
        var (dying, staying) = Delivers(first) ? (first, second) : (second, first);
        using var officer = await staying.OfficerAsync("li");
        using var bank = await IntegratorAsync(staying);
        await using RawReceiver one = new(), other = new();
        var secrets = new List<string>();
        foreach (var receiver in (RawReceiver[])[one, other])
        {
            var made = await bank.PostAsync("/api/subscriptions", $$"""{"url":"{{receiver.Url}}"}""", 201);
            secrets.Add(made.Text("secret")!);
            await Eventually.TrueAsync(
                async () => (await bank.GetAsync($"/api/subscriptions/{made.Text("id")}")).Text("status") == "active", TimeSpan.FromSeconds(20), () => "the receiver was asked");
        }

        // The first event has arrived, and its answer never comes: nothing about it is kept when the silo dies.
        one.Answer = (_, _, token) => new TaskCompletionSource<bool>().Task.WaitAsync(token);
        await GrantAsync(officer, 1);
        await Eventually.TrueAsync(() => Task.FromResult(one.Posts.Count == 1 && other.Posts.Count == 1), TimeSpan.FromSeconds(20), () => "the first event arrives");
        await GrantAsync(officer, 2);
        await dying.KillAsync();
        one.Answer = (_, stream, token) => RawReceiver.StatusAsync(stream, 204, token);
        await GrantAsync(officer, 3);

        await Eventually.TrueAsync(
            () => Task.FromResult(new[] { one, other }.All(receiver => Ids(receiver).Distinct().Count() == 3)), TimeSpan.FromSeconds(30), () => $"everyone is told:\n{staying.Output}");

        foreach (var receiver in (RawReceiver[])[one, other])
            Assert.Equal(["factory/X-1", "factory/X-2", "factory/X-3"], receiver.Posts.DistinctBy(post => post.Headers["webhook-id"]).Select(SubjectOf));
        Assert.Equal(2, Ids(one).Count(messageId => messageId == Ids(one)[0]));
        await AssertNowhereAsync(secrets, database.ConnectionString, first.Output + second.Output);
    }

    /// <summary>Secrets stand in no table and no log.</summary>
    private static async Task AssertNowhereAsync(IReadOnlyList<string> secrets, string connectionString, string output)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        var tables = new List<string>();
        await using (var command = dataSource.CreateCommand("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"))
        {
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }

        foreach (var secret in secrets.Select(shown => shown["whsec_".Length..]))
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
            foreach (var table in tables)
            {
                await using var command = dataSource.CreateCommand($"SELECT count(*) FROM {table} AS row WHERE strpos(row::text, $1) > 0 OR strpos(row::text, $2) > 0");
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = secret });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToHexStringLower(Convert.FromBase64String(secret)) });
                Assert.True(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 0L, $"A secret stands in {table}.");
            }
        }
    }

    private static bool Delivers(SiloProcess silo) => silo.Output.Contains("This silo delivers to subscribers", StringComparison.Ordinal);

    private static List<string> Ids(RawReceiver receiver) => [.. receiver.Posts.Select(post => post.Headers["webhook-id"])];

    private static string SubjectOf(ReceivedRequest post) => JsonDocument.Parse(post.Body).RootElement.GetProperty("subject").GetString()!;

    private static IEnumerable<string> SubjectsOf(List<string> lines)
    {
        lock (lines)
            return [.. lines.Where(line => line.StartsWith("received ", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1])];
    }

    private static async Task<Client> IntegratorAsync(SiloProcess silo)
    {
        using var admin = silo.Admin();
        return new Client(silo.Address, (await admin.PostAsync("/api/keys", """{"name":"bank","person":"bank","role":"integrator"}""", 201)).Text("key"));
    }

    private static async Task GrantAsync(Client officer, int number)
    {
        await officer.PutAsync($"/api/entities/factory/X-{number}", $$"""{"name":"第{{number}}工厂","region":"430000"}""", 201);
        await officer.PostAsync($"/api/entities/factory/X-{number}/titles", """{"policy":"miit-2024","honour":"green-factory","level":"national","grantedOn":"2026-04-01"}""");
    }

    private static async Task MoveAsync(SiloProcess silo, string now)
    {
        using var admin = silo.Admin();
        await admin.PostAsync("/api/clock", $$"""{"now":"{{now}}"}""");
    }

    /// <summary>Starts the receiver of the docs, as an integrator would, and waits until it listens.</summary>
    private static async Task<IAsyncDisposable> ReceiverAsync(TempDirectory directory, int port, List<string> lines)
    {
        var process = new Process
        {
            // The clock of the silo is manual, so that timestamps lie anywhere.
            StartInfo = new ProcessStartInfo(
                "python3", ["-B", ScriptPath(), "serve", "--listen", $"127.0.0.1:{port}", "--secrets", directory["secrets"], "--state", directory["state"], "--tolerance", "0"])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        var receiver = new Receiver(process);
        process.OutputDataReceived += (_, line) =>
        {
            lock (lines)
                lines.Add(line.Data ?? "");
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            () =>
            {
                lock (lines)
                    return Task.FromResult(lines.Any(line => line.StartsWith("listening", StringComparison.Ordinal)));
            },
            TimeSpan.FromSeconds(20), () => "the receiver listens");
        return receiver;
    }

    /// <summary>Ends without warning when it is disposed.</summary>
    private sealed class Receiver(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string ScriptPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Supervision.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "receivers", "receiver.py");
    }
}
