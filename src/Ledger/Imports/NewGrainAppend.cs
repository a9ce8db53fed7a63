using Npgsql;
using Supervision.Ledger.Append;
using Supervision.Ledger.Merkle;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Imports;

/// <summary>A grain as it is stored.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State">Its state, as stored, in UTF-8.</param>
public sealed record StoredGrain(long Version, byte[] State);

/// <summary>
/// Appends many new grains at once. What they leave behind is what the append function leaves, in the same order and under
/// the same lock; only the way in is another: rows that are all new are copied, which costs the database half as much.
/// </summary>
public sealed class NewGrainAppend(NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock)
{
    private const string StoredSql = "SELECT grain, version, state FROM entity WHERE grain = ANY ($1)";

    // The register is written here as well, so that no trigger has to find out what it is.
    private const string WrittenSql = "SELECT set_config('supervision.register', 'written', true)";

    private const string LockHeadSql = "SELECT seq, frontier FROM head FOR UPDATE";

    private const string VersionsSql = "SELECT grain, version FROM entity WHERE grain = ANY ($1)";

    private const string MoveHeadSql = "UPDATE head SET seq = $1, frontier = $2";

    private const string BatchSql = "INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES ($1, $2, $3, $4, $5)";

    private const string LedgerCopy = """
        COPY ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash) FROM STDIN (FORMAT BINARY)
        """;

    private const string EntityCopy = """
        COPY entity (grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search) FROM STDIN (FORMAT BINARY)
        """;

    private const string TitleCopy = """
        COPY title (grain, policy, honour, level, status, authority, certificate, granted_on, evaluator, batch, exempt_until) FROM STDIN (FORMAT BINARY)
        """;

    private const string FacetSql = """
        INSERT INTO facet (id, kind, region, risk_class, standing, titles)
        SELECT id, kind, region, risk_class, standing, string_to_array(titles, E'\n')
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS facet (id, kind, region, risk_class, standing, titles)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string RegisterCopy = "COPY register (facet, grain, enterprise, search, terms) FROM STDIN (FORMAT BINARY)";

    private const string WakeUpCopy = "COPY wake_up (grain, due_at) FROM STDIN (FORMAT BINARY)";

    // Used by one commit at a time, in turn: one is filled while the other is sent.
    private readonly BinaryCopy[] _copies = [new(), new()];
    private readonly WaitingTerms _terms = new(dataSource);

    /// <summary>Those of some grains that have events.</summary>
    public async Task<Dictionary<GrainId, StoredGrain>> FindAsync(IEnumerable<GrainId> grains, CancellationToken cancellationToken)
    {
        var found = new Dictionary<GrainId, StoredGrain>();
        await using var command = dataSource.CreateCommand(StoredSql);
        command.Parameters.Add(Grains(grains));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found[GrainId.FromStored(reader.GetString(0))] = new StoredGrain(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        return found;
    }

    /// <summary>Commits new grains together, all or none.</summary>
    /// <param name="added">The new grains, without open checks, cases or private texts, in the order in which their events enter the ledger.</param>
    /// <param name="read">Grains that were read, with the version that the decisions rest on.</param>
    /// <param name="cancellationToken">Ends the waiting before anything is written.</param>
    /// <returns>False when one of them is there already or has another version; nothing is written then.</returns>
    public async Task<bool> TryCommitAsync(IReadOnlyList<GrainAppend> added, IReadOnlyDictionary<GrainId, long> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(read);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // The ledger is not followed meanwhile, and no batch is under way that would be found behind. These grains are in nobody's memory.
        using (await position.Commits.SuspendAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var (head, versions) = await LockAsync(connection, read.Keys, cancellationToken);
            if (read.Any(known => versions.GetValueOrDefault(known.Key) != known.Value))
                return false;
            var tree = head.Tree();
            var placed = added.Select(append => (append, Place(append, tree))).ToArray();
            try
            {
                await CopyAsync(connection, placed, head.Seq);
            }
            catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "entity_pkey" })
            {
                return false;
            }

            await MoveAsync(connection, head, tree);
            await transaction.CommitAsync(CancellationToken.None);
            position.Advance(head.Seq, tree.Size);
            _terms.Add(placed.Length);
            return true;
        }
    }

    private static async Task<(Head Head, Dictionary<GrainId, long> Versions)> LockAsync(
        NpgsqlConnection connection, IEnumerable<GrainId> grains, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(LockHeadSql), new NpgsqlBatchCommand(WrittenSql), new NpgsqlBatchCommand(VersionsSql) { Parameters = { Grains(grains) } } },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var head = new Head(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var versions = new Dictionary<GrainId, long>();
        while (await reader.ReadAsync(cancellationToken))
            versions[GrainId.FromStored(reader.GetString(0))] = reader.GetInt64(1);
        return (head, versions);
    }

    /// <summary>Takes a grain's events into the tree; the seq of the last.</summary>
    private static long Place(GrainAppend append, MerkleFrontier tree)
    {
        foreach (var @event in append.Events)
            tree.Append(@event.LeafHash);
        return tree.Size;
    }

    private async Task CopyAsync(NpgsqlConnection connection, (GrainAppend Append, long LastSeq)[] placed, long head)
    {
        // While the database takes in the rows of one table, those of the next are put together.
        var facets = new Dictionary<Facet, long>();
        var sending = CopyEvents(_copies[0], placed, head).SendAsync(connection, LedgerCopy);
        var entities = CopyEntities(_copies[1], placed);
        await sending;
        sending = entities.SendAsync(connection, EntityCopy);
        var register = CopyRegister(_copies[0], placed, facets);
        await sending;
        sending = register.SendAsync(connection, RegisterCopy);
        var titles = CopyTitles(_copies[1], placed);
        await sending;
        sending = titles.SendAsync(connection, TitleCopy);
        var wakeUps = CopyWakeUps(_copies[0], placed);
        await sending;
        await wakeUps.SendAsync(connection, WakeUpCopy);
        await EnterAsync(connection, facets);
    }

    private static BinaryCopy CopyEvents(BinaryCopy copy, (GrainAppend Append, long LastSeq)[] placed, long head)
    {
        copy.Begin();
        foreach (var (append, _) in placed)
        {
            var (version, previous) = (0L, 0L);
            foreach (var @event in append.Events)
            {
                copy.StartRow(11);
                copy.Write(++head);
                copy.Write(append.Grain.Value);
                copy.Write(++version);
                copy.Write(@event.Type);
                copy.Write(@event.At);
                copy.Write(@event.EffectiveOn);
                copy.Write(@event.Actor);
                copy.WriteNull();
                copy.Write(previous);
                copy.Write(@event.Data);
                copy.Write(@event.LeafHash);
                previous = head;
            }
        }

        return copy;
    }

    private static BinaryCopy CopyEntities(BinaryCopy copy, (GrainAppend Append, long LastSeq)[] placed)
    {
        copy.Begin();
        foreach (var (append, lastSeq) in placed)
        {
            var columns = append.Columns!;
            copy.StartRow(12);
            copy.Write(append.Grain.Value);
            copy.Write((long)append.Events.Count);
            copy.Write(lastSeq);
            copy.Write(append.State);
            copy.Write(columns.Kind);
            copy.Write(columns.Name);
            copy.Write(columns.Region);
            copy.Write(columns.Industry);
            copy.Write(columns.RiskClass);
            copy.Write(columns.Standing);
            copy.Write(columns.Enterprise);
            copy.Write(columns.Search);
        }

        return copy;
    }

    private static BinaryCopy CopyTitles(BinaryCopy copy, (GrainAppend Append, long LastSeq)[] placed)
    {
        copy.Begin();
        foreach (var (append, _) in placed)
        {
            foreach (var title in append.Titles ?? [])
            {
                copy.StartRow(11);
                copy.Write(append.Grain.Value);
                copy.Write(title.Policy);
                copy.Write(title.Honour);
                copy.Write(title.Level);
                copy.Write(title.Status);
                copy.Write(title.Authority);
                copy.Write(title.Certificate);
                copy.Write(title.GrantedOn);
                copy.Write(title.Evaluator);
                copy.Write(title.Batch);
                copy.Write(title.ExemptUntil);
            }
        }

        return copy;
    }

    private static BinaryCopy CopyWakeUps(BinaryCopy copy, (GrainAppend Append, long LastSeq)[] placed)
    {
        copy.Begin();
        foreach (var (append, _) in placed)
        {
            if (append.WakeUp?.DueAt is not { } dueAt)
                continue;
            copy.StartRow(2);
            copy.Write(append.Grain.Value);
            copy.Write(dueAt);
        }

        return copy;
    }

    private static BinaryCopy CopyRegister(BinaryCopy copy, (GrainAppend Append, long LastSeq)[] placed, Dictionary<Facet, long> facets)
    {
        copy.Begin();
        foreach (var (append, _) in placed)
        {
            if (append.Columns is not { Search: { } search } columns)
                continue;
            var facet = Facet.Of(columns, append.Titles ?? []);
            if (!facets.TryGetValue(facet, out var id))
                facets[facet] = id = facet.Id;
            copy.StartRow(5);
            copy.Write(id);
            copy.Write(append.Grain.Value);
            copy.Write(columns.Enterprise);
            copy.Write(search);
            var terms = SearchTerms.Of(columns.Kind, search);
            // The index sorts the terms of each entity; what comes sorted costs it a look.
            Array.Sort(terms);
            copy.Write(terms);
        }

        return copy;
    }

    private static async Task EnterAsync(NpgsqlConnection connection, Dictionary<Facet, long> facets)
    {
        await using var command = new NpgsqlCommand(FacetSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { TypedValue = [.. facets.Values] },
                new NpgsqlParameter<string[]> { TypedValue = [.. facets.Keys.Select(facet => facet.Kind)] },
                new NpgsqlParameter<string?[]> { TypedValue = [.. facets.Keys.Select(facet => facet.Region)] },
                new NpgsqlParameter<string?[]> { TypedValue = [.. facets.Keys.Select(facet => facet.RiskClass)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. facets.Keys.Select(facet => facet.Standing)] },
                new NpgsqlParameter<string[]> { TypedValue = [.. facets.Keys.Select(facet => string.Join('\n', facet.Titles))] },
            },
        };
        await command.ExecuteNonQueryAsync();
    }

    private async Task MoveAsync(NpgsqlConnection connection, Head head, MerkleFrontier tree)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(MoveHeadSql)
                {
                    Parameters = { new NpgsqlParameter<long> { TypedValue = tree.Size }, new NpgsqlParameter<byte[]> { TypedValue = tree.ToBytes() } },
                },
                new NpgsqlBatchCommand(BatchSql)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() },
                        new NpgsqlParameter<long> { TypedValue = head.Seq + 1 },
                        new NpgsqlParameter<long> { TypedValue = tree.Size },
                        new NpgsqlParameter<byte[]> { TypedValue = tree.Root() },
                        new NpgsqlParameter<DateTime> { TypedValue = clock.GetUtcNow().UtcDateTime },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter<string[]> Grains(IEnumerable<GrainId> grains) => new() { TypedValue = [.. grains.Select(grain => grain.Value)] };
}
