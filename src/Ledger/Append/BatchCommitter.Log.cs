using Microsoft.Extensions.Logging;

namespace Supervision.Ledger.Append;

internal sealed partial class BatchCommitter
{
    [LoggerMessage(EventId = 2111, Level = LogLevel.Warning, Message = "The fate of a commit of {AppendCount} appends is in doubt; it will be looked up")]
    private static partial void LogCommitInDoubt(ILogger logger, Exception exception, int appendCount);

    [LoggerMessage(EventId = 2112, Level = LogLevel.Warning, Message = "Batch {Batch} was looked up; committed: {Committed}")]
    private static partial void LogResolved(ILogger logger, Guid batch, bool committed);

    [LoggerMessage(EventId = 2113, Level = LogLevel.Warning, Message = "The database does not answer: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);
}
