using Supervision.Ledger.Merkle;

namespace Supervision.Ledger.Log;

/// <summary>
/// The tree over the ledger as the database has it: the hashes of events beside the events, those over 256, 256² … of them in a table that
/// is completed behind the end of the ledger, and nothing else. So a tile is one range of an index, and a proof two, however many events
/// there are, and appending pays for none of it.
/// </summary>
public sealed class LogTree(LogStore store)
{
    // Hashes of events read at once while the table is completed: half a megabyte.
    private const int TilesMax = 64;

    /// <summary>Keeps every hash over full tiles of a tree of this size. What is there already is not looked at again.</summary>
    public async Task CompleteAsync(long size, CancellationToken cancellationToken)
    {
        foreach (var (level, complete) in await store.CompleteAsync(cancellationToken))
        {
            var needed = size >> (TileAddress.Height * level);
            for (var first = complete; first < needed;)
            {
                var count = (int)Math.Min(TilesMax, needed - first);
                var below = await ReadAsync([new HashRun(level - 1, first << TileAddress.Height, count << TileAddress.Height)], cancellationToken);
                var hashes = below[0].Chunk(TileAddress.WidthMax).Select(RootOf).ToArray();
                await store.AddAsync(level, first, hashes, cancellationToken);
                first += count;
            }
        }
    }

    /// <summary>How many events a proof or tile can be about: all, but for those whose full tiles are not kept yet.</summary>
    public async Task<long> ProvableAsync(CancellationToken cancellationToken)
    {
        var size = (await store.EndAsync(cancellationToken)).Size;
        // The next hash of a level is needed as soon as a tree has that many events.
        return (await store.CompleteAsync(cancellationToken)).Min(level => Math.Min(size, ((level.Value + 1) << (TileAddress.Height * level.Key)) - 1));
    }

    /// <summary>The hashes of a tile, one behind the other; null: not all of them are there yet.</summary>
    /// <exception cref="LogDamagedException">One is missing before others that are there.</exception>
    public async Task<byte[]?> TileAsync(TileAddress tile, CancellationToken cancellationToken)
    {
        var hashes = (await store.HashesAsync([new HashRun(tile.Level, tile.First, tile.Width)], cancellationToken))[0];
        var missing = Array.FindIndex(hashes, hash => hash is null);
        if (missing < 0)
            return [.. hashes.SelectMany(hash => hash!)];
        return Array.FindIndex(hashes, missing, hash => hash is not null) < 0 ? null : throw Missing(tile.Level, tile.First + missing);
    }

    /// <summary>The root of the tree of a size.</summary>
    public async Task<byte[]> RootAsync(long size, CancellationToken cancellationToken) =>
        (await HashesAsync([new TreeRange(0, size)], cancellationToken))[0];

    /// <summary>The hashes of some ranges.</summary>
    /// <exception cref="LogDamagedException">Something that they are made of is missing.</exception>
    public async Task<IReadOnlyList<byte[]>> HashesAsync(IReadOnlyList<TreeRange> ranges, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var nodes = ranges.Select(range => range.Nodes().ToArray()).ToArray();
        var read = await ReadAsync([.. nodes.SelectMany(range => range).Select(RunOf)], cancellationToken);
        var (hashes, next) = (new List<byte[]>(ranges.Count), 0);
        foreach (var range in nodes)
        {
            hashes.Add(TreeRange.HashOf([.. read.Skip(next).Take(range.Length).Select(RootOf)]));
            next += range.Length;
        }

        return hashes;
    }

    /// <summary>The hashes of a tile, or of a part of one whose length is a power of two, that a node is made of.</summary>
    private static HashRun RunOf(TreeNode node)
    {
        var (level, height) = (node.Level / TileAddress.Height, node.Level % TileAddress.Height);
        return new HashRun(level, node.Place << height, 1 << height);
    }

    private async Task<IReadOnlyList<byte[][]>> ReadAsync(IReadOnlyList<HashRun> runs, CancellationToken cancellationToken)
    {
        var read = await store.HashesAsync(runs, cancellationToken);
        for (var i = 0; i < runs.Count; i++)
        {
            if (Array.FindIndex(read[i], hash => hash is null) is >= 0 and var missing)
                throw Missing(runs[i].Level, runs[i].First + missing);
        }

        return read!;
    }

    /// <summary>The root over hashes whose number is a power of two.</summary>
    private static byte[] RootOf(byte[][] hashes)
    {
        while (hashes.Length > 1)
            hashes = [.. hashes.Chunk(2).Select(pair => MerkleFrontier.HashNode(pair[0], pair[1]))];
        return hashes[0];
    }

    private static LogDamagedException Missing(int level, long place) => new(level == 0
        ? $"The ledger has no event {place + 1}, although there are later ones."
        : $"The hash at {place} of level {level} is missing.");
}
