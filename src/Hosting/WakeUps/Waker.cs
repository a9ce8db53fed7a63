using Microsoft.Extensions.Logging;
using Supervision.Hosting.Activations;

namespace Supervision.Hosting.WakeUps;

/// <summary>Wakes the grains whose deadlines have passed. Asking twice, late or on two silos at once changes nothing.</summary>
public sealed partial class Waker(Supervision.Ledger.Query.WakeUps wakeUps, ActivationTable activations, IGrainClient grains, ILogger<Waker> logger)
{
    /// <summary>Grains woken together: enough to fill several commits.</summary>
    private const int GrainsMax = 4000;

    private static readonly CommandContext ByTime = new(Actor.System);

    /// <summary>Wakes every grain that is due at an instant, those due first first, then in the order of their identities.</summary>
    /// <returns>How many were woken.</returns>
    public async Task<int> WakeDueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var woken = 0;
        while (true)
        {
            var due = await wakeUps.DueAsync(now, GrainsMax, cancellationToken);
            var done = await WakeAsync(due, cancellationToken);
            woken += done;
            // A grain that cannot be woken stays due; it must not keep the job from ending.
            if (done == 0)
                return woken;
        }
    }

    private async Task<int> WakeAsync(IReadOnlyList<GrainId> due, CancellationToken cancellationToken)
    {
        // Once they are all in memory each is decided and queued without waiting, so they enter the ledger in this order.
        await Task.WhenAll(due.Select(grain => activations.ReadAsync(grain).AsTask()));
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new List<Task<bool>>(due.Count);
        foreach (var grain in due)
            outcomes.Add(WakeAsync(grain));
        return (await Task.WhenAll(outcomes)).Count(changed => changed);
    }

    private async Task<bool> WakeAsync(GrainId grain)
    {
        try
        {
            return (await grains.SendAsync(grain, new GrainCommand.WakeUp(), ByTime, CancellationToken.None)).Changed;
        }
        catch (Exception exception)
        {
            LogNotWoken(logger, exception, grain);
            return false;
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "{Grain} could not be woken; it will be tried again")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, GrainId grain);
}
