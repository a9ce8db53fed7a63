using Npgsql;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Log;

/// <summary>The end of the tree as the last committed batch has it.</summary>
/// <param name="Size">The number of events.</param>
/// <param name="Root">The root of the tree over them.</param>
public sealed record TreeEnd(long Size, byte[] Root);

/// <summary>Hashes at consecutive places of a level of tiles.</summary>
/// <param name="Level">The level; on level 0 are the hashes of events, and above those over 256^level events.</param>
/// <param name="First">The first place, counted from 0.</param>
/// <param name="Count">How many.</param>
public readonly record struct HashRun(int Level, long First, int Count);

/// <summary>Reads and keeps what the log is made of.</summary>
public sealed class LogStore(NpgsqlDataSource dataSource)
{
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtextextended('supervision.log.key', 0))";

    private const string EndSql = "SELECT last_seq, root FROM batch WHERE last_seq IS NOT NULL ORDER BY last_seq DESC LIMIT 1";

    private const string LeavesSql = """
        SELECT run.number, ledger.seq - run.first - 1, ledger.leaf_hash
        FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS run (first, count, number)
        JOIN ledger ON ledger.seq > run.first AND ledger.seq <= run.first + run.count
        """;

    private const string NodesSql = """
        SELECT run.number, log_node.place - run.first, log_node.hash
        FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS run (level, first, count, number)
        JOIN log_node ON log_node.level = run.level AND log_node.place >= run.first AND log_node.place < run.first + run.count
        """;

    private const string CompleteSql = """
        SELECT coalesce((SELECT max(place) + 1 FROM log_node WHERE log_node.level = each.level), 0) FROM generate_series(1, 7) AS each (level) ORDER BY each.level
        """;

    private const string AddSql = """
        INSERT INTO log_node (level, place, hash) SELECT $1, place, hash FROM unnest($2::bigint[], $3::bytea[]) AS node (place, hash)
        ON CONFLICT (level, place) DO NOTHING
        """;

    private const string EventSql = """
        SELECT grain, version, type, at, effective_on, actor, command_id, data, leaf_hash FROM ledger WHERE seq = $1
        """;

    private const string KeysSql = "SELECT verifier_key, origin FROM log_key ORDER BY added_at, verifier_key";

    private const string AddKeySql = "INSERT INTO log_key (verifier_key, origin, added_at) VALUES ($1, $2, $3) ON CONFLICT (verifier_key) DO NOTHING";

    /// <summary>The end of the ledger.</summary>
    public async Task<TreeEnd> EndAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EndSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new TreeEnd(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            : new TreeEnd(0, MerkleFrontier.Empty().Root());
    }

    /// <summary>The hashes of some runs, in their order; a hash that is not there is null.</summary>
    public async Task<IReadOnlyList<byte[]?[]>> HashesAsync(IReadOnlyList<HashRun> runs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var hashes = runs.Select(run => new byte[]?[run.Count]).ToArray();
        var leaves = Enumerable.Range(0, runs.Count).Where(i => runs[i].Level == 0).ToArray();
        var nodes = Enumerable.Range(0, runs.Count).Where(i => runs[i].Level > 0).ToArray();
        if (leaves.Length > 0)
        {
            await using var command = dataSource.CreateCommand(LeavesSql);
            Add(command, Array.ConvertAll(leaves, i => runs[i].First));
            Add(command, Array.ConvertAll(leaves, i => (long)runs[i].Count));
            await FillAsync(command, hashes, leaves, cancellationToken);
        }

        if (nodes.Length > 0)
        {
            await using var command = dataSource.CreateCommand(NodesSql);
            Add(command, Array.ConvertAll(nodes, i => (short)runs[i].Level));
            Add(command, Array.ConvertAll(nodes, i => runs[i].First));
            Add(command, Array.ConvertAll(nodes, i => (long)runs[i].Count));
            await FillAsync(command, hashes, nodes, cancellationToken);
        }

        return hashes;
    }

    /// <summary>How many hashes are kept of each level above 0, by level.</summary>
    public async Task<IReadOnlyDictionary<int, long>> CompleteAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CompleteSql);
        var complete = new Dictionary<int, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            complete[complete.Count + 1] = reader.GetInt64(0);
        return complete;
    }

    /// <summary>Keeps hashes of a level above 0; those that are kept already stay as they are.</summary>
    /// <param name="level">The level.</param>
    /// <param name="first">The place of the first.</param>
    /// <param name="hashes">The hashes, at consecutive places.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task AddAsync(int level, long first, IReadOnlyList<byte[]> hashes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        await using var command = dataSource.CreateCommand(AddSql);
        Add(command, (short)level);
        Add(command, Enumerable.Range(0, hashes.Count).Select(i => first + i).ToArray());
        Add(command, hashes.ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An event as it is hashed, and the hash that is stored with it; null: there is none.</summary>
    public async Task<(LoggedEvent Event, byte[] LeafHash)?> FindAsync(long seq, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(EventSql);
        Add(command, seq);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var grain = GrainId.FromStored(reader.GetString(0));
        var (version, type) = (reader.GetInt64(1), reader.GetString(2));
        var leaf = Leaf.Write(
            grain, version, type, reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateOnly>(4), reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetGuid(6), reader.GetFieldValue<byte[]>(7));
        return (new LoggedEvent(grain, version, type, System.Text.Encoding.UTF8.GetString(leaf)), reader.GetFieldValue<byte[]>(8));
    }

    /// <summary>The keys under which checkpoints of this ledger were signed, oldest first.</summary>
    public async Task<IReadOnlyList<NoteVerifier>> KeysAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KeysSql);
        return await ReadKeysAsync(command, cancellationToken);
    }

    /// <summary>Remembers keys before anything is signed with them.</summary>
    public async Task RememberAsync(IEnumerable<NoteVerifier> keys, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        foreach (var key in keys)
            await AddKeyAsync(connection, key, at, cancellationToken);
    }

    /// <summary>
    /// Lets a log begin if this ledger knows no key of it, while no other silo does the same: two silos that do not share their files would
    /// otherwise both begin one.
    /// </summary>
    /// <param name="begin">Makes the key; called when there is none for the ledger that <paramref name="isKnown"/> refuses.</param>
    /// <param name="isKnown">Whether a key that was used before stands against a new one.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it was begun.</returns>
    public async Task<bool> BeginAsync(Func<IReadOnlyList<NoteVerifier>> begin, Func<NoteVerifier, bool> isKnown, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(begin);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var hold = new NpgsqlCommand(LockSql, connection))
            await hold.ExecuteNonQueryAsync(cancellationToken);
        await using (var keys = new NpgsqlCommand(KeysSql, connection))
        {
            if ((await ReadKeysAsync(keys, cancellationToken)).Any(isKnown))
                return false;
        }

        foreach (var key in begin())
            await AddKeyAsync(connection, key, at, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task AddKeyAsync(NpgsqlConnection connection, NoteVerifier key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(AddKeySql, connection);
        Add(command, key.ToString());
        Add(command, key.Name);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<NoteVerifier>> ReadKeysAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var keys = new List<NoteVerifier>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            keys.Add(NoteVerifier.Parse(reader.GetString(0)));
        return keys;
    }

    private static async Task FillAsync(NpgsqlCommand command, byte[]?[][] hashes, int[] places, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            hashes[places[reader.GetInt64(0) - 1]][reader.GetInt64(1)] = reader.GetFieldValue<byte[]>(2);
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
