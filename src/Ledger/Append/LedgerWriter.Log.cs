using Microsoft.Extensions.Logging;

namespace Supervision.Ledger.Append;

public sealed partial class LedgerWriter
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Critical, Message = "The ledger's writer failed; the silo takes no more commands")]
    private static partial void LogWriterFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Error, Message = "The database refused an append")]
    private static partial void LogAppendRefused(ILogger logger, Exception exception);
}
