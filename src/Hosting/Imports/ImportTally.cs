using Supervision.Ledger.Imports;

namespace Supervision.Hosting.Imports;

/// <summary>How the rows of a job ended so far.</summary>
internal sealed class ImportTally
{
    private readonly Lock _lock = new();
    private readonly List<RejectedRow> _rejectedRows = [];
    private long _accepted;
    private long _unchanged;

    public long Rows { get; set; }

    public long Rejected { get; private set; }

    public void Accept(bool changed)
    {
        lock (_lock)
        {
            if (changed)
                _accepted++;
            else
                _unchanged++;
        }
    }

    public void Reject(NumberedRow row, IReadOnlyList<RowError> errors)
    {
        lock (_lock)
        {
            Rejected++;
            _rejectedRows.Add(new RejectedRow(
                row.Number, row.Line, row.Listed.Grain == default ? null : row.Listed.Grain.Key,
                [.. errors.Select((error, place) => new ImportError(row.Number, place + 1, error.Column, error.Code, error.Message))]));
        }
    }

    public ImportProgress ToProgress()
    {
        lock (_lock)
            return new ImportProgress(Rows, _accepted, _unchanged, Rejected);
    }

    /// <summary>The rows rejected since the last time.</summary>
    public IReadOnlyList<RejectedRow> TakeRejected()
    {
        lock (_lock)
        {
            RejectedRow[] rows = [.. _rejectedRows];
            _rejectedRows.Clear();
            return rows;
        }
    }
}
