using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Verification;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger;
using Supervision.Ledger.Documents;

namespace Supervision.Bench;

/// <summary>What is measured.</summary>
/// <param name="Entities">Entities in the database.</param>
/// <param name="Directory">Where the database lies; null: in a temporary directory.</param>
/// <param name="Duration">How long each throughput is measured.</param>
/// <param name="Only">Which parts are measured; empty: all.</param>
internal sealed record BenchOptions(int Entities, string? Directory, TimeSpan Duration, IReadOnlyList<string> Only)
{
    public bool Measures(string part) => Only.Count == 0 || Only.Contains(part);
}

/// <summary>The whole run, in the order in which what is measured uses up what was seeded.</summary>
internal static class BenchRun
{
    private const int Hot = 100_000;

    /// <summary>Grains brought into memory before a measurement: fewer than a silo keeps by default.</summary>
    private const int InMemory = 200_000;

    public static async Task<int> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        if (options.Measures("import"))
            await ImportMeasure.RunAsync(options.Entities, cancellationToken);
        if (options.Measures("draws"))
            await DrawMeasure.RunAsync(options.Entities, cancellationToken);
        if (options.Measures("streams"))
            await StreamMeasure.RunAsync(cancellationToken);
        if (options.Measures("webhooks"))
            await WebhookMeasure.RunAsync(Math.Min(options.Entities, 20_000), options.Duration, cancellationToken);
        if (options.Only is [_, ..] && options.Only.All(part => part is "import" or "draws" or "streams" or "webhooks"))
            return 0;
        var directory = options.Directory ?? BenchSilo.NewDirectory();
        var waking = Math.Min(100_000, options.Entities / 10);
        // Only when it is asked for: its silo has both hosts, and costs what it costs.
        var host = options.Only.Contains("orleans") ? "orleans" : "default";
        await using (var silo = await BenchSilo.StartAsync(directory, host, cancellationToken))
        {
            if (silo.Get<LedgerPosition>().Seq < options.Entities)
                await new Seeding(silo).RunAsync(options.Entities, waking);
#if ORLEANS
            if (options.Only.Contains("orleans"))
                await new Orleans.OrleansMeasure(silo, waking, options.Entities).RunAsync(options.Duration, cancellationToken);
#endif
            var results = new ResultCalls(silo, waking, options.Entities);
            if (options.Measures("results") || options.Measures("http"))
                await MeasureWritesAsync(silo, results, options, cancellationToken);
            if (options.Measures("log"))
                await LogMeasure.RunAsync(silo, results, options.Duration, cancellationToken);
            if (options.Measures("reads"))
                await MeasureReadsAsync(silo, options, cancellationToken);
            if (options.Measures("register"))
            {
                using var http = Client(silo, 4);
                await new RegisterMeasure(silo, http, options.Entities).RunAsync(cancellationToken);
            }

            if (options.Measures("feed"))
            {
                using var http = Client(silo, 1);
                await FeedMeasure.RunAsync(silo, http, options.Duration, cancellationToken);
            }

            if (options.Measures("waking"))
                await MeasureWakingAsync(silo, waking, cancellationToken);
            if (options.Measures("midnight"))
            {
                using var http = Client(silo, 64);
                await MidnightMeasure.RunAsync(silo, http, options.Entities, cancellationToken);
            }

            if (options.Measures("verify"))
                await VerifyAsync(silo, cancellationToken);
        }

        if (options.Measures("start"))
            await StartMeasure.RunAsync(directory, cancellationToken);
        if (options.Directory is null)
            Directory.Delete(directory, recursive: true);
        return 0;
    }

    private static async Task MeasureWritesAsync(BenchSilo silo, ResultCalls results, BenchOptions options, CancellationToken cancellationToken)
    {
        var duration = options.Duration;
        await using var baseline = new Baseline(silo.Database);
        await baseline.PrepareAsync();
        // A first round compiles; it is not counted.
        await Callers.RunAsync(200, TimeSpan.FromSeconds(5), results.Next, results.RecordAsync);
        var (state, data) = await results.SampleAsync(cancellationToken);
        var transactions = await baseline.RunAsync(duration, state, data);
        Report("baseline: one transaction per command, 64 callers", transactions);
        if (options.Measures("http"))
        {
            using var http = Client(silo, 64);
            var over = await Callers.RunAsync(64, duration, results.Next, (_, number) => results.PostAsync(http, number));
            Report("recording results over HTTP, 64 callers", over, transactions);
        }

        if (options.Measures("results"))
            await MeasureResultsAsync(results, duration, transactions, cancellationToken);
        await baseline.DropAsync();
    }

    private static async Task MeasureResultsAsync(ResultCalls results, TimeSpan duration, Throughput transactions, CancellationToken cancellationToken)
    {
        await results.BringInAsync(InMemory, cancellationToken);
        var thousand = await Callers.RunAsync(1000, duration, results.Next, results.RecordAsync);
        Report("recording results, 1,000 callers", thousand, transactions);
        await results.BringInAsync(InMemory, cancellationToken);
        var few = await Callers.RunAsync(64, duration, results.Next, results.RecordAsync);
        Report("recording results, 64 callers", few, transactions);
        results.SkipMemory(InMemory);
        var cold = await Callers.RunAsync(1000, duration, results.Next, results.RecordAsync);
        Report("recording results, 1,000 callers, grains not in memory", cold, transactions);
    }

    private static async Task MeasureReadsAsync(BenchSilo silo, BenchOptions options, CancellationToken cancellationToken)
    {
        var register = silo.Get<IRegister>();
        var hot = Math.Min(Hot, options.Entities);
        var ids = new GrainId[hot];
        for (var i = 0; i < hot; i++)
            ids[i] = Seeding.Factory(i);
        // Once to bring them into memory, and once more to wake them: what rests is read when it is asked for.
        for (var round = 0; round < 2; round++)
            await Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => _ = (await register.FindAsync(id, token))?.View);
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(worker => Task.Run(async () =>
        {
            var (count, place) = (0L, worker * 7919);
            while (watch.Elapsed < TimeSpan.FromSeconds(5))
            {
                for (var i = 0; i < 1000; i++, count++)
                {
                    place = (place + 7919) % hot;
                    if ((await register.FindAsync(ids[place], CancellationToken.None))?.View.Standing != Standing.Valid)
                        throw new InvalidOperationException($"{ids[place]} is not in force.");
                }
            }

            return count;
        })));
        Console.WriteLine($"{"standing by id inside the silo",-52}{counts.Sum() / watch.Elapsed.TotalSeconds,12:N0}/s");

        using var http = Client(silo, 64);
        var paths = ids.Select(id => $"/api/entities/{id}").ToArray();
        var next = 0;
        // Alternating rounds, so that both meet the same machine.
        var (empty, full) = (new List<Throughput>(), new List<Throughput>());
        for (var round = 0; round < 3; round++)
        {
            empty.Add(await Callers.RunAsync(64, options.Duration / 3, () => 1, (_, _) => GetAsync(http, BenchSilo.EmptyPath)));
            full.Add(await Callers.RunAsync(64, options.Duration / 3, () => Interlocked.Increment(ref next) % hot, (_, number) => GetAsync(http, paths[number])));
        }

        var ratio = full.Sum(round => round.PerSecond) / empty.Sum(round => round.PerSecond);
        Report("empty endpoint over HTTP, 64 callers", empty[^1]);
        Report("entity over HTTP, 64 callers", full[^1]);
        Console.WriteLine($"{"entity as a share of the empty endpoint",-52}{ratio,12:P0}");
    }

    private static async Task MeasureWakingAsync(BenchSilo silo, int waking, CancellationToken cancellationToken)
    {
        silo.Time.MoveTo(CivilTime.AfterLastDay(CivilTime.DateAt(silo.Time.GetUtcNow()).AddDays(30)));
        var watch = Stopwatch.StartNew();
        var woken = await silo.Get<Waker>().WakeDueAsync(silo.Time.GetUtcNow(), cancellationToken);
        Console.WriteLine($"{$"waking {woken:N0} grains due at one instant (of {waking:N0})",-52}{watch.Elapsed.TotalSeconds,12:N2} s");
    }

    /// <summary>What was measured must also be right.</summary>
    private static async Task VerifyAsync(BenchSilo silo, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var result = await new LedgerVerifier(silo.Database.Serving, silo.Get<DocumentFiles>()).VerifyAsync(null, cancellationToken);
        if (result.First is { } difference)
            throw new InvalidOperationException($"The ledger differs: {difference}");
        Console.WriteLine($"{$"the ledger verifies ({result.Seq:N0} events)",-52}{watch.Elapsed.TotalSeconds,12:N1} s");
    }

    private static HttpClient Client(BenchSilo silo, int connections)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = new Uri(silo.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchSilo.AdminKey);
        return http;
    }

    private static async Task GetAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync();
    }

    private static void Report(string what, Throughput measured, Throughput? baseline = null) =>
        Console.WriteLine($"{what,-52}{measured}{(baseline is null ? "" : $"   {measured.PerSecond / baseline.PerSecond:N1} x baseline")}");
}

/// <summary>Recording one result per factory, in a fixed random order over all of them.</summary>
internal sealed class ResultCalls
{
    private static readonly string[] Inspectors = ["I-1", "I-2"];

    private readonly IGrainClient _grains;
    private readonly IRegister _register;
    private readonly int[] _order;
    private readonly DateOnly _today;
    private int _next = -1;

    public ResultCalls(BenchSilo silo, int from, int to)
    {
        (_grains, _register) = (silo.Get<IGrainClient>(), silo.Get<IRegister>());
        _order = [.. Enumerable.Range(from, to - from)];
        new Random(1).Shuffle(_order);
        _today = CivilTime.DateAt(silo.Time.GetUtcNow());
    }

    public int Next() => Interlocked.Increment(ref _next) is var place && place < _order.Length ? _order[place] : -1;

    /// <summary>Brings the grains that come next into memory, as in a silo that has been running.</summary>
    public async Task BringInAsync(int count, CancellationToken cancellationToken)
    {
        var from = Volatile.Read(ref _next) + 1;
        await Parallel.ForEachAsync(
            _order.Skip(from).Take(count), new ParallelOptions { MaxDegreeOfParallelism = 500, CancellationToken = cancellationToken },
            async (number, token) => await _register.FindAsync(Seeding.Factory(number), token));
    }

    /// <summary>Goes on behind the grains that were brought in.</summary>
    public void SkipMemory(int count) => Interlocked.Add(ref _next, Math.Min(count, (_order.Length - _next) / 2));

    public async Task RecordAsync(int caller, int number)
    {
        var outcome = await _grains.SendAsync(
            Seeding.Factory(number),
            new GrainCommand.RecordResult("check-1", CheckOutcome.Clean, _today, Inspectors, []),
            // As every request over HTTP with an idempotency key: the outcome is kept, so that it can be sent again.
            new CommandContext(Seeding.Approver, new CommandIdentity(Guid.NewGuid(), SHA256.HashData(BitConverter.GetBytes(number)))),
            CancellationToken.None);
        if (outcome.Status != CommandStatus.Accepted)
            throw new InvalidOperationException($"{Seeding.Factory(number)}: {outcome.Rejection?.Detail}");
    }

    public async Task PostAsync(HttpClient http, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/entities/{Seeding.Factory(number)}/checks/check-1/result")
        {
            Content = JsonContent.Create(new { outcome = "clean", on = _today.ToString("yyyy-MM-dd"), inspectors = Inspectors, findings = Array.Empty<object>() }),
        };
        request.Headers.Add("Idempotency-Key", $"bench-{number}");
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    /// <summary>A state and an event of the size that is written, for the baseline.</summary>
    public async Task<(string State, string Data)> SampleAsync(CancellationToken cancellationToken)
    {
        var grain = Seeding.Factory(_order[0]);
        var history = (await _register.HistoryAsync(grain, HistoryOrder.Newest, null, 1, cancellationToken))!;
        var entity = (await _register.FindAsync(grain, cancellationToken))!;
        // The stored state is about two thirds of what is shown.
        return (System.Text.Encoding.UTF8.GetString(entity.Json.Span[..(entity.Json.Length * 2 / 3)]), history.Items[0].Data);
    }
}
