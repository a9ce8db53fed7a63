using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace Supervision.Hosting.Jobs;

/// <summary>
/// Lets triggers fire again that a silo gave up. On a rolling upgrade one of the version before may come upon a job that it does not know; its scheduler then takes the
/// trigger out of service for every silo, until somebody brings it back.
/// </summary>
public sealed partial class TriggerRepair(ISchedulerFactory schedulers, ILogger<TriggerRepair> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Brings back every trigger of a known job that was given up.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var trigger in Scheduling.Jobs.Select(job => new TriggerKey(job.Name)))
        {
            if (await scheduler.GetTriggerState(trigger, cancellationToken) != TriggerState.Error)
                continue;
            await scheduler.ResetTriggerFromErrorState(trigger, cancellationToken);
            LogRepaired(logger, trigger.Name);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or SchedulerException)
            {
                LogInterrupted(logger, exception.Message);
            }
        }
    }

    [LoggerMessage(EventId = 3403, Level = LogLevel.Warning, Message = "The trigger of the job {Job} had been given up, by a silo that does not know it; it fires again")]
    private static partial void LogRepaired(ILogger logger, string job);

    [LoggerMessage(EventId = 3404, Level = LogLevel.Warning, Message = "Triggers could not be looked at and will be: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);
}
