using Microsoft.Extensions.Logging;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>
/// A term in which this silo delivers. One reader goes through the ledger for all subscriptions; each has a lane of its own, in which one first attempt is under
/// way at a time and, beside it, one further attempt, so that the first ones come in the order of the ledger and no receiver waits for another.
/// </summary>
internal sealed partial class DeliveryTurn : IDisposable
{
    // Items read together for all subscriptions, or for one.
    private const int PageLength = 500;

    // Further attempts of a subscription that are looked up together.
    private const int DueMax = 20;

    private static readonly TimeSpan ProlongInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    // A subscription that nothing is sent to need not be read anew from where it was sent something.
    private static readonly TimeSpan PassInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Deliverer _deliverer;
    private readonly DeliveryTerm _terms;
    private readonly SubscriptionStore _subscriptions;
    private readonly DeliveryStore _deliveries;
    private readonly IEventFeed _feed;
    private readonly SecretKey _key;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly long _term;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = [];

    // Subscriptions whose secrets cannot be decrypted, in that revision: told once.
    private readonly Dictionary<string, long> _undeliverable = [];

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _attempting;
    private CancellationToken _stopping;
    private TaskCompletionSource _changed = NewSignal();
    private FeedFilter _asked = FeedFilter.All;
    private long _readTo;
    private int _underWay;

    public DeliveryTurn(Deliverer deliverer, DeliveryTerm terms, SubscriptionStore subscriptions, DeliveryStore deliveries, IEventFeed feed, SecretKey key, TimeProvider clock, ILogger logger, long term)
    {
        (_deliverer, _terms, _subscriptions, _deliveries, _feed, _key, _clock, _logger, _term) = (deliverer, terms, subscriptions, deliveries, feed, key, clock, logger, term);
        _attempting = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        Log = new AttemptLog(terms, term, logger);
    }

    /// <summary>Keeps what came of attempts.</summary>
    public AttemptLog Log { get; }

    /// <summary>Ends when the term does.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Delivers until it is stopped or another silo does. What is under way when it is stopped is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        _readTo = _feed.Seq;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, Over);
        _stopping = stopping.Token;
        var log = LogAsync();
        var prolonging = ProlongAsync(Over);
        await Task.WhenAll(GuardedAsync(ReadAsync, stopping.Token), GuardedAsync(TickAsync, stopping.Token), GuardedAsync(PassAsync, stopping.Token));
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(Over))
        {
            patience.CancelAfter(StopMax);
            while (Volatile.Read(ref _underWay) > 0 && !patience.IsCancellationRequested)
                await ChangedAsync();
        }

        // What a receiver has not answered by now is attempted again by whoever delivers next.
        await _attempting.CancelAsync();
        while (Volatile.Read(ref _underWay) > 0)
            await ChangedAsync();
        Log.Complete();
        await log;
        await _over.CancelAsync();
        await prolonging;

        // Without a log nothing may be attempted: the term ends with it.
        async Task LogAsync()
        {
            try
            {
                await Log.RunAsync(Signal, Over);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogInterrupted(_logger, exception);
            }
            catch (OperationCanceledException)
            {
                // The term is over.
            }
            finally
            {
                await _over.CancelAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _attempting.Dispose();
        _over.Dispose();
        _refreshing.Dispose();
        _looking.Dispose();
    }

    /// <summary>Brings everything about that is due: events up to the end of the ledger, further attempts, questions to receivers.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        while (!Over.IsCancellationRequested)
        {
            var begun = await StartDueAsync(cancellationToken);
            bool isIdle;
            lock (_lock)
            {
                StartAll();
                isIdle = !begun && Volatile.Read(ref _underWay) == 0 && (_lanes.Count == 0 || _readTo >= _feed.Seq) && Log.IsKept;
            }

            if (isIdle)
                return;
            await ChangedAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>The next instant after one at which something is due that waits in memory; null: nothing does.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        lock (_lock)
            return _lanes.Values.SelectMany(lane => lane.NextInstants()).Where(next => next > after).Cast<DateTimeOffset?>().Min();
    }

    /// <summary>Reads what has changed about subscriptions.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var served = await _subscriptions.ServedAsync(cancellationToken);
            List<string> changed;
            lock (_lock)
            {
                foreach (var gone in _lanes.Keys.Where(id => !served.ContainsKey(id)).ToList())
                {
                    // What is under way is kept all the same.
                    _lanes[gone].Status = SubscriptionStatus.Paused;
                    _lanes.Remove(gone);
                }

                changed =
                [
                    .. served.Where(entry => (_lanes.TryGetValue(entry.Key, out var lane) ? lane.Revision : _undeliverable.GetValueOrDefault(entry.Key, -1)) != entry.Value)
                        .Select(entry => entry.Key),
                ];
            }

            if (changed.Count > 0)
                await LoadAsync(changed, cancellationToken);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task LoadAsync(List<string> changed, CancellationToken cancellationToken)
    {
        var loaded = new List<(StoredSubscription Stored, IReadOnlyList<byte[]> Secrets)>();
        foreach (var stored in await _subscriptions.LoadAsync(changed, cancellationToken))
        {
            try
            {
                loaded.Add((stored, [.. new[] { stored.Secret, stored.PreviousSecret }.OfType<byte[]>().Select(secret => _key.Decrypt(secret, stored.View.Id))]));
            }
            catch (SecretsUnavailableException exception)
            {
                LogUndeliverable(_logger, stored.View.Id, exception.Message);
                lock (_lock)
                {
                    _lanes.Remove(stored.View.Id);
                    _undeliverable[stored.View.Id] = stored.Revision;
                }
            }
        }

        lock (_lock)
        {
            foreach (var (stored, secrets) in loaded)
            {
                if (_lanes.TryGetValue(stored.View.Id, out var lane))
                    lane.Change(stored, secrets);
                else
                    _lanes.Add(stored.View.Id, new Lane(stored, secrets) { KeptPosition = stored.View.Position });
            }

            // In one step with the lanes, so that none takes part in a reading that does not ask for its types.
            _asked = new FeedFilter { Types = [.. _lanes.Values.SelectMany(lane => lane.Filter.Types).Distinct(StringComparer.Ordinal)] };
            StartAll();
        }
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    /// <summary>Waits for something to end, but not long: what was signalled a moment ago may be what is waited for.</summary>
    private async Task ChangedAsync()
    {
        try
        {
            await Volatile.Read(ref _changed).Task.WaitAsync(TimeSpan.FromMilliseconds(10));
        }
        catch (TimeoutException)
        {
            // Looked at anew.
        }
    }

    [LoggerMessage(EventId = 3531, Level = LogLevel.Warning, Message = "Deliveries were interrupted and will be taken up again")]
    private static partial void LogInterrupted(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3532, Level = LogLevel.Error, Message = "Nothing is delivered to {Subscription}: {Reason}")]
    private static partial void LogUndeliverable(ILogger logger, string subscription, string reason);
}
