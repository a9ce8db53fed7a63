using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Supervision.Grains.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>
/// A part of a kept roster: how many bytes the identities have, what rows share (risk class, region, exclusion) once each, and each row as the end of its
/// identity that differs from the one before, the same of its enterprise, and the number of what it shares. Numbers are written seven bits a byte.
/// </summary>
internal static class RosterPart
{
    private const int Form = 1;

    // A number has at most five bytes; a row has five of them and two identities.
    private const int NumberLength = 5;

    private const int NumbersPerRow = 5;

    /// <summary>Whether something was written here, and not as the list that earlier versions kept.</summary>
    public static bool IsPart(ReadOnlySpan<byte> content) => content.Length > 0 && content[0] == Form;

    /// <summary>Writes rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(Stream stream, IReadOnlyList<RosterRow> rows, int from, int count)
    {
        var shares = new Dictionary<(string?, string?, string?), int>();
        var (identities, words) = (0, new MemoryStream());
        using (var writer = new BinaryWriter(words, Encoding.UTF8, leaveOpen: true))
        {
            for (var i = from; i < from + count; i++)
            {
                var row = rows[i];
                identities += row.Grain.Bytes.Length + row.Enterprise.Bytes.Length;
                if (!shares.TryAdd((row.RiskClass, row.Region, row.Exclusion), shares.Count))
                    continue;
                foreach (var word in new[] { row.RiskClass, row.Region, row.Exclusion })
                {
                    writer.Write(word is not null);
                    writer.Write(word ?? "");
                }
            }
        }

        var content = ArrayPool<byte>.Shared.Rent(1 + (4 * NumberLength) + (int)words.Length + identities + (NumberLength * NumbersPerRow * count));
        content[0] = Form;
        var at = 1;
        WriteNumber(content, ref at, count);
        WriteNumber(content, ref at, identities);
        WriteNumber(content, ref at, shares.Count);
        WriteNumber(content, ref at, (int)words.Length);
        words.GetBuffer().AsSpan(0, (int)words.Length).CopyTo(content.AsSpan(at));
        at += (int)words.Length;
        var (grain, enterprise) = (default(Utf8Identity), default(Utf8Identity));
        for (var i = from; i < from + count; i++)
        {
            var row = rows[i];
            WriteEnd(content, ref at, row.Grain.Bytes, grain.Bytes);
            WriteEnd(content, ref at, row.Enterprise.Bytes, enterprise.Bytes);
            WriteNumber(content, ref at, shares[(row.RiskClass, row.Region, row.Exclusion)]);
            (grain, enterprise) = (row.Grain, row.Enterprise);
        }

        stream.Write(content, 0, at);
        ArrayPool<byte>.Shared.Return(content);
    }

    /// <summary>Reads rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RosterRow[] Read(ReadOnlySpan<byte> content)
    {
        var at = 1;
        var rows = new RosterRow[ReadNumber(content, ref at)];
        var identities = new byte[ReadNumber(content, ref at)];
        var shares = new (string? RiskClass, string? Region, string? Exclusion)[ReadNumber(content, ref at)];
        var length = ReadNumber(content, ref at);
        using (var reader = new BinaryReader(new MemoryStream(content.Slice(at, length).ToArray()), Encoding.UTF8))
        {
            for (var i = 0; i < shares.Length; i++)
                shares[i] = (ReadWord(reader), ReadWord(reader), ReadWord(reader));
        }

        at += length;
        var (to, grain, enterprise) = (0, default(Utf8Identity), default(Utf8Identity));
        for (var i = 0; i < rows.Length; i++)
        {
            grain = ReadEnd(content, ref at, grain.Bytes, identities, ref to);
            enterprise = ReadEnd(content, ref at, enterprise.Bytes, identities, ref to);
            var (riskClass, region, exclusion) = shares[ReadNumber(content, ref at)];
            rows[i] = new RosterRow(grain, riskClass, enterprise, region, exclusion);
        }

        return rows;

        static string? ReadWord(BinaryReader reader) => (reader.ReadBoolean(), reader.ReadString()) is (true, var word) ? word : null;
    }

    private static void WriteEnd(Span<byte> content, ref int at, ReadOnlySpan<byte> identity, ReadOnlySpan<byte> before)
    {
        var shared = identity.CommonPrefixLength(before);
        WriteNumber(content, ref at, shared);
        WriteNumber(content, ref at, identity.Length - shared);
        identity[shared..].CopyTo(content[at..]);
        at += identity.Length - shared;
    }

    private static Utf8Identity ReadEnd(ReadOnlySpan<byte> content, ref int at, ReadOnlySpan<byte> before, byte[] identities, ref int to)
    {
        var (shared, rest) = (ReadNumber(content, ref at), ReadNumber(content, ref at));
        before[..shared].CopyTo(identities.AsSpan(to));
        content.Slice(at, rest).CopyTo(identities.AsSpan(to + shared));
        var identity = new Utf8Identity(identities, to, shared + rest);
        at += rest;
        to += shared + rest;
        return identity;
    }

    private static void WriteNumber(Span<byte> content, ref int at, int number)
    {
        for (; number > 0x7f; number >>= 7)
            content[at++] = (byte)(number | 0x80);
        content[at++] = (byte)number;
    }

    private static int ReadNumber(ReadOnlySpan<byte> content, ref int at)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = content[at++];
            number |= (part & 0x7f) << shift;
            if (part <= 0x7f)
                return number;
        }
    }
}
