using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds open checks and cases, and the grains whose next deadline comes up to an instant.</summary>
public sealed class WorkQuery(NpgsqlDataSource dataSource)
{
    /// <summary>The word for checks in the table.</summary>
    public const string Checks = "check";

    /// <summary>The word for cases in the table.</summary>
    public const string Cases = "case";

    /// <summary>The last day of what has none; stored as infinity, so that it comes last.</summary>
    internal static readonly DateOnly NoDay = DateOnly.MaxValue;

    /// <summary>Places of open items after a place, those due first first, those without a day last.</summary>
    public async Task<IReadOnlyList<WorkPlace>> ListAsync(string item, WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var command = dataSource.CreateCommand();
        command.CommandText = Compose(item, filter, after, limit, command.Parameters);
        var places = new List<WorkPlace>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            places.Add(new WorkPlace(DueOn(reader, 0), GrainId.FromStored(reader.GetString(1)), reader.GetString(2)));
        return places;
    }

    /// <summary>Grains of some regions whose next deadline passes at an instant or before, in the order of those, after one of them.</summary>
    public async Task<DuePage> WakingAsync(
        DateTimeOffset upTo, DeadlineFilter filter, (GrainId Grain, DateTimeOffset DueAt)? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var command = dataSource.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder(
            "SELECT due.grain, due.due_at, coalesce(register.wake_up = due.due_at, false) FROM wake_up_due AS due JOIN entity AS register ON register.grain = due.grain")
            .Append(" WHERE due_at <= $").Append(Add(parameters, upTo.UtcDateTime));
        if (after is { } place)
            sql.Append(" AND (due.due_at, due.grain) > ($").Append(Add(parameters, place.DueAt.UtcDateTime)).Append(", $").Append(Add(parameters, place.Grain.Value)).Append(')');
        AppendRegions(sql, filter.Regions, parameters);
        if (filter.Own is { } own)
        {
            var identities = Add<string[]>(parameters, [.. own.Select(identity => identity.Value)]);
            sql.Append(" AND (enterprise = ANY ($").Append(identities).Append(") OR register.grain = ANY ($").Append(identities).Append("))");
        }

        if (filter.Unrestricted)
            sql.Append(EntityConditions.Unrestricted);
        sql.Append(" ORDER BY due.due_at, due.grain LIMIT $").Append(Add(parameters, limit));
        command.CommandText = sql.ToString();
        return await DuePage.ReadAsync(command, limit, cancellationToken);
    }

    /// <summary>The last day in a row of open work; null: none.</summary>
    public static DateOnly? DueOn(NpgsqlDataReader row, int column)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.GetFieldValue<DateOnly>(column) is var day && day == NoDay ? null : day;
    }

    /// <summary>Only fixed text is put together here; every value goes through a parameter.</summary>
    private static string Compose(string item, WorkFilter filter, WorkPlace? after, int limit, NpgsqlParameterCollection parameters)
    {
        var sql = new StringBuilder("SELECT due_on, work.grain, id FROM work");
        if (filter.Regions.Count > 0 || filter.Unrestricted)
            sql.Append(" JOIN entity AS register ON register.grain = work.grain");
        sql.Append(" WHERE item = $").Append(Add(parameters, item));
        if (after is not null)
        {
            sql.Append(" AND (due_on, work.grain, id) > ($").Append(Add(parameters, after.DueOn ?? NoDay)).Append(", $").Append(Add(parameters, after.Entity.Value))
                .Append(", $").Append(Add(parameters, after.Id)).Append(')');
        }

        if (filter.Status is { } status)
            sql.Append(" AND status = $").Append(Add(parameters, status));
        if (filter.Policy is { } policy)
            sql.Append(" AND policy = $").Append(Add(parameters, policy));
        if (filter.Level is { } level)
            sql.Append(" AND level = $").Append(Add(parameters, KebabCase<Level>.Word(level)));
        if (filter.Inspector is { } inspector)
            sql.Append(" AND $").Append(Add(parameters, inspector)).Append(" = ANY (inspectors)");
        if (filter.DueBefore is { } dueBefore)
            sql.Append(" AND due_on < 'infinity' AND due_on <= $").Append(Add(parameters, dueBefore));
        AppendRegions(sql, filter.Regions, parameters);
        if (filter.Unrestricted)
            sql.Append(EntityConditions.Unrestricted);
        return sql.Append(" ORDER BY due_on, work.grain, id LIMIT $").Append(Add(parameters, limit)).ToString();
    }

    internal static void AppendRegions(StringBuilder sql, IReadOnlyList<string> regions, NpgsqlParameterCollection parameters)
    {
        if (regions.Count == 0)
            return;
        var scopes = regions.Select(Region.DigitsOf).ToList();
        sql.Append(" AND (");
        for (var i = 0; i < scopes.Count; i++)
        {
            sql.Append(i == 0 ? "(" : " OR (").Append("region LIKE ANY ($").Append(Add(parameters, PatternsOf(scopes[i].Within))).Append(')');
            if (scopes[i].Without.Count > 0)
                sql.Append(" AND region NOT LIKE ALL ($").Append(Add(parameters, PatternsOf(scopes[i].Without))).Append(')');
            sql.Append(')');
        }

        sql.Append(')');
    }

    /// <summary>What codes of regions that begin with some digits are like.</summary>
    internal static string[] PatternsOf(IEnumerable<string> digits) => [.. digits.Select(prefix => prefix + "%")];

    internal static int Add<T>(NpgsqlParameterCollection parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters.Count;
    }
}
