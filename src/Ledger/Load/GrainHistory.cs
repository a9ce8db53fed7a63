using System.Runtime.CompilerServices;
using Npgsql;

namespace Supervision.Ledger.Load;

/// <summary>A stored event of a grain.</summary>
/// <param name="Seq">Its place in the ledger.</param>
/// <param name="Version">Its version.</param>
/// <param name="Type">The stored name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EffectiveOn">When it took effect.</param>
/// <param name="Actor">The pseudonym.</param>
/// <param name="Data">The stored text.</param>
public sealed record StoredEvent(long Seq, long Version, string Type, DateTimeOffset At, DateOnly EffectiveOn, string Actor, string Data)
{
    /// <summary>The event.</summary>
    public GrainEvent ToEvent() => LedgerJson.ReadEvent(Type, Data, EffectiveOn);
}

/// <summary>Reads the events of one grain along the chain that links each to the one before.</summary>
public sealed class GrainHistory(NpgsqlDataSource dataSource)
{
    private const string ChainSql = """
        WITH RECURSIVE chain AS (
            SELECT seq, version, type, at, effective_on, actor, data, previous_seq FROM ledger WHERE seq = $1
            UNION ALL
            SELECT before.seq, before.version, before.type, before.at, before.effective_on, before.actor, before.data, before.previous_seq
            FROM chain JOIN ledger AS before ON before.seq = chain.previous_seq
        )
        SELECT seq, version, type, at, effective_on, actor, data FROM chain
        """;

    private const string ManySql = """
        WITH RECURSIVE chain AS (
            SELECT last.seq, last.version, last.type, last.at, last.effective_on, last.actor, last.data, last.previous_seq, last.grain
            FROM entity JOIN ledger AS last ON last.seq = entity.last_seq WHERE entity.grain = ANY ($1::text[])
            UNION ALL
            SELECT before.seq, before.version, before.type, before.at, before.effective_on, before.actor, before.data, before.previous_seq, before.grain
            FROM chain JOIN ledger AS before ON before.seq = chain.previous_seq
        )
        SELECT seq, version, type, at, effective_on, actor, data, grain FROM chain
        """;

    // The chain is followed no further than the page asks.
    private const string NewestFirstSql = """
        WITH RECURSIVE chain AS (
            SELECT last.seq, last.version, last.type, last.at, last.effective_on, last.actor, last.data, last.previous_seq
            FROM entity JOIN ledger AS last ON last.seq = entity.last_seq WHERE entity.grain = $1
            UNION ALL
            SELECT before.seq, before.version, before.type, before.at, before.effective_on, before.actor, before.data, before.previous_seq
            FROM chain JOIN ledger AS before ON before.seq = chain.previous_seq
        )
        SELECT seq, version, type, at, effective_on, actor, data FROM chain WHERE version < $2 LIMIT $3
        """;

    private const string OldestFirstSql = """
        WITH RECURSIVE chain AS (
            SELECT last.seq, last.version, last.type, last.at, last.effective_on, last.actor, last.data, last.previous_seq
            FROM entity JOIN ledger AS last ON last.seq = entity.last_seq WHERE entity.grain = $1
            UNION ALL
            SELECT before.seq, before.version, before.type, before.at, before.effective_on, before.actor, before.data, before.previous_seq
            FROM chain JOIN ledger AS before ON before.seq = chain.previous_seq WHERE before.version > $2
        )
        SELECT seq, version, type, at, effective_on, actor, data FROM chain WHERE version > $2 ORDER BY version LIMIT $3
        """;

    private const string PrivateSql = "SELECT seq, member, value FROM private_member WHERE seq = ANY ($1)";

    private const string PersonSql = "SELECT id, person FROM person WHERE id = ANY ($1)";

    /// <summary>The events from one of them back to the first, newest first.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(long fromSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ChainSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fromSeq });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return Read(reader);
    }

    /// <summary>All events of each grain, oldest first; grains without events are absent from the answer.</summary>
    public async Task<Dictionary<GrainId, List<StoredEvent>>> ReadAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken)
    {
        var chains = new Dictionary<GrainId, List<StoredEvent>>(grains.Count);
        if (grains.Count == 1)
        {
            // The statement for one is planned once, that for many each time.
            var grain = grains.First();
            var events = await PageAsync(grain, HistoryOrder.Newest, after: null, int.MaxValue - 1, cancellationToken);
            events.Reverse();
            if (events.Count > 0)
                chains[grain] = events;
            return chains;
        }

        await using var command = dataSource.CreateCommand(ManySql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var grain = GrainId.FromStored(reader.GetString(7));
                if (!chains.TryGetValue(grain, out var chain))
                    chains[grain] = chain = [];
                chain.Add(Read(reader));
            }
        }

        foreach (var chain in chains.Values)
            chain.Reverse();
        return chains;
    }

    /// <summary>A page of a grain's events and the first of the next page.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="order">Which events come first.</param>
    /// <param name="after">The version after which, in that order, the page begins; null: from its beginning.</param>
    /// <param name="limit">Most events of the page.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<StoredEvent>> PageAsync(GrainId grain, HistoryOrder order, long? after, int limit, CancellationToken cancellationToken)
    {
        var newest = order == HistoryOrder.Newest;
        await using var command = dataSource.CreateCommand(newest ? NewestFirstSql : OldestFirstSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after ?? (newest ? long.MaxValue : 0) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        var events = new List<StoredEvent>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            events.Add(Read(reader));
        return events;
    }

    /// <summary>The private texts of events that are not erased.</summary>
    public async Task<ILookup<long, (string Member, string Value)>> PrivateAsync(IReadOnlyCollection<long> seqs, CancellationToken cancellationToken)
    {
        var texts = new List<(long Seq, string Member, string Value)>();
        await using var command = dataSource.CreateCommand(PrivateSql);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. seqs] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            texts.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        return texts.ToLookup(text => text.Seq, text => (text.Member, text.Value));
    }

    /// <summary>The persons behind pseudonyms that are not erased.</summary>
    public async Task<Dictionary<string, string>> PersonsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var persons = new Dictionary<string, string>();
        await using var command = dataSource.CreateCommand(PersonSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            persons[reader.GetString(0)] = reader.GetString(1);
        return persons;
    }

    private static StoredEvent Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateOnly>(4),
        reader.GetString(5), reader.GetString(6));
}
