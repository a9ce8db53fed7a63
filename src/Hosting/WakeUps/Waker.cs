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
        await Task.WhenAll(due.Select(grain => activations.ReadAsync(grain).AsTask()));
        cancellationToken.ThrowIfCancellationRequested();
        var woken = 0;
        var outcomes = new List<Task<bool>>(due.Count);
        var turns = new HashSet<int>(due.Count);
        foreach (var grain in due)
        {
            // A grain in memory whose turn is free is decided and queued without waiting, so grains enter the ledger in
            // this order. One that has to wait, for the database or for another's turn, would be overtaken by the next.
            var waits = !activations.TryGet(grain, out _) || !turns.Add(Turnstile.TurnOf(grain));
            if (waits)
                await FinishAsync();
            outcomes.Add(WakeAsync(grain));
            if (waits)
                await FinishAsync();
        }

        await FinishAsync();
        return woken;

        async Task FinishAsync()
        {
            woken += (await Task.WhenAll(outcomes)).Count(changed => changed);
            outcomes.Clear();
            turns.Clear();
        }
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
