using System.Diagnostics;
using System.IO.Compression;
using Npgsql;
using Supervision.Grains.Draws;
using Supervision.Hosting.Draws;
using Supervision.Ledger.Draws;

namespace Supervision.Bench;

/// <summary>A draw of one in twenty among factories that were just imported, with two inspectors of 5,000 for each visit.</summary>
internal static class DrawMeasure
{
    private const int Inspectors = 5000;

    private const string Key = "bench";

    private static readonly GrainId Draw = GrainId.Of(GrainKind.Draw, Key);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(int rows, CancellationToken cancellationToken)
    {
        var directory = BenchSilo.NewDirectory();
        var file = directory + ".csv";
        await ImportMeasure.WriteAsync(file, rows);
        await using (var silo = await BenchSilo.StartAsync(directory, "default", cancellationToken))
        {
            await ImportMeasure.ImportAsync(silo.Get<IImports>(), file, cancellationToken);
            await RegisterAsync(silo, cancellationToken);
            // A first draw compiles; it is not counted.
            await DrawAsync(silo, "warm-up", size: 5_000, cancellationToken);
            await silo.SettleAsync(cancellationToken);
            var baseline = await BaselineAsync(silo, rows / 20, cancellationToken);
            var before = MemoryBefore();
            var (announced, completed) = await DrawAsync(silo, Key, size: null, cancellationToken);
            var most = MemoryMost();
            var view = (await silo.Get<IDraws>().FindAsync(Key, cancellationToken))!;
            var winners = await WinnersAsync(silo, view, cancellationToken);
            Console.WriteLine($"{$"ORDER BY random() LIMIT {rows / 20:N0}",-52}{baseline.TotalSeconds,12:N2} s");
            Console.WriteLine($"{$"a draw of {view.Completion!.Winners:N0} among {rows:N0}, to the winners",-52}{(announced + winners).TotalSeconds,12:N2} s   announcement {announced.TotalSeconds:N2} s   {(announced + winners) / baseline:N1} x baseline");
            Console.WriteLine($"{$"to the checks in the ledger ({view.Completion.Visits:N0} visits)",-52}{(announced + completed).TotalSeconds,12:N2} s");
            var watch = Stopwatch.StartNew();
            var verified = await VerifyAsync(silo, cancellationToken);
            Console.WriteLine($"{"its record is verified",-52}{watch.Elapsed.TotalSeconds,12:N2} s   {verified.Winners:N0} winners");
            Console.WriteLine($"{"most memory of the silo while it was drawn",-52}{most,12:N0} MB   {before:N0} MB before it");
        }

        Directory.Delete(directory, recursive: true);
        File.Delete(file);
    }

    /// <summary>The memory of the process in megabytes once everything is collected; its peak is counted anew from here on.</summary>
    private static long MemoryBefore()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // Resets VmHWM, so that the import before does not count.
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Megabytes("VmRSS:");
    }

    private static long MemoryMost() => Megabytes("VmHWM:");

    private static long Megabytes(string line) =>
        long.Parse(File.ReadLines("/proc/self/status").First(found => found.StartsWith(line, StringComparison.Ordinal))[line.Length..^"kB".Length], System.Globalization.CultureInfo.InvariantCulture) >> 10;

    private static async Task RegisterAsync(BenchSilo silo, CancellationToken cancellationToken)
    {
        var inspectors = silo.Get<IInspectors>();
        await Parallel.ForEachAsync(Enumerable.Range(10, Inspectors - 2), new ParallelOptions { MaxDegreeOfParallelism = 500, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var register = new GrainCommand.RegisterInspector(PrivateText.Of($"I-{i}", new byte[16]), i % 3 == 0 ? [] : ["430000"], new DateOnly(2099, 12, 31), [], []);
            await inspectors.SendAsync(GrainId.Of(GrainKind.Inspector, $"I-{i}"), register, new CommandContext(Actor.System), token);
        });
    }

    private static async Task<(TimeSpan Announced, TimeSpan Completed)> DrawAsync(BenchSilo silo, string key, int? size, CancellationToken cancellationToken)
    {
        var draws = silo.Get<IDraws>();
        var notBefore = silo.Time.GetUtcNow().AddMinutes(1);
        notBefore = notBefore.AddTicks(-(notBefore.Ticks % TimeSpan.TicksPerSecond));
        var request = new DrawRequest(
            key, "miit-2024", new DrawScope(["factory"], Level.National, null), size is null ? 0.05m : null, size, "bench", notBefore, notBefore, null, null, null);
        var used = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        Accept(await draws.AnnounceAsync(request, new CommandContext(Seeding.Orderer), cancellationToken));
        var announced = watch.Elapsed;
        Accept(await draws.ApproveAsync(key, new CommandContext(Seeding.Approver), cancellationToken));
        silo.Time.MoveTo(notBefore);
        watch.Restart();
        Accept(await draws.ExecuteAsync(key, ["02 11 13 20 26 31 + 07"], new CommandContext(Seeding.Orderer), cancellationToken));
        using var timer = new PeriodicTimer(LookInterval);
        while ((await draws.FindAsync(key, cancellationToken))!.Status != DrawStatus.Completed)
            await timer.WaitForNextTickAsync(cancellationToken);
        Console.WriteLine($"{$"processor time of the silo for {key}",-52}{(Environment.CpuUsage.TotalTime - used).TotalSeconds,12:N2} s");
        return (announced, watch.Elapsed);

        static void Accept(DrawOutcome outcome)
        {
            if (outcome.Status != CommandStatus.Accepted)
                throw new InvalidOperationException(outcome.Rejection?.Detail);
        }
    }

    /// <summary>From the kept roster to the winners with their inspectors, as the silo does it once the seed is known.</summary>
    private static async Task<TimeSpan> WinnersAsync(BenchSilo silo, DrawView view, CancellationToken cancellationToken)
    {
        var store = silo.Get<DrawStore>();
        var watch = Stopwatch.StartNew();
        var material = (await store.FindAsync(Draw, cancellationToken))!;
        var roster = RosterFile.Read(await store.ReadPartsAsync(Draw, DrawFile.Roster, cancellationToken));
        var lottery = new Lottery(
            Key, Convert.FromHexString(view.Execution!.Seed), roster, view.Announcement.Strata, DrawJson.ReadPool(material.Pool), new HashSet<string>(),
            view.Announcement.InspectorsPerVisit);
        lottery.Next([]);
        return watch.Elapsed;
    }

    private static async Task<DrawVerification> VerifyAsync(BenchSilo silo, CancellationToken cancellationToken)
    {
        await using var content = (await silo.Get<IDraws>().RecordAsync(Key, whole: true, cancellationToken))!;
        await using var plain = new GZipStream(content, CompressionMode.Decompress);
        var verified = DrawVerifier.Verify(DrawJson.Read(plain));
        return verified.First is { } difference ? throw new InvalidOperationException($"The record differs: {difference}") : verified;
    }

    private static async Task<TimeSpan> BaselineAsync(BenchSilo silo, int size, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(silo.Database.ConnectionString);
        await using var command = dataSource.CreateCommand($"SELECT grain FROM register WHERE grain LIKE 'factory/%' ORDER BY random() LIMIT {size}");
        var watch = Stopwatch.StartNew();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            reader.GetString(0);
        return watch.Elapsed;
    }
}
