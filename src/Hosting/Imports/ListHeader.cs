namespace Supervision.Hosting.Imports;

/// <summary>The columns of a list.</summary>
internal sealed class ListHeader
{
    /// <summary>Most columns of a list.</summary>
    public const int ColumnsMax = 200;

    private readonly Dictionary<string, int> _places;

    private ListHeader(string[] columns, Dictionary<string, int> places) => (Columns, _places) = (columns, places);

    /// <summary>The names of the columns, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Reads the first line of a list.</summary>
    /// <exception cref="ImportRefusedException">There are too many columns, or one is there twice.</exception>
    public static ListHeader Parse(string line)
    {
        if (line.Length > ImportFile.LineCharactersMax)
            throw new ImportRefusedException($"The first line has more than {ImportFile.LineCharactersMax} characters; it has to name the columns.");
        var columns = CsvLine.Parse(line) ?? throw new ImportRefusedException("The header has a quote that is not closed.");
        if (columns.Length > ColumnsMax)
            throw new ImportRefusedException($"The header has {columns.Length} columns; at most {ColumnsMax} are allowed.");
        var places = new Dictionary<string, int>();
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = columns[i].Trim();
            if (!places.TryAdd(columns[i], i))
                throw new ImportRefusedException($"The column '{columns[i]}' is there twice.");
        }

        return new ListHeader(columns, places);
    }

    /// <summary>Where a column stands; negative when there is none.</summary>
    public int PlaceOf(string column) => _places.GetValueOrDefault(column, -1);

    /// <summary>Refuses a list without columns that it needs.</summary>
    /// <exception cref="ImportRefusedException">The missing columns are named.</exception>
    public void Need(string[] needed)
    {
        var missing = needed.Where(column => !_places.ContainsKey(column)).ToList();
        if (missing.Count > 0)
            throw new ImportRefusedException($"The header needs the columns {string.Join(", ", needed)}; missing: {string.Join(", ", missing)}.");
    }
}
