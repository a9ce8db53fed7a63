using System.Diagnostics;
using Supervision.Grains.Calendars;
using Supervision.Hosting.WakeUps;

namespace Supervision.Bench;

/// <summary>One midnight after which the yearly declaration of every entity is overdue, and how long readers wait meanwhile.</summary>
internal static class MidnightMeasure
{
    /// <summary>A read is sent every so often, whether those before it were answered or not.</summary>
    private static readonly TimeSpan ReadInterval = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(BenchSilo silo, HttpClient http, int entities, CancellationToken cancellationToken)
    {
        var lastDay = (await silo.Get<IRegister>().FindAsync(Seeding.Factory(0), cancellationToken))!.View.Expected[0].Due;
        var waker = silo.Get<Waker>();
        // What is due before is done before.
        silo.Time.MoveTo(CivilTime.StartOf(lastDay));
        await waker.WakeDueAsync(silo.Time.GetUtcNow(), cancellationToken);

        silo.Time.MoveTo(CivilTime.AfterLastDay(lastDay));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAsync(http, entities, done.Token), cancellationToken);
        var watch = Stopwatch.StartNew();
        var woken = await waker.WakeDueAsync(silo.Time.GetUtcNow(), cancellationToken);
        var elapsed = watch.Elapsed;
        await done.CancelAsync();
        var waits = (await reading).Order().ToArray();
        Console.WriteLine(
            $"{$"{woken:N0} declarations overdue at one midnight",-52}{elapsed.TotalSeconds,12:N1} s   reads meanwhile: p50 {At(waits, 0.50),7:N2} ms   p99 {At(waits, 0.99),7:N2} ms   ({waits.Length:N0})");
    }

    private static async Task<double[]> ReadAsync(HttpClient http, int entities, CancellationToken done)
    {
        var chance = new Random(1);
        var reads = new List<Task<double>>();
        using var timer = new PeriodicTimer(ReadInterval);
        while (!done.IsCancellationRequested)
        {
            reads.Add(TimeAsync(http, $"/api/entities/factory/{Seeding.Factory(chance.Next(entities)).Key}"));
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return await Task.WhenAll(reads);
    }

    private static async Task<double> TimeAsync(HttpClient http, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var response = await http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
