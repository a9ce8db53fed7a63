using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Reads which grains have to be woken.</summary>
public sealed class WakeUps(NpgsqlDataSource dataSource)
{
    private const string DueSql = "SELECT grain, due_at FROM wake_up WHERE due_at <= $1 ORDER BY due_at, grain LIMIT $2";

    private const string DueAtSql = "SELECT grain, due_at FROM wake_up WHERE due_at = $1 AND grain > $3 ORDER BY grain LIMIT $2";

    private const string NextSql = "SELECT min(due_at) FROM wake_up WHERE due_at <= $1";

    private const string PartitionsSql = "SELECT ensure_ledger_partitions(seq + 10000000) FROM head";

    /// <summary>Grains due at an instant, those due first first, then in the order of their identities.</summary>
    public async Task<IReadOnlyList<GrainId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueSql);
        return await ReadAsync(command, now, limit, cancellationToken);
    }

    /// <summary>Grains due exactly at an instant, in the order of their identities, after one of them.</summary>
    public async Task<IReadOnlyList<GrainId>> DueAtAsync(DateTimeOffset instant, GrainId after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueAtSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after.Value });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The earliest instant at which something is due, up to one; null when nothing is.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NextSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = upTo.UtcDateTime });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Makes sure that the ledger has partitions well ahead of its head.</summary>
    public async Task EnsurePartitionsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartitionsSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<GrainId>> ReadAsync(NpgsqlCommand command, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<IReadOnlyList<GrainId>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }
}
