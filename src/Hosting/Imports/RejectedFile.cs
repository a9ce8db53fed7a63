using System.Text;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>The rejected rows of a job as a file of the same layout, with what is wrong with them.</summary>
internal static class RejectedFile
{
    /// <summary>Between the errors of one row.</summary>
    private const string Between = "; ";

    /// <summary>What is said of a row, behind the columns of the file; an import does not read them.</summary>
    public static IReadOnlyList<string> ErrorColumns { get; } = ["error_column", "error_code", "error_message"];

    public static async Task WriteAsync(ListHeader header, bool givesKeys, IAsyncEnumerable<RejectedRow> rows, Stream to)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        // The file may itself be one of rejected rows: what was wrong then is not repeated.
        int[] kept = [.. Enumerable.Range(0, header.Columns.Count).Where(place => !ErrorColumns.Contains(header.Columns[place]))];
        var line = new StringBuilder();
        CsvLine.AppendRow(line, [.. kept.Select(place => header.Columns[place]), .. givesKeys ? [NationalProducts.EntityId] : Array.Empty<string>(), .. ErrorColumns]);
        await writer.WriteAsync(line);
        await foreach (var row in rows)
        {
            var cells = CsvLine.Parse(row.Line);
            // A row that cannot be told apart into cells stands whole in the first.
            if (cells?.Length != header.Columns.Count)
                cells = [row.Line, .. Enumerable.Repeat("", header.Columns.Count - 1)];
            line.Clear();
            CsvLine.AppendRow(line,
            [
                .. kept.Select(place => CsvLine.Unguard(cells[place])), .. givesKeys ? [row.Key ?? ""] : Array.Empty<string>(),
                string.Join(Between, row.Errors.Select(error => error.Column)), string.Join(Between, row.Errors.Select(error => error.Code)),
                string.Join(Between, row.Errors.Select(error => error.Message)),
            ]);
            await writer.WriteAsync(line);
        }
    }
}
