using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Reads which grains have to be woken.</summary>
public sealed class WakeUps(NpgsqlDataSource dataSource)
{
    private const string DueAtSql = "SELECT grain, due_at FROM wake_up WHERE due_at = $1 AND grain > $3 ORDER BY grain LIMIT $2";

    private const string NextSql = "SELECT min(due_at) FROM wake_up WHERE due_at > $2 AND due_at <= $1";

    private const string PartitionsSql = "SELECT ensure_ledger_partitions(seq + 10000000) FROM head";

    /// <summary>Grains due exactly at an instant, in the order of their identities, after one of them.</summary>
    public async Task<IReadOnlyList<GrainId>> DueAtAsync(DateTimeOffset instant, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueAtSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Value ?? "" });
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }

    /// <summary>The earliest instant at which something is due, up to one; null when nothing is.</summary>
    public Task<DateTimeOffset?> NextAsync(DateTimeOffset upTo, CancellationToken cancellationToken) => NextAsync(DateTimeOffset.MinValue, upTo, cancellationToken);

    /// <summary>The earliest instant at which something is due, after one and up to another; null when nothing is.</summary>
    public async Task<DateTimeOffset?> NextAsync(DateTimeOffset after, DateTimeOffset upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NextSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = upTo.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = after.UtcDateTime });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <summary>Makes sure that the ledger has partitions well ahead of its head.</summary>
    public async Task EnsurePartitionsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartitionsSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
