using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Bulk imports: a file is received whole, then worked through in the background, also across restarts.</summary>
public interface IImports
{
    /// <summary>Receives a file and starts its job; a file received before under the same identity changes nothing.</summary>
    /// <param name="request">What the file is.</param>
    /// <param name="content">The file; read to its end and not kept in memory.</param>
    /// <param name="cancellationToken">Ends the receiving; nothing stays of a file that was not received whole.</param>
    /// <exception cref="ImportRefusedException">The file cannot be worked through at all, for example for a missing column.</exception>
    Task<ImportReceipt> StartAsync(ImportRequest request, Stream content, CancellationToken cancellationToken);

    /// <summary>A job; null when there is none of that identity.</summary>
    Task<ImportView?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>A page of a job's row errors, in the order of rows.</summary>
    /// <param name="id">The job.</param>
    /// <param name="after">Errors after this place.</param>
    /// <param name="limit">Most errors.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<Page<ImportError>> ErrorsAsync(Guid id, ImportPlace after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rejected rows of a job as CSV in UTF-8 with a byte order mark: the columns of the file, then
    /// <c>error_column</c>, <c>error_code</c> and <c>error_message</c>. Set right, it can be imported as it is.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteRejectedAsync(Guid id, Stream to, CancellationToken cancellationToken);
}

/// <summary>A file as it was received.</summary>
/// <param name="Job">The job of its identity.</param>
/// <param name="IsSame">Whether the job is for this file and this request; otherwise the identity was used for another before.</param>
public sealed record ImportReceipt(ImportView Job, bool IsSame);

/// <summary>What a file is.</summary>
/// <param name="Id">Identity of the job.</param>
/// <param name="Format">The format, <c>national-list</c> or <c>register</c>.</param>
/// <param name="Policy">The policy under which its titles are; null where every row names its own.</param>
/// <param name="DryRun">Whether everything is checked and nothing is written.</param>
/// <param name="Actor">Who imports it.</param>
public sealed record ImportRequest(Guid Id, string Format, string? Policy, bool DryRun, Actor Actor);

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(KebabCase<ImportStatus>))]
public enum ImportStatus
{
    /// <summary>Received; not yet begun.</summary>
    Received,

    /// <summary>Being worked through.</summary>
    Running,

    /// <summary>Every row was accepted or has its errors.</summary>
    Done,

    /// <summary>Could not be worked through; <c>error</c> says why.</summary>
    Failed,
}

/// <summary>A job as it is shown.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Format">The format.</param>
/// <param name="Policy">The policy, or null where every row names its own.</param>
/// <param name="DryRun">Whether nothing is written.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Rows">Data rows read so far.</param>
/// <param name="Accepted">Rows that changed something, or would in a dry run.</param>
/// <param name="Unchanged">Rows whose content is in the register already.</param>
/// <param name="Rejected">Rows with errors.</param>
/// <param name="Error">Why the job failed.</param>
/// <param name="CreatedAt">When it was received.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record ImportView(
    Guid Id, string Format, string? Policy, bool DryRun, ImportStatus Status, long Rows, long Accepted, long Unchanged, long Rejected, string? Error,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">Number of the data row, from 1 behind the header; empty lines are not counted.</param>
/// <param name="Place">Number of the error within its row, from 1.</param>
/// <param name="Column">The column, or null where the row as a whole is wrong.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">What was expected.</param>
public sealed record ImportError(long Row, int Place, string? Column, string Code, string Message);

/// <summary>A place in the list of errors.</summary>
/// <param name="Row">The row.</param>
/// <param name="Place">The place within the row.</param>
public readonly record struct ImportPlace(long Row, int Place);

/// <summary>A file that cannot be worked through at all.</summary>
public sealed class ImportRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImportRefusedException()
    {
    }

    /// <summary>Creates the exception with what was expected.</summary>
    public ImportRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what was expected and its cause.</summary>
    public ImportRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The member of the request that is wrong.</summary>
    public string Field { get; init; } = "file";
}
