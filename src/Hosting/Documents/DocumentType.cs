using System.IO.Compression;
using System.Text;
using Supervision.Hosting.Imports;

namespace Supervision.Hosting.Documents;

/// <summary>The types of documents that are stored, told from their content. What a sender claims is believed only where content cannot tell.</summary>
internal static class DocumentType
{
    /// <summary>What is stored, in words.</summary>
    public const string Expected = "a PDF, a PNG or JPEG picture, a docx or xlsx file without macros, or plain text or CSV in UTF-8 or GB18030";

    private const string Csv = "text/csv";

    // What an office file brings along; more than this is an archive of something else.
    private const int PartsMax = 10_000;

    /// <summary>Most bytes of all parts of an office file together, unfolded: whoever opens it has to hold them.</summary>
    private const long UnfoldedBytesMax = 512L << 20;

    private const int SignatureBytes = 8;

    /// <summary>The media type of a document; null where it is none of those that are stored.</summary>
    public static async Task<string?> OfAsync(FileStream file, string? claimed, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var start = new byte[SignatureBytes];
        var length = await file.ReadAtLeastAsync(start, SignatureBytes, throwOnEndOfStream: false, cancellationToken);
        return TypeOf(start.AsSpan(0, length)) switch
        {
            Signature.Pdf => "application/pdf",
            Signature.Png => "image/png",
            Signature.Jpeg => "image/jpeg",
            Signature.Zip => OfficeType(file),
            _ when await TextForm.CharsetOfAsync(file, cancellationToken) is { } charset => $"{(IsCsv(claimed) ? Csv : "text/plain")}; charset={charset}",
            _ => null,
        };
    }

    /// <summary>The name of a file for a document: what its sender calls it, with an ending that tells of its type.</summary>
    public static string FileNameOf(StoredDocument document, string? name)
    {
        var endings = EndingsOf(document.MediaType);
        return name is null ? document.Sha256[..UntitledLength] + endings[0]
            : Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? name
            : name + endings[0];
    }

    private const int UntitledLength = 16;

    private static string[] EndingsOf(string mediaType) => mediaType.Split(';')[0] switch
    {
        "application/pdf" => [".pdf"],
        "image/png" => [".png"],
        "image/jpeg" => [".jpg", ".jpeg"],
        Word => [".docx"],
        Sheet => [".xlsx"],
        Csv => [".csv", ".txt"],
        _ => [".txt", ".csv"],
    };

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private enum Signature
    {
        None,
        Pdf,
        Png,
        Jpeg,
        Zip,
    }

    private static Signature TypeOf(ReadOnlySpan<byte> start) =>
        start.StartsWith("%PDF-"u8) ? Signature.Pdf
        : start.SequenceEqual<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? Signature.Png
        : start.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? Signature.Jpeg
        : start.StartsWith("PK\u0003\u0004"u8) ? Signature.Zip
        : Signature.None;

    /// <summary>The type of an office file by the parts that it lists; nothing of it is unfolded.</summary>
    private static string? OfficeType(FileStream file)
    {
        file.Position = 0;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            if (archive.Entries.Count > PartsMax || archive.Entries.Sum(part => part.Length) > UnfoldedBytesMax || archive.GetEntry("[Content_Types].xml") is null
                || archive.Entries.Any(part => part.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            return archive.GetEntry("word/document.xml") is not null ? Word
                : archive.GetEntry("xl/workbook.xml") is not null ? Sheet
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or OverflowException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsCsv(string? claimed) => claimed?.Split(';')[0].Trim().Equals(Csv, StringComparison.OrdinalIgnoreCase) == true;
}
