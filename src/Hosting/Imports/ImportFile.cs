using System.Runtime.CompilerServices;
using System.Text;
using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>A file as it comes in and as it is read back: in parts, never whole in memory.</summary>
internal static class ImportFile
{
    /// <summary>Bytes of a stored part.</summary>
    public const int ChunkBytes = 1 << 20;

    /// <summary>Most characters of a line; whatever is longer is cut and found too long by its row.</summary>
    public const int LineCharactersMax = 64 * 1024;

    /// <summary>The parts of an incoming file, each but the last of full length.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        while (true)
        {
            var length = await content.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, cancellationToken);
            if (length > 0)
                yield return buffer.AsMemory(0, length);
            if (length < ChunkBytes)
                yield break;
        }
    }

    /// <summary>The lines of a stored file, read as UTF-8; what is not UTF-8 becomes U+FFFD, which no row accepts.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(ImportStore store, Guid job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false).GetDecoder();
        var characters = new char[ChunkBytes + 4];
        var line = new StringBuilder();
        var isFirst = true;
        for (var place = 0; await store.ReadChunkAsync(job, place, cancellationToken) is { } chunk; place++)
        {
            // A stored part may be longer than those of a file that came as text: a row of a workbook is not divided.
            for (var start = 0; start < chunk.Length; start += ChunkBytes)
            {
                var count = decoder.GetChars(chunk.AsSpan(start, Math.Min(ChunkBytes, chunk.Length - start)), characters, flush: false);
                var rest = characters.AsMemory(0, count);
                if (isFirst && count > 0 && characters[0] == '\uFEFF')
                    rest = rest[1..];
                isFirst = false;
                while (rest.Span.IndexOf('\n') is >= 0 and var end)
                {
                    Append(line, rest.Span[..end]);
                    yield return Take(line);
                    rest = rest[(end + 1)..];
                }

                Append(line, rest.Span);
            }
        }

        var last = decoder.GetChars([], characters, flush: true);
        Append(line, characters.AsSpan(0, last));
        if (line.Length > 0)
            yield return Take(line);
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> characters) =>
        line.Append(characters[..Math.Min(characters.Length, LineCharactersMax + 1 - line.Length)]);

    private static string Take(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] == '\r')
            line.Length--;
        // What is cut is not cut within a character.
        if (line.Length > LineCharactersMax && char.IsHighSurrogate(line[^1]))
            line[^1] = '\uFFFD';
        var text = line.ToString();
        line.Clear();
        return text;
    }
}
