using System.Numerics;

namespace Supervision.Ledger.Merkle;

/// <summary>Proofs about an RFC 6962 tree: which hashes they are made of, and whether they hold (RFC 9162, section 2.1).</summary>
public static class MerkleProof
{
    /// <summary>The ranges whose hashes prove that a leaf is in a tree, from the leaf up.</summary>
    /// <param name="index">The leaf, counted from 0.</param>
    /// <param name="size">The size of the tree.</param>
    public static IReadOnlyList<TreeRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<TreeRange>();
        for (long from = 0, to = size; to - from > 1;)
        {
            var split = from + Split(to - from);
            path.Add(index < split ? new TreeRange(split, to) : new TreeRange(from, split));
            (from, to) = index < split ? (from, split) : (split, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The ranges whose hashes prove that a tree is an earlier state of another; none from an empty tree or to the same.</summary>
    /// <param name="from">The size of the earlier tree.</param>
    /// <param name="to">The size of the later one.</param>
    public static IReadOnlyList<TreeRange> Consistency(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        if (from == 0 || from == to)
            return [];
        var path = new List<TreeRange>();
        var (left, right) = (0L, to);
        while (right != from)
        {
            var split = left + Split(right - left);
            path.Add(from <= split ? new TreeRange(split, right) : new TreeRange(left, split));
            (left, right) = from <= split ? (left, split) : (split, right);
        }

        // The earlier tree is a subtree of the later one as a whole: its own root need not be told.
        if (left > 0)
            path.Add(new TreeRange(left, right));
        path.Reverse();
        return path;
    }

    /// <summary>The root that a proof of inclusion leads to; null: it has not the form that a proof for this place has.</summary>
    /// <param name="leafHash">The hash of the leaf.</param>
    /// <param name="index">Its place, counted from 0.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="path">The hashes of the proof.</param>
    public static byte[]? RootOf(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size)
            return null;
        var hash = leafHash;
        var (place, last) = (index, size - 1);
        foreach (var other in path)
        {
            if (last == 0)
                return null;
            if ((place & 1) == 1 || place == last)
            {
                hash = MerkleFrontier.HashNode(other, hash);
                Climb(ref place, ref last);
            }
            else
            {
                hash = MerkleFrontier.HashNode(hash, other);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 ? hash : null;
    }

    /// <summary>Whether a proof shows that one tree is an earlier state of another.</summary>
    /// <param name="from">The size of the earlier tree.</param>
    /// <param name="fromRoot">Its root.</param>
    /// <param name="to">The size of the later one.</param>
    /// <param name="toRoot">Its root.</param>
    /// <param name="path">The hashes of the proof.</param>
    public static bool IsConsistent(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (from < 0 || from > to)
            return false;
        if (from == to)
            return path.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot);
        if (from == 0)
            return path.Count == 0 && fromRoot.AsSpan().SequenceEqual(MerkleFrontier.Empty().Root());
        var hashes = BitOperations.IsPow2(from) ? [fromRoot, .. path] : path;
        if (hashes.Count == 0)
            return false;
        var (place, last) = (from - 1, to - 1);
        while ((place & 1) == 1)
            (place, last) = (place >> 1, last >> 1);
        var (earlier, later) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                (earlier, later) = (MerkleFrontier.HashNode(hash, earlier), MerkleFrontier.HashNode(hash, later));
                Climb(ref place, ref last);
            }
            else
            {
                later = MerkleFrontier.HashNode(later, hash);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && earlier.AsSpan().SequenceEqual(fromRoot) && later.AsSpan().SequenceEqual(toRoot);
    }

    /// <summary>Goes up past the levels at which a last node stands alone and is no part of a pair.</summary>
    private static void Climb(ref long place, ref long last)
    {
        while ((place & 1) == 0 && place != 0)
            (place, last) = (place >> 1, last >> 1);
    }

    /// <summary>The largest power of two below a size of two or more.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));
}
