using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>What is done for one subscription.</summary>
internal sealed partial class DeliveryTurn
{
    // Without one success for so long a receiver is given up.
    private static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    /// <summary>Makes the first attempts of what waits, one after the other.</summary>
    private async Task SendAsync(Lane lane)
    {
        while (!_stopping.IsCancellationRequested)
        {
            FeedItem? item = null;
            long? previous = null;
            lock (_lock)
            {
                if (!lane.MaySendAt(_clock.GetUtcNow()))
                    return;
                (item, previous) = (lane.Begin(), lane.SentSeq);
                if (item is null && !lane.IsBehind)
                    return;
            }

            if (item is null)
                await CatchUpAsync(lane);
            else
                await SendAsync(lane, item, previous);
        }
    }

    private async Task CatchUpAsync(Lane lane)
    {
        FeedFilter filter;
        long from;
        int generation;
        lock (_lock)
            (filter, from, generation) = (lane.Filter, lane.ReadTo, lane.Generation);
        var page = await _feed.ReadAsync(from, filter, PageLength, _attempting.Token);
        lock (_lock)
        {
            if (generation == lane.Generation)
                lane.CatchUp(page, _readTo);
        }
    }

    private async Task SendAsync(Lane lane, FeedItem item, long? previous)
    {
        var at = _clock.GetUtcNow();
        Answer answer;
        try
        {
            answer = await _deliverer.SendAsync(lane, item, previous, at, _attempting.Token);
        }
        catch
        {
            // Whatever it was, the event must not be passed over.
            lock (_lock)
                lane.TakeBack();
            throw;
        }

        lock (_lock)
            lane.Sent(item);
        await SettleAsync(lane, new DueDelivery(0, lane.Id, item.Seq, previous, item.Type, item.At, Attempts: 0), isFirst: true, answer, at);
    }

    /// <summary>Makes further attempts, and tests, one after the other.</summary>
    private async Task RetryAsync(Lane lane, IReadOnlyList<DueDelivery> due)
    {
        foreach (var delivery in due)
        {
            lock (_lock)
            {
                if (_stopping.IsCancellationRequested || !lane.MayRetryAt(_clock.GetUtcNow()))
                    break;
            }

            var at = _clock.GetUtcNow();
            if (delivery.Seq is not { } seq)
            {
                await SettleAsync(lane, delivery, isFirst: false, await _deliverer.SendTestAsync(lane, delivery, at, _attempting.Token), at);
                continue;
            }

            // Told anew as it may be known now: what is withheld meanwhile is not sent any more.
            var page = await _feed.ReadAsync(seq - 1, FeedFilter.All, 1, _attempting.Token);
            if (page.Items is [{ } item] && item.Seq == seq)
            {
                await SettleAsync(lane, delivery, isFirst: false, await _deliverer.SendAsync(lane, item, delivery.PreviousSeq, at, _attempting.Token), at);
            }
            else
            {
                var withheld = Made(delivery, isFirst: false, DeliveryStatus.Withheld, delivery.Attempts, at, null, null);
                await Log.AddAsync(withheld, ProgressOf(lane), Over);
            }
        }

        // Before this is kept the same would be due again.
        await Log.KeptAsync(ProgressOf(lane), Over);
    }

    /// <summary>Asks a receiver whether it wants what is delivered.</summary>
    private async Task AskAsync(Lane lane)
    {
        var (revision, isWanted) = (lane.Revision, await _deliverer.AskAsync(lane, _attempting.Token));
        await _subscriptions.ConfirmedAsync(
            lane.Id, revision,
            isWanted ? null : "The receiver did not answer OPTIONS with a WebHook-Allowed-Origin that names this service.", _clock.GetUtcNow(), Over);
        await RefreshAsync(Over);
    }

    /// <summary>Draws the conclusions from an attempt and keeps them.</summary>
    private async Task SettleAsync(Lane lane, DueDelivery delivery, bool isFirst, Answer answer, DateTimeOffset at)
    {
        var attempts = delivery.Attempts + 1;
        if (answer.Summary.Outcome == AttemptOutcome.Delivered)
        {
            bool isBack;
            lock (_lock)
                isBack = lane.Succeeded(at);
            await Log.AddAsync(Made(delivery, isFirst, DeliveryStatus.Delivered, attempts, at, null, answer.Summary), ProgressOf(lane), Over);
            if (isBack)
                await _deliveries.HastenAsync(lane.Id, at, Over);
            return;
        }

        string? disabled;
        lock (_lock)
        {
            lane.Failed(at, answer.RetryAfter);
            disabled = answer.Summary.Status == 410 ? "The receiver answered 410 Gone: it wants nothing more."
                : at - lane.FailingSince >= FailingMax ? "Every attempt has failed for five days."
                : null;
        }

        var wait = RetrySchedule.After(attempts) is { } delay ? delay > answer.RetryAfter || answer.RetryAfter is null ? delay : answer.RetryAfter : null;
        await Log.AddAsync(
            Made(delivery, isFirst, wait is null ? DeliveryStatus.Failed : DeliveryStatus.Pending, attempts, at, at + wait, answer.Summary), ProgressOf(lane), Over);
        if (disabled is null)
            return;
        await _subscriptions.DisableAsync(lane.Id, disabled, at, Over);
        lock (_lock)
            lane.Status = SubscriptionStatus.Disabled;
    }

    private static Attempt Made(
        DueDelivery delivery, bool isFirst, DeliveryStatus status, int attempts, DateTimeOffset at, DateTimeOffset? nextAttemptAt, ResponseSummary? response) => new(
        isFirst ? null : delivery.Id, delivery.Subscription, delivery.Seq, delivery.PreviousSeq, delivery.Type, delivery.EventAt, status, attempts, at, nextAttemptAt, response);

    private Progress ProgressOf(Lane lane)
    {
        lock (_lock)
        {
            lane.KeptPosition = lane.Position;
            return lane.Progress();
        }
    }
}
