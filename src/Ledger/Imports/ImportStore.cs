using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Supervision.Ledger.Imports;

/// <summary>How far a job has come.</summary>
/// <param name="Rows">Data rows read.</param>
/// <param name="Accepted">Rows that changed something.</param>
/// <param name="Unchanged">Rows that changed nothing.</param>
/// <param name="Skipped">Rows of kinds that the format does not enter.</param>
/// <param name="Rejected">Rows with errors.</param>
public sealed record ImportProgress(long Rows, long Accepted, long Unchanged, long Skipped, long Rejected);

/// <summary>Import jobs, their files and their errors, in the database, so that a job goes on after a restart and on any silo.</summary>
public sealed class ImportStore(NpgsqlDataSource dataSource)
{
    private const string InsertSql = """
        INSERT INTO import_job (id, format, policy, dry_run, status, created_at, actor) VALUES ($1, $2, $3, $4, 'received', $5, $6) ON CONFLICT (id) DO NOTHING
        """;

    private const string ChunkSql = "INSERT INTO import_chunk (job, place, bytes) VALUES ($1, $2, $3)";

    private const string FindSql = """
        SELECT id, format, policy, dry_run, status, read_rows, accepted, unchanged, skipped, rejected, error, created_at, finished_at FROM import_job WHERE id = $1
        """;

    private const string UnfinishedSql = """
        SELECT id, format, policy, dry_run, actor FROM import_job WHERE status IN ('received', 'running') ORDER BY created_at, id
        """;

    private const string ReadChunkSql = "SELECT bytes FROM import_chunk WHERE job = $1 AND place = $2";

    private const string ProgressSql = """
        UPDATE import_job SET status = 'running', read_rows = $2, accepted = $3, unchanged = $4, skipped = $5, rejected = $6 WHERE id = $1
        """;

    private const string FinishSql = "UPDATE import_job SET status = $2, error = $3, finished_at = $4 WHERE id = $1";

    private const string DropFileSql = "DELETE FROM import_chunk WHERE job = $1";

    private const string DropErrorsSql = "DELETE FROM import_error WHERE job = $1";

    private const string ErrorSql = """
        INSERT INTO import_error (job, row, place, "column", code, message)
        SELECT $1, row, place, "column", code, message FROM unnest($2::bigint[], $3::integer[], $4::text[], $5::text[], $6::text[])
            AS error (row, place, "column", code, message)
        """;

    private const string ErrorsSql = """
        SELECT row, place, "column", code, message FROM import_error WHERE job = $1 AND (row, place) > ($2, $3) ORDER BY row, place LIMIT $4
        """;

    /// <summary>Stores a job and its file, or neither; a job of the same identity stays as it is.</summary>
    public async Task<bool> ReceiveAsync(ImportRequest request, DateTimeOffset now, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(InsertSql, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = request.Id },
                new NpgsqlParameter<string> { TypedValue = request.Format },
                new NpgsqlParameter<string> { TypedValue = request.Policy },
                new NpgsqlParameter<bool> { TypedValue = request.DryRun },
                new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
                new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(request.Actor) },
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
            reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), KebabCase<ImportStatus>.Parse(reader.GetString(4)), reader.GetInt64(5), reader.GetInt64(6),
            reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9), await reader.IsDBNullAsync(10, cancellationToken) ? null : reader.GetString(10),
            reader.GetFieldValue<DateTimeOffset>(11),
            await reader.IsDBNullAsync(12, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(12));
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
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), JsonSerializer.Deserialize<Actor>(reader.GetString(4))!));
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

    /// <summary>Keeps how far a job has come, with errors found since the last time.</summary>
    public async Task ProgressAsync(Guid id, ImportProgress progress, IReadOnlyCollection<ImportError> errors, CancellationToken cancellationToken)
    {
        await using var command = Command(ProgressSql, id);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Accepted });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Unchanged });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Skipped });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = progress.Rejected });
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (errors.Count == 0)
            return;
        await using var store = Command(ErrorSql, id);
        store.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. errors.Select(error => error.Row)] });
        store.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. errors.Select(error => error.Place)] });
        store.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. errors.Select(error => error.Column)] });
        store.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. errors.Select(error => error.Code)] });
        store.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. errors.Select(error => error.Message)] });
        await store.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Begins a job, from the start if it was begun before.</summary>
    public async Task BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(DropErrorsSql, id);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await ProgressAsync(id, new ImportProgress(0, 0, 0, 0, 0), [], cancellationToken);
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
                reader.GetInt64(0), reader.GetInt32(1), await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2),
                reader.GetString(3), reader.GetString(4)));
        }

        var more = errors.Count > limit;
        if (more)
            errors.RemoveAt(limit);
        return new Page<ImportError>(errors, more);
    }

    private NpgsqlCommand Command(string sql, Guid id)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return command;
    }
}
