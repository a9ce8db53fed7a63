using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Supervision.Silo.Orleans.Cluster;

namespace Supervision.Silo.Orleans.Statistics;

/// <summary>Reports what this silo counts, every minute and when it is stopped; what a silo that is killed counted since its last report is lost.</summary>
internal sealed partial class StatisticsReporting(
    OrleansOptions options, IGrainFactory grains, ILocalSiloDetails silo, CommandCounters counters, TimeProvider clock, ILogger<StatisticsReporting> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private IStatisticsGrain Grain => grains.GetGrain<IStatisticsGrain>("cluster/" + options.ClusterId);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
            await TryReportAsync(cancellationToken);
    }

    /// <summary>Reports now, and reads what all silos have reported.</summary>
    public async Task<IReadOnlyList<SiloTotals>> ReadAsync(CancellationToken cancellationToken)
    {
        await ReportAsync(cancellationToken);
        return await Grain.ReadAsync().WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryReportAsync(stoppingToken);
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        var address = silo.SiloAddress;
        await Grain.ReportAsync(new SiloReport(address.Endpoint.ToString(), address.Generation, clock.GetUtcNow(), counters.Read())).WaitAsync(cancellationToken);
    }

    private async Task TryReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReportAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next report says the same and more.
            LogNotReported(logger, exception.Message);
        }
    }

    [LoggerMessage(EventId = 3611, Level = LogLevel.Warning, Message = "What became of commands could not be reported: {Reason}")]
    private static partial void LogNotReported(ILogger logger, string reason);
}
