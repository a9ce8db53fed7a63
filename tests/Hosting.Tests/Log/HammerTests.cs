using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Tests.Log;

/// <summary>Writers, signers and readers at the same time; readers believe nothing but signed checkpoints, and prove everything by tiles alone.</summary>
public sealed class HammerTests
{
    // Each brings its enterprise along.
    private const int Factories = 500;

    [Fact]
    public async Task Whatever_a_checkpoint_says_follows_from_the_tiles_while_the_ledger_grows()
    {
        var directory = TestLog.NewDirectory();
        await using var register = await TestRegister.CreateAsync();
        var silo = await register.StartSiloAsync();
        await using var first = new TestLog(register, directory);
        await using var second = new TestLog(register, directory);
        using var enough = new CancellationTokenSource();
        var written = 0;

        var writers = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref written) is var number and <= Factories)
                await Given.AcceptAsync(silo, Given.Factory($"F-{number}"), Given.Register($"工厂{number}"));
        })).ToArray();
        var signers = new[] { first, second }.Select(log => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                Assert.Null(await log.SignAsync());
        })).ToArray();
        var readers = new[] { first, second }.Select(log => Task.Run(() => ReadAsync(log, enough.Token))).ToArray();

        await Task.WhenAll(writers);
        await enough.CancelAsync();
        await Task.WhenAll(signers);
        var checkpoints = (await Task.WhenAll(readers)).Sum();
        Assert.Null(await first.SignAsync());
        var latest = await second.LatestAsync();
        Assert.Equal(await register.QueryAsync<long>("SELECT seq FROM head"), latest.TreeSize);
        Assert.Equal(2 * Factories, latest.TreeSize);
        Assert.True(checkpoints > 2, $"{checkpoints} checkpoints");
        await register.AssertVerifiedAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Reads one checkpoint after the other, and proves an event and the one before by it; the answer is how many there were.</summary>
    private static async Task<int> ReadAsync(TestLog log, CancellationToken enough)
    {
        var (checkpoints, seen, random) = (0, (LogCheckpoint?)null, new Random(7));
        while (!enough.IsCancellationRequested)
        {
            if (await log.Log.LatestAsync(TestContext.Current.CancellationToken) is not { TreeSize: > 0 } found || found.TreeSize == seen?.TreeSize)
            {
                await Task.Yield();
                continue;
            }

            var latest = await log.LatestAsync();
            var (size, root) = (latest.TreeSize, Convert.FromHexString(latest.Root));
            var place = random.NextInt64(size);
            var leafHash = await HashAsync(log, new TreeRange(place, place + 1), size);
            Assert.Equal(root, MerkleProof.RootOf(leafHash, place, size, await HashesAsync(log, MerkleProof.Inclusion(place, size), size)));
            if (seen is not null)
            {
                Assert.True(MerkleProof.IsConsistent(
                    seen.TreeSize, Convert.FromHexString(seen.Root), size, root, await HashesAsync(log, MerkleProof.Consistency(seen.TreeSize, size), size)));
            }

            (seen, checkpoints) = (latest, checkpoints + 1);
        }

        return checkpoints;
    }

    private static async Task<byte[][]> HashesAsync(TestLog log, IReadOnlyList<TreeRange> ranges, long size)
    {
        var hashes = new List<byte[]>();
        foreach (var range in ranges)
            hashes.Add(await HashAsync(log, range, size));
        return [.. hashes];
    }

    private static async Task<byte[]> HashAsync(TestLog log, TreeRange range, long size)
    {
        var nodes = new List<byte[]>();
        foreach (var node in range.Nodes())
        {
            var (level, height) = (node.Level / TileAddress.Height, node.Level % TileAddress.Height);
            var first = node.Place << height;
            var address = TileAddress.Of(level, size).ElementAt((int)(first / TileAddress.WidthMax));
            var tile = await log.Log.TileAsync(address, TestContext.Current.CancellationToken);
            Assert.True(tile is not null, $"Tile {address} is not there, although {size} events were signed.");
            var below = MerkleFrontier.Empty();
            foreach (var hash in tile.Chunk(MerkleFrontier.HashLength).Skip((int)(first % TileAddress.WidthMax)).Take(1 << height))
                below.Append(hash);
            nodes.Add(below.Root());
        }

        return TreeRange.HashOf(nodes);
    }
}
