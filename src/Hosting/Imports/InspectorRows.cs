
namespace Supervision.Hosting.Imports;

/// <summary>
/// A list of inspectors: <c>id,name,regions,certificate_valid_until,fields,conflicts</c>, with <c>|</c> between several regions, fields
/// or enterprises. Who is registered is set right; conflicts are added, never ended.
/// </summary>
internal sealed class InspectorRows : ListReader
{
    private const string Id = "id";
    private const string NameColumn = "name";
    private const string Regions = "regions";
    private const string ValidUntil = "certificate_valid_until";
    private const string Fields = "fields";
    private const string Conflicts = "conflicts";

    /// <exception cref="ImportRefusedException">A column is missing.</exception>
    public InspectorRows(ListHeader header)
        : base(header) => header.Need([Id, NameColumn, ValidUntil]);

    /// <inheritdoc/>
    public override string? ColumnOf(string? member) => member switch
    {
        "id" or "regions" or "conflicts" => member,
        "key" => Id,
        _ => null,
    };

    protected override ListedRow Read(ListCells cells)
    {
        var inspector = cells.Key(GrainKind.Inspector, Id, cells[Id]);
        var name = cells.Name(NameColumn);
        var validUntil = cells.Date(ValidUntil);
        var regions = new List<string>();
        foreach (var text in Parts(cells, Regions))
        {
            if (!Region.TryParse(text, out var region))
                cells.Refuse(Regions, "unknown-region", $"'{ListCells.Shorten(text)}' is not {Region.Form}.");
            else if (!regions.Contains(region))
                regions.Add(region);
        }

        var fields = Parts(cells, Fields).Distinct().ToList();
        if (fields.Count > GrainState.Inspector.FieldsMax || fields.Exists(field => field.Length > GrainState.Inspector.FieldLengthMax))
            cells.Refuse(Fields, "too-long", $"At most {GrainState.Inspector.FieldsMax} fields of at most {GrainState.Inspector.FieldLengthMax} characters.");
        var conflicts = new List<GrainId>();
        foreach (var text in Parts(cells, Conflicts))
        {
            var key = text.StartsWith("u-", StringComparison.Ordinal) ? text : text.ToUpperInvariant();
            if (!GrainId.TryParse($"{GrainKind.Enterprise}/{key}", out var enterprise))
                cells.Refuse(Conflicts, "wrong-key", $"'{ListCells.Shorten(text)}' is not an enterprise: {GrainKind.Enterprise.KeyForm}.");
            else if (!conflicts.Contains(enterprise))
                conflicts.Add(enterprise);
        }

        return cells.HasErrors
            ? new ListedRow(default, null, cells.Errors)
            : new ListedRow(
                inspector, new GrainCommand.RegisterInspector(PrivateText.Salted(name), regions, validUntil, fields, conflicts), []);
    }

    private static string[] Parts(ListCells cells, string column) => cells[column].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
