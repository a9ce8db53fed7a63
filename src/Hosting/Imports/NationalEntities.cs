namespace Supervision.Hosting.Imports;

/// <summary>
/// The ministry's lists of factories, parks and supply chains (国家级绿色制造名单), one row a listed entity. Columns other
/// than those named here are allowed and not read.
/// </summary>
internal sealed class NationalEntities : ListReader
{
    private const string EntityId = "entity_id";
    private const string Kind = "kind";
    private const string LevelColumn = "level";
    private const string Batch = "batch";
    private const string Published = "published";
    private const string RegionColumn = "region";
    private const string Name = "name";
    private const string Industry = "industry";
    private const string Evaluator = "evaluator";

    private static readonly string[] Needed = [EntityId, Kind, LevelColumn, Batch, Published, RegionColumn, Name];

    /// <summary>The kinds by the words of the lists.</summary>
    private static readonly Dictionary<string, GrainKind> Kinds = new()
    {
        ["factory"] = GrainKind.Factory, ["park"] = GrainKind.Park, ["supply_chain"] = GrainKind.SupplyChain, ["supply-chain"] = GrainKind.SupplyChain,
    };

    private readonly string _policy;

    /// <exception cref="ImportRefusedException">A column is missing.</exception>
    public NationalEntities(ListHeader header, string policy)
        : base(header)
    {
        header.Need(Needed);
        _policy = policy;
    }

    /// <inheritdoc/>
    public override string? ColumnOf(string? member) => member switch
    {
        "grantedOn" => Published,
        "honour" => Kind,
        // The policy is that of the import; what does not fit it is where the entity lies.
        "policy" or "region" => RegionColumn,
        "level" => LevelColumn,
        "key" => EntityId,
        "name" => Name,
        _ => null,
    };

    protected override ListedRow Read(ListCells cells)
    {
        GrainId grain = default;
        if (!Kinds.TryGetValue(cells[Kind], out var kind))
            cells.Refuse(Kind, "unknown-kind", $"'{ListCells.Shorten(cells[Kind])}' is not a kind of these lists: factory, park, supply_chain.");
        else
            grain = cells.Key(kind, EntityId, cells[EntityId]);
        var entity = new GrainCommand.Register(cells.Name(Name), cells.Region(RegionColumn), cells.Text(Industry), RiskClass: null, Enterprise: null);
        var grant = new GrainCommand.GrantTitle(
            _policy, Honour: null, cells.Word<Level>(LevelColumn, "unknown-level"), Certificate: null, cells.Date(Published), cells.Text(Evaluator), cells.Text(Batch));
        return new ListedRow(grain, cells.HasErrors ? null : new GrainCommand.ImportListing(entity, grant), cells.Errors);
    }
}
