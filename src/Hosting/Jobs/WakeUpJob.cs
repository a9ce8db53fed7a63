using Supervision.Hosting.WakeUps;

namespace Supervision.Hosting.Jobs;

/// <summary>Wakes the grains whose deadlines have passed.</summary>
public sealed class WakeUpJob(Waker waker, Supervision.Ledger.Query.WakeUps wakeUps, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await wakeUps.EnsurePartitionsAsync(cancellationToken);
        return $"{await waker.WakeDueAsync(clock.GetUtcNow(), cancellationToken)} grains were woken";
    }
}
