using System.Text;
using Supervision.Ledger.Load;

namespace Supervision.Ledger.Tests.Load;

public sealed class GrainLoaderTests
{
    [Fact]
    public async Task Every_load_of_many_at_once_is_answered()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var writer = await ledger.StartWriterAsync();
        var grains = Enumerable.Range(0, 50).Select(i => TestLedger.Grain($"F-{i}")).ToArray();
        await Task.WhenAll(grains.Take(25).Select(grain => writer.AppendAsync(TestLedger.Request(TestLedger.Event(grain, 0)))));
        var loader = new GrainLoader(ledger.Serving());

        var loads = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => Task.Run(() => loader.LoadAsync(grains[i % grains.Length]))));

        for (var i = 0; i < loads.Length; i++)
            Assert.Equal(i % grains.Length < 25 ? (1, "{\"version\":1}", 25) : (0, null, 25), (loads[i].Version, loads[i].State is { } state ? Encoding.UTF8.GetString(state) : null, loads[i].Seq));
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_seq_leaves_nothing_behind()
    {
        var position = new LedgerPosition();
        using var impatience = new CancellationTokenSource();
        var never = position.WaitForAsync(long.MaxValue, impatience.Token);
        var soon = position.WaitForAsync(2, TestContext.Current.CancellationToken);

        position.Advance(0, 1);
        Assert.False(soon.IsCompleted);
        // A gap is not passed over.
        position.Advance(2, 3);
        Assert.Equal(1, position.Seq);
        position.Advance(1, 3);
        await soon;
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
        Assert.Equal(0, position.Waiting);
    }
}
