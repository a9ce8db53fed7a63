using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>When the titles of an entity were checked last, and how often an enterprise was visited in each year, as a state says it.</summary>
/// <param name="Grain">The entity.</param>
/// <param name="Checked">Policy and level of titles with the date of the last check that was made.</param>
/// <param name="Visits">Visits by calendar year, whether they count towards a cap or not; those that are planned under <see cref="AnyYear"/>.</param>
public sealed record CheckCount(
    string Grain, IReadOnlyList<(string Policy, string Level, DateOnly On)> Checked, IReadOnlyDictionary<int, int> Visits)
{
    /// <summary>Stands for whichever year a visit comes to be made in: later than every other.</summary>
    public const int AnyYear = 9999;
}

/// <summary>Keeps when entities were checked and how often enterprises were visited, up to a place in the ledger.</summary>
public sealed class CheckCounts(NpgsqlDataSource dataSource)
{
    private const int PageLength = 1000;

    // Whatever may change it; what it changes to is read from the state. A transfer changes under which policy a check counts, so it matters where there is one: on
    // a day on which every title comes under other rules, or after a list was imported, nearly nobody's.
    private const string NewsSql = """
        SELECT DISTINCT grain FROM ledger
        WHERE seq > $1 AND seq <= $2
            AND (starts_with(type, 'check.') OR starts_with(type, 'visit.') OR type IN ('result.corrected', 'entity.absorbed', 'entity.merged')
                OR (type = 'title.transferred' AND EXISTS (SELECT FROM last_check WHERE last_check.grain = ledger.grain)))
            AND type NOT IN ('check.ordered', 'check.approved', 'check.notified', 'check.overdue')
        """;

    private const string UpToSql = "SELECT up_to, (SELECT seq FROM head) FROM checks_counted FOR UPDATE";

    private const string ForgetChecksSql = "DELETE FROM last_check WHERE grain = ANY ($1)";

    private const string ForgetVisitsSql = "DELETE FROM visit_count WHERE enterprise = ANY ($1)";

    private const string KeepChecksSql = "INSERT INTO last_check (grain, policy, level, made_on) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::date[])";

    private const string KeepVisitsSql = "INSERT INTO visit_count (enterprise, year, visits) SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[])";

    private const string AdvanceSql = "UPDATE checks_counted SET up_to = $1";

    /// <summary>Takes in what the ledger has of checks and visits since the last time.</summary>
    /// <param name="count">Counts grains by their states.</param>
    /// <param name="cancellationToken">Ends the work; it is taken up from the same place then.</param>
    public async Task CatchUpAsync(Func<IReadOnlyList<GrainId>, Task<IReadOnlyList<CheckCount>>> count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(count);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (from, to) = await PlaceAsync(connection, cancellationToken);
        if (from == to)
            return;
        var news = new List<GrainId>();
        await using (var command = new NpgsqlCommand(NewsSql, connection))
        {
            Add(command, from);
            Add(command, to);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                news.Add(GrainId.FromStored(reader.GetString(0)));
        }

        foreach (var page in news.Chunk(PageLength))
            await KeepAsync(connection, page, await count(page), cancellationToken);
        await using (var command = new NpgsqlCommand(AdvanceSql, connection))
        {
            Add(command, to);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<(long From, long To)> PlaceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UpToSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task KeepAsync(NpgsqlConnection connection, IReadOnlyList<GrainId> page, IReadOnlyList<CheckCount> counts, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var grains = page.Select(grain => grain.Value).ToArray();
        Add(batch, ForgetChecksSql, grains);
        Add(batch, ForgetVisitsSql, grains);
        var made = counts.SelectMany(entry => entry.Checked.Select(title => (entry.Grain, title.Policy, title.Level, title.On))).ToList();
        var keepChecks = Add(batch, KeepChecksSql, made.Select(entry => entry.Grain).ToArray());
        keepChecks.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. made.Select(entry => entry.Policy)] });
        keepChecks.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. made.Select(entry => entry.Level)] });
        keepChecks.Parameters.Add(new NpgsqlParameter<DateOnly[]> { TypedValue = [.. made.Select(entry => entry.On)] });
        var visits = counts.SelectMany(entry => entry.Visits.Select(year => (entry.Grain, year.Key, year.Value))).ToList();
        var keep = Add(batch, KeepVisitsSql, visits.Select(entry => entry.Grain).ToArray());
        keep.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. visits.Select(entry => entry.Key)] });
        keep.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. visits.Select(entry => entry.Value)] });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, string[] grains)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = grains });
        batch.BatchCommands.Add(command);
        return command;
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
