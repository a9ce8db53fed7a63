namespace Supervision;

/// <summary>Entities as files.</summary>
public interface IExports
{
    /// <summary>
    /// Writes entities as CSV in the columns of the format <c>register</c> (docs/import.md), one row a title, in UTF-8 with a
    /// byte order mark. Cells that a spreadsheet program would take for a formula begin with an apostrophe.
    /// </summary>
    /// <param name="register">The register as it is shown to whoever asks.</param>
    /// <param name="filter">Which entities.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteCsvAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken);

    /// <summary>Writes entities as they are shown, one JSON object a line, in UTF-8 (NDJSON).</summary>
    /// <param name="register">The register as it is shown to whoever asks.</param>
    /// <param name="filter">Which entities.</param>
    /// <param name="to">Where to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteNdjsonAsync(IRegister register, EntityFilter filter, Stream to, CancellationToken cancellationToken);
}
