using System.IO.Compression;
using Supervision.Grains.Draws;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>
/// How the roster of a draw is kept: in parts, each a list of rows of its own, compressed, so that a large one is written and read on all processors.
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
            using var content = DrawStore.Compress(stream => DrawJson.WriteRoster(stream, [.. rows.Skip(part * PartRows).Take(PartRows)]));
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
        var read = new List<RosterRow>[parts.Count];
        Parallel.For(0, read.Length, part => read[part] = Read(parts[part]));
        var rows = new RosterRow[read.Sum(part => part.Count)];
        var place = 0;
        foreach (var part in read)
        {
            part.CopyTo(rows, place);
            place += part.Count;
        }

        return rows;
    }

    private static List<RosterRow> Read(byte[] content)
    {
        using var plain = new MemoryStream();
        using (var compressed = new GZipStream(new MemoryStream(content), CompressionMode.Decompress))
            compressed.CopyTo(plain);
        return DrawJson.ReadRoster(plain.GetBuffer().AsSpan(0, (int)plain.Length));
    }

    private static bool IsWhole(byte[] part) => part.AsSpan().StartsWith<byte>([0x1f, 0x8b, 0x08]);
}
