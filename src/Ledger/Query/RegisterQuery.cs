using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds the entities that a filter names.</summary>
public sealed class RegisterQuery(NpgsqlDataSource dataSource)
{
    private const string MatchSql = """
        SELECT grain FROM entity WHERE bigrams(search) @> bigrams($1) AND search IS NOT NULL AND E'\n' || search || E'\n' LIKE '%' || E'\n' || $2 || E'\n' || '%'
        UNION
        SELECT grain FROM title WHERE certificate = $3
        ORDER BY grain LIMIT $4
        """;

    /// <summary>The entities of a page, in the order of their identities, and whether there are more.</summary>
    public async Task<Page<GrainId>> ListAsync(EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        command.CommandText = Compose(filter, after, limit, today, dueBefore, command.Parameters);
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        var more = grains.Count > limit;
        if (more)
            grains.RemoveAt(limit);
        return new Page<GrainId>(grains, more);
    }

    /// <summary>The entities whose normalised name or key, or whose certificate, is exactly a text.</summary>
    public async Task<IReadOnlyList<GrainId>> MatchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        var normalised = EntityName.Normalise(text);
        var grains = new List<GrainId>();
        await using var command = dataSource.CreateCommand(MatchSql);
        Add(command.Parameters, normalised);
        Add(command.Parameters, EscapeLike(normalised));
        Add(command.Parameters, text.Trim());
        Add(command.Parameters, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }

    /// <summary>Only fixed text is put together here; every value goes through a parameter.</summary>
    private static string Compose(
        EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore, NpgsqlParameterCollection parameters)
    {
        var sql = new StringBuilder("SELECT entity.grain FROM entity WHERE search IS NOT NULL");
        if (after is { } position)
            sql.Append(" AND entity.grain > $").Append(Add(parameters, position.Value));
        if (filter.Kind is { } kind)
            sql.Append(" AND kind = $").Append(Add(parameters, kind));
        if (filter.Region is { } region)
            AppendRegion(sql, region, parameters);
        if (filter.RiskClass is { } riskClass)
            sql.Append(" AND risk_class = $").Append(Add(parameters, riskClass));
        if (filter.Enterprise is { } enterprise)
            sql.Append(" AND enterprise = $").Append(Add(parameters, enterprise.Value));
        if (filter.Search is { Length: > 0 } search && EntityName.Normalise(search) is { Length: > 0 } normalised)
        {
            if (normalised.Length > 1)
                sql.Append(" AND bigrams(search) @> bigrams($").Append(Add(parameters, normalised)).Append(')');
            sql.Append(" AND search LIKE '%' || $").Append(Add(parameters, EscapeLike(normalised))).Append(" || '%'");
        }

        if (dueBefore is { } due)
            sql.Append(" AND EXISTS (SELECT FROM wake_up WHERE wake_up.grain = entity.grain AND due_at < $").Append(Add(parameters, due.UtcDateTime)).Append(')');
        if ((filter.Status, filter.Level, filter.Policy, filter.Exempt) is not (null, null, null, null))
            AppendTitle(sql, filter, today, parameters);
        sql.Append(" ORDER BY entity.grain LIMIT $").Append(Add(parameters, limit + 1));
        return sql.ToString();
    }

    /// <summary>A region covers what lies below it by its digits, a province not its planning cities.</summary>
    private static void AppendRegion(StringBuilder sql, string region, NpgsqlParameterCollection parameters)
    {
        var significant = region.EndsWith("0000", StringComparison.Ordinal) ? 2 : region.EndsWith("00", StringComparison.Ordinal) ? 4 : 6;
        sql.Append(" AND region LIKE $").Append(Add(parameters, region[..significant] + "%"));
        if (significant > 2)
            return;
        foreach (var city in Region.All.Where(other => other.Code.StartsWith(region[..2], StringComparison.Ordinal) && !other.Code.EndsWith("0000", StringComparison.Ordinal)))
            sql.Append(" AND region NOT LIKE $").Append(Add(parameters, city.Code[..4] + "%"));
    }

    private static void AppendTitle(StringBuilder sql, EntityFilter filter, DateOnly today, NpgsqlParameterCollection parameters)
    {
        sql.Append(" AND EXISTS (SELECT FROM title WHERE title.grain = entity.grain");
        if (filter.Status is { } status)
            sql.Append(" AND status = $").Append(Add(parameters, KebabCase<TitleStatus>.Word(status)));
        if (filter.Level is { } level)
            sql.Append(" AND level = $").Append(Add(parameters, KebabCase<Level>.Word(level)));
        if (filter.Policy is { } policy)
            sql.Append(" AND policy = $").Append(Add(parameters, policy));
        if (filter.Exempt is { } exempt)
            sql.Append(" AND coalesce(exempt_until >= $").Append(Add(parameters, today)).Append(", false) = $").Append(Add(parameters, exempt));
        sql.Append(')');
    }

    private static string EscapeLike(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static int Add<T>(NpgsqlParameterCollection parameters, T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters.Count;
    }
}
