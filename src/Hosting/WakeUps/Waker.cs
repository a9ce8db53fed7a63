using Microsoft.Extensions.Logging;

namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes the grains whose deadlines have passed. Asking twice, late or on two silos at once changes nothing.</summary>
public sealed partial class Waker(Supervision.Ledger.Query.WakeUps wakeUps, IWakesGrains grains, ILogger<Waker> logger)
{
    // Grains woken together: enough to fill a commit, few enough that commands do not wait for their turns noticeably.
    private const int GrainsMax = 1000;

    /// <summary>Wakes every grain that is due at an instant, those due first first, then in the order of their identities.</summary>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var woken = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var due = await wakeUps.DueAsync(now, GrainsMax, cancellationToken);
            var done = due.Count == 0 ? 0 : await grains.WakeAsync(due, (grain, exception) => LogNotWoken(logger, exception, grain));
            woken += done;
            // A grain that cannot be woken stays due; it must not keep the job from ending.
            if (done == 0)
                return woken;
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "{Grain} could not be woken; it will be tried again")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, GrainId grain);
}
