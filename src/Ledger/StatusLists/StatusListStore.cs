using System.Data;
using System.Security.Cryptography;
using Npgsql;

namespace Supervision.Ledger.StatusLists;

/// <summary>Where every title stands, at one position of the ledger.</summary>
/// <param name="TreeSize">The seq of the last event that the list reflects, which is the size of the tree.</param>
/// <param name="Root">The root of that tree, 32 bytes.</param>
/// <param name="Allocated">How many indexes are allocated.</param>
/// <param name="Titles">Index and status of titles that may be told.</param>
public sealed record StoredStatusList(long TreeSize, byte[] Root, long Allocated, IReadOnlyList<(long Index, TitleStatus Status)> Titles);

/// <summary>Keeps the index of each title, and reads where they all stand.</summary>
public sealed class StatusListStore(NpgsqlDataSource dataSource)
{
    /// <summary>Fewest entries of a list, so that asking for it tells nobody whom it is about (W3C Bitstring Status List, 6.1).</summary>
    private const long EntriesMin = 131_072;

    // Titles whose indexes are allocated together.
    private const int AllocatedMax = 20_000;

    // One silo allocates at a time, so that a title gets one index.
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtext('supervision.status_index'))";

    private const string CountSql = "SELECT count(*) FROM status_index";

    private const string HasNone = """
        NOT EXISTS (
            SELECT FROM status_index
            WHERE status_index.grain = title.grain AND status_index.policy = title.policy AND status_index.honour = title.honour AND status_index.level = title.level)
        """;

    private const string MissingSql = $"SELECT grain, policy, honour, level FROM title WHERE {HasNone} LIMIT $1";

    // By itself, so that it is planned for a few entities and does not look at every title.
    private const string MissingOfSql = $"SELECT grain, policy, honour, level FROM title WHERE grain = ANY ($2::text[]) AND {HasNone} LIMIT $1";

    private const string AllocateSql = """
        INSERT INTO status_index (position, grain, policy, honour, level)
        SELECT position, grain, policy, honour, level
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS entry (position, grain, policy, honour, level)
        ON CONFLICT (position) DO NOTHING
        """;

    // A title that was transferred to another policy is the same one.
    private const string TransferredSql = """
        UPDATE status_index SET policy = title.policy
        FROM title
        WHERE title.grain = status_index.grain AND title.honour = status_index.honour AND title.level = status_index.level
            AND NOT EXISTS (
                SELECT FROM title AS same
                WHERE same.grain = status_index.grain AND same.policy = status_index.policy AND same.honour = status_index.honour AND same.level = status_index.level)
        """;

    // What was merged has its titles where it was merged into. Which those are says the state, and few have no title of their own any more.
    private const string MergedSql = """
        WITH orphan AS MATERIALIZED (
            SELECT DISTINCT grain FROM status_index WHERE NOT EXISTS (SELECT FROM title WHERE title.grain = status_index.grain)
        ), merged AS (
            SELECT entity.grain, entity.state::jsonb ->> 'mergedInto' AS into_grain FROM orphan JOIN entity ON entity.grain = orphan.grain AND entity.search IS NULL
        )
        UPDATE status_index SET grain = merged.into_grain FROM merged WHERE merged.grain = status_index.grain AND merged.into_grain IS NOT NULL
        """;

    private const string HeadSql = "SELECT head.seq, batch.root FROM head LEFT JOIN batch ON batch.last_seq = head.seq";

    // What is withheld is left out, so that it cannot be told from an index that belongs to nobody.
    private const string ListSql = """
        SELECT status_index.position, title.status
        FROM status_index JOIN title ON title.grain = status_index.grain AND title.policy = status_index.policy AND title.honour = status_index.honour
            AND title.level = status_index.level
        WHERE status_index.grain NOT IN (
            SELECT grain FROM restriction UNION SELECT register.grain FROM register JOIN restriction ON restriction.grain = register.enterprise)
        """;

    private const string IndexesSql = """
        SELECT title.grain, title.policy, title.honour, title.level, min(position)
        FROM title LEFT JOIN status_index ON status_index.grain = title.grain AND status_index.policy = title.policy AND status_index.honour = title.honour
            AND status_index.level = title.level
        WHERE title.grain = ANY ($1::text[]) GROUP BY title.grain, title.policy, title.honour, title.level
        """;

    private long _allocated = -1;

    /// <summary>The entries of a list for a number of titles: a power of two, of which at most half are allocated, so that an index tells nothing.</summary>
    public static long EntriesFor(long titles)
    {
        var entries = EntriesMin;
        while (entries < titles * 2)
            entries *= 2;
        return entries;
    }

    /// <summary>Gives every title of some entities an index, or every title there is.</summary>
    /// <param name="grains">The entities; null: all.</param>
    /// <param name="cancellationToken">Ends it between one lot of titles and the next.</param>
    public async Task AllocateAsync(IReadOnlyCollection<GrainId>? grains, CancellationToken cancellationToken)
    {
        if (grains is null)
            await FollowAsync(cancellationToken);
        while (await AllocateSomeAsync(grains, cancellationToken))
        {
        }
    }

    /// <summary>The indexes of the titles of some entities, and whether all of their titles have one.</summary>
    public async Task<(Dictionary<(GrainId Entity, TitleRef Title), long> Indexes, bool IsWhole)> IndexesAsync(
        IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken)
    {
        var indexes = new Dictionary<(GrainId, TitleRef), long>();
        var isWhole = true;
        await using var command = dataSource.CreateCommand(IndexesSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var title = new TitleRef(reader.GetString(1), reader.GetString(2), KebabCase<Level>.Parse(reader.GetString(3)));
            if (await reader.IsDBNullAsync(4, cancellationToken))
                isWhole = false;
            else
                indexes[(GrainId.FromStored(reader.GetString(0)), title)] = reader.GetInt64(4);
        }

        return (indexes, isWhole);
    }

    /// <summary>Where every title stands that may be told.</summary>
    public async Task<StoredStatusList> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // One moment: titles are written in the transaction of the batch whose root this is.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        long seq;
        byte[] root;
        await using (var head = new NpgsqlCommand(HeadSql, connection, transaction))
        await using (var reader = await head.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            seq = reader.GetInt64(0);
            root = await reader.IsDBNullAsync(1, cancellationToken) ? SHA256.HashData([]) : reader.GetFieldValue<byte[]>(1);
        }

        long allocated;
        await using (var count = new NpgsqlCommand(CountSql, connection, transaction))
            allocated = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        var titles = new List<(long, TitleStatus)>();
        await using (var list = new NpgsqlCommand(ListSql, connection, transaction))
        await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                titles.Add((reader.GetInt64(0), KebabCase<TitleStatus>.Parse(reader.GetString(1))));
        }

        await transaction.CommitAsync(cancellationToken);
        return new StoredStatusList(seq, root, allocated, titles);
    }

    /// <summary>Lets indexes follow their titles to other policies and entities.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var sql in new[] { LockSql, MergedSql, TransferredSql })
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<bool> AllocateSomeAsync(IReadOnlyCollection<GrainId>? grains, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var one = new NpgsqlCommand(LockSql, connection, transaction))
            await one.ExecuteNonQueryAsync(cancellationToken);
        var missing = new List<(string Grain, string Policy, string Honour, string Level)>();
        await using (var command = new NpgsqlCommand(grains is null ? MissingSql : MissingOfSql, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AllocatedMax });
            if (grains is not null)
                command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. grains.Select(grain => grain.Value)] });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                missing.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        if (missing.Count == 0)
            return false;
        var entries = EntriesFor(await AllocatedAsync(connection, transaction, isAnew: grains is null, cancellationToken) + missing.Count);
        int entered;
        await using (var command = new NpgsqlCommand(AllocateSql, connection, transaction))
        {
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. missing.Select(_ => RandomBelow(entries))] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. missing.Select(title => title.Grain)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. missing.Select(title => title.Policy)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. missing.Select(title => title.Honour)] });
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. missing.Select(title => title.Level)] });
            entered = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Interlocked.Add(ref _allocated, entered);
        // Those whose index was taken are still missing, and are drawn again.
        return entered < missing.Count || missing.Count == AllocatedMax;
    }

    /// <summary>
    /// About how many titles have an index: counting them takes as long as there are many, so it is done when all are given theirs. What other silos allocate meanwhile makes
    /// the list a little denser until then.
    /// </summary>
    private async Task<long> AllocatedAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, bool isAnew, CancellationToken cancellationToken)
    {
        if (isAnew || Volatile.Read(ref _allocated) < 0)
        {
            await using var count = new NpgsqlCommand(CountSql, connection, transaction);
            Volatile.Write(ref _allocated, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
        }

        return Volatile.Read(ref _allocated);
    }

    private static long RandomBelow(long entries) => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & (entries - 1);
}
