namespace Supervision.Ledger.Append;

/// <summary>What became of one attempt to commit a batch.</summary>
internal abstract record BatchResult
{
    private BatchResult()
    {
    }

    /// <summary>It is durable, between two seqs.</summary>
    public sealed record Committed(long From, long To, AppendCommitted[] Places) : BatchResult;

    /// <summary>Nothing was written: some appends rest on stale versions, or their command has an outcome already.</summary>
    public sealed record Conflict(int[] Stale, int[] Duplicate) : BatchResult;

    /// <summary>Nothing was written: the database cannot hold something in it.</summary>
    public sealed record Refused(Exception Exception) : BatchResult;
}
