using Quartz;
using Supervision.Hosting.WakeUps;

namespace Supervision.Hosting.Jobs;

/// <summary>An alarm clock: asks what is due now. Missed or doubled firings are harmless.</summary>
[DisallowConcurrentExecution]
public sealed class WakeUpJob(Waker waker, Supervision.Ledger.Query.WakeUps wakeUps, TimeProvider clock) : IJob
{
    /// <summary>The job's identity in the store.</summary>
    public static readonly JobKey Key = new("wake-up");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await wakeUps.EnsurePartitionsAsync(cancellationToken);
        await waker.WakeDueAsync(clock.GetUtcNow(), cancellationToken);
    }
}
