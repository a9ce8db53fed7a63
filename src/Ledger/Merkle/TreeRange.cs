using System.Numerics;

namespace Supervision.Ledger.Merkle;

/// <summary>Consecutive leaves of a tree, which have a hash of their own in it (RFC 6962, section 2.1: MTH(D[from:to])).</summary>
/// <param name="From">The first, counted from 0.</param>
/// <param name="To">The one behind the last.</param>
public readonly record struct TreeRange(long From, long To)
{
    /// <summary>
    /// The perfect subtrees that it is made of, from left to right. Every range of a proof begins at a multiple of the largest
    /// one, so that they become smaller to the right.
    /// </summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var from = From; from < To;)
        {
            var level = Math.Min(from == 0 ? 63 : BitOperations.TrailingZeroCount(from), BitOperations.Log2((ulong)(To - from)));
            yield return new TreeNode(level, from >> level);
            from += 1L << level;
        }
    }

    /// <summary>The hash of a range from those of its nodes, in their order; of no nodes that of an empty tree.</summary>
    public static byte[] HashOf(IReadOnlyList<byte[]> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (nodes.Count == 0)
            return MerkleFrontier.Empty().Root();
        var hash = nodes[^1];
        for (var i = nodes.Count - 2; i >= 0; i--)
            hash = MerkleFrontier.HashNode(nodes[i], hash);
        return hash;
    }
}

/// <summary>A perfect subtree.</summary>
/// <param name="Level">The binary logarithm of the number of its leaves.</param>
/// <param name="Place">How many of that size lie before it.</param>
public readonly record struct TreeNode(int Level, long Place);
