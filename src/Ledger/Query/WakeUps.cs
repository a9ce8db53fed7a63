using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Reads which grains have to be woken.</summary>
public sealed class WakeUps(NpgsqlDataSource dataSource)
{
    // First so many of the index, then what their entities say: joined before, a page would cost what all of the instant cost.
    private const string DueAtSql = """
        WITH due AS MATERIALIZED (SELECT DISTINCT grain FROM wake_up_due WHERE due_at = $1 AND grain > $3 ORDER BY grain LIMIT $2)
        SELECT due.grain, coalesce(entity.wake_up = $1, false) FROM due LEFT JOIN entity ON entity.grain = due.grain ORDER BY due.grain
        """;

    private const string NextSql = "SELECT min(due_at) FROM wake_up_due WHERE due_at > $2 AND due_at <= $1";

    // Of two silos that do so at once one has nothing to do.
    private const string ForgetSql = """
        DELETE FROM wake_up_due AS due
        WHERE due_at <= $1 AND NOT EXISTS (SELECT FROM entity WHERE entity.grain = due.grain AND entity.wake_up = due.due_at)
        """;

    private const string PartitionsSql = "SELECT ensure_ledger_partitions(seq + 10000000) FROM head";

    /// <summary>Grains due exactly at an instant, in the order of their identities, after one of them.</summary>
    /// <returns>Those of the page that are due still, and the last of the page; null: nothing comes behind it.</returns>
    public async Task<(IReadOnlyList<GrainId> Due, GrainId? Last)> DueAtAsync(DateTimeOffset instant, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DueAtSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Value ?? "" });
        var (due, read) = (new List<GrainId>(), 0);
        GrainId? last = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (; await reader.ReadAsync(cancellationToken); read++)
        {
            last = GrainId.FromStored(reader.GetString(0));
            if (reader.GetBoolean(1))
                due.Add(last.Value);
        }

        return (due, read < limit ? null : last);
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

    /// <summary>Wake-ups as <c>due</c>, in whose index they lie in their order, and their entities. A row that is not what its entity says is past.</summary>
    /// <param name="entity">The name that the entity has in the statement.</param>
    internal static string DueAs(string entity) => $"wake_up_due AS due JOIN entity AS {entity} ON {entity}.grain = due.grain AND {entity}.wake_up = due.due_at";

    /// <summary>Makes sure that the ledger has partitions well ahead of its head.</summary>
    public async Task EnsurePartitionsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartitionsSql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
