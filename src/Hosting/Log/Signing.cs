using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Supervision.Hosting.Log;

/// <summary>Has the end of the ledger signed at short intervals.</summary>
public sealed partial class Signing(CheckpointSigner signer, IOptions<LogOptions> options, ILogger<Signing> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.CheckpointIntervalMilliseconds));
        do
        {
            try
            {
                await signer.RunAsync(options.Value.Origin, stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogUnreachable(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 3504, Level = LogLevel.Debug, Message = "The end of the ledger cannot be read at the moment: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
