using Microsoft.Extensions.Logging;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes the grains whose deadlines have passed. Asking twice, late or on two silos at once changes nothing.</summary>
public sealed partial class Waker(Supervision.Ledger.Query.WakeUps wakeUps, GrainHost grains, ILogger<Waker> logger)
{
    // Grains woken together: enough to fill two commits, few enough that others do not wait for their turns noticeably.
    private const int GrainsMax = 512;

    /// <summary>Wakes every grain that is due at an instant, those due first first, then in the order of their identities.</summary>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var woken = 0;
        while (true)
        {
            var done = await WakeOnceAsync(now, cancellationToken);
            woken += done;
            // A grain that cannot be woken stays due; it must not keep the job from ending.
            if (done == 0)
                return woken;
        }
    }

    /// <summary>Goes once through all that are due. While some are woken, those that come next are brought into memory.</summary>
    private async Task<int> WakeOnceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = 0;
        var next = BringInAsync(now, after: null, cancellationToken);
        try
        {
            while (await next is { Count: > 0 } due)
            {
                cancellationToken.ThrowIfCancellationRequested();
                next = BringInAsync(now, due[^1], cancellationToken);
                done += await grains.WakeAsync([.. due.Select(grain => grain.Grain)], (grain, exception) => LogNotWoken(logger, exception, grain));
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return done;
    }

    private async Task<IReadOnlyList<DueGrain>> BringInAsync(DateTimeOffset now, DueGrain? after, CancellationToken cancellationToken)
    {
        var due = await wakeUps.DueAsync(now, after, GrainsMax, cancellationToken);
        await grains.BringInAsync(due.Select(grain => grain.Grain));
        return due;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "{Grain} could not be woken; it will be tried again")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, GrainId grain);
}
