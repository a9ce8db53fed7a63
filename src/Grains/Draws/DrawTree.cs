namespace Supervision.Grains.Draws;

/// <summary>The root of an RFC 6962 tree over leaves that are all there.</summary>
internal static class DrawTree
{
    // Below this number of nodes a level is not worth a second thread.
    private const int ParallelFrom = 4096;

    /// <summary>The root; of no leaves it is the hash of nothing.</summary>
    /// <param name="leaves">The hashes of the leaves, one behind the other; used up.</param>
    public static byte[] Root(byte[] leaves)
    {
        var count = leaves.Length / DrawHash.Length;
        if (count == 0)
            return System.Security.Cryptography.SHA256.HashData([]);
        var (level, next) = (leaves, new byte[(count + 1) / 2 * DrawHash.Length]);
        while (count > 1)
        {
            var pairs = count / 2;
            var (from, to) = (level, next);
            Ranges.Run(pairs, ParallelFrom, (hash, pair) => hash.Node(
                from.AsSpan(pair * 2 * DrawHash.Length, 2 * DrawHash.Length), to.AsSpan(pair * DrawHash.Length, DrawHash.Length)));
            // One that is left over rises as it is, which gives the same root as splitting at powers of two.
            if (count % 2 == 1)
                level.AsSpan((count - 1) * DrawHash.Length, DrawHash.Length).CopyTo(next.AsSpan(pairs * DrawHash.Length));
            count = pairs + (count % 2);
            (level, next) = (next, level);
        }

        return level[..DrawHash.Length];
    }
}
