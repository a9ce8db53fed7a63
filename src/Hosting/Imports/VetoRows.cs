namespace Supervision.Hosting.Imports;

/// <summary>
/// A list of facts about enterprises, by credit code: <c>credit_code,kind,on,source,reference</c>. Each row is a match that an
/// officer has to confirm; enterprises that are not registered are told apart.
/// </summary>
internal sealed class VetoRows : ListReader
{
    private const string Code = "credit_code";
    private const string Kind = "kind";
    private const string On = "on";
    private const string Source = "source";
    private const string Reference = "reference";

    /// <exception cref="ImportRefusedException">A column is missing.</exception>
    public VetoRows(ListHeader header)
        : base(header) => header.Need([Code, Kind, On, Source]);

    /// <inheritdoc/>
    public override string? ColumnOf(string? member) => member switch
    {
        "kind" or "on" => member,
        // Whom it is about, and so in which region, the code alone says.
        "key" or "region" => Code,
        _ => null,
    };

    protected override ListedRow Read(ListCells cells)
    {
        var code = cells[Code].ToUpperInvariant();
        if (!CreditCode.IsValid(code))
            cells.Refuse(Code, "wrong-credit-code", $"'{ListCells.Shorten(code)}' is not a unified social credit code: 18 characters with a check character.");
        var kind = cells.Word<VetoKind>(Kind, "unknown-kind");
        var on = cells.Date(On);
        var source = cells.Text(Source);
        if (source is null)
            cells.Refuse(Source, "source-missing", "Who publishes it has to be named.");
        var reference = cells.Text(Reference);
        return cells.HasErrors
            ? new ListedRow(default, null, cells.Errors)
            : new ListedRow(GrainId.Of(GrainKind.Enterprise, code), new GrainCommand.RecordVeto(kind, on, source!, reference), []);
    }
}
