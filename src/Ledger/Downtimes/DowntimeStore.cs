using System.Text;
using Npgsql;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Downtimes;

/// <summary>A downtime as it was read from the database.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Version">The version.</param>
/// <param name="State">The stored state in UTF-8.</param>
public sealed record StoredDowntime(GrainId Grain, long Version, byte[] State);

/// <summary>Reads downtimes, and what time had brought about before they were confirmed.</summary>
public sealed class DowntimeStore(NpgsqlDataSource dataSource)
{
    private const string DowntimesSql = "SELECT grain, version, state FROM entity WHERE grain >= 'downtime/' AND grain < 'downtime0' AND ($1::text[] IS NULL OR grain = ANY ($1))";

    // What time alone brings about carries the day after the last day, and is recorded after that day began.
    private const string PassedSql = """
        SELECT ledger.seq, ledger.grain, ledger.type, ledger.effective_on, ledger.data
        FROM ledger JOIN entity AS register ON register.grain = ledger.grain
        WHERE ledger.seq > greatest($1, (SELECT coalesce(min(first_seq), 0) - 1 FROM batch WHERE at >= $2)) AND ledger.at < $3
            AND ledger.actor = 'system' AND ledger.effective_on > $4 AND ledger.effective_on <= $5
            AND ledger.type IN ('approval.overdue', 'change.overdue', 'check.overdue', 'declaration.overdue', 'declaration.refused', 'energy-inspection.overdue',
                'energy-rectification.missed', 'publication.overdue', 're-evaluation.delayed', 're-evaluation.missed', 'rectification.overdue', 'service.overdue', 'window.ended')
        """;

    /// <summary>Downtimes; all of them where none is named.</summary>
    public async Task<IReadOnlyList<StoredDowntime>> ReadAsync(IReadOnlyCollection<GrainId>? grains, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DowntimesSql);
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
            Value = grains is null ? DBNull.Value : grains.Select(grain => grain.Value).ToArray(),
        });
        var downtimes = new List<StoredDowntime>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            downtimes.Add(new StoredDowntime(GrainId.FromStored(reader.GetString(0)), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return downtimes;
    }

    /// <summary>What deadlines that fell into some days had brought about by an instant, in the order of the ledger.</summary>
    /// <param name="region">Of entities in this region; null: everywhere.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="firstAt">The instant at which the first day begins.</param>
    /// <param name="before">What was recorded before this instant.</param>
    /// <param name="after">After this place in the ledger.</param>
    /// <param name="limit">Most of them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<PassedDeadline>> PassedAsync(
        string? region, DateOnly from, DateOnly to, DateTimeOffset firstAt, DateTimeOffset before, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        WorkQuery.Add(command.Parameters, after);
        WorkQuery.Add(command.Parameters, firstAt.UtcDateTime);
        WorkQuery.Add(command.Parameters, before.UtcDateTime);
        WorkQuery.Add(command.Parameters, from);
        WorkQuery.Add(command.Parameters, to.AddDays(1));
        var sql = new StringBuilder(PassedSql);
        WorkQuery.AppendRegions(sql, region is null ? [] : [region], command.Parameters);
        command.CommandText = sql.Append(" ORDER BY ledger.seq LIMIT $").Append(WorkQuery.Add(command.Parameters, limit)).ToString();
        var passed = new List<PassedDeadline>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            passed.Add(new PassedDeadline(reader.GetInt64(0), GrainId.FromStored(reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetString(4)));
        return passed;
    }
}
