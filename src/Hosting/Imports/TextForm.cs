using System.Buffers;
using System.Text;

namespace Supervision.Hosting.Imports;

/// <summary>
/// The encoding of a text file: UTF-8, with or without a byte order mark, or GB18030. Told from the whole file: most of
/// GB18030 is not well-formed UTF-8, and a file that is both is plain ASCII.
/// </summary>
internal sealed class TextForm
{
    // Well-formed sequences that stand beside each ill-formed one in a file with damaged bytes. Chinese text in
    // GB18030 that is read as UTF-8 is ill-formed at nearly every character.
    private const int WellFormedToIllFormed = 4;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding StrictGb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // What is damaged becomes U+FFFD, which no row accepts.
    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    private readonly Encoding? _from;

    private TextForm(Encoding? from) => _from = from;

    /// <summary>Finds out how a file is encoded; afterwards its position is anywhere.</summary>
    public static async Task<TextForm> OfAsync(Stream file, CancellationToken cancellationToken)
    {
        var utf8 = new TextForm(null);
        file.Position = 0;
        var mark = new byte[ByteOrderMark.Length];
        if (await file.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken) == mark.Length && mark.SequenceEqual(ByteOrderMark))
            return utf8;
        if (await FitsAsync(file, StrictUtf8, cancellationToken) || await IsDamagedUtf8Async(file, cancellationToken))
            return utf8;
        // What is neither is read as UTF-8: its rows say which cells are damaged.
        return await FitsAsync(file, StrictGb18030, cancellationToken) || await IsDamagedGb18030Async(file, cancellationToken) ? new TextForm(Gb18030) : utf8;
    }

    /// <summary>The charset in which a whole file is text without control characters but tabs and ends of lines and pages; null: in none.</summary>
    public static async Task<string?> CharsetOfAsync(Stream file, CancellationToken cancellationToken) =>
        await FitsAsync(file, StrictUtf8, cancellationToken, IsText) ? "utf-8"
        : await FitsAsync(file, StrictGb18030, cancellationToken, IsText) ? "gb18030"
        : null;

    /// <summary>The same text in UTF-8. What already is passes through as it is, damaged bytes included.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ToUtf8Async(IAsyncEnumerable<ReadOnlyMemory<byte>> parts)
    {
        if (_from is null)
        {
            await foreach (var part in parts)
                yield return part;
            yield break;
        }

        var decoder = _from.GetDecoder();
        var characters = new char[_from.GetMaxCharCount(ImportFile.ChunkBytes)];
        await foreach (var part in parts)
        {
            var count = decoder.GetChars(part.Span, characters, flush: false);
            yield return Encoding.UTF8.GetBytes(characters, 0, count);
        }

        // A file that is cut within its last character says so in the cell.
        var rest = decoder.GetChars([], characters, flush: true);
        if (rest > 0)
            yield return Encoding.UTF8.GetBytes(characters, 0, rest);
    }

    private static bool IsText(ReadOnlySpan<char> characters)
    {
        foreach (var character in characters)
        {
            if (char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f'))
                return false;
        }

        return true;
    }

    private static async Task<bool> FitsAsync(Stream file, Encoding strict, CancellationToken cancellationToken, Func<ReadOnlySpan<char>, bool>? holds = null)
    {
        file.Position = 0;
        var decoder = strict.GetDecoder();
        var characters = new char[strict.GetMaxCharCount(ImportFile.ChunkBytes)];
        try
        {
            await foreach (var part in ImportFile.PartsAsync(file, cancellationToken))
            {
                var count = decoder.GetChars(part.Span, characters, flush: false);
                if (holds is not null && !holds(characters.AsSpan(0, count)))
                    return false;
            }

            decoder.GetChars([], characters, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Whether a file that is not well-formed is UTF-8 all the same, with some damaged bytes.</summary>
    private static async Task<bool> IsDamagedUtf8Async(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var (wellFormed, illFormed) = (0L, 0L);
        await foreach (var part in ImportFile.PartsAsync(file, cancellationToken))
        {
            // A character that two parts share counts as ill-formed once, which does not tip the scale.
            var rest = part.Span;
            while (rest.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var start)
            {
                rest = rest[start..];
                if (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done)
                    wellFormed++;
                else
                    illFormed++;
                rest = rest[length..];
            }
        }

        return wellFormed >= illFormed * WellFormedToIllFormed;
    }

    /// <summary>Whether a file that is no UTF-8 either is GB18030 with some damaged bytes.</summary>
    private static async Task<bool> IsDamagedGb18030Async(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var (wellFormed, illFormed) = (0L, 0L);
        var decoder = Gb18030.GetDecoder();
        var characters = new char[Gb18030.GetMaxCharCount(ImportFile.ChunkBytes)];
        await foreach (var part in ImportFile.PartsAsync(file, cancellationToken))
        {
            var count = decoder.GetChars(part.Span, characters, flush: false);
            var text = characters.AsSpan(0, count);
            var damaged = text.Count('\uFFFD');
            illFormed += damaged;
            foreach (var character in text)
                wellFormed += character is > '\x7F' and not '\uFFFD' ? 1 : 0;
        }

        illFormed += decoder.GetChars([], characters, flush: true);
        return wellFormed >= illFormed * WellFormedToIllFormed;
    }
}
