using CsvHelper;

namespace Supervision.Hosting.Imports;

/// <summary>
/// Reads one line of a CSV file. No published list has a line break within a cell, so every line is a row of its own: an
/// unclosed quote spoils its row and not the rest of the file.
/// </summary>
internal static class CsvLine
{
    private static readonly CsvReaderOptions Options = new() { HasHeader = false, Separator = ',', AllowLineBreaksInQuotes = false };

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
}
