using Npgsql;
using Supervision.Ledger.Load;

namespace Supervision.Ledger.Effects;

/// <summary>An event from which something follows on other grains.</summary>
/// <param name="Grain">The grain that it happened to.</param>
/// <param name="Event">The event as it is stored.</param>
public sealed record Cause(GrainId Grain, StoredEvent Event);

/// <summary>Reads the events from which something follows on other grains, and keeps how far that is carried out.</summary>
public sealed class EffectStore(NpgsqlDataSource dataSource)
{
    // The types are those of the index, word for word, so that it serves.
    private const string CausesSql = """
        SELECT ledger.seq, version, type, at, effective_on, actor, data, grain
        FROM ledger JOIN effect_position ON effect_position.reader = 'facts' AND ledger.seq > effect_position.seq
        WHERE type IN ('check.cancelled', 'check.missed', 'determination.corrected', 'energy-rectification.missed', 'energy-rectification.reported', 'incident.determined',
                'result.corrected', 'title.lapsed', 'title.reinstated', 'title.removed', 'veto.checked', 'veto.rejected')
            OR (type IN ('case.decided', 'case.served', 'entity.merged') AND grain LIKE 'enterprise/%')
        ORDER BY ledger.seq LIMIT $1
        """;

    private const string DoneSql = "UPDATE effect_position SET seq = $1 WHERE reader = 'facts' AND seq < $1";

    // Parks and supply chains are few, so their states are looked through, each for the relation as it is stored.
    private const string RelatedSql = """
        SELECT grain FROM entity
        WHERE ((grain >= 'park/' AND grain < 'park0') OR (grain >= 'supply-chain/' AND grain < 'supply-chain0'))
            AND EXISTS (SELECT FROM unnest($1::text[]) AS related (identity) WHERE strpos(state, '"to":"' || identity || '"') > 0)
        ORDER BY grain
        """;

    private const string BehindSql = "SELECT grain FROM register WHERE enterprise = ANY ($1::text[]) ORDER BY grain";

    private const string InspectorsSql = """
        SELECT grain FROM entity
        WHERE grain >= 'inspector/' AND grain < 'inspector0'
            AND EXISTS (SELECT FROM unnest($1::text[]) AS named (identity) WHERE strpos(state, '"' || identity || '"') > 0)
        ORDER BY grain
        """;

    /// <summary>The next events, oldest first.</summary>
    public async Task<IReadOnlyList<Cause>> CausesAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CausesSql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        var causes = new List<Cause>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            causes.Add(new Cause(
                GrainId.FromStored(reader.GetString(7)),
                new StoredEvent(
                    reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateOnly>(4),
                    reader.GetString(5), reader.GetString(6))));
        }

        return causes;
    }

    /// <summary>Keeps that everything up to an event is carried out; it never goes back.</summary>
    public async Task DoneAsync(long seq, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DoneSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seq });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The registered entities behind which one of some enterprises stands, in the order of their identities.</summary>
    public Task<IReadOnlyList<GrainId>> BehindAsync(IEnumerable<GrainId> enterprises, CancellationToken cancellationToken) =>
        ListAsync(BehindSql, enterprises, cancellationToken);

    /// <summary>The parks and supply chains that are related to one of some entities, in the order of their identities.</summary>
    public Task<IReadOnlyList<GrainId>> RelatedAsync(IEnumerable<GrainId> entities, CancellationToken cancellationToken) =>
        ListAsync(RelatedSql, entities, cancellationToken);

    /// <summary>The inspectors that have or had a conflict with one of some enterprises, in the order of their identities.</summary>
    public Task<IReadOnlyList<GrainId>> InspectorsAsync(IEnumerable<GrainId> enterprises, CancellationToken cancellationToken) =>
        ListAsync(InspectorsSql, enterprises, cancellationToken);

    private async Task<IReadOnlyList<GrainId>> ListAsync(string sql, IEnumerable<GrainId> named, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. named.Select(grain => grain.Value).Distinct()] });
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }
}
