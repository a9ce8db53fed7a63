using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Supervision.Silo.Orleans.Alarms;

/// <summary>Sees to it that the alarm is set; a silo starts without waiting for that.</summary>
internal sealed partial class AlarmSetting(IGrainFactory grains, ILogger<AlarmSetting> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await grains.GetGrain<IAlarmGrain>(IAlarmGrain.Key).SetAsync().WaitAsync(stoppingToken);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It may be active on a silo that was killed and is not declared dead yet, or the database does not answer.
                LogNotSet(logger, exception.Message);
            }

            await Task.Delay(RetryDelay, TimeProvider.System, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 3601, Level = LogLevel.Warning, Message = "The alarm is not set yet: {Reason}")]
    private static partial void LogNotSet(ILogger logger, string reason);
}
