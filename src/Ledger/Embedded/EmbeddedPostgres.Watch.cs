namespace Supervision.Ledger.Embedded;

public sealed partial class EmbeddedPostgres
{
    // Half a second: clients see a short outage, and looking costs two small reads.
    private static readonly TimeSpan _watchInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _watchIntervalMax = TimeSpan.FromSeconds(30);

    /// <summary>Brings the server back when it dies, at the same port, for as long as this object lives.</summary>
    private async Task WatchAsync(ServerControl control, CancellationToken stoppingToken)
    {
        var interval = _watchInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(interval, stoppingToken);
                if (PostmasterFile.ReadRunning(_directory.Data) is null)
                {
                    LogDied(_logger, _directory.Root);
                    await control.StartAsync(_endpoint, stoppingToken);
                    LogRestarted(_logger, _directory.Root, Port);
                }

                interval = _watchInterval;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever is in the way (a full disk, a port taken) may pass: giving up would need a person to notice.
            catch (Exception e)
            {
                interval = TimeSpan.FromTicks(Math.Min(interval.Ticks * 2, _watchIntervalMax.Ticks));
                LogRestartFailed(_logger, e, _directory.Root, interval.TotalSeconds);
            }
        }
    }
}
