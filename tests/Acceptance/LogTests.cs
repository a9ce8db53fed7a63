using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Supervision.Testing;

namespace Supervision.Acceptance;

/// <summary>The public log as strangers verify it, with both verifiers, while it grows and after it was tampered with.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private const int Factories = 150;

    private readonly TempDirectory _directory = new();
    private TestDatabase _database = null!;
    private SiloProcess _silo = null!;
    private Client _anyone = null!;

    private string[] Settings => [$"--ConnectionStrings:Supervision={_database.ConnectionString}", "--Sample:Load=false", $"--Data:Directory={_directory["data"]}"];

    private string State => _directory["seen"];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken);
        _silo = await SiloProcess.StartAsync([.. Settings, "--Log:Origin=log.example/test"]);
        _anyone = _silo.Anyone();
        using var admin = _silo.Admin();
        var list = new StringBuilder("entity_id,kind,level,batch,published,region,name\r\n");
        for (var i = 1; i <= Factories; i++)
            list.Append(CultureInfo.InvariantCulture, $"B-{i},factory,national,1,2017-08-23,北京,北京第{i}厂\r\n");
        await admin.ImportAsync(Encoding.UTF8.GetBytes(list.ToString()));
        await SignedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _anyone.Dispose();
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Both_verifiers_find_the_log_whole_and_whatever_was_tampered_with()
    {
        var size = await SizeAsync();
        Assert.True(size > 2 * 256, $"Only {size} events.");
        var key = (await _anyone.GetAsync("/log/key")).Body.Trim();
        await VerifyAsync(0, $"{size} events", "--key", key, "--state", State, "--event", size.ToString(CultureInfo.InvariantCulture));
        using (var officer = await _silo.OfficerAsync("li"))
            await officer.PutAsync("/api/entities/factory/N-1", """{"name":"湖南新厂","region":"430000"}""", 201);
        await SignedAsync();
        size = await SizeAsync();
        await VerifyAsync(0, $"the {size - 2} seen before are there", "--key", key, "--state", State);
        await VerifyAsync(3, "is not signed with", "--key", "log.example/test+d4d8643a+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f");

        // A bit of an event: everyone sees it who looks at the event, and whoever has the database finds it.
        var title = await QueryAsync<long>("SELECT max(seq) FROM ledger WHERE type = 'title.granted'");
        var data = await QueryAsync<string>($"SELECT data FROM ledger WHERE seq = {title}");
        await TamperAsync($"UPDATE ledger SET data = replace(data, '2017-08-23', '2017-08-22') WHERE seq = {title}");
        await VerifyAsync(3, $"at event {title}: the event is not the one whose hash was signed", "--event", title.ToString(CultureInfo.InvariantCulture));
        await LedgerDiffersAsync($"Leaf at seq {title}");
        await TamperAsync($"UPDATE ledger SET data = '{data}' WHERE seq = {title}");
        var hash = Convert.ToHexString(await QueryAsync<byte[]>("SELECT leaf_hash FROM ledger WHERE seq = 300"));
        await TamperAsync("UPDATE ledger SET leaf_hash = sha256('x') WHERE seq = 300");
        await VerifyAsync(3, "within events 257 to 512");
        await LedgerDiffersAsync("Leaf at seq 300");
        await TamperAsync($"UPDATE ledger SET leaf_hash = '\\x{hash}' WHERE seq = 300");

        // Two events that changed places.
        const string swap = "UPDATE ledger SET seq = -1 WHERE seq = 20; UPDATE ledger SET seq = 20 WHERE seq = 21; UPDATE ledger SET seq = 21 WHERE seq = -1";
        await TamperAsync($"ALTER TABLE ledger DROP CONSTRAINT IF EXISTS ledger_previous_seq_check; {swap.Replace("-1", "9999999", StringComparison.Ordinal)}");
        await VerifyAsync(3, "within events 1 to 256");
        await LedgerDiffersAsync("LogNode at seq 1,");
        await TamperAsync(swap.Replace("-1", "9999999", StringComparison.Ordinal));

        // A row that is gone.
        await TamperAsync("CREATE TABLE gone AS SELECT * FROM ledger WHERE seq = 77; DELETE FROM ledger WHERE seq = 77");
        await VerifyAsync(3, "at event 77: the log does not give out the hash");
        await LedgerDiffersAsync("Sequence at seq 77");
        await TamperAsync("INSERT INTO ledger SELECT * FROM gone");
        await VerifyAsync(0, "seen before are there", "--state", State);

        // The tail, as if it had never been.
        var cut = await QueryAsync<long>($"SELECT max(last_seq) FROM batch WHERE last_seq < {size}");
        await TamperAsync($"DELETE FROM ledger WHERE seq > {cut}; DELETE FROM batch WHERE last_seq > {cut}; UPDATE head SET seq = {cut}, frontier = '\\x{await FrontierAsync(cut)}'");
        await VerifyAsync(3, $"at event {cut + 1}: the log does not give out the hash");
        await LedgerDiffersAsync($"Checkpoint at seq {cut + 1}");
        await Eventually.TrueAsync(
            async () => (await _anyone.GetAsync("/health/ready")).Body.Contains($"{size} were signed: it was set back", StringComparison.Ordinal), TimeSpan.FromSeconds(10), () => "the silo says that it does not sign");
        Assert.Equal(size, await SizeAsync());
    }

    [Fact]
    public async Task A_restored_backup_is_not_signed_where_more_was_and_a_lost_checkpoint_is_taken_up_again()
    {
        await CommandAsync(0, "Backed up", "backup", _directory["backup"]);
        using (var officer = await _silo.OfficerAsync("li"))
            await officer.PutAsync("/api/entities/factory/N-1", """{"name":"湖南新厂","region":"430000"}""", 201);
        await SignedAsync();
        await VerifyAsync(0, "events", "--state", State);
        var (size, checkpoint) = (await SizeAsync(), (await _anyone.GetAsync("/log/checkpoint")).Body);
        await _silo.StopAsync();
        var whole = _database;

        await using (var restored = await TestDatabase.CreateAsync(TestContext.Current.CancellationToken))
        {
            _database = restored;
            await CommandAsync(3, $"Checkpoint at seq {size - 1}", "restore", _directory["backup"]);
            await using var silo = await SiloProcess.StartAsync(Settings);
            using var officer = await silo.OfficerAsync("wang");
            await officer.PutAsync("/api/entities/factory/N-2", """{"name":"湖南另厂","region":"430000"}""", 201);
            await officer.PutAsync("/api/entities/factory/N-3", """{"name":"湖南三厂","region":"430000"}""", 201);
            await Eventually.TrueAsync(
                async () => (await officer.GetAsync("/health/ready")).Body.Contains($"the first {size} events are not those that were signed", StringComparison.Ordinal), TimeSpan.FromSeconds(10), () => "it is not signed");
            Assert.Equal(checkpoint, (await officer.GetAsync("/log/checkpoint")).Body);
            await VerifyAtAsync(silo.Address, 3, "differs", "--state", State);
        }

        // Where the ledger is whole, a lost checkpoint is given back by whoever still has one.
        _database = whole;
        File.Delete(Path.Combine(_directory["data"], "log", "checkpoint"));
        await using (var silo = await SiloProcess.StartAsync(Settings))
        {
            using var anyone = silo.Anyone();
            Assert.Contains("the last signed checkpoint is lost", (await anyone.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
            await anyone.GetAsync("/log/checkpoint", 404);
            await CommandAsync(1, "give the newest one", "log-key", "take-up");
            await CommandAsync(0, $"goes on from {size}", "log-key", "take-up", "--checkpoint", State);
            await VerifyAtAsync(silo.Address, 0, $"the {size} seen before are there", "--state", State);
            var (_, added) = await SiloProcess.RunAsync(["log-key", "rotate", .. Settings]);
            await Eventually.TrueAsync(
                async () => (await anyone.GetAsync("/log/checkpoint")).Body.Split("— ").Length == 3, TimeSpan.FromSeconds(10), () => "it is signed with both keys");
            await VerifyAtAsync(silo.Address, 0, "seen before are there", "--state", State, "--key", added.Trim());
            await silo.StopAsync();
        }
    }

    private async Task<long> SizeAsync() =>
        long.Parse((await _anyone.GetAsync("/log/checkpoint")).Body.Split('\n')[1], CultureInfo.InvariantCulture);

    /// <summary>Waits until everything is signed.</summary>
    private async Task SignedAsync()
    {
        var seq = await QueryAsync<long>("SELECT seq FROM head");
        await Eventually.TrueAsync(async () => await SizeAsync() == seq, TimeSpan.FromSeconds(10), () => $"event {seq} is signed");
    }

    private Task VerifyAsync(int code, string says, params string[] options) => VerifyAtAsync(_silo.Address, code, says, options);

    /// <summary>Both verifiers say the same.</summary>
    private static async Task VerifyAtAsync(Uri address, int code, string says, params string[] options)
    {
        var log = new Uri(address, "/log").ToString();
        // The second one has to see the state that the first one saw.
        var state = Array.IndexOf(options, "--state") is >= 0 and var at && File.Exists(options[at + 1]) ? (Path: options[at + 1], Text: await File.ReadAllTextAsync(options[at + 1])) : default;
        var (exit, output) = await SiloProcess.RunAsync(["verify-log", log, .. options]);
        Assert.True(exit == code && output.Contains(says, StringComparison.Ordinal), $"{says} was expected of the silo's verifier:\n{output}");
        if (state.Path is not null)
            await File.WriteAllTextAsync(state.Path, state.Text);
        using var script = Process.Start(new ProcessStartInfo("python3", [ScriptPath(), log, .. options]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (told, wrong) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(script.ExitCode == code && (await told + await wrong).Contains(says, StringComparison.Ordinal), $"{says} was expected of the script:\n{await told}{await wrong}");
    }

    private Task LedgerDiffersAsync(string says) => CommandAsync(3, says, "verify-ledger");

    private async Task CommandAsync(int code, string says, params string[] command)
    {
        var (exit, output) = await SiloProcess.RunAsync([.. command, .. Settings]);
        Assert.True(exit == code && output.Contains(says, StringComparison.Ordinal), $"{code} and '{says}' were expected, {exit} came:\n{output}");
    }

    private Task TamperAsync(string sql) => QueryAsync<int>($"SET session_replication_role = replica; {sql}; RESET session_replication_role; SELECT 1");

    private async Task<string> FrontierAsync(long size)
    {
        var roots = new List<byte[]>();
        foreach (var (leaf, place) in (await QueryAsync<byte[][]>($"SELECT array_agg(leaf_hash ORDER BY seq) FROM ledger WHERE seq <= {size}")).Select((leaf, place) => (leaf, place)))
        {
            roots.Add(leaf);
            for (var bits = place; (bits & 1) == 1; bits >>= 1)
            {
                var right = roots[^1];
                roots.RemoveAt(roots.Count - 1);
                roots[^1] = SHA256.HashData([1, .. roots[^1], .. right]);
            }
        }

        return Convert.ToHexString([.. roots.SelectMany(root => root)]);
    }

    private async Task<T> QueryAsync<T>(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static string ScriptPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Supervision.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "verify_log.py");
    }
}
