using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Supervision.Hosting.Imports;

/// <summary>Cells of the first sheet of a workbook that have no value, which the reader of workbooks takes for empty ones or for numbers.</summary>
internal sealed class SheetErrors
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<(int Row, int Column), string> _errors = [];

    /// <summary>Looks through a workbook that was found safe to open; afterwards its position is anywhere.</summary>
    public static SheetErrors Of(Stream file)
    {
        var errors = new SheetErrors();
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (FirstSheet(archive) is { } sheet)
            errors.Read(sheet, CountSharedStrings(archive));
        return errors;
    }

    /// <summary>The error that a cell shows, by places from 0; null: it has a value, or is empty.</summary>
    public string? At(int row, int column) => _errors.GetValueOrDefault((row, column));

    private static ZipArchiveEntry? FirstSheet(ZipArchive archive)
    {
        string? id = null;
        foreach (var xml in ElementsOf(archive.GetEntry("xl/workbook.xml"), "sheet"))
        {
            id = xml.GetAttribute("id", Relationships);
            break;
        }

        foreach (var xml in ElementsOf(archive.GetEntry("xl/_rels/workbook.xml.rels"), "Relationship"))
        {
            if (id is not null && xml.GetAttribute("Id") == id && xml.GetAttribute("Target") is { } target)
                return archive.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}");
        }

        return null;
    }

    private static int CountSharedStrings(ZipArchive archive) => ElementsOf(archive.GetEntry("xl/sharedStrings.xml"), "si").Count();

    private static IEnumerable<XmlReader> ElementsOf(ZipArchiveEntry? part, string name)
    {
        if (part is null)
            yield break;
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                yield return xml;
        }
    }

    private void Read(ZipArchiveEntry sheet, int sharedStrings)
    {
        // Rows and cells may say where they are, and otherwise stand one behind the other.
        var (row, column, type) = (-1, -1, (string?)null);
        using var stream = sheet.Open();
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "row":
                    (row, column) = (int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : row + 1, -1);
                    break;
                case "c":
                    (column, type) = (xml.GetAttribute("r") is { } place ? Workbook.ColumnOf(place.AsSpan().TrimEnd("0123456789")) - 1 : column + 1, xml.GetAttribute("t"));
                    break;
                case "v" when type is "e" or "s":
                    var value = xml.Read() && xml.NodeType == XmlNodeType.Text ? xml.Value : "";
                    // Of a sheet full of errors only one text of each is kept.
                    if (type == "e")
                        _errors[(row, column)] = SpreadsheetCell.ErrorOf(value) ?? SpreadsheetCell.NoReference;
                    else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= sharedStrings)
                        _errors[(row, column)] = SpreadsheetCell.NoReference;
                    break;
            }
        }
    }
}
