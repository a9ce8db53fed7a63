using System.Globalization;

namespace Supervision.Hosting.Imports;

/// <summary>A row that was read: a command for a grain, or what is wrong with it, or neither when it is of a kind that is not entered.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Command">The command.</param>
/// <param name="Errors">What is wrong: column, code, message.</param>
internal sealed record ListedRow(GrainId Grain, GrainCommand.ImportListing? Command, IReadOnlyList<(string? Column, string Code, string Message)> Errors);

/// <summary>
/// The format of the ministry's national lists (国家级绿色制造名单) as CSV, one row a listed entity. Other columns than
/// those named here are allowed and not read.
/// </summary>
internal sealed class NationalList
{
    /// <summary>The word for the format.</summary>
    public const string Format = "national-list";

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

    /// <summary>Kinds of the lists that become entities later.</summary>
    private static readonly string[] KindsNotEntered = ["park", "supply_chain", "supply-chain", "product"];

    private readonly Dictionary<string, int> _columns;
    private readonly string _policy;

    private NationalList(Dictionary<string, int> columns, string policy) => (_columns, _policy) = (columns, policy);

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImportRefusedException">A column is missing or named twice.</exception>
    public static NationalList Of(string header, string policy)
    {
        var cells = CsvLine.Parse(header) ?? throw new ImportRefusedException("The header has a quote that is not closed.");
        var columns = new Dictionary<string, int>();
        for (var i = 0; i < cells.Length; i++)
        {
            if (!columns.TryAdd(cells[i].Trim(), i))
                throw new ImportRefusedException($"The column '{cells[i].Trim()}' is there twice.");
        }

        var missing = Needed.Where(column => !columns.ContainsKey(column)).ToList();
        return missing.Count == 0
            ? new NationalList(columns, policy)
            : throw new ImportRefusedException($"The header, in UTF-8, needs the columns {string.Join(", ", Needed)}; missing: {string.Join(", ", missing)}.");
    }

    /// <summary>Reads a row.</summary>
    public ListedRow Read(string line)
    {
        if (line.Length > ImportFile.LineCharactersMax)
            return Wrong(null, "row-too-long", $"A row has at most {ImportFile.LineCharactersMax} characters.");
        if (CsvLine.Parse(line) is not { } cells)
            return Wrong(null, "unclosed-quote", "A quote is not closed in this row.");
        if (cells.Length != _columns.Count)
            return Wrong(null, "wrong-cell-count", $"The row has {cells.Length} cells; the header has {_columns.Count}.");

        var kind = Cell(cells, Kind);
        if (KindsNotEntered.Contains(kind))
            return new ListedRow(default, null, []);
        var errors = new List<(string? Column, string Code, string Message)>();
        foreach (var (column, place) in _columns)
        {
            if (cells[place].Contains('\uFFFD', StringComparison.Ordinal))
                errors.Add((column, "bad-encoding", "The cell is not valid UTF-8."));
            else if (cells[place].Any(char.IsControl))
                errors.Add((column, "control-character", "The cell has a control character."));
        }

        if (errors.Count > 0)
            return new ListedRow(default, null, errors);

        GrainId grain = default;
        if (!GrainKind.TryFind(kind, out var grainKind) || grainKind != GrainKind.Factory)
            errors.Add((Kind, "unknown-kind", $"'{Shorten(kind)}' is not a kind of the national lists: factory, park, supply_chain, product."));
        else if (!GrainId.TryParse($"{grainKind.Name}/{Cell(cells, EntityId)}", out grain))
            errors.Add((EntityId, "wrong-key", $"'{Shorten(Cell(cells, EntityId))}' is not a key: {grainKind.KeyForm}."));
        var name = Cell(cells, Name);
        if (name.Length == 0)
            errors.Add((Name, "name-missing", "A name is needed."));
        else if (name.Length > EntityName.LengthMax)
            errors.Add((Name, "name-too-long", $"The name has {name.Length} characters; at most {EntityName.LengthMax} are allowed."));
        if (!KebabCase<Level>.TryParse(Cell(cells, LevelColumn), out var level))
            errors.Add((LevelColumn, "unknown-level", $"'{Shorten(Cell(cells, LevelColumn))}' is not one of {string.Join(", ", KebabCase<Level>.Words)}."));
        if (!DateOnly.TryParseExact(Cell(cells, Published), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var published))
            errors.Add((Published, "wrong-date", $"'{Shorten(Cell(cells, Published))}' is not a date of the form yyyy-MM-dd."));
        string? region = null;
        if (Cell(cells, RegionColumn) is { Length: > 0 } regionText && !Region.TryParse(regionText, out region))
            errors.Add((RegionColumn, "unknown-region", $"'{Shorten(regionText)}' is not {Region.Form}."));
        foreach (var column in new[] { Industry, Evaluator, Batch })
        {
            if (Cell(cells, column).Length > EntityName.LengthMax)
                errors.Add((column, "too-long", $"At most {EntityName.LengthMax} characters are allowed."));
        }

        return errors.Count > 0
            ? new ListedRow(grain, null, errors)
            : new ListedRow(grain, CommandOf(cells, name, level, published, region), []);
    }

    /// <summary>The column that a rejected member of the command came from.</summary>
    public static string? ColumnOf(string? member) => member switch
    {
        "grantedOn" => Published,
        "policy" or "honour" => Kind,
        "level" => LevelColumn,
        "name" => Name,
        _ => null,
    };

    private GrainCommand.ImportListing CommandOf(string[] cells, string name, Level level, DateOnly published, string? region) => new(
        new GrainCommand.Register(name, region, NullIfEmpty(Cell(cells, Industry)), RiskClass: null, Enterprise: null),
        new GrainCommand.GrantTitle(
            _policy, Honour: null, level, Certificate: null, published, NullIfEmpty(Cell(cells, Evaluator)), NullIfEmpty(Cell(cells, Batch))));

    private string Cell(string[] cells, string column) => _columns.TryGetValue(column, out var place) ? cells[place].Trim() : "";

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static ListedRow Wrong(string? column, string code, string message) => new(default, null, [(column, code, message)]);
}
