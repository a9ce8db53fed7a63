using System.Diagnostics;

namespace Supervision.Bench;

/// <summary>What a number of callers, each waiting for its answer before it sends again, achieved together.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Median wait.</param>
/// <param name="P99">Wait that one in a hundred exceeds.</param>
/// <param name="Processor">Processor time of this process for one answer: callers and silo, without PostgreSQL. Steadier than the rate on a machine that others use, too.</param>
/// <param name="Server">Processor time of PostgreSQL for one answer.</param>
/// <param name="Allocated">Bytes of new objects for one answer.</param>
/// <param name="Pause">How long the collector stopped everything, for one answer.</param>
internal sealed record Throughput(double PerSecond, TimeSpan P50, TimeSpan P99, TimeSpan Processor, TimeSpan Server, long Allocated, TimeSpan Pause)
{
    public override string ToString() =>
        $"{PerSecond,10:N0}/s   p50 {P50.TotalMilliseconds,7:N2} ms   p99 {P99.TotalMilliseconds,7:N2} ms   cpu {Processor.TotalMicroseconds,5:N0} + {Server.TotalMicroseconds,3:N0} us"
        + $"   new {Allocated,6:N0} B   pause {Pause.TotalMicroseconds,4:N1} us";
}

/// <summary>Closed-loop callers.</summary>
internal static class Callers
{
    /// <param name="callers">How many at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="next">The number of the next call; negative: no more.</param>
    /// <param name="call">One call.</param>
    public static async Task<Throughput> RunAsync(int callers, TimeSpan duration, Func<int> next, Func<int, int, Task> call)
    {
        var (processor, server) = (Environment.CpuUsage.TotalTime, ServerProcessor.Used());
        var (allocated, pause) = (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration());
        var watch = Stopwatch.StartNew();
        var waits = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<long>();
            while (watch.Elapsed < duration && next() is >= 0 and var number)
            {
                var began = Stopwatch.GetTimestamp();
                await call(caller, number);
                own.Add(Stopwatch.GetTimestamp() - began);
            }

            return own;
        })));
        var elapsed = watch.Elapsed;
        var (used, usedByServer) = (Environment.CpuUsage.TotalTime - processor, ServerProcessor.Used() - server);
        (allocated, pause) = (GC.GetTotalAllocatedBytes() - allocated, GC.GetTotalPauseDuration() - pause);
        var all = waits.SelectMany(own => own).Order().ToArray();
        var answers = Math.Max(1, all.Length);
        return new Throughput(
            all.Length / elapsed.TotalSeconds, At(all, 0.50), At(all, 0.99), used / answers, usedByServer / answers,
            allocated / answers, pause / answers);
    }

    private static TimeSpan At(long[] sorted, double share) =>
        sorted.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, sorted[(int)(share * (sorted.Length - 1))]);
}
