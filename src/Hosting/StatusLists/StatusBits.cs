using System.Buffers.Text;
using System.IO.Compression;

namespace Supervision.Hosting.StatusLists;

/// <summary>What stands at the indexes of status lists.</summary>
internal static class StatusBits
{
    /// <summary>Bits of an entry in the token: enough for every reason.</summary>
    public const int Bits = 4;

    /// <summary>Nothing is told of this index: it belongs to no title, or to one that is withheld.</summary>
    public const byte Nothing = 0x0F;

    /// <summary>
    /// The code of a status. 0, 1 and 2 are those of the standard; 3 and 0x0B to 0x0F are left by it to whoever issues the list.
    /// </summary>
    public static byte Of(TitleStatus status) => status switch
    {
        TitleStatus.Listed or TitleStatus.Rectifying => 0x00,
        TitleStatus.Removed => 0x01,
        TitleStatus.Suspended => 0x02,
        TitleStatus.Lapsed => 0x03,
        TitleStatus.Revoked => 0x0B,
        TitleStatus.Cancelled => 0x0C,
        TitleStatus.Expired => 0x0D,
        TitleStatus.Withdrawn => 0x0E,
        _ => throw new System.Diagnostics.UnreachableException($"{status} has no code."),
    };

    /// <summary>The list of a token: two entries a byte, the first in the lower half; compressed (ZLIB), in base64url.</summary>
    public static string Token(long entries, IReadOnlyList<(long Index, TitleStatus Status)> titles)
    {
        var bytes = new byte[entries * Bits / 8];
        bytes.AsSpan().Fill(Nothing << 4 | Nothing);
        foreach (var (index, status) in titles)
        {
            var shift = (int)(index % 2) * Bits;
            bytes[index / 2] = (byte)((bytes[index / 2] & ~(Nothing << shift)) | (Of(status) << shift));
        }

        return Compressed(bytes, stream => new ZLibStream(stream, CompressionLevel.Optimal));
    }

    /// <summary>The list of a W3C credential: a bit an entry, the first the highest, set unless the title may be relied on; compressed (GZIP), in multibase.</summary>
    public static string Bitstring(long entries, IReadOnlyList<(long Index, TitleStatus Status)> titles)
    {
        var bytes = new byte[entries / 8];
        bytes.AsSpan().Fill(0xFF);
        foreach (var (index, _) in titles.Where(title => Of(title.Status) == 0))
            bytes[index / 8] &= (byte)~(0x80 >> (int)(index % 8));
        return "u" + Compressed(bytes, stream => new GZipStream(stream, CompressionLevel.Optimal));
    }

    private static string Compressed(byte[] bytes, Func<Stream, Stream> compress)
    {
        using var written = new MemoryStream();
        using (var stream = compress(written))
            stream.Write(bytes);
        return Base64Url.EncodeToString(written.ToArray());
    }
}
