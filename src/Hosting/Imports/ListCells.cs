using System.Globalization;

namespace Supervision.Hosting.Imports;

/// <summary>The cells of a row by column, and what is wrong with them so far.</summary>
internal sealed class ListCells
{
    private const int ShownLengthMax = 40;

    // Legal dates lie well within; calendar arithmetic never leaves what can be represented.
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    private static readonly DateOnly Latest = new(2999, 12, 31);

    private readonly ListHeader _header;
    private readonly string[] _cells;
    private readonly List<RowError> _errors = [];

    public ListCells(ListHeader header, string[] cells)
    {
        (_header, _cells) = (header, cells);
        for (var i = 0; i < cells.Length; i++)
        {
            // What was said of a row that was rejected is not read.
            if (RejectedFile.ErrorColumns.Contains(header.Columns[i]))
                continue;
            if (cells[i].Contains('\uFFFD', StringComparison.Ordinal))
                Refuse(header.Columns[i], "bad-encoding", "The cell has bytes that are not text in the encoding of the file.");
            else if (SpreadsheetCell.ErrorOf(cells[i]) is not null)
                Refuse(header.Columns[i], "cell-error", $"'{cells[i]}' is what a spreadsheet program shows for a cell without a value.");
            else if (SpreadsheetCell.IsCutNumber(cells[i]))
                Refuse(header.Columns[i], "number-not-text", "The cell is a number of more than 15 digits, of which spreadsheet programs keep 15; it has to be text.");
            else if (HasControl(cells[i]))
                Refuse(header.Columns[i], "control-character", "The cell has a control character, for example a line break.");
            cells[i] = CsvLine.Unguard(cells[i].Trim());
        }
    }

    /// <summary>What is wrong, in the order of the columns.</summary>
    public IReadOnlyList<RowError> Errors => [.. _errors.OrderBy(error => error.Column is null ? -1 : _header.PlaceOf(error.Column))];

    public bool HasErrors => _errors.Count > 0;

    public void Refuse(string? column, string code, string message) => _errors.Add(new RowError(column, code, message));

    /// <summary>The text of a cell; empty where there is none.</summary>
    public string this[string column] => _header.PlaceOf(column) is >= 0 and var place ? _cells[place] : "";

    /// <summary>A text that may be absent.</summary>
    public string? Text(string column)
    {
        var text = this[column];
        if (text.Length > EntityName.LengthMax)
            Refuse(column, "too-long", $"The cell has {text.Length} characters; at most {EntityName.LengthMax} are allowed.");
        return text.Length == 0 ? null : text;
    }

    /// <summary>The name of the entity.</summary>
    public string Name(string column)
    {
        var name = this[column];
        if (EntityName.Normalise(name).Length == 0)
            Refuse(column, "name-missing", "A name is needed.");
        else if (name.Length > EntityName.LengthMax)
            Refuse(column, "name-too-long", $"The name has {name.Length} characters; at most {EntityName.LengthMax} are allowed.");
        return name;
    }

    public T Word<T>(string column, string code)
        where T : struct, Enum
    {
        if (!KebabCase<T>.TryParse(this[column], out var value))
            Refuse(column, code, $"'{Shorten(this[column])}' is not one of {string.Join(", ", KebabCase<T>.Words)}.");
        return value;
    }

    public DateOnly Date(string column)
    {
        if (!DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date < Earliest || date > Latest)
            Refuse(column, "wrong-date", $"'{Shorten(this[column])}' is not a date of the form yyyy-MM-dd, from 1900 to 2999.");
        return date;
    }

    public string? Region(string column)
    {
        if (this[column] is not { Length: > 0 } text)
            return null;
        if (!Supervision.Region.TryParse(text, out var region))
            Refuse(column, "unknown-region", $"'{Shorten(text)}' is not {Supervision.Region.Form}.");
        return region;
    }

    public GrainId Key(GrainKind kind, string column, string key)
    {
        if (!GrainId.TryParse($"{kind.Name}/{key}", out var grain))
            Refuse(column, "wrong-key", $"'{Shorten(key)}' is not a key: {kind.KeyForm}.");
        return grain;
    }

    /// <summary>A text as messages show it: what is cut is not cut within a character, and what is damaged is not damaged again where the message is copied.</summary>
    public static string Shorten(string text) =>
        (text.Length <= ShownLengthMax ? text : text[..(char.IsHighSurrogate(text[ShownLengthMax - 1]) ? ShownLengthMax - 1 : ShownLengthMax)] + "…").Replace('\uFFFD', '?');

    private static bool HasControl(string cell)
    {
        foreach (var character in cell)
        {
            if (ControlCharacter.Is(character))
                return true;
        }

        return false;
    }
}
