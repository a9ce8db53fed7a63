using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Clock;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Jobs;
using Supervision.Hosting.Verification;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger;
using Supervision.Ledger.Documents;
using Supervision.Ledger.Schema;
using Supervision.Testing;

namespace Supervision.Hosting.Tests;

/// <summary>The database of one test, its time, and the silos on it.</summary>
internal sealed class TestRegister : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2017, 3, 1, 1, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2017, 3, 1);

    private readonly TestDatabase _database;
    private readonly List<TestSilo> _silos = [];

    private TestRegister(TestDatabase database, NpgsqlDataSource owner) => (_database, Owner) = (database, owner);

    public ManualTime Time { get; } = new(Start);

    public string ConnectionString => _database.ConnectionString;

    /// <summary>Where documents lie.</summary>
    public DocumentFiles DocumentFiles { get; } =
        new(Path.Combine(Path.GetTempPath(), $"supervision-documents-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}"));

    /// <summary>Connects as the owner, who may do everything.</summary>
    public NpgsqlDataSource Owner { get; }

    public static async Task<TestRegister> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync(MigrateAsync, TestContext.Current.CancellationToken);
        return new TestRegister(database, NpgsqlDataSource.Create(database.ConnectionString));
    }

    public async Task<TestSilo> StartSiloAsync(ActivationOptions? options = null, LedgerOptions? ledger = null, RuleBook? rules = null, BeaconOptions? beacon = null)
    {
        var silo = await TestSilo.StartAsync(ConnectionString, Time, options, ledger, rules, beacon: beacon);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>A silo that delivers to receivers on this machine, and takes no longer for an attempt than a test wants to.</summary>
    public async Task<TestSilo> StartDeliveringSiloAsync()
    {
        var silo = await TestSilo.StartAsync(
            ConnectionString, Time, webhooks: new WebhookOptions { AllowedNetworks = "127.0.0.0/8", AttemptTimeMax = TimeSpan.FromSeconds(1) },
            webhookKey: new SecretKey(Path.Combine(DocumentFiles.Directory, "webhooks.key")));
        _silos.Add(silo);
        return silo;
    }

    public TestSilo CreateStoppedSilo(LedgerOptions ledger)
    {
        var silo = TestSilo.CreateStopped(ConnectionString, Time, ledger: ledger);
        _silos.Add(silo);
        return silo;
    }

    public async Task<VerificationResult> VerifyAsync(IProgress<VerificationProgress>? progress = null)
    {
        await using var dataSource = LedgerDataSource.Create(ConnectionString);
        return await new LedgerVerifier(dataSource, DocumentFiles).VerifyAsync(progress, TestContext.Current.CancellationToken);
    }

    /// <summary>Everything that is stored follows from the events.</summary>
    public async Task AssertVerifiedAsync()
    {
        var result = await VerifyAsync();
        Assert.Null(result.First);
    }

    /// <summary>Replaces what a table holds by what that of another register does.</summary>
    public async Task FillAsync(string table, TestRegister from)
    {
        await using var source = await from.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var target = await Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var clear = new NpgsqlCommand($"SET session_replication_role = replica; DELETE FROM {table}", target))
            await clear.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using (var read = await source.BeginRawBinaryCopyAsync($"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT BINARY)", TestContext.Current.CancellationToken))
        await using (var write = await target.BeginRawBinaryCopyAsync($"COPY {table} FROM STDIN (FORMAT BINARY)", TestContext.Current.CancellationToken))
            await read.CopyToAsync(write, TestContext.Current.CancellationToken);
        await using var reset = new NpgsqlCommand("RESET session_replication_role", target);
        await reset.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await Owner.DisposeAsync();
        if (Directory.Exists(DocumentFiles.Directory))
            Directory.Delete(DocumentFiles.Directory, recursive: true);
        await _database.DisposeAsync();
    }

    private static Task MigrateAsync(string connectionString) =>
        new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(connectionString, Scheduling.Scripts(), CancellationToken.None);
}
