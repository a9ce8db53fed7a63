using System.Diagnostics;
using Supervision.Hosting.Log;
using Supervision.Ledger;

namespace Supervision.Bench;

/// <summary>What the public log costs those who write, and how old its newest checkpoint is while they do.</summary>
internal static class LogMeasure
{
    private const int CallersCount = 1000;

    private const int PerSecond = 5000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(BenchSilo silo, ResultCalls results, TimeSpan duration, CancellationToken cancellationToken)
    {
        var signing = silo.Get<Signing>();
        // A first round compiles; it is not counted.
        await Callers.RunAsync(200, TimeSpan.FromSeconds(3), results.Next, results.RecordAsync);
        // Alternating rounds, so that both meet the same machine.
        var (without, with) = (new List<Throughput>(), new List<Throughput>());
        for (var round = 0; round < 2; round++)
        {
            await signing.StopAsync(cancellationToken);
            without.Add(await Callers.RunAsync(CallersCount, duration / 2, results.Next, results.RecordAsync));
            await signing.StartAsync(cancellationToken);
            with.Add(await Callers.RunAsync(CallersCount, duration / 2, results.Next, results.RecordAsync));
        }

        Console.WriteLine($"{"recording results without signing, 1,000 callers",-52}{string.Join("   ", without.Select(round => $"{round.PerSecond:N0}/s"))}");
        Console.WriteLine($"{"the same while checkpoints are signed",-52}{string.Join("   ", with.Select(round => $"{round.PerSecond:N0}/s"))}");
        await MeasureAgeAsync(silo, results, duration, cancellationToken);
    }

    /// <summary>A checkpoint is as old as the oldest event that it lacks.</summary>
    private static async Task MeasureAgeAsync(BenchSilo silo, ResultCalls results, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (position, log) = (silo.Get<LedgerPosition>(), silo.Get<ITransparencyLog>());
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = Stopwatch.StartNew();
        var (first, number) = (position.Seq, -1);
        var looking = Task.Run(
            async () =>
            {
                var (ages, ends, checkpoints, last) = (new List<TimeSpan>(), new Queue<(long Seq, TimeSpan At)>(), 0, 0L);
                using var timer = new PeriodicTimer(LookInterval);
                while (!enough.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
                {
                    ends.Enqueue((position.Seq, watch.Elapsed));
                    var size = (await log.LatestAsync(CancellationToken.None))?.TreeSize ?? 0;
                    while (ends.TryPeek(out var end) && end.Seq <= size)
                        ends.Dequeue();
                    ages.Add(ends.TryPeek(out var missing) ? watch.Elapsed - missing.At : TimeSpan.Zero);
                    checkpoints += size > last ? 1 : 0;
                    last = size;
                }

                return (Ages: ages.Order().ToList(), Checkpoints: checkpoints);
            },
            CancellationToken.None);
        await Callers.RunAsync(CallersCount, duration, results.Next, async (caller, factory) =>
        {
            var due = TimeSpan.FromSeconds((double)Interlocked.Increment(ref number) / PerSecond);
            if (due > watch.Elapsed)
                await Task.Delay(due - watch.Elapsed, CancellationToken.None);
            await results.RecordAsync(caller, factory);
        });
        var written = (position.Seq - first) / watch.Elapsed.TotalSeconds;
        await enough.CancelAsync();
        var (ages, checkpoints) = await looking;
        Console.WriteLine(
            $"{$"age of the checkpoint at {written:N0} events/s",-52}p50 {ages[ages.Count / 2].TotalSeconds:N2} s   p99 {ages[ages.Count * 99 / 100].TotalSeconds:N2} s   most {ages[^1].TotalSeconds:N2} s   {checkpoints} checkpoints");
    }
}
