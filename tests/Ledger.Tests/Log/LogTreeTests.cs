using Supervision.Ledger.Log;
using Supervision.Ledger.Merkle;
using Supervision.Ledger.Tests.Merkle;

namespace Supervision.Ledger.Tests.Log;

public sealed class LogTreeTests
{
    // Three levels of tiles, none of which ends with the tree.
    private const int Size = (256 * 256) + (3 * 256) + 5;

    private readonly NaiveTree _tree = new();

    [Fact]
    public async Task Every_hash_comes_from_the_ledger_however_it_is_asked_for()
    {
        await using var ledger = await FilledAsync(Size);
        var (store, tree) = Open(ledger);

        Assert.Equal(255, await tree.ProvableAsync(TestContext.Current.CancellationToken));
        // Several silos do it at once.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => tree.CompleteAsync(Size, TestContext.Current.CancellationToken)));
        Assert.Equal(Size, await tree.ProvableAsync(TestContext.Current.CancellationToken));
        Assert.Equal(259L + 1, await ledger.QueryAsync<long>("SELECT count(*) FROM log_node"));

        foreach (var size in (int[])[0, 1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, Size])
            Assert.Equal(_tree.Hash(0, size), await tree.RootAsync(size, TestContext.Current.CancellationToken));
        foreach (var index in (int[])[0, 255, 256, 40_000, 65_536, Size - 1])
            Assert.Equal(_tree.Path(index, 0, Size), await tree.HashesAsync(MerkleProof.Inclusion(index, Size), TestContext.Current.CancellationToken));
        foreach (var from in (int[])[1, 256, 300, 65_536, 66_000, Size - 1])
            Assert.Equal(_tree.Proof(from, 0, Size), await tree.HashesAsync(MerkleProof.Consistency(from, Size), TestContext.Current.CancellationToken));
        for (var level = 0; level <= 2; level++)
        {
            foreach (var tile in TileAddress.Of(level, Size).Where(tile => tile.Index % 100 == 0 || !tile.IsFull))
                Assert.Equal(TileOf(tile), await tree.TileAsync(tile, TestContext.Current.CancellationToken));
        }

        Assert.Equal(Enumerable.Range(0, 7).SelectMany(NaiveLeaf), await tree.TileAsync(new TileAddress(0, 0, 7), TestContext.Current.CancellationToken));
        Assert.Null(await tree.TileAsync(new TileAddress(0, 259, 6), TestContext.Current.CancellationToken));
        Assert.Null(await tree.TileAsync(new TileAddress(1, 1, 4), TestContext.Current.CancellationToken));
        Assert.Equal(Size, (await store.EndAsync(TestContext.Current.CancellationToken)).Size);
    }

    [Fact]
    public async Task What_is_missing_in_the_middle_is_a_damage_and_what_is_missing_at_the_end_is_not()
    {
        await using var ledger = await FilledAsync(300);
        var (_, tree) = Open(ledger);
        await tree.CompleteAsync(300, TestContext.Current.CancellationToken);
        await ledger.ExecuteAsync("SET session_replication_role = replica; DELETE FROM ledger WHERE seq = 270 OR seq > 290");

        var damage = await Assert.ThrowsAsync<LogDamagedException>(() => tree.TileAsync(new TileAddress(0, 1, 44), TestContext.Current.CancellationToken));
        Assert.Contains("event 270", damage.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogDamagedException>(() => tree.RootAsync(280, TestContext.Current.CancellationToken));
        Assert.NotNull(await tree.TileAsync(new TileAddress(0, 1, 13), TestContext.Current.CancellationToken));
        await ledger.ExecuteAsync("SET session_replication_role = replica; DELETE FROM ledger WHERE seq > 269");
        Assert.Null(await tree.TileAsync(new TileAddress(0, 1, 44), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_silo_takes_a_hash_away()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await using var command = ledger.Serving().CreateCommand("DELETE FROM log_node");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private static (LogStore Store, LogTree Tree) Open(TestLedger ledger)
    {
        var store = new LogStore(ledger.Serving());
        return (store, new LogTree(store));
    }

    private static byte[] NaiveLeaf(int index) => NaiveTree.Leaf(index);

    private IEnumerable<byte> TileOf(TileAddress tile) => Enumerable.Range(0, tile.Width)
        .SelectMany(i => _tree.Hash((tile.First + i) << (8 * tile.Level), (tile.First + i + 1) << (8 * tile.Level)));

    /// <summary>A ledger of events of which only the hashes matter.</summary>
    private async Task<TestLedger> FilledAsync(int size)
    {
        var ledger = await TestLedger.CreateAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync(
            "COPY ledger (seq, grain, version, type, at, effective_on, actor, previous_seq, data, leaf_hash) FROM STDIN (FORMAT BINARY)", TestContext.Current.CancellationToken))
        {
            for (var index = 0; index < size; index++)
            {
                await copy.WriteRowAsync(
                    TestContext.Current.CancellationToken,
                    (long)index + 1, "factory/F-1", (long)index + 1, "t", DateTime.UnixEpoch, DateOnly.MinValue, "a", (long)index, "{}", NaiveTree.Leaf(index));
            }

            await copy.CompleteAsync(TestContext.Current.CancellationToken);
        }

        await ledger.ExecuteAsync($"INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES (gen_random_uuid(), 1, {size}, '\\x{Convert.ToHexString(_tree.Hash(0, size))}', now())");
        return ledger;
    }
}
