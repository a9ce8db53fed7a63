using Supervision.Hosting.Transfers;

namespace Supervision.Hosting.Jobs;

/// <summary>Moves the titles that have come under other rules by now, and brings about those that follow from others since then.</summary>
public sealed class TitleTransferJob(DueTransfers transfers, TitleRecognition recognition, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var moved = await transfers.RunAsync(clock.GetUtcNow(), cancellationToken);
        await recognition.RunAsync(clock.GetUtcNow(), cancellationToken);
        return $"{moved} titles came under other rules";
    }
}
