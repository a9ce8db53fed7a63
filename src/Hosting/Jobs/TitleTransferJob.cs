using Supervision.Hosting.Transfers;

namespace Supervision.Hosting.Jobs;

/// <summary>Moves the titles that have come under other rules by now.</summary>
public sealed class TitleTransferJob(DueTransfers transfers, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        $"{await transfers.RunAsync(clock.GetUtcNow(), cancellationToken)} titles came under other rules";
}
