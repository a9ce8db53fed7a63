using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Supervision.Ledger.Append;
using Supervision.Ledger.Merkle;
using Supervision.Ledger.Schema;
using Supervision.Testing;

namespace Supervision.Ledger.Tests;

/// <summary>The database of one test, with writers on it.</summary>
internal sealed class TestLedger : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2017, 3, 1, 1, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase _database;
    private readonly List<IAsyncDisposable> _owned = [];

    private TestLedger(TestDatabase database) => (_database, Owner) = (database, NpgsqlDataSource.Create(database.ConnectionString));

    public string ConnectionString => _database.ConnectionString;

    /// <summary>Connects as the owner.</summary>
    public NpgsqlDataSource Owner { get; }

    public static async Task<TestLedger> CreateAsync() =>
        new(await TestDatabase.CreateAsync(MigrateAsync, TestContext.Current.CancellationToken));

    public static Task MigrateAsync(string connectionString) =>
        new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(connectionString, new Dictionary<string, string>(), CancellationToken.None);

    /// <summary>A pool of the serving role.</summary>
    public NpgsqlDataSource Serving(string? connectionString = null)
    {
        var dataSource = LedgerDataSource.Create(connectionString ?? ConnectionString);
        _owned.Insert(0, dataSource);
        return dataSource;
    }

    /// <summary>A writer that does not run yet, so that what is queued becomes one batch.</summary>
    public LedgerWriter CreateWriter(LedgerPosition? position = null, string? connectionString = null, LedgerOptions? options = null)
    {
        var dataSource = Serving(connectionString);
        var writer = new LedgerWriter(
            dataSource, position ?? new LedgerPosition(), TimeProvider.System, Options.Create(options ?? new LedgerOptions()), NullLogger<LedgerWriter>.Instance);
        _owned.Insert(0, writer);
        return writer;
    }

    public async Task<LedgerWriter> StartWriterAsync(LedgerPosition? position = null, string? connectionString = null, LedgerOptions? options = null)
    {
        var writer = CreateWriter(position, connectionString, options);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        return writer;
    }

    public static GrainId Grain(string key) => GrainId.Of(GrainKind.Factory, key);

    /// <summary>An append of one event to a grain.</summary>
    public static GrainAppend Event(GrainId grain, long version, long lastSeq = 0, string name = "某某", Guid? command = null)
    {
        var @event = new GrainEvent.EntityRegistered(new DateOnly(2017, 3, 1), "名称", null, null, null, []);
        var data = LedgerJson.Write(@event);
        var hash = Leaf.Hash(grain, version + 1, @event.Type, At, @event.EffectiveOn, "p-1", command, data);
        return new GrainAppend(
            grain, version, lastSeq, [new NewEvent(@event.Type, At, @event.EffectiveOn, "p-1", command, data, hash, [])],
            Encoding.UTF8.GetBytes($"{{\"version\":{version + 1}}}"), version == 0 ? new EntityColumns("factory", name, null, null, null, "never-listed", null, name) : null, null, null, null, WakeUpMoves: false);
    }

    public static AppendRequest Request(params GrainAppend[] grains) => new(grains, null, _ => { });

    public static AppendRequest Request(string command, GrainId grain, long version, long lastSeq = 0)
    {
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(command)).AsSpan(0, 16));
        return new AppendRequest(
            [Event(grain, version, lastSeq, command: id)], new CommandRecord(new CommandIdentity(id, new byte[32]), grain, version + 1, null, null), _ => { });
    }

    public async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The ledger has no gaps, its versions none either, every state is that of its last event, and every root holds.</summary>
    public async Task AssertWholeAsync()
    {
        Assert.Equal(0L, await QueryAsync<long>("""
            SELECT count(*) FROM (SELECT *, lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS before,
                lag(seq, 1, 0::bigint) OVER own AS own_before, lag(version, 1, 0::bigint) OVER own AS version_before
                FROM ledger WINDOW own AS (PARTITION BY grain ORDER BY version)) AS event
            WHERE seq <> before + 1 OR previous_seq <> own_before OR version <> version_before + 1
            """));
        Assert.Equal(0L, await QueryAsync<long>("""
            SELECT count(*) FROM entity FULL JOIN (SELECT grain, max(version) AS version, max(seq) AS seq FROM ledger GROUP BY grain) AS last USING (grain)
            WHERE entity.version IS DISTINCT FROM last.version OR entity.last_seq IS DISTINCT FROM last.seq
                OR entity.state IS DISTINCT FROM '{"version":' || last.version || '}'
            """));
        var hashes = await QueryAsync<byte[][]>("SELECT coalesce(array_agg(leaf_hash ORDER BY seq), '{}') FROM ledger");
        var roots = new ConcurrentDictionary<long, byte[]>();
        var tree = MerkleFrontier.Empty();
        roots[0] = tree.Root();
        foreach (var hash in hashes)
        {
            tree.Append(hash);
            roots[tree.Size] = tree.Root();
        }

        Assert.Equal(tree.Size, await QueryAsync<long>("SELECT seq FROM head"));
        Assert.Equal(tree.ToBytes(), await QueryAsync<byte[]>("SELECT frontier FROM head"));
        await using var command = Owner.CreateCommand("SELECT last_seq, root FROM batch WHERE last_seq IS NOT NULL");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            Assert.Equal(roots[reader.GetInt64(0)], reader.GetFieldValue<byte[]>(1));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await Owner.DisposeAsync();
        await _database.DisposeAsync();
    }
}
