using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Imports;

/// <summary>How far a job has come.</summary>
/// <param name="Rows">Data rows read.</param>
/// <param name="Accepted">Rows that changed something.</param>
/// <param name="Unchanged">Rows that changed nothing.</param>
/// <param name="Rejected">Rows with errors.</param>
public sealed record ImportProgress(long Rows, long Accepted, long Unchanged, long Rejected);

/// <summary>A row that was rejected.</summary>
/// <param name="Row">Number of the data row, from 1.</param>
/// <param name="Line">The row as it stood in the file.</param>
/// <param name="Key">The key that its place in the file gave it; null where it brings its own.</param>
/// <param name="Errors">What is wrong with it.</param>
public sealed record RejectedRow(long Row, string Line, string? Key, IReadOnlyList<ImportError> Errors);

/// <summary>Import jobs, their files and their errors, in the database, so that a job goes on after a restart and on any silo.</summary>
public sealed class ImportStore(NpgsqlDataSource dataSource)
{
    private const string InsertSql = """
        INSERT INTO import_job (id, format, policy, dry_run, status, created_at, actor, content_hash, header)
        VALUES ($1, $2, $3, $4, 'received', $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING
        """;

    private const string ChunkSql = "INSERT INTO import_chunk (job, place, bytes) VALUES ($1, $2, $3)";

    private const string FindSql = """
        SELECT id, format, policy, dry_run, status, read_rows, accepted, unchanged, rejected, error, created_at, finished_at FROM import_job WHERE id = $1
        """;

    private const string UnfinishedSql = """
        SELECT id, format, policy, dry_run, actor FROM import_job WHERE status IN ('received', 'running') ORDER BY created_at, id
        """;

    private const string ReadChunkSql = "SELECT bytes FROM import_chunk WHERE job = $1 AND place = $2";

    // A job that is interrupted begins again, so its progress need not be on disk; whatever ends it waits for all that was committed before.
    private const string UnhurriedSql = "SELECT set_config('synchronous_commit', 'off', true)";

    private const string ProgressSql = """
        UPDATE import_job SET status = 'running', read_rows = $2, accepted = $3, unchanged = $4, rejected = $5 WHERE id = $1
        """;

    private const string FinishSql = "UPDATE import_job SET status = $2, error = $3, finished_at = $4 WHERE id = $1";

    private const string DropFileSql = "DELETE FROM import_chunk WHERE job = $1";

    private const string DropErrorsSql = "DELETE FROM import_error WHERE job = $1";

    private const string DropRejectedSql = "DELETE FROM import_rejected WHERE job = $1";

    private const string HashSql = "SELECT content_hash FROM import_job WHERE id = $1";

    private const string HeaderSql = "SELECT format, header FROM import_job WHERE id = $1 AND header IS NOT NULL";

    private const string RejectSql = """
        INSERT INTO import_rejected (job, row, line, key)
        SELECT $1, row, line, key FROM unnest($2::bigint[], $3::text[], $4::text[]) AS rejected (row, line, key)
        """;

    private const string RejectedSql = """
        SELECT import_rejected.row, line, key, place, "column", code, message
        FROM import_rejected JOIN import_error ON import_error.job = import_rejected.job AND import_error.row = import_rejected.row
        WHERE import_rejected.job = $1 ORDER BY import_rejected.row, place
        """;

    private const string ErrorSql = """
        INSERT INTO import_error (job, row, place, "column", code, message)
        SELECT $1, row, place, "column", code, message FROM unnest($2::bigint[], $3::integer[], $4::text[], $5::text[], $6::text[])
            AS error (row, place, "column", code, message)
        """;

    private const string ErrorsSql = """
        SELECT row, place, "column", code, message FROM import_error WHERE job = $1 AND (row, place) > ($2, $3) ORDER BY row, place LIMIT $4
        """;

    /// <summary>Stores a job and its file, or neither; a job of the same identity stays as it is.</summary>
    /// <param name="request">The job.</param>
    /// <param name="header">The first line of the file.</param>
    /// <param name="contentHash">SHA-256 of the file as it came.</param>
    /// <param name="now">When it was received.</param>
    /// <param name="chunks">The file, as lines in UTF-8.</param>
    /// <param name="cancellationToken">Ends the storing; nothing stays of it.</param>
    public async Task<bool> ReceiveAsync(
        ImportRequest request, string header, byte[] contentHash, DateTimeOffset now, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(InsertSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = request.Id },
                new NpgsqlParameter<string> { TypedValue = request.Format },
                new NpgsqlParameter<string?> { TypedValue = request.Policy },
                new NpgsqlParameter<bool> { TypedValue = request.DryRun },
                new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
                new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(request.Actor) },
                new NpgsqlParameter<byte[]> { TypedValue = contentHash },
                new NpgsqlParameter<string> { TypedValue = header },
            },
        };
        if (await insert.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;
        var place = 0;
        await foreach (var chunk in chunks.WithCancellation(cancellationToken))
        {
            await using var store = new NpgsqlCommand(ChunkSql, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = request.Id },
                    new NpgsqlParameter<int> { TypedValue = place++ },
                    new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = chunk, NpgsqlDbType = NpgsqlDbType.Bytea },
                },
            };
            await store.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A job; null when there is none.</summary>
    public async Task<ImportView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(FindSql, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new ImportView(
            reader.GetGuid(0), reader.GetString(1), await TextAsync(reader, 2, cancellationToken), reader.GetBoolean(3),
            KebabCase<ImportStatus>.Parse(reader.GetString(4)), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8),
            await TextAsync(reader, 9, cancellationToken), reader.GetFieldValue<DateTimeOffset>(10),
            await reader.IsDBNullAsync(11, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(11));
    }

    /// <summary>SHA-256 of the file of a job as it came; null for a job whose file was not hashed.</summary>
    public async Task<byte[]?> HashAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(HashSql, id);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>The format of a job and the first line of its file; null when there is no such job.</summary>
    public async Task<(string Format, string Header)?> HeaderAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(HeaderSql, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1)) : null;
    }

    /// <summary>Jobs that are not done, oldest first.</summary>
    public async Task<IReadOnlyList<ImportRequest>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<ImportRequest>();
        await using var command = dataSource.CreateCommand(UnfinishedSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            jobs.Add(new ImportRequest(
                reader.GetGuid(0), reader.GetString(1), await TextAsync(reader, 2, cancellationToken), reader.GetBoolean(3),
                JsonSerializer.Deserialize<Actor>(reader.GetString(4))!));
        }

        return jobs;
    }

    /// <summary>A part of a job's file; null after the last.</summary>
    public async Task<byte[]?> ReadChunkAsync(Guid id, int place, CancellationToken cancellationToken)
    {
        await using var command = Command(ReadChunkSql, id);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = place });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>Keeps how far a job has come, with the rows that were rejected since the last time.</summary>
    public async Task ProgressAsync(Guid id, ImportProgress progress, IReadOnlyList<RejectedRow> rejected, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(UnhurriedSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ProgressSql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = id },
                new NpgsqlParameter<long> { TypedValue = progress.Rows },
                new NpgsqlParameter<long> { TypedValue = progress.Accepted },
                new NpgsqlParameter<long> { TypedValue = progress.Unchanged },
                new NpgsqlParameter<long> { TypedValue = progress.Rejected },
            },
        });
        if (rejected.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(RejectSql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = id },
                    new NpgsqlParameter<long[]> { TypedValue = [.. rejected.Select(row => row.Row)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. rejected.Select(row => row.Line)] },
                    new NpgsqlParameter<string?[]> { TypedValue = [.. rejected.Select(row => row.Key)] },
                },
            });
            ImportError[] errors = [.. rejected.SelectMany(row => row.Errors)];
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ErrorSql)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid> { TypedValue = id },
                    new NpgsqlParameter<long[]> { TypedValue = [.. errors.Select(error => error.Row)] },
                    new NpgsqlParameter<int[]> { TypedValue = [.. errors.Select(error => error.Place)] },
                    new NpgsqlParameter<string?[]> { TypedValue = [.. errors.Select(error => error.Column)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. errors.Select(error => error.Code)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. errors.Select(error => error.Message)] },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Begins a job, from the start if it was begun before.</summary>
    public async Task BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(DropErrorsSql, id);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var rejected = Command(DropRejectedSql, id);
        await rejected.ExecuteNonQueryAsync(cancellationToken);
        await ProgressAsync(id, new ImportProgress(0, 0, 0, 0), [], cancellationToken);
    }

    /// <summary>The rejected rows of a job, in their order, as they are read.</summary>
    public async IAsyncEnumerable<RejectedRow> RejectedAsync(Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(RejectedSql, id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        RejectedRow? row = null;
        var errors = new List<ImportError>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (row is not null && row.Row != reader.GetInt64(0))
            {
                yield return row;
                row = null;
            }

            if (row is null)
            {
                errors = [];
                row = new RejectedRow(reader.GetInt64(0), reader.GetString(1), await TextAsync(reader, 2, cancellationToken), errors);
            }

            errors.Add(new ImportError(row.Row, reader.GetInt32(3), await TextAsync(reader, 4, cancellationToken), reader.GetString(5), reader.GetString(6)));
        }

        if (row is not null)
            yield return row;
    }

    /// <summary>Ends a job and drops its file.</summary>
    public async Task FinishAsync(Guid id, ImportStatus status, string? error, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = Command(FinishSql, id);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = KebabCase<ImportStatus>.Word(status) });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = error });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var drop = Command(DropFileSql, id);
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A page of a job's errors, in the order of rows.</summary>
    public async Task<Page<ImportError>> ErrorsAsync(Guid id, ImportPlace after, int limit, CancellationToken cancellationToken)
    {
        var errors = new List<ImportError>();
        await using var command = Command(ErrorsSql, id);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Row });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after.Place });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            errors.Add(new ImportError(
                reader.GetInt64(0), reader.GetInt32(1), await TextAsync(reader, 2, cancellationToken), reader.GetString(3), reader.GetString(4)));
        }

        var more = errors.Count > limit;
        if (more)
            errors.RemoveAt(limit);
        return new Page<ImportError>(errors, more);
    }

    private static async Task<string?> TextAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken) =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : reader.GetString(column);

    private NpgsqlCommand Command(string sql, Guid id)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return command;
    }
}
