using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Webhooks;

namespace Supervision.Bench;

/// <summary>
/// A hundred subscriptions, of which one has a dead receiver and one that takes 14 seconds: how long after its acknowledgement the loss of a title is at
/// the sockets of the others while the ledger is written at a steady rate, and how many deliveries a second there can be. Receivers run in this process.
/// </summary>
internal static class WebhookMeasure
{
    private const int Subscriptions = 100;

    private const int Good = Subscriptions - 2;

    // Together what a silo is asked for: 1,000 changes a second, of which 20 are decisions about titles, of which every subscriber is told.
    private const int ChangesPerSecond = 1000;

    private const int DecisionsPerSecond = 20;

    private const int Burst = 500;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(14);

    public static async Task RunAsync(int entities, TimeSpan duration, CancellationToken cancellationToken)
    {
        var directory = BenchSilo.NewDirectory();
        var changes = (int)(ChangesPerSecond * duration.TotalSeconds);
        await using var receivers = await Receivers.StartAsync();
        await using (var silo = await BenchSilo.StartAsync(directory, "default", cancellationToken))
        {
            await new Seeding(silo).RunAsync(Math.Max(entities, changes + (4 * Burst)), waking: 0);
            await SubscribeAsync(silo, receivers, cancellationToken);
            // A first round compiles; it is not counted.
            await DecideAsync(silo, receivers, 0, Burst / 5);
            await WriteAsync(silo, receivers, changes, Burst, cancellationToken);
            receivers.Report($"decisions to {Good} sockets at {ChangesPerSecond:N0} changes/s");
            var watch = Stopwatch.StartNew();
            await DecideAsync(silo, receivers, 2 * Burst, Burst);
            Console.WriteLine($"{$"fan-out, {Burst:N0} decisions to {Good} receivers",-52}{Burst * Good / watch.Elapsed.TotalSeconds,12:N0}/s");
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"{"attempts, and those that failed",-52}{silo.Get<Deliverer>().Attempts,12:N0}   {silo.Get<Deliverer>().Failures:N0}   most memory {process.PeakWorkingSet64 >> 20:N0} MB");
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task SubscribeAsync(BenchSilo silo, Receivers receivers, CancellationToken cancellationToken)
    {
        var subscriptions = silo.Get<ISubscriptions>();
        var owner = (await silo.Get<IKeys>().ListAsync(cancellationToken))[0].PersonId;
        for (var i = 0; i < Subscriptions; i++)
            await subscriptions.CreateAsync(new SubscriptionRequest($"{receivers.Address}/{i}", null, new SubscriptionFilter()), owner, null, cancellationToken);
        while ((await subscriptions.ListAsync(owner, null, Subscriptions, cancellationToken)).Items.Any(subscription => subscription.Status != SubscriptionStatus.Active))
            await Task.Delay(50, cancellationToken);
        receivers.Begin();
    }

    /// <summary>Writes at a steady rate, whatever it takes.</summary>
    private static async Task WriteAsync(BenchSilo silo, Receivers receivers, int changes, int firstDecision, CancellationToken cancellationToken)
    {
        var results = new ResultCalls(silo, 4 * Burst, (4 * Burst) + changes);
        await results.BringInAsync(changes, cancellationToken);
        var (began, writes, decisions) = (Stopwatch.GetTimestamp(), new List<Task>(changes), 0);
        receivers.Forget();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (writes.Count < changes && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var due = Math.Min(changes, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * ChangesPerSecond));
            while (writes.Count < due)
            {
                writes.Add(writes.Count % (ChangesPerSecond / DecisionsPerSecond) == 0
                    ? WithdrawAsync(silo, receivers, firstDecision + decisions++)
                    : results.RecordAsync(0, results.Next()));
            }
        }

        await Task.WhenAll(writes);
        await receivers.AllAsync(decisions);
    }

    /// <summary>Decides about titles as fast as that goes, and waits until every good receiver knows of all.</summary>
    private static async Task DecideAsync(BenchSilo silo, Receivers receivers, int first, int count)
    {
        receivers.Forget();
        await Task.WhenAll(Enumerable.Range(first, count).Select(number => WithdrawAsync(silo, receivers, number)));
        await receivers.AllAsync(count);
    }

    private static async Task WithdrawAsync(BenchSilo silo, Receivers receivers, int number)
    {
        var outcome = await silo.Get<IGrainClient>().SendAsync(
            Seeding.Factory(number), new GrainCommand.WithdrawTitle(new TitleChoice("miit-2024"), CivilTime.DateAt(silo.Time.GetUtcNow()), "letter"), new CommandContext(Seeding.Approver),
            CancellationToken.None);
        if (outcome.Status != CommandStatus.Accepted)
            throw new InvalidOperationException($"{Seeding.Factory(number)}: {outcome.Rejection?.Detail}");
        receivers.Acknowledged(Seeding.Factory(number).Value);
    }

    /// <summary>Receivers, told apart by their paths.</summary>
    private sealed class Receivers(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentDictionary<string, long> _acknowledged = new();
        private readonly ConcurrentQueue<(string Subject, long At)> _arrived = new();
        private volatile Awaited? _awaited;
        private bool _isBegun;

        public string Address => app.Urls.Single();

        public static async Task<Receivers> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receivers = new Receivers(app);
            app.Run(receivers.ReceiveAsync);
            await app.StartAsync();
            return receivers;
        }

        /// <summary>From now on the dead one is dead.</summary>
        public void Begin() => Volatile.Write(ref _isBegun, true);

        public void Acknowledged(string subject) => _acknowledged[subject] = Stopwatch.GetTimestamp();

        public void Forget()
        {
            _awaited = null;
            _acknowledged.Clear();
            _arrived.Clear();
        }

        /// <summary>Waits until every good receiver was told of so many decisions.</summary>
        public Task AllAsync(int decisions)
        {
            _awaited = new Awaited(decisions * Good, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            TellWhenAll();
            return _awaited.All.Task;
        }

        public void Report(string what)
        {
            var waits = _arrived.Select(arrived => arrived.At - _acknowledged[arrived.Subject]).Order().ToArray();
            Console.WriteLine($"{what,-52}{waits.Length,12:N0}   p50 {At(0.50):N1} ms   p99 {At(0.99):N1} ms   most {At(1):N1} ms");

            double At(double share) => waits[(int)(share * (waits.Length - 1))] * 1000.0 / Stopwatch.Frequency;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task ReceiveAsync(HttpContext context)
        {
            if (context.Request.Method == HttpMethods.Options)
            {
                context.Response.Headers["WebHook-Allowed-Origin"] = "*";
                return;
            }

            var at = Stopwatch.GetTimestamp();
            switch (context.Request.Path.Value)
            {
                case "/0" when Volatile.Read(ref _isBegun):
                    context.Abort();
                    return;
                case "/1":
                    await Task.Delay(Slow, context.RequestAborted);
                    return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            using var document = System.Text.Json.JsonDocument.Parse(body.ToArray());
            _arrived.Enqueue((document.RootElement.GetProperty("subject").GetString()!, at));
            TellWhenAll();
            context.Response.StatusCode = (int)HttpStatusCode.NoContent;
        }

        private void TellWhenAll()
        {
            if (_awaited is { } awaited && _arrived.Count >= awaited.Count)
                awaited.All.TrySetResult();
        }

        private sealed record Awaited(int Count, TaskCompletionSource All);
    }
}
