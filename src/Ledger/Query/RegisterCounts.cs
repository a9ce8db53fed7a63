using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>How many entities or titles of one standing or status have the same values.</summary>
/// <param name="Values">The values of the dimensions; the region as it is registered.</param>
/// <param name="Word">The standing or status.</param>
/// <param name="Count">How many.</param>
public sealed record Counted(IReadOnlyList<string?> Values, string Word, long Count);

/// <summary>Counts entities and titles.</summary>
public sealed class RegisterCounts(NpgsqlDataSource dataSource)
{
    /// <summary>Entities by standing.</summary>
    public Task<List<Counted>> EntitiesAsync(StatisticsQuery query, DateOnly today, DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CountAsync(query, "standing", query.AsksForTitles ? "count(DISTINCT register.grain)" : "count(*)", query.AsksForTitles, today, dueBefore, cancellationToken);
    }

    /// <summary>Titles by status.</summary>
    public Task<List<Counted>> TitlesAsync(StatisticsQuery query, DateOnly today, DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CountAsync(query, "status", "count(*)", withTitles: true, today, dueBefore, cancellationToken);
    }

    private async Task<List<Counted>> CountAsync(
        StatisticsQuery query, string word, string count, bool withTitles, DateOnly today, DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        var columns = string.Concat(query.By.Select(dimension => ColumnOf(dimension) + ", "));
        var sql = new StringBuilder("SELECT ").Append(columns).Append(word).Append(", ").Append(count).Append(" FROM register JOIN facet ON facet.id = register.facet");
        if (withTitles)
            sql.Append(" JOIN title ON title.grain = register.grain");
        sql.Append(" WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters);
        conditions.AddFacet(query.Filter with { Exempt = null });
        conditions.AddRegister(query.Filter, dueBefore, query.Filter.Kind, after: null);
        if (EntityConditions.PartOf(query.Filter) is { } part)
            conditions.AddTermsOfAnyKind(part);
        if (withTitles)
            conditions.AddTitle(query.Filter, today);
        if (query.Batches.Count > 0)
            sql.Append(" AND batch = ANY ($").Append(conditions.Add<string[]>([.. query.Batches])).Append(')');
        sql.Append(" GROUP BY ").Append(columns).Append(word);
        command.CommandText = sql.ToString();
        var counted = new List<Counted>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new string?[query.By.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            counted.Add(new Counted(values, reader.GetString(values.Length), reader.GetInt64(values.Length + 1)));
        }

        return counted;
    }

    internal static string ColumnOf(Dimension dimension) => dimension switch
    {
        Dimension.Kind => "kind",
        Dimension.Region => "region",
        Dimension.Level => "level",
        Dimension.Policy => "policy",
        Dimension.Batch => "batch",
        Dimension.Year => "to_char(granted_on, 'YYYY')",
        Dimension.Evaluator => "evaluator",
        _ => throw new System.Diagnostics.UnreachableException($"{dimension} has no column."),
    };
}
