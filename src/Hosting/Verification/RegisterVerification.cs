using Npgsql;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Verification;

/// <summary>What lists and searches look in is what follows from an entity's columns and titles.</summary>
internal sealed class RegisterVerification
{
    public const string RegisterSql = "SELECT grain, facet, enterprise, search, terms FROM register ORDER BY grain";

    private const string FacetSql = "SELECT id, kind, region, risk_class, standing, titles FROM facet";

    private readonly Dictionary<long, Facet> _facets = [];

    private RegisterVerification()
    {
    }

    public static async Task<RegisterVerification> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var verification = new RegisterVerification();
        await using var command = new NpgsqlCommand(FacetSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var facet = new Facet(reader.GetString(1), reader.GetText(2), reader.GetText(3), reader.GetString(4), reader.GetFieldValue<string[]>(5));
            if (facet.Id == reader.GetInt64(0))
                verification._facets[facet.Id] = facet;
        }

        return verification;
    }

    /// <summary>Compares the row of a grain, or that there is none, with what it has to be.</summary>
    public Difference? Compare(string grain, GrainRows rows, EntityColumns columns, IReadOnlyList<TitleColumns> titles)
    {
        if (columns.Search is not { } search)
            return rows.IsAt(grain) ? Superfluous(rows) : null;
        var (facet, terms) = (Facet.Of(columns, titles), SearchTerms.Of(columns.Kind, search));
        if (rows.IsAt(grain) && rows.Reader is var reader && facet.Equals(_facets.GetValueOrDefault(reader.GetInt64(1)))
            && (columns.Enterprise, search) == (reader.GetText(2), reader.GetString(3)) && AreSame(terms, reader.GetFieldValue<int[]>(4)))
        {
            return null;
        }

        return Difference.OfTexts(DifferenceKind.Register, null, grain, Row(facet, columns.Enterprise, search, terms), rows.IsAt(grain) ? Found(rows.Reader) : "no row");
    }

    /// <summary>The row of a grain that has no events.</summary>
    public Difference Superfluous(GrainRows rows) => new(DifferenceKind.Register, null, rows.Grain, "no row", Found(rows.Reader));

    private string Found(NpgsqlDataReader reader)
    {
        var id = reader.GetInt64(1);
        return _facets.TryGetValue(id, out var facet)
            ? Row(facet, reader.GetText(2), reader.GetString(3), reader.GetFieldValue<int[]>(4))
            : $"facet {id}, which is not what it is called";
    }

    /// <summary>Imports write terms sorted, the database as they stand in the text.</summary>
    private static bool AreSame(int[] terms, int[] found)
    {
        Array.Sort(terms);
        Array.Sort(found);
        return terms.AsSpan().SequenceEqual(found);
    }

    private static string Row(Facet facet, string? enterprise, string search, int[] terms) =>
        $"{facet} | {enterprise ?? "no enterprise"} | {search} | {string.Join(' ', terms)}".ReplaceLineEndings(", ");
}
