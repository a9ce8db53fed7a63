using Npgsql;
using NpgsqlTypes;
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
            var (head, versions) = await LockAsync(connection, added.Select(append => append.Grain).Concat(read.Keys), cancellationToken);
            if (added.Any(append => versions.ContainsKey(append.Grain)) || read.Any(known => versions.GetValueOrDefault(known.Key) != known.Value))
                return false;
            var tree = head.Tree();
            var placed = added.Select(append => (append, Place(append, tree))).ToArray();
            await CopyAsync(connection, placed, head.Seq);
            await MoveAsync(connection, head, tree);
            await transaction.CommitAsync(CancellationToken.None);
            position.Advance(head.Seq, tree.Size);
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

    private static async Task CopyAsync(NpgsqlConnection connection, (GrainAppend Append, long LastSeq)[] placed, long head)
    {
        await using (var ledger = await connection.BeginBinaryImportAsync(LedgerCopy))
        {
            foreach (var (append, _) in placed)
            {
                var (version, previous) = (0L, 0L);
                foreach (var @event in append.Events)
                {
                    await ledger.StartRowAsync();
                    await ledger.WriteAsync(++head, NpgsqlDbType.Bigint);
                    await ledger.WriteAsync(append.Grain.Value, NpgsqlDbType.Text);
                    await ledger.WriteAsync(++version, NpgsqlDbType.Bigint);
                    await ledger.WriteAsync(@event.Type, NpgsqlDbType.Text);
                    await ledger.WriteAsync(@event.At.UtcDateTime, NpgsqlDbType.TimestampTz);
                    await ledger.WriteAsync(@event.EffectiveOn, NpgsqlDbType.Date);
                    await ledger.WriteAsync(@event.Actor, NpgsqlDbType.Text);
                    await ledger.WriteNullAsync();
                    await ledger.WriteAsync(previous, NpgsqlDbType.Bigint);
                    await ledger.WriteAsync(@event.Data, NpgsqlDbType.Text);
                    await ledger.WriteAsync(@event.LeafHash, NpgsqlDbType.Bytea);
                    previous = head;
                }
            }

            await ledger.CompleteAsync();
        }

        await using (var entity = await connection.BeginBinaryImportAsync(EntityCopy))
        {
            foreach (var (append, lastSeq) in placed)
            {
                var columns = append.Columns!;
                await entity.StartRowAsync();
                await entity.WriteAsync(append.Grain.Value, NpgsqlDbType.Text);
                await entity.WriteAsync((long)append.Events.Count, NpgsqlDbType.Bigint);
                await entity.WriteAsync(lastSeq, NpgsqlDbType.Bigint);
                await entity.WriteAsync(append.State, NpgsqlDbType.Text);
                foreach (var text in new[]
                {
                    columns.Kind, columns.Name, columns.Region, columns.Industry, columns.RiskClass, columns.Standing, columns.Enterprise, columns.Search,
                })
                {
                    await WriteAsync(entity, text);
                }
            }

            await entity.CompleteAsync();
        }

        await using (var title = await connection.BeginBinaryImportAsync(TitleCopy))
        {
            foreach (var (append, _) in placed)
            {
                foreach (var columns in append.Titles ?? [])
                {
                    await title.StartRowAsync();
                    await title.WriteAsync(append.Grain.Value, NpgsqlDbType.Text);
                    foreach (var text in new[] { columns.Policy, columns.Honour, columns.Level, columns.Status, columns.Authority, columns.Certificate })
                        await WriteAsync(title, text);
                    await title.WriteAsync(columns.GrantedOn, NpgsqlDbType.Date);
                    await WriteAsync(title, columns.Evaluator);
                    await WriteAsync(title, columns.Batch);
                    if (columns.ExemptUntil is { } until)
                        await title.WriteAsync(until, NpgsqlDbType.Date);
                    else
                        await title.WriteNullAsync();
                }
            }

            await title.CompleteAsync();
        }

        await RegisterAsync(connection, placed);
        if (placed.All(grain => grain.Append.WakeUp?.DueAt is null))
            return;
        await using var wakeUp = await connection.BeginBinaryImportAsync(WakeUpCopy);
        foreach (var (append, _) in placed)
        {
            if (append.WakeUp?.DueAt is not { } dueAt)
                continue;
            await wakeUp.StartRowAsync();
            await wakeUp.WriteAsync(append.Grain.Value, NpgsqlDbType.Text);
            await wakeUp.WriteAsync(dueAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        }

        await wakeUp.CompleteAsync();
    }

    private static async Task RegisterAsync(NpgsqlConnection connection, (GrainAppend Append, long LastSeq)[] placed)
    {
        var facets = new Dictionary<Facet, long>();
        await using (var register = await connection.BeginBinaryImportAsync(RegisterCopy))
        {
            foreach (var (append, _) in placed)
            {
                if (append.Columns is not { Search: { } search } columns)
                    continue;
                var facet = Facet.Of(columns, append.Titles ?? []);
                if (!facets.TryGetValue(facet, out var id))
                    facets[facet] = id = facet.Id;
                await register.StartRowAsync();
                await register.WriteAsync(id, NpgsqlDbType.Bigint);
                await register.WriteAsync(append.Grain.Value, NpgsqlDbType.Text);
                await WriteAsync(register, columns.Enterprise);
                await register.WriteAsync(search, NpgsqlDbType.Text);
                await register.WriteAsync(SearchTerms.Of(columns.Kind, search), NpgsqlDbType.Array | NpgsqlDbType.Integer);
            }

            await register.CompleteAsync();
        }

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

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? text) =>
        text is null ? copy.WriteNullAsync() : copy.WriteAsync(text, NpgsqlDbType.Text);

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
