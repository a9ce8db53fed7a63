using Npgsql;
using Supervision.Silo.Startup;

namespace Supervision.Bench;

/// <summary>
/// What the ledger is measured against: one transaction per command that writes the same rows (event, state, open check,
/// wake-up, outcome) of as many entities, over as many connections as serve it best, without the total order and the tree.
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
        INSERT INTO baseline.entity SELECT * FROM entity WHERE kind = 'factory';
        CREATE TABLE baseline.wake_up_due (LIKE wake_up_due INCLUDING ALL);
        INSERT INTO baseline.wake_up_due SELECT wake_up_due.* FROM wake_up_due JOIN baseline.entity USING (grain);
        CREATE TABLE baseline.work (LIKE work INCLUDING ALL);
        INSERT INTO baseline.work SELECT work.* FROM work JOIN baseline.entity USING (grain);
        CREATE TABLE baseline.command (LIKE command INCLUDING ALL);
        """;

    // What has just been filled would otherwise be tidied up in the middle of what is measured, here and in the ledger's tables.
    private static readonly string[] Settle = ["VACUUM (ANALYZE)", "CHECKPOINT"];

    private const string EntitySql = """
        UPDATE baseline.entity SET version = version + 1, last_seq = nextval('baseline.seq'), state = $2, wake_up = $3 WHERE grain = $1 RETURNING version, last_seq
        """;

    // A recorded result moves the wake-up, closes the check, and has to be made known.
    private const string WakeUpSql = "INSERT INTO baseline.wake_up_due (grain, due_at) VALUES ($1, $2)";

    private const string DoneWorkSql = "DELETE FROM baseline.work WHERE item = 'check' AND due_on = $2 AND grain = $1 AND id = 'check-1'";

    private const string NewWorkSql = """
        INSERT INTO baseline.work (grain, item, id, status, policy, level, due_on)
        VALUES ($1, 'disclosure', 'publish/check-1', 'publish', 'miit-2024', 'national', $2)
        """;

    private const string LedgerSql = """
        INSERT INTO baseline.ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash)
        VALUES ($1, $2, $3, 'check.passed', $4, $5, 'p-approver', $6, 0, $7, $8)
        """;

    private const string OutcomeSql = """
        INSERT INTO baseline.command (id, request_hash, grain, version, seq, at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = Connections + 4, MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 }.ConnectionString);

    private readonly List<(string Grain, DateOnly CheckDueOn)> _grains = [];

    public async Task PrepareAsync()
    {
        await using var schema = _dataSource.CreateCommand(SchemaSql);
        schema.CommandTimeout = 0;
        await schema.ExecuteNonQueryAsync();
        foreach (var sql in Settle)
        {
            await using var settle = _dataSource.CreateCommand(sql);
            settle.CommandTimeout = 0;
            await settle.ExecuteNonQueryAsync();
        }

        await using var read = _dataSource.CreateCommand("SELECT grain, due_on FROM baseline.work WHERE item = 'check' AND id = 'check-1' ORDER BY md5(grain)");
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            _grains.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1)));
    }

    public async Task<Throughput> RunAsync(TimeSpan duration, string state, string data)
    {
        var connections = new NpgsqlConnection[Connections];
        for (var i = 0; i < Connections; i++)
            connections[i] = await _dataSource.OpenConnectionAsync();
        var next = -1;
        var result = await Callers.RunAsync(
            Connections, duration, () => Interlocked.Increment(ref next) is var number && number < _grains.Count ? number : -1,
            (caller, number) => RunAsync(connections[caller], _grains[number], state, data));
        foreach (var connection in connections)
            await connection.DisposeAsync();
        return result;
    }

    /// <summary>One command as it is usually written: begin, a prepared statement for each table, commit.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, (string Grain, DateOnly CheckDueOn) checkedGrain, string state, string data)
    {
        var (grain, checkDueOn) = checkedGrain;
        var (now, command, hash) = (TimeProvider.System.GetUtcNow().UtcDateTime, Guid.NewGuid(), new byte[32]);
        var wakeUpAt = now.AddDays(140);
        await using var transaction = await connection.BeginTransactionAsync();
        long version, seq;
        await using (var entity = Statement(EntitySql, connection, grain, state, wakeUpAt))
        await using (var reader = await entity.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            (version, seq) = (reader.GetInt64(0), reader.GetInt64(1));
        }

        await using var wakeUp = Statement(WakeUpSql, connection, grain, wakeUpAt);
        await wakeUp.ExecuteNonQueryAsync();
        await using var doneWork = Statement(DoneWorkSql, connection, grain, checkDueOn);
        await doneWork.ExecuteNonQueryAsync();
        await using var newWork = Statement(NewWorkSql, connection, grain, DateOnly.FromDateTime(now).AddDays(20));
        await newWork.ExecuteNonQueryAsync();
        await using var ledger = Statement(LedgerSql, connection, seq, grain, version, now, DateOnly.FromDateTime(now), command, data, hash);
        await ledger.ExecuteNonQueryAsync();
        await using var outcome = Statement(OutcomeSql, connection, command, hash, grain, version, seq, now);
        await outcome.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static NpgsqlCommand Statement(string sql, NpgsqlConnection connection, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    public async Task DropAsync()
    {
        await using var drop = _dataSource.CreateCommand("DROP SCHEMA baseline CASCADE");
        await drop.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
