using Npgsql;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Draws;

/// <summary>What of the holders of titles can be told by looking at what they are filtered by.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Level">The level of the titles.</param>
/// <param name="Kinds">The kinds of entities.</param>
/// <param name="Region">Six-digit code of the region, or null.</param>
/// <param name="Today">The civil date.</param>
/// <param name="DueBy">Last day of the visits.</param>
/// <param name="CheckedAfter">Entities that were checked after this day are told; null: none.</param>
/// <param name="CapPerYear">Enterprises that may come to have so many visits in a year from today's on are told; null: none.</param>
public sealed record HolderFilter(
    string Policy, string Level, IReadOnlyList<string> Kinds, string? Region, DateOnly Today, DateOnly DueBy, DateOnly? CheckedAfter, int? CapPerYear);

/// <summary>Every holder of a title in a scope, and which of them stand out, all of one moment.</summary>
/// <param name="Rows">The holders, in the order of identities.</param>
/// <param name="Facets">The facets, by number.</param>
/// <param name="Exempt">Those with an exemption today.</param>
/// <param name="OpenChecks">Those with an open check of the policy at the level.</param>
/// <param name="Checked">Those that were checked within the interval.</param>
/// <param name="MuchVisited">Enterprises that have so many visits, whether they count or not.</param>
public sealed record Holders(
    IReadOnlyList<HolderRow> Rows, IReadOnlyDictionary<long, Facet> Facets,
    IReadOnlySet<Utf8Identity> Exempt, IReadOnlySet<Utf8Identity> OpenChecks, IReadOnlySet<Utf8Identity> Checked, IReadOnlySet<Utf8Identity> MuchVisited);

/// <summary>Reads the holders of titles for a draw.</summary>
public sealed class HolderQuery(NpgsqlDataSource dataSource)
{
    private const string FacetsSql = """
        SELECT id, kind, region, risk_class, standing, titles FROM facet
        WHERE kind = ANY ($1) AND EXISTS (SELECT FROM unnest(titles) AS held (title) WHERE starts_with(title, $2))
        """;

    private const string ExemptSql = """
        SELECT title.grain FROM register JOIN title ON title.grain = register.grain
        WHERE register.facet = ANY ($1) AND title.policy = $2 AND title.level = $3 AND title.exempt_until >= $4
        """;

    private const string OpenChecksSql = "SELECT grain FROM work WHERE item = 'check' AND policy = $1 AND level = $2";

    private const string CheckedSql = "SELECT grain FROM last_check WHERE policy = $1 AND level = $2 AND made_on > $3";

    // What is planned may be made in any year, and is counted behind all of them.
    private const string MuchVisitedSql = "SELECT enterprise FROM visit_count WHERE year >= $1 GROUP BY enterprise HAVING sum(visits) >= $2";

    /// <summary>The holders that a filter asks for.</summary>
    public async Task<Holders> ReadAsync(HolderFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var facets = await FacetsAsync(connection, filter, cancellationToken);
        // Few facets have titles with an exemption; looking for it in every title would read them all.
        var exempted = facets.Where(facet => facet.Value.Titles.Any(title => title.EndsWith(Facet.Exempt, StringComparison.Ordinal))).Select(facet => facet.Key).ToArray();
        var rows = await HolderRows.ReadAsync(connection, facets.Keys, cancellationToken);
        return new Holders(
            IdentityOrder.Sort(rows, row => row.Grain), facets,
            exempted.Length > 0 ? await GrainsAsync(connection, ExemptSql, [Of(exempted), Of(filter.Policy), Of(filter.Level), Of(filter.Today)], cancellationToken) : new HashSet<Utf8Identity>(),
            await GrainsAsync(connection, OpenChecksSql, [Of(filter.Policy), Of(filter.Level)], cancellationToken),
            filter.CheckedAfter is { } after ? await GrainsAsync(connection, CheckedSql, [Of(filter.Policy), Of(filter.Level), Of(after)], cancellationToken) : new HashSet<Utf8Identity>(),
            filter.CapPerYear is { } cap ? await GrainsAsync(connection, MuchVisitedSql, [Of(filter.Today.Year), Of(cap)], cancellationToken) : new HashSet<Utf8Identity>());
    }

    private static async Task<Dictionary<long, Facet>> FacetsAsync(NpgsqlConnection connection, HolderFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(FacetsSql, connection);
        Add(command, filter.Kinds.ToArray());
        Add(command, $"{filter.Policy} {filter.Level} ");
        var facets = new Dictionary<long, Facet>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var facet = new Facet(
                reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4),
                reader.GetFieldValue<string[]>(5));
            if (filter.Region is null || (facet.Region is { } region && Region.Covers(filter.Region, region)))
                facets[reader.GetInt64(0)] = facet;
        }

        return facets;
    }

    private static async Task<HashSet<Utf8Identity>> GrainsAsync(
        NpgsqlConnection connection, string sql, IEnumerable<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters.ToArray());
        var grains = new HashSet<Utf8Identity>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(reader.GetString(0));
        return grains;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(Of(value));
}
