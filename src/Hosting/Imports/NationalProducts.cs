using System.Globalization;

namespace Supervision.Hosting.Imports;

/// <summary>
/// The ministry's lists of green design products (绿色设计产品名单), one row a product of a company. They number nothing
/// through, so a product's key is its batch and its place among the rows of that batch, in the order of the file.
/// </summary>
internal sealed class NationalProducts : ListReader
{
    public const string Company = "company";

    public const string Product = "product";

    /// <summary>The key, where it was given before: in a file of rejected rows, whose places say nothing any more.</summary>
    public const string EntityId = "entity_id";

    private const string LevelColumn = "level";
    private const string Batch = "batch";
    private const string Published = "published";
    private const string RegionColumn = "region";
    private const string Model = "model";

    /// <summary>What the lists write where a product has no model.</summary>
    private const string NoModel = "-";

    private static readonly string[] Needed = [LevelColumn, Batch, Published, RegionColumn, Company, Product];

    private readonly string _policy;
    private readonly bool _hasKeys;
    private readonly Dictionary<string, int> _places = [];
    private string _batch = "";

    /// <exception cref="ImportRefusedException">A column is missing.</exception>
    public NationalProducts(ListHeader header, string policy)
        : base(header)
    {
        header.Need(Needed);
        _policy = policy;
        _hasKeys = header.PlaceOf(EntityId) >= 0;
    }

    /// <inheritdoc/>
    public override string? ColumnOf(string? member) => member switch
    {
        "grantedOn" => Published,
        "level" => LevelColumn,
        "policy" or "region" => RegionColumn,
        "key" => _hasKeys ? EntityId : null,
        "name" => Product,
        "enterprise" => Company,
        _ => null,
    };

    protected override ListedRow Read(ListCells cells)
    {
        _batch = cells[Batch];
        var grain = _hasKeys ? cells.Key(GrainKind.Product, EntityId, cells[EntityId]) : PassBy();
        if (!_hasKeys && grain == default)
            cells.Refuse(Batch, "wrong-key", $"'{ListCells.Shorten(_batch)}' cannot be part of a key: {GrainKind.Product.KeyForm}.");
        var name = cells.Name(Product);
        // A product without its model is no product that one could check: several share the word.
        if (cells[Model] is { Length: > 0 } model && model != NoModel)
            name += " " + model;
        if (name.Length > EntityName.LengthMax)
            cells.Refuse(Model, "name-too-long", $"Product and model have {name.Length} characters; at most {EntityName.LengthMax} are allowed.");
        var entity = new GrainCommand.Register(
            name, cells.Region(RegionColumn), Industry: null, RiskClass: null, Enterprise: null, EnterpriseName: cells.Name(Company));
        var grant = new GrainCommand.GrantTitle(
            _policy, Honour: null, cells.Word<Level>(LevelColumn, "unknown-level"), Certificate: null, cells.Date(Published), Evaluator: null, cells.Text(Batch));
        return new ListedRow(grain, cells.HasErrors ? null : new GrainCommand.ImportListing(entity, grant), cells.Errors);
    }

    /// <summary>The next place of the batch. A row that cannot be read holds its place all the same, in the batch of the row before it.</summary>
    protected override GrainId PassBy()
    {
        _places[_batch] = _places.GetValueOrDefault(_batch) + 1;
        var id = string.Create(CultureInfo.InvariantCulture, $"{GrainKind.Product.Name}/N-{_batch}-D-{_places[_batch]:D4}");
        return !_hasKeys && GrainId.TryParse(id, out var grain) ? grain : default;
    }
}
