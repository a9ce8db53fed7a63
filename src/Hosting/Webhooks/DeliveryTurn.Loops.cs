using System.Diagnostics;
using Npgsql;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>What goes on for as long as the term does.</summary>
internal sealed partial class DeliveryTurn
{
    private async Task ProlongAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProlongInterval);
        var last = Stopwatch.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    if (!await _terms.ProlongAsync(_term, cancellationToken))
                        break;
                    last = Stopwatch.GetTimestamp();
                }
                catch (NpgsqlException exception) when (Stopwatch.GetElapsedTime(last) < DeliveryTerm.Length)
                {
                    LogInterrupted(_logger, exception);
                }
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            // The term is over either way.
        }

        await _over.CancelAsync();
        Signal();
    }

    /// <summary>Does what waits for an instant, and what was changed by others.</summary>
    private async Task TickAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TickInterval);
        do
        {
            await RefreshAsync(cancellationToken);
            lock (_lock)
                StartAll();
            await StartDueAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            FeedFilter asked;
            long from;
            lock (_lock)
                (asked, from) = (_asked, _readTo);
            await _feed.WaitAsync(from, cancellationToken);
            // Whoever subscribes later begins behind, and reads by itself.
            var page = asked.Types.Count == 0 ? new FeedPage([], _feed.Seq) : await _feed.ReadAsync(from, asked, PageLength, cancellationToken);
            lock (_lock)
            {
                if (!ReferenceEquals(asked, _asked))
                    continue;
                foreach (var lane in _lanes.Values)
                    lane.Take(page);
                _readTo = page.UpTo;
                StartAll();
            }

            Signal();
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PassInterval);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            List<Progress> passed = [];
            lock (_lock)
            {
                foreach (var lane in _lanes.Values.Where(lane => !lane.IsSending && lane.Waiting.Count == 0))
                {
                    lane.Pass();
                    if (lane.Position > lane.KeptPosition)
                        passed.Add(lane.Progress());
                    lane.KeptPosition = lane.Position;
                }
            }

            foreach (var progress in passed)
                await Log.AddAsync(null, progress, cancellationToken);
        }
    }

    /// <summary>Starts further attempts that are due; whether there were any.</summary>
    private async Task<bool> StartDueAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            var now = _clock.GetUtcNow();
            string[] ready;
            lock (_lock)
                ready = [.. _lanes.Values.Where(lane => !lane.IsRetrying && lane.MayRetryAt(now)).Select(lane => lane.Id)];
            if (ready.Length == 0)
                return false;
            var due = await _deliveries.DueAsync(ready, now, DueMax, cancellationToken);
            lock (_lock)
            {
                foreach (var group in due.GroupBy(delivery => delivery.Subscription))
                {
                    if (_lanes.TryGetValue(group.Key, out var lane) && !lane.IsRetrying && lane.MayRetryAt(now))
                    {
                        lane.IsRetrying = true;
                        Start(() => RetryAsync(lane, [.. group]), () => lane.IsRetrying = false);
                    }
                }
            }

            return due.Count > 0;
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Starts whatever can go on. Under the lock.</summary>
    private void StartAll()
    {
        var now = _clock.GetUtcNow();
        foreach (var lane in _lanes.Values)
        {
            if (!lane.IsSending && lane.MaySendAt(now) && (lane.Waiting.Count > 0 || lane.IsBehind))
            {
                lane.IsSending = true;
                Start(() => SendAsync(lane), () => lane.IsSending = false);
            }

            if (!lane.IsAsking && lane.Status == SubscriptionStatus.Unconfirmed && lane.HandshakeAt <= now)
            {
                lane.IsAsking = true;
                Start(() => AskAsync(lane), () => lane.IsAsking = false);
            }
        }
    }

    /// <summary>Starts work on a lane, and looks what can go on when it has ended. Under the lock.</summary>
    private void Start(Func<Task> work, Action ended)
    {
        if (_stopping.IsCancellationRequested)
        {
            ended();
            return;
        }

        Interlocked.Increment(ref _underWay);
        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The term is over; whoever delivers next takes it up.
            }
            catch (Exception exception)
            {
                // Whatever it was: it is taken up again, and nothing else stands still for it.
                LogInterrupted(_logger, exception);
                await Task.Delay(Patience, CancellationToken.None);
            }
            finally
            {
                lock (_lock)
                {
                    ended();
                    // What came while it ended was not started.
                    StartAll();
                }

                Interlocked.Decrement(ref _underWay);
                Signal();
            }
        });
    }

    private async Task GuardedAsync(Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Patience);
        try
        {
            while (true)
            {
                try
                {
                    await loop(cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    LogInterrupted(_logger, exception);
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, or the term is over.
        }
    }
}
