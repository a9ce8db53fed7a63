using System.Numerics;

namespace Supervision.Ledger.Merkle;

/// <summary>
/// The right edge of an RFC 6962 Merkle tree: the roots of its perfect subtrees, largest first. It is all that is needed
/// to append leaves and to compute the root, and its length follows from the size (one root per set bit).
/// </summary>
public sealed class MerkleFrontier
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = Sha256.Length;

    private const byte NodePrefix = 1;

    // A tree of 2^63 leaves has 63 perfect subtrees at most.
    private readonly List<byte[]> _roots = new(64);

    private MerkleFrontier(long size) => Size = size;

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>An empty tree.</summary>
    public static MerkleFrontier Empty() => new(0);

    /// <summary>Reads a stored frontier.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a frontier of that size.</exception>
    public static MerkleFrontier FromBytes(long size, ReadOnlySpan<byte> bytes)
    {
        var count = BitOperations.PopCount((ulong)size);
        if (bytes.Length != count * HashLength)
            throw new InvalidDataException($"A frontier of {size} leaves has {count * HashLength} bytes, not {bytes.Length}.");
        var frontier = new MerkleFrontier(size);
        for (var i = 0; i < count; i++)
            frontier._roots.Add(bytes.Slice(i * HashLength, HashLength).ToArray());
        return frontier;
    }

    /// <summary>Takes a leaf's hash in as the last one.</summary>
    public void Append(byte[] leafHash)
    {
        _roots.Add(leafHash);
        // Every trailing one bit of the old size is a perfect subtree that the new leaf completes to a larger one.
        for (var bits = Size; (bits & 1) == 1; bits >>= 1)
        {
            var right = _roots[^1];
            _roots.RemoveAt(_roots.Count - 1);
            _roots[^1] = HashNode(_roots[^1], right);
        }

        Size++;
    }

    /// <summary>The root of the tree; for an empty tree the hash of nothing.</summary>
    public byte[] Root()
    {
        if (_roots.Count == 0)
            return Sha256.HashData([]);
        var root = _roots[^1];
        for (var i = _roots.Count - 2; i >= 0; i--)
            root = HashNode(_roots[i], root);
        return root;
    }

    /// <summary>The frontier as it is stored.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_roots.Count * HashLength];
        for (var i = 0; i < _roots.Count; i++)
            _roots[i].CopyTo(bytes, i * HashLength);
        return bytes;
    }

    /// <summary>The hash of an inner node.</summary>
    public static byte[] HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashLength)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashLength)..]);
        return Sha256.HashData(node);
    }
}
