using Npgsql;
using Supervision.Silo.Startup;

namespace Supervision.Bench;

/// <summary>
/// What the ledger is measured against: one transaction per command that writes the same rows (event, state, wake-up,
/// outcome), in one round trip, over as many connections as serve it best, without the total order and the tree.
/// </summary>
internal sealed class Baseline(Database database) : IAsyncDisposable
{
    public const int Connections = 64;

    private const string SchemaSql = """
        DROP SCHEMA IF EXISTS baseline CASCADE;
        CREATE SCHEMA baseline;
        CREATE TABLE baseline.ledger (LIKE ledger INCLUDING DEFAULTS);
        ALTER TABLE baseline.ledger ADD PRIMARY KEY (seq);
        CREATE SEQUENCE baseline.seq;
        CREATE TABLE baseline.entity (LIKE entity INCLUDING ALL) WITH (fillfactor = 60);
        DROP INDEX baseline.entity_bigrams_idx;
        INSERT INTO baseline.entity SELECT * FROM entity WHERE kind = 'factory' LIMIT 200000;
        CREATE TABLE baseline.wake_up (LIKE wake_up INCLUDING ALL) WITH (fillfactor = 80);
        INSERT INTO baseline.wake_up SELECT wake_up.* FROM wake_up JOIN baseline.entity USING (grain);
        CREATE TABLE baseline.command (LIKE command INCLUDING ALL);
        ANALYZE baseline.entity;
        CHECKPOINT;
        """;

    private const string CommandSql = """
        WITH moved AS (
            UPDATE baseline.entity SET version = version + 1, last_seq = nextval('baseline.seq'), state = $2 WHERE grain = $1
            RETURNING grain, version, last_seq),
        woken AS (DELETE FROM baseline.wake_up WHERE grain = $1),
        event AS (
            INSERT INTO baseline.ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash)
            SELECT last_seq, grain, version, 'check.passed', $3, $4, 'p-approver', $5, 0, $6, $7 FROM moved)
        INSERT INTO baseline.command (id, request_hash, grain, version, seq, at) SELECT $5, $7, grain, version, last_seq, $3 FROM moved
        """;

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = Connections + 4, MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 }.ConnectionString);

    private readonly List<string> _grains = [];

    public async Task PrepareAsync()
    {
        await using var schema = _dataSource.CreateCommand(SchemaSql);
        schema.CommandTimeout = 0;
        await schema.ExecuteNonQueryAsync();
        await using var read = _dataSource.CreateCommand("SELECT grain FROM baseline.entity ORDER BY md5(grain)");
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            _grains.Add(reader.GetString(0));
    }

    public async Task<Throughput> RunAsync(TimeSpan duration, string state, string data)
    {
        var connections = new NpgsqlConnection[Connections];
        for (var i = 0; i < Connections; i++)
            connections[i] = await _dataSource.OpenConnectionAsync();
        var next = -1;
        var result = await Callers.RunAsync(
            Connections, duration, () => Interlocked.Increment(ref next) is var number && number < _grains.Count ? number : -1,
            async (caller, number) =>
            {
                await using var command = new NpgsqlCommand(CommandSql, connections[caller]);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _grains[number] });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = state });
                command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = TimeProvider.System.GetUtcNow().UtcDateTime });
                command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = new DateOnly(2026, 11, 21) });
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() });
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = data });
                command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = new byte[32] });
                await command.ExecuteNonQueryAsync();
            });
        foreach (var connection in connections)
            await connection.DisposeAsync();
        return result;
    }

    public async Task DropAsync()
    {
        await using var drop = _dataSource.CreateCommand("DROP SCHEMA baseline CASCADE");
        await drop.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
