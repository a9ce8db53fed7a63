using System.Collections.Concurrent;
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
/// Appends many new grains at once. What they leave behind is what the writer leaves, in the same two steps: what has no place in the order of the
/// ledger is copied beside the commit before, what has one under the lock of the head. Only the way in is another: rows that are all new are copied,
/// which costs the database half as much.
/// </summary>
public sealed class NewGrainAppend(NpgsqlDataSource dataSource, LedgerPosition position, TimeProvider clock)
{
    private const string StoredSql = "SELECT grain, version, state FROM entity WHERE grain = ANY ($1)";

    // The register is written here as well, so that no trigger has to find out what it is.
    private const string BeginSql = "SELECT set_config('supervision.register', 'written', true), set_config('lock_timeout', $1, true)";

    private const string LockHeadSql = "SELECT seq, frontier FROM head FOR UPDATE";

    private const string VersionsSql = "SELECT grain, version FROM entity WHERE grain = ANY ($1)";

    private const string MoveHeadSql = "UPDATE head SET seq = $1, frontier = $2";

    private const string BatchSql = "INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES ($1, $2, $3, $4, $5)";

    private const string LedgerCopy = """
        COPY ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash) FROM STDIN (FORMAT BINARY)
        """;

    private const string EntityCopy = """
        COPY entity (grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search, wake_up)
        FROM STDIN (FORMAT BINARY)
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

    private const string WakeUpCopy = "COPY wake_up_due (grain, due_at) FROM STDIN (FORMAT BINARY)";

    // A command that enters one of the same grains waits for these rows when its turn to commit has come, for which these wait: they give way.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentBag<NewGrainRows> _free = [];
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

    /// <summary>Where new grains are written down that are to be committed together.</summary>
    public NewGrainRows Begin()
    {
        if (!_free.TryTake(out var rows))
            return new NewGrainRows();
        rows.Clear();
        return rows;
    }

    /// <summary>Commits new grains together, all or none.</summary>
    /// <param name="added">The new grains. They must not be used afterwards.</param>
    /// <param name="read">Grains that were read, with the version that the decisions rest on.</param>
    /// <param name="before">The commit on which this one rests: what has no place in the order is written beside it, the rest after it; null: none.</param>
    /// <param name="cancellationToken">Ends the waiting before anything is written.</param>
    /// <returns>
    /// False when one of them is there already or has another version, when somebody else is about to enter one, or when the commit before was not taken; nothing is
    /// written then.
    /// </returns>
    public async Task<bool> TryCommitAsync(NewGrainRows added, IReadOnlyDictionary<GrainId, long> read, Task<bool>? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(read);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await PrepareAsync(connection, added, cancellationToken);
            if (before is not null && !await before)
                return false;
            // The ledger is not followed meanwhile, and no batch is under way that would be found behind. These grains are in nobody's memory.
            patience.CancelAfter(Patience);
            using (await position.Commits.SuspendAsync(patience.Token))
            {
                var (head, versions) = await LockAsync(connection, read.Keys, cancellationToken);
                if (read.Any(known => versions.GetValueOrDefault(known.Key) != known.Value))
                    return false;
                var tree = head.Tree();
                added.Place(head.Seq, tree);
                await added.Ledger.SendAsync(connection, LedgerCopy);
                await added.Entities.SendAsync(connection, EntityCopy);
                await MoveAsync(connection, head, tree, added.Facets);
                await transaction.CommitAsync(CancellationToken.None);
                position.Advance(head.Seq, tree.Size);
                _terms.Add(added.Count);
                return true;
            }
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            _free.Add(added);
        }
    }

    /// <summary>Begins and copies what has no place in the order of the ledger.</summary>
    private static async Task PrepareAsync(NpgsqlConnection connection, NewGrainRows added, CancellationToken cancellationToken)
    {
        await using (var begin = new NpgsqlCommand(BeginSql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = $"{Patience.TotalMilliseconds}ms" } } })
            await begin.ExecuteNonQueryAsync(cancellationToken);
        await added.Register.SendAsync(connection, RegisterCopy);
        await added.Titles.SendAsync(connection, TitleCopy);
        await added.WakeUps.SendAsync(connection, WakeUpCopy);
    }

    private static async Task<(Head Head, Dictionary<GrainId, long> Versions)> LockAsync(
        NpgsqlConnection connection, IEnumerable<GrainId> grains, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(LockHeadSql), new NpgsqlBatchCommand(VersionsSql) { Parameters = { Grains(grains) } } },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var head = new Head(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        await reader.NextResultAsync(cancellationToken);
        var versions = new Dictionary<GrainId, long>();
        while (await reader.ReadAsync(cancellationToken))
            versions[GrainId.FromStored(reader.GetString(0))] = reader.GetInt64(1);
        return (head, versions);
    }

    private async Task MoveAsync(NpgsqlConnection connection, Head head, MerkleFrontier tree, IReadOnlyDictionary<Facet, long> facets)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(FacetSql)
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
                },
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
