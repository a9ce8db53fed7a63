using Npgsql;

namespace Supervision.Ledger.Jobs;

/// <summary>Keeps the last runs of each job.</summary>
public sealed class JobRunStore(NpgsqlDataSource dataSource)
{
    /// <summary>Runs of a job that are kept.</summary>
    public const int Kept = 50;

    private const string KeepSql = """
        WITH kept AS (
            INSERT INTO job_run (job, started_at, duration_ms, outcome, detail, by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING job
        )
        DELETE FROM job_run
        WHERE id IN (SELECT older.id FROM kept JOIN job_run AS older ON older.job = kept.job ORDER BY older.id DESC OFFSET $7)
        """;

    private const string RunsSql = "SELECT started_at, duration_ms, outcome, detail, by FROM job_run WHERE job = $1 ORDER BY id DESC LIMIT $2";

    private const string LastSql = "SELECT DISTINCT ON (job) started_at, duration_ms, outcome, detail, by, job FROM job_run ORDER BY job, id DESC";

    /// <summary>Keeps a run, and forgets those that are too old.</summary>
    public async Task KeepAsync(string job, JobRunView run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await using var command = dataSource.CreateCommand(KeepSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = run.StartedAt.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = run.DurationMilliseconds });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = KebabCase<JobOutcome>.Word(run.Outcome) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run.Detail });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = run.By });
        // The row that this statement inserts is not seen by it.
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Kept - 1 });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The last runs of a job, newest first.</summary>
    public async Task<IReadOnlyList<JobRunView>> RunsAsync(string job, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RunsSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Kept });
        var runs = new List<JobRunView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            runs.Add(Read(reader));
        return runs;
    }

    /// <summary>The last run of each job that ever ran.</summary>
    public async Task<IReadOnlyDictionary<string, JobRunView>> LastAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LastSql);
        var last = new Dictionary<string, JobRunView>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            last[reader.GetString(5)] = Read(reader);
        return last;
    }

    private static JobRunView Read(NpgsqlDataReader reader) => new(
        reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1), KebabCase<JobOutcome>.Parse(reader.GetString(2)), reader.GetString(3), reader.GetString(4));
}
