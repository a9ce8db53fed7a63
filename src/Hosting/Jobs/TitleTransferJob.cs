using Quartz;
using Supervision.Hosting.Transfers;

namespace Supervision.Hosting.Jobs;

/// <summary>An alarm clock: asks which titles have come under other rules by now. Missed or doubled firings are harmless.</summary>
[DisallowConcurrentExecution]
public sealed class TitleTransferJob(DueTransfers transfers, TimeProvider clock) : IJob
{
    /// <summary>The job's identity in the store.</summary>
    public static readonly JobKey Key = new("title-transfer");

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await transfers.RunAsync(clock.GetUtcNow(), cancellationToken);
    }
}
