using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using ExcelDataReader;

namespace Supervision.Hosting.Imports;

/// <summary>
/// The first sheet of an xlsx workbook as lines of comma-separated values. A workbook is a zip archive and can unfold to a
/// thousand times its size, so it is looked through within narrow bounds before anything is made of it.
/// </summary>
internal static class Workbook
{
    /// <summary>Most bytes of all parts together, unfolded.</summary>
    public const long BytesMax = 64 << 20;

    /// <summary>Most bytes that one byte of the file may unfold to.</summary>
    public const int RatioMax = 100;

    /// <summary>Most parts.</summary>
    public const int PartsMax = 200;

    /// <summary>Most rows of a sheet, as the format itself has it.</summary>
    private const int RowsMax = 1_048_576;

    private const int LineBytes = 1 << 16;

    private static readonly byte[] ZipSignature = [(byte)'P', (byte)'K', 3, 4];

    // The reader asks for the code page of old workbooks before it looks at the file.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Whether a file that begins so is a workbook, or at least a zip archive.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) => start.StartsWith(ZipSignature);

    /// <summary>Refuses what is no workbook or not safe to open; reads no more than the bounds allow.</summary>
    /// <exception cref="ImportRefusedException">What is wrong with it.</exception>
    public static void Refuse(FileStream file)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > PartsMax)
                throw new ImportRefusedException($"The workbook has {archive.Entries.Count} parts; at most {PartsMax} are allowed.");
            // What the archive says of itself costs nothing to read, so it is asked first; then it is counted.
            RefuseSize(archive.Entries.Sum(entry => entry.Length), file.Length);
            var bytes = 0L;
            foreach (var entry in archive.Entries)
                bytes = RefusePart(entry, bytes, file.Length);
        }
        catch (Exception exception) when (exception is InvalidDataException or XmlException or NotSupportedException or OverflowException)
        {
            throw new ImportRefusedException($"The workbook cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The rows of the first sheet, a line each, in UTF-8.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(Stream file)
    {
        var errors = SheetErrors.Of(file);
        file.Position = 0;
        using var reader = Open(file);
        var line = new StringBuilder();
        var columns = 0;
        while (reader.Read())
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(column => errors.At(reader.Depth, column) ?? TextOf(reader.GetValue(column))).ToArray();
            var used = Array.FindLastIndex(cells, cell => !string.IsNullOrWhiteSpace(cell)) + 1;
            // A row without a word is no row; sheets have many at their end, and columns as well.
            if (used == 0)
                continue;
            if (columns == 0)
                columns = used;
            for (var column = 0; column < Math.Max(columns, used); column++)
            {
                if (column > 0)
                    line.Append(',');
                CsvLine.Append(line, column < cells.Length ? cells[column] : "");
            }

            line.Append('\n');
            if (line.Length < LineBytes)
                continue;
            yield return Encoding.UTF8.GetBytes(line.ToString());
            line.Clear();
        }

        yield return Encoding.UTF8.GetBytes(line.ToString());
    }

    private static IExcelDataReader Open(Stream file)
    {
        try
        {
            return ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true });
        }
        catch (Exception exception) when (exception is ExcelDataReader.Exceptions.ExcelReaderException or InvalidDataException or XmlException)
        {
            throw new ImportRefusedException($"The file is no xlsx workbook: {exception.Message}", exception);
        }
    }

    /// <summary>Numbers and dates as they are written in lists; a line break within a cell must not end the row, and is refused there, as is what no database keeps.</summary>
    private static string TextOf(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!.Replace('\n', '\v').Replace('\r', '\v').Replace('\0', '\uFFFD'),
    };

    private static long RefusePart(ZipArchiveEntry entry, long before, long fileBytes)
    {
        using var counted = new CountedStream(entry.Open(), bytes => RefuseSize(before + bytes, fileBytes));
        if (!entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
        {
            var start = new byte[ZipSignature.Length];
            if (counted.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && IsOne(start))
                throw new ImportRefusedException("The workbook has an archive within it.");
            counted.CopyTo(Stream.Null);
            return before + counted.Bytes;
        }

        // Entities and document types, with which a part could reach for other files or unfold once more, are prohibited.
        using var xml = XmlReader.Create(counted, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = BytesMax, IgnoreWhitespace = true, IgnoreComments = true,
        });
        // Rows and cells may say where they are, and otherwise stand one behind the other.
        var (rows, cells) = (0, 0);
        var characters = new char[4096];
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                RefuseText(xml, characters);
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            (rows, cells) = xml.LocalName switch
            {
                "row" => (rows + 1, 0),
                "c" => (rows, cells + 1),
                _ => (rows, cells),
            };
            if (rows > RowsMax)
                throw new ImportRefusedException($"The workbook has more than {RowsMax} rows.");
            if (cells > ListHeader.ColumnsMax)
                throw new ImportRefusedException($"The workbook has a row of more than {ListHeader.ColumnsMax} cells; at most {ListHeader.ColumnsMax} columns are allowed.");
            if (xml.GetAttribute("r") is { } place)
                RefusePlace(xml.LocalName, place);
        }

        return before + counted.Bytes;
    }

    /// <summary>Refuses a text that is too long for a cell, without having all of it in memory.</summary>
    private static void RefuseText(XmlReader xml, char[] characters)
    {
        var length = 0;
        while (xml.ReadValueChunk(characters, 0, characters.Length) is var count && count > 0)
        {
            length += count;
            if (length > ImportFile.LineCharactersMax)
                throw new ImportRefusedException($"The workbook has a cell of more than {ImportFile.LineCharactersMax} characters.");
        }
    }

    private static void RefusePlace(string element, string place)
    {
        var letters = place.AsSpan().TrimEnd("0123456789");
        if (element == "c" && (letters.Length > 2 || ColumnOf(letters) > ListHeader.ColumnsMax))
            throw new ImportRefusedException($"The workbook has a cell at {Shorten(place)}; at most {ListHeader.ColumnsMax} columns are allowed.");
        if (element is "c" or "row" && (!int.TryParse(place.AsSpan(letters.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row > RowsMax))
            throw new ImportRefusedException($"The workbook has a row {Shorten(place)}; at most {RowsMax} are allowed.");
    }

    /// <summary>The place of a column from 1, by its letters.</summary>
    public static int ColumnOf(ReadOnlySpan<char> letters)
    {
        var column = 0;
        foreach (var letter in letters)
            column = (column * 26) + (letter - 'A' + 1);
        return column;
    }

    private static string Shorten(string place) => place.Length <= 20 ? place : place[..20] + "…";

    private static void RefuseSize(long bytes, long fileBytes)
    {
        if (bytes > BytesMax)
            throw new ImportRefusedException($"The workbook unfolds to more than {BytesMax >> 20} MB; import it as CSV, or in parts.");
        if (bytes > fileBytes * RatioMax)
            throw new ImportRefusedException($"The workbook unfolds to more than {RatioMax} times its size.");
    }

    /// <summary>Counts what is read, and tells as it goes on.</summary>
    private sealed class CountedStream(Stream inner, Action<long> onRead) : Stream
    {
        public long Bytes { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = inner.Read(buffer);
            Bytes += count;
            onRead(Bytes);
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
