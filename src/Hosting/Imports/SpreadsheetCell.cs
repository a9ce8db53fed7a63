using System.Globalization;

namespace Supervision.Hosting.Imports;

/// <summary>Cells whose value a spreadsheet program has lost, as they stand in its workbooks and in the CSV that it writes.</summary>
internal static class SpreadsheetCell
{
    /// <summary>What a reference shows to something that is not there.</summary>
    public const string NoReference = "#REF!";

    private static readonly string[] Errors = ["#DIV/0!", "#GETTING_DATA", "#N/A", "#NAME?", "#NULL!", "#NUM!", NoReference, "#VALUE!"];

    /// <summary>The error that a cell shows; null: it shows none.</summary>
    public static string? ErrorOf(string cell) => cell.StartsWith('#') ? Errors.FirstOrDefault(error => string.Equals(error, cell, StringComparison.Ordinal)) : null;

    /// <summary>Whether a cell is a number too long to be kept: it stands as 1.23E+19.</summary>
    public static bool IsCutNumber(string cell) =>
        cell.Contains("E+", StringComparison.Ordinal)
        && double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
}
