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

    private const string LastSeqSql = "SELECT last_seq FROM entity WHERE grain = $1";

    private const string PrivateSql = "SELECT seq, member, value FROM private_member WHERE seq = ANY ($1)";

    private const string PersonSql = "SELECT id, person FROM person WHERE id = ANY ($1)";

    /// <summary>The events from one of them back to the first, newest first.</summary>
    public async IAsyncEnumerable<StoredEvent> ReadAsync(long fromSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ChainSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fromSeq });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StoredEvent(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateOnly>(4), reader.GetString(5), reader.GetString(6));
        }
    }

    /// <summary>The seq of a grain's last event; 0 when it has none.</summary>
    public async Task<long> LastSeqAsync(GrainId grain, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastSeqSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = grain.Value });
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
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
}
