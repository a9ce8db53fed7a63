using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>The facets of one kind that a filter asks for.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Ids">The facets; null: every facet of the kind.</param>
/// <param name="HasDates">Whether the dates of exemptions have to be looked at as well.</param>
internal sealed record KindFacets(string Kind, long[]? Ids, bool HasDates);

/// <summary>Finds the facets that a filter asks for.</summary>
internal static class FacetQuery
{
    /// <summary>The facets by kind, in the order of identities; kinds without any are left out.</summary>
    public static async Task<IReadOnlyList<KindFacets>> FindAsync(NpgsqlDataSource dataSource, EntityFilter filter, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand();
        var sql = new StringBuilder("SELECT kind, array_agg(id) FILTER (WHERE matched), bool_and(matched), bool_or(dated) FILTER (WHERE matched) FROM (SELECT id, kind, ");
        var conditions = new EntityConditions(sql, command.Parameters);
        sql.Append("(true");
        conditions.AddFacet(filter with { Kind = null });
        sql.Append(") IS TRUE AS matched, ").Append(filter.Exempt switch { null => "false", true => "true", false => "NOT (true" });
        if (filter.Exempt == false)
        {
            conditions.AddHeld(filter, everExempt: false);
            sql.Append(')');
        }

        sql.Append(" AS dated FROM facet WHERE true");
        conditions.AddKind("kind", filter.Kind);
        sql.Append(") AS looked GROUP BY kind HAVING bool_or(matched) ORDER BY kind COLLATE \"C\"");
        command.CommandText = sql.ToString();
        var kinds = new List<KindFacets>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            kinds.Add(new KindFacets(reader.GetString(0), reader.GetBoolean(2) ? null : reader.GetFieldValue<long[]>(1), reader.GetBoolean(3)));
        return kinds;
    }
}
