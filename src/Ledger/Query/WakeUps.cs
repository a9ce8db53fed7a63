using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Reads which grains have to be woken.</summary>
public sealed class WakeUps(NpgsqlDataSource dataSource)
{
    private const string DueAtSql = """
        SELECT due.grain, due.due_at, coalesce(entity.wake_up = due.due_at, false)
        FROM wake_up_due AS due LEFT JOIN entity ON entity.grain = due.grain
        WHERE due.due_at = $1 AND due.grain > $3
        ORDER BY due.grain LIMIT $2
        """;

    private const string NextSql = "SELECT min(due_at) FROM wake_up_due WHERE due_at > $2 AND due_at <= $1";

    // Of two silos that do so at once one has nothing to do.
    private const string ForgetSql = """
        DELETE FROM wake_up_due AS due
        WHERE due_at <= $1 AND NOT EXISTS (SELECT FROM entity WHERE entity.grain = due.grain AND entity.wake_up = due.due_at)
        """;

    private const string PartitionsSql = "SELECT ensure_ledger_partitions(seq + 10000000) FROM head";

    /// <summary>Grains due exactly at an instant, in the order of their identities, after one of them.</summary>
    public async Task<DuePage> DueAtAsync(DateTimeOffset instant, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueAtSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Value ?? "" });
        return await DuePage.ReadAsync(command, limit, cancellationToken);
    }

    /// <summary>The earliest instant at which something is due or was before it moved, up to one; null when nothing is.</summary>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset upTo, CancellationToken cancellationToken) => NextAsync(DateTimeOffset.MinValue, upTo, cancellationToken);

    /// <summary>The earliest instant at which something is due or was before it moved, after one and up to another; null when nothing is.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset after, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NextSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = upTo.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after.UtcDateTime });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Takes out, up to an instant, what is no longer the wake-up of its grain.</summary>
    public async Task ForgetAsync(DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ForgetSql);
        // A million at one midnight take seconds.
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = upTo.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes sure that the ledger has partitions well ahead of its head.</summary>
    public async Task EnsurePartitionsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartitionsSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
