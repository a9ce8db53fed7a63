using Microsoft.Extensions.Logging;

namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes the grains whose deadlines have passed. Asking twice, late or on two silos at once changes nothing.</summary>
public sealed partial class Waker(Supervision.Ledger.Query.WakeUps wakeUps, IWakesGrains grains, ILogger<Waker> logger)
{
    // Grains woken together: as many as a commit holds.
    private const int GrainsMax = 256;

    // Groups under way at once, so that the next ones are read and decided while others are committed; few enough that commands do not wait for their turns noticeably.
    private const int GroupsMax = 8;

    /// <summary>Wakes every grain that is due at an instant, those due first first, then in the order of their identities.</summary>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (woken, before) = (0, -1);
        // What was woken may have come due again. A grain that cannot be woken stays due; it must keep neither those behind it from waking nor the job from ending.
        while (woken > before)
        {
            before = woken;
            // So that what has been woken, or moved before it came due, is not gone through once more.
            await wakeUps.ForgetAsync(now, cancellationToken);
            for (var due = await wakeUps.NextAsync(now, cancellationToken); due is { } instant; due = await wakeUps.NextAsync(instant, now, cancellationToken))
                woken += await WakeDueAtAsync(instant, cancellationToken);
        }

        return woken;
    }

    private async Task<int> WakeDueAtAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var woken = 0;
        var underWay = new Queue<Task<int>>();
        try
        {
            (GrainId Grain, DateTimeOffset DueAt)? last = null;
            do
            {
                (var due, last) = await wakeUps.DueAtAsync(instant, last?.Grain, GrainsMax, cancellationToken);
                if (due.Count == 0)
                    continue;
                if (underWay.Count == GroupsMax)
                    woken += await underWay.Dequeue();
                underWay.Enqueue((await grains.WakeAsync(due, (grain, exception) => LogNotWoken(logger, exception, grain))).Woken);
            }
            while (last is not null);
        }
        finally
        {
            // What was begun is finished, also when the reading of the next ones failed.
            woken += (await Task.WhenAll(underWay)).Sum();
        }

        return woken;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "{Grain} could not be woken; it will be tried again")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, GrainId grain);
}
