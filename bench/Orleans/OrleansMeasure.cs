using System.Diagnostics;
using System.Security.Cryptography;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Load;

namespace Supervision.Bench.Orleans;

/// <summary>The same commands on the default host, on the host on Orleans, and on a grain of Orleans as it is usually written, in turns on one database.</summary>
internal sealed class OrleansMeasure(BenchSilo silo, int from, int to)
{
    private const int Rounds = 3;

    private const int Callers = 1000;

    // Grains brought into memory for each round, more than are reached in it.
    private const int GrainsOfRoundMax = 60_000;

    private readonly DateOnly _today = CivilTime.DateAt(silo.Time.GetUtcNow());
    private readonly int _grainsOfRound = Math.Min(GrainsOfRoundMax, (to - from) / (3 * (Rounds + 1)));
    private int _begin = from;

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var (own, orleans) = (silo.Get<GrainHost>(), silo.Get<IGrainClient>());
        await using var usual = await UsualSilo.StartAsync(silo, cancellationToken);
        var grains = _grainsOfRound;
        var measured = new Dictionary<string, List<Throughput>>();
        for (var round = 0; round <= Rounds; round++)
        {
            await MeasureAsync("the default host", number => RecordAsync(own, number));
            await MeasureAsync("the host on Orleans", number => RecordAsync(orleans, number));
            await MeasureAsync("the usual way on Orleans, tuned", number => RecordAsync(usual.Grains, number), usual.Grains);

            async Task MeasureAsync(string what, Func<int, Task> record, IGrainFactory? factory = null)
            {
                var (begin, next) = (_begin, -1);
                _begin += grains;
                if (factory is null)
                    await BringInAsync(begin, grains, activate: what.Contains("Orleans", StringComparison.Ordinal) ? orleans : null, cancellationToken);
                else
                    await BeginAsync(factory, begin, grains, cancellationToken);
                var throughput = await Bench.Callers.RunAsync(
                    Callers, duration, () => Interlocked.Increment(ref next) is var place && place < grains ? begin + place : -1, (_, number) => record(number));
                // The first round compiles and is not counted.
                if (round > 0)
                    (measured.TryGetValue(what, out var rounds) ? rounds : measured[what] = []).Add(throughput);
            }
        }

        var baseline = measured["the usual way on Orleans, tuned"].Average(round => round.PerSecond);
        foreach (var (what, rounds) in measured)
        {
            var (mean, median) = (rounds.Average(round => round.PerSecond), rounds[Rounds / 2]);
            Console.WriteLine($"{$"results on {what}, {Callers:N0} callers",-66}{mean,10:N0}/s   p50 {median.P50.TotalMilliseconds,7:N2} ms   p99 {median.P99.TotalMilliseconds,7:N2} ms   {mean / baseline:N1} x the usual way");
        }

        await ReadAsync(usual.Grains, _begin - grains, grains);
    }

    private async Task ReadAsync(IGrainFactory usual, int begin, int count)
    {
        var register = silo.Get<IRegister>();
        await BringInAsync(begin, count, activate: null, CancellationToken.None);
        var titled = await MeasureReadsAsync(number => register.FindAsync(Seeding.Factory(number), CancellationToken.None), begin, count);
        var called = await MeasureReadsAsync(number => usual.GetGrain<IUsualGrain>(Seeding.Factory(number).Value).StandingAsync(), begin, count);
        Console.WriteLine($"{"standing by id, inside a silo on Orleans",-66}{titled,10:N0}/s");
        Console.WriteLine($"{"standing by id, the usual way: a call of the grain in its silo",-66}{called,10:N0}/s");
    }

    private static async Task<double> MeasureReadsAsync<T>(Func<int, ValueTask<T>> read, int begin, int count)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount * 8).Select(worker => Task.Run(async () =>
        {
            var done = 0;
            for (var place = worker * 997; watch.Elapsed < TimeSpan.FromSeconds(4); place += 7919, done++)
                await read(begin + (place % count));
            return done;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Brings grains into memory, and their activations into being where they are measured.</summary>
    private async Task BringInAsync(int begin, int count, IGrainClient? activate, CancellationToken cancellationToken)
    {
        var register = silo.Get<IRegister>();
        await Parallel.ForEachAsync(Enumerable.Range(begin, count), Many(cancellationToken), async (number, token) =>
        {
            await register.FindAsync(Seeding.Factory(number), token);
            // Nothing is due, so nothing is written.
            if (activate is not null)
                await activate.SendAsync(Seeding.Factory(number), new GrainCommand.WakeUp(), new CommandContext(Actor.System), token);
        });
    }

    private async Task BeginAsync(IGrainFactory usual, int begin, int count, CancellationToken cancellationToken)
    {
        foreach (var chunk in Enumerable.Range(begin, count).Select(Seeding.Factory).Chunk(1000))
        {
            var loaded = await silo.Get<GrainLoader>().LoadAsync(chunk, cancellationToken);
            await Parallel.ForEachAsync(
                chunk, Many(cancellationToken), async (id, _) => await usual.GetGrain<IUsualGrain>(id.Value).BeginAsync(loaded[id].State!, loaded[id].Version));
        }
    }

    private async Task RecordAsync(IGrainClient client, int number)
    {
        var outcome = await client.SendAsync(
            Seeding.Factory(number), new GrainCommand.RecordResult("check-1", CheckOutcome.Clean, _today, ["I-1", "I-2"], []),
            new CommandContext(Seeding.Approver, new CommandIdentity(Guid.NewGuid(), SHA256.HashData(BitConverter.GetBytes(number)))), CancellationToken.None);
        if (outcome.Status != CommandStatus.Accepted)
            throw new InvalidOperationException($"{Seeding.Factory(number)}: {outcome.Rejection?.Detail}");
    }

    private async Task RecordAsync(IGrainFactory usual, int number)
    {
        if (!await usual.GetGrain<IUsualGrain>(Seeding.Factory(number).Value).RecordAsync(_today))
            throw new InvalidOperationException($"{Seeding.Factory(number)} took no result.");
    }

    private static ParallelOptions Many(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 500, CancellationToken = cancellationToken };
}
