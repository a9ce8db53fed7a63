using Microsoft.Extensions.Logging;

namespace Supervision.Ledger.Embedded;

public sealed partial class EmbeddedPostgres
{
    [LoggerMessage(EventId = 2300, Level = LogLevel.Information, Message = "Initialising {Directory} with PostgreSQL {Version}")]
    private static partial void LogInitialising(ILogger logger, string directory, string version);

    [LoggerMessage(EventId = 2301, Level = LogLevel.Information, Message = "PostgreSQL {Version} runs in {Directory} on port {Port}")]
    private static partial void LogRunning(ILogger logger, string version, string directory, int port);

    [LoggerMessage(EventId = 2302, Level = LogLevel.Information, Message = "Attached to the PostgreSQL running in {Directory} (process {ProcessId})")]
    private static partial void LogAttached(ILogger logger, string directory, int processId);

    [LoggerMessage(EventId = 2303, Level = LogLevel.Warning, Message = "Took over the PostgreSQL in {Directory} (process {ProcessId}), which its owner had left running")]
    private static partial void LogTakenOver(ILogger logger, string directory, int processId);

    [LoggerMessage(EventId = 2304, Level = LogLevel.Error, Message = "The PostgreSQL in {Directory} died; restarting it")]
    private static partial void LogDied(ILogger logger, string directory);

    [LoggerMessage(EventId = 2305, Level = LogLevel.Information, Message = "The PostgreSQL in {Directory} runs again on port {Port}")]
    private static partial void LogRestarted(ILogger logger, string directory, int port);

    [LoggerMessage(EventId = 2306, Level = LogLevel.Error, Message = "The PostgreSQL in {Directory} could not be restarted; next try in {Seconds} s")]
    private static partial void LogRestartFailed(ILogger logger, Exception exception, string directory, double seconds);

    [LoggerMessage(EventId = 2307, Level = LogLevel.Information, Message = "Stopped the PostgreSQL in {Directory}")]
    private static partial void LogStopped(ILogger logger, string directory);

    [LoggerMessage(EventId = 2308, Level = LogLevel.Error, Message = "The PostgreSQL in {Directory} could not be stopped: {Reason}")]
    private static partial void LogStopFailed(ILogger logger, string directory, string reason);
}
