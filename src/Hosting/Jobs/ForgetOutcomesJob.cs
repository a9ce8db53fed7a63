using Quartz;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Jobs;

/// <summary>Forgets outcomes of commands after their time: a command sent again later is a new one.</summary>
[DisallowConcurrentExecution]
public sealed class ForgetOutcomesJob(CommandOutcomes outcomes, TimeProvider clock) : IJob
{
    /// <summary>The job's identity in the store.</summary>
    public static readonly JobKey Key = new("forget-outcomes");

    /// <summary>How long an idempotency key gets its first answer.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await outcomes.ForgetAsync(clock.GetUtcNow() - Kept, cancellationToken);
    }
}
