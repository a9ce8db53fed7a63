using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Hosting.Imports;

/// <summary>
/// A file on its way in, laid down on disk while it arrives: what it is written in can be told only from the whole of it.
/// It is passed on as lines of comma-separated values in UTF-8, whatever it came as.
/// </summary>
internal sealed class Upload : IAsyncDisposable
{
    private static readonly byte[] Utf16LittleEndian = [0xFF, 0xFE];

    private static readonly byte[] Utf16BigEndian = [0xFE, 0xFF];

    private readonly FileStream _file;
    private readonly TextForm? _text;

    private Upload(FileStream file, byte[] hash, TextForm? text) => (_file, Hash, _text) = (file, hash, text);

    /// <summary>SHA-256 of the file as it came.</summary>
    public byte[] Hash { get; }

    /// <summary>Takes in a whole file and finds out what it is.</summary>
    /// <exception cref="ImportRefusedException">It is empty, neither text nor a workbook, or a workbook that is not safe to open.</exception>
    public static async Task<Upload> ReceiveAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var isWorkbook = false;
            await foreach (var part in ImportFile.PartsAsync(content, cancellationToken))
            {
                if (file.Position == 0)
                    isWorkbook = Workbook.IsOne(part.Span);
                if (!isWorkbook)
                    RefuseBinary(part.Span, isFirst: file.Position == 0);
                hash.AppendData(part.Span);
                await file.WriteAsync(part, cancellationToken);
            }

            if (file.Position == 0)
                throw new ImportRefusedException("The file is empty.");
            file.Position = 0;
            if (isWorkbook)
                Workbook.Refuse(file);
            var text = isWorkbook ? null : await TextForm.OfAsync(file, cancellationToken);
            return new Upload(file, hash.GetHashAndReset(), text);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first line.</summary>
    public async Task<string> HeaderAsync(CancellationToken cancellationToken)
    {
        var header = new MemoryStream();
        await foreach (var part in PartsAsync(cancellationToken))
        {
            var end = part.Span.IndexOf((byte)'\n');
            header.Write(end < 0 ? part.Span : part.Span[..end]);
            if (end >= 0 || header.Length > ImportFile.LineCharactersMax)
                break;
        }

        return Encoding.UTF8.GetString(header.ToArray()).TrimStart('\uFEFF').TrimEnd('\r');
    }

    /// <summary>The lines in UTF-8, in parts.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _file.Position = 0;
        if (_text is null)
        {
            foreach (var part in Workbook.Parts(_file))
                yield return part;
            yield break;
        }

        await foreach (var part in _text.ToUtf8Async(ImportFile.PartsAsync(_file, cancellationToken)))
            yield return part;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static void RefuseBinary(ReadOnlySpan<byte> part, bool isFirst)
    {
        if (isFirst && (part.StartsWith(Utf16LittleEndian) || part.StartsWith(Utf16BigEndian)))
            throw new ImportRefusedException("The file is UTF-16; save it as CSV in UTF-8 or GB18030, or as xlsx.");
        if (part.Contains((byte)0))
            throw new ImportRefusedException("The file has NUL bytes, so it is no text; CSV in UTF-8 or GB18030 or an xlsx workbook is needed.");
    }
}
