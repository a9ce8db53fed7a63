using System.Buffers;
using System.Text;
using CsvHelper;

namespace Supervision.Hosting.Imports;

/// <summary>
/// A line of a CSV file. No published list has a line break within a cell, so every line is a row of its own: an
/// unclosed quote spoils its row and not the rest of the file.
/// </summary>
internal static class CsvLine
{
    private const char Guard = '\'';

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, Separator = ',', AllowLineBreaksInQuotes = false };

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n\v");

    /// <summary>What a spreadsheet program takes for the beginning of a formula (OWASP, CSV injection).</summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    /// <summary>The cells of a line; null when a quote is not closed.</summary>
    public static string[]? Parse(string line)
    {
        // Lines without quotes, which is most of them, need no parser.
        if (!line.Contains('"', StringComparison.Ordinal))
            return line.Split(',');
        if (line.Count(character => character == '"') % 2 != 0)
            return null;
        using var reader = CsvReader.FromText(line, Options);
        return reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : [];
    }

    /// <summary>Appends a cell as it is.</summary>
    public static void Append(StringBuilder line, string cell)
    {
        if (!cell.AsSpan().ContainsAny(Quoted))
            line.Append(cell);
        else
            line.Append('"').Append(cell).Replace("\"", "\"\"", line.Length - cell.Length, cell.Length).Append('"');
    }

    /// <summary>Appends a cell for people, who open files in spreadsheet programs: what looks like a formula gets an apostrophe before it.</summary>
    private static void AppendGuarded(StringBuilder line, string cell) => Append(line, LooksLikeFormula(cell) ? Guard + cell : cell);

    /// <summary>Appends a row for people, each cell as <see cref="AppendGuarded"/> does.</summary>
    public static void AppendRow(StringBuilder line, IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                line.Append(',');
            AppendGuarded(line, cells[i]);
        }

        line.Append("\r\n");
    }

    /// <summary>A cell without the apostrophe that <see cref="AppendGuarded"/> gave it.</summary>
    public static string Unguard(string cell) => cell.StartsWith(Guard) && LooksLikeFormula(cell) ? cell[1..] : cell;

    /// <summary>Apostrophes before it count as nothing, so that every text comes back as it was.</summary>
    private static bool LooksLikeFormula(string cell) =>
        cell.AsSpan().TrimStart(Guard) is { IsEmpty: false } text && FormulaStarts.Contains(text[0]);
}
