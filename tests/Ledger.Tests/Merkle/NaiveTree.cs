using System.Security.Cryptography;
using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Tests.Merkle;

/// <summary>A tree by the letter of RFC 6962, section 2.1, over numbered leaves; what was computed once is remembered.</summary>
internal sealed class NaiveTree
{
    private readonly Dictionary<(long From, long To), byte[]> _hashes = [];

    public static byte[] Leaf(long index) => SHA256.HashData(BitConverter.GetBytes(index));

    /// <summary>MTH(D[from:to]).</summary>
    public byte[] Hash(long from, long to)
    {
        if (to - from == 1)
            return Leaf(from);
        if (from == to)
            return SHA256.HashData([]);
        if (_hashes.TryGetValue((from, to), out var known))
            return known;
        var split = SplitOf(to - from);
        return _hashes[(from, to)] = MerkleFrontier.HashNode(Hash(from, from + split), Hash(from + split, to));
    }

    /// <summary>PATH(index, D[from:to]).</summary>
    public byte[][] Path(long index, long from, long to)
    {
        if (to - from == 1)
            return [];
        var split = from + SplitOf(to - from);
        return index < split ? [.. Path(index, from, split), Hash(split, to)] : [.. Path(index, split, to), Hash(from, split)];
    }

    /// <summary>SUBPROOF(earlier, D[from:to], whole).</summary>
    public byte[][] Proof(long earlier, long from, long to, bool whole = true)
    {
        if (earlier == to)
            return whole ? [] : [Hash(from, to)];
        var split = from + SplitOf(to - from);
        return earlier <= split ? [.. Proof(earlier, from, split, whole), Hash(split, to)] : [.. Proof(earlier, split, to, whole: false), Hash(from, split)];
    }

    private static long SplitOf(long size)
    {
        var split = 1L;
        while (split * 2 < size)
            split *= 2;
        return split;
    }
}
