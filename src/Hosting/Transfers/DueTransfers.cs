using Microsoft.Extensions.Logging;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Hosting.Transfers;

/// <summary>
/// Moves the titles that come under other rules on a day, once that day has begun. What is done no longer fits, so running
/// it twice, late, on two silos or after a kill changes nothing; what is entered later is moved by the command that enters it.
/// </summary>
public sealed partial class DueTransfers(ITitleTransfers transfers, RuleBook rules, ILogger<DueTransfers> logger)
{
    private const int PageEntities = 500;

    /// <summary>The next instant after one at which titles come under other rules; null where none do up to an end.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset to)
    {
        foreach (var succession in rules.Successions)
        {
            if (CivilTime.StartOf(succession.On) is var begins && begins > instant)
                return begins <= to ? begins : null;
        }

        return null;
    }

    /// <summary>Moves every title whose day has begun, and tells how many were moved.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot take commands now; what is done is done.</exception>
    public async Task<long> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moved = 0L;
        foreach (var succession in rules.Successions.Where(succession => CivilTime.StartOf(succession.On) <= now))
            moved += await RunAsync(succession, cancellationToken);
        return moved;
    }

    private async Task<long> RunAsync(Succession succession, CancellationToken cancellationToken)
    {
        var request = new TransferRequest(
            succession.From.Policy, succession.To.Policy, succession.On, succession.Kind, Region: null, succession.From.Level, succession.From.Honour,
            DryRun: false, Actor.System);
        var (moved, stayed) = (0L, 0L);
        GrainId? after = null;
        do
        {
            var page = await transfers.RunAsync(request, after, PageEntities, cancellationToken);
            var done = page.Items.Count(item => item.Status == TransferStatus.Transferred);
            (moved, stayed, after) = (moved + done, stayed + page.Items.Count - done, page.Last);
            foreach (var item in page.Items.Where(item => item.Status == TransferStatus.Rejected))
                LogStayed(logger, item.Entity, succession.From.Policy, item.Code!);
        }
        while (after is not null);
        if (moved > 0)
            LogMoved(logger, moved, succession.From.Honour, succession.From.Policy, succession.To.Policy, stayed);
        return moved;
    }

    [LoggerMessage(EventId = 3311, Level = LogLevel.Information, Message = "{Moved} titles {Honour} came from {From} under {To}; {Stayed} stay")]
    private static partial void LogMoved(ILogger logger, long moved, string honour, string from, string to, long stayed);

    [LoggerMessage(EventId = 3312, Level = LogLevel.Information, Message = "{Entity} stays under {Policy}: {Code}")]
    private static partial void LogStayed(ILogger logger, GrainId entity, string policy, string code);
}
