using Npgsql;
using Supervision.Ledger.Load;

namespace Supervision.Ledger.Feed;

/// <summary>An event with the grain that it happened to.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Event">The event as it is stored.</param>
public sealed record FeedEvent(GrainId Grain, StoredEvent Event);

/// <summary>Reads the ledger in its order.</summary>
public sealed class FeedStore(NpgsqlDataSource dataSource)
{
    private const string EventsSql = """
        SELECT seq, version, type, at, effective_on, actor, data, grain
        FROM ledger WHERE seq > $1 AND seq <= $2 AND ($3::text[] IS NULL OR type = ANY ($3::text[]))
        ORDER BY seq LIMIT $4
        """;

    // As far back as each event's grain goes.
    private const string ChainsSql = """
        WITH RECURSIVE chain AS (
            SELECT seq, version, type, at, effective_on, actor, data, previous_seq, grain FROM ledger WHERE seq = ANY ($1::bigint[])
            UNION ALL
            SELECT before.seq, before.version, before.type, before.at, before.effective_on, before.actor, before.data, before.previous_seq, before.grain
            FROM chain JOIN ledger AS before ON before.seq = chain.previous_seq
        )
        SELECT seq, version, type, at, effective_on, actor, data, grain FROM chain
        """;

    // What was merged into another has no search terms any more; what others were merged into says so in its state.
    private const string MergedSql = """
        SELECT grain, last_seq, state FROM entity WHERE grain = ANY ($1::text[]) AND (search IS NULL OR strpos(state, '"absorbed":') > 0)
        """;

    private const string RestrictedSql = "SELECT EXISTS (SELECT FROM restriction)";

    /// <summary>The next events, in the order of the ledger.</summary>
    /// <param name="after">The seq after which to begin.</param>
    /// <param name="upTo">The last seq to look at.</param>
    /// <param name="types">Their names; null: all.</param>
    /// <param name="limit">Most events.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<FeedEvent>> ReadAsync(long after, long upTo, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EventsSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        command.Parameters.Add(new NpgsqlParameter<string[]?> { TypedValue = types?.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await ListAsync(command, cancellationToken);
    }

    /// <summary>The events of each grain from the first up to one of them, oldest first.</summary>
    /// <param name="seqs">The last event of each grain.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Dictionary<GrainId, List<StoredEvent>>> ChainsAsync(IReadOnlyCollection<long> seqs, CancellationToken cancellationToken)
    {
        if (seqs.Count == 0)
            return [];
        await using var command = dataSource.CreateCommand(ChainsSql);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. seqs] });
        var chains = new Dictionary<GrainId, List<StoredEvent>>(seqs.Count);
        foreach (var (grain, stored) in await ListAsync(command, cancellationToken))
        {
            if (!chains.TryGetValue(grain, out var chain))
                chains[grain] = chain = [];
            chain.Add(stored);
        }

        foreach (var chain in chains.Values)
            chain.Reverse();
        return chains;
    }

    /// <summary>Those of some entities that were merged into others, or into which others were merged, with their states.</summary>
    public async Task<IReadOnlyList<(GrainId Grain, long LastSeq, GrainState State)>> MergedAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken)
    {
        if (entities.Count == 0)
            return [];
        await using var command = dataSource.CreateCommand(MergedSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entities.Select(grain => grain.Value)] });
        var merged = new List<(GrainId, long, GrainState)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            merged.Add((GrainId.FromStored(reader.GetString(0)), reader.GetInt64(1), LedgerJson.ReadState(reader.GetFieldValue<byte[]>(2))));
        return merged;
    }

    /// <summary>Whether anything at all is withheld from those who do not supervise.</summary>
    public async Task<bool> AnyRestrictedAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RestrictedSql);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<FeedEvent>> ListAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var events = new List<FeedEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            events.Add(new FeedEvent(
                GrainId.FromStored(reader.GetString(7)),
                new StoredEvent(
                    reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateOnly>(4),
                    reader.GetString(5), reader.GetString(6))));
        }

        return events;
    }
}
