using System.IO.Compression;
using Supervision.Grains.Draws;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>
/// How the roster of a draw is kept: in parts, each with rows of its own, compressed, so that a large one is written and read on all processors.
/// </summary>
public static class RosterFile
{
    private const int PartRows = 50_000;

    /// <summary>The parts of a roster.</summary>
    public static IReadOnlyList<byte[]> Write(IReadOnlyList<RosterRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var parts = new byte[Math.Max(1, (rows.Count + PartRows - 1) / PartRows)][];
        Parallel.For(0, parts.Length, part =>
        {
            var from = part * PartRows;
            using var content = DrawStore.Compress(stream => RosterPart.Write(stream, rows, from, Math.Min(PartRows, rows.Count - from)));
            parts[part] = content.ToArray();
        });
        return parts;
    }

    /// <summary>The rows of a roster that is kept.</summary>
    public static IReadOnlyList<RosterRow> Read(IReadOnlyList<byte[]> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        // As earlier versions kept it: one list, cut anywhere. What follows in it does not begin as something compressed does.
        if (!parts.All(IsWhole))
            return Read([.. parts.SelectMany(part => part)]);
        var read = new RosterRow[parts.Count][];
        Parallel.For(0, read.Length, part => read[part] = Read(parts[part]));
        var rows = new RosterRow[read.Sum(part => part.Length)];
        var place = 0;
        foreach (var part in read)
        {
            part.CopyTo(rows, place);
            place += part.Length;
        }

        return rows;
    }

    private static RosterRow[] Read(byte[] content)
    {
        using var plain = new MemoryStream();
        using (var compressed = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
            compressed.CopyTo(plain);
        var text = plain.GetBuffer().AsSpan(0, (int)plain.Length);
        // As earlier versions kept a part: a list in JSON.
        return RosterPart.IsPart(text) ? RosterPart.Read(text) : [.. DrawJson.ReadRoster(text)];
    }

    private static bool IsWhole(byte[] part) => part.AsSpan().StartsWith<byte>([0x1f, 0x8b, 0x08]);
}
