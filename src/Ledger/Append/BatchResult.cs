namespace Supervision.Ledger.Append;

/// <summary>What became of one attempt to commit a batch.</summary>
internal abstract record BatchResult
{
    private BatchResult()
    {
    }

    /// <summary>It is durable, behind a seq and up to an end of the ledger.</summary>
    public sealed record Committed(long From, Head After, AppendCommitted[] Places) : BatchResult;

    /// <summary>Nothing was written: some appends rest on stale versions, or their command has an outcome already.</summary>
    public sealed record Conflict(int[] Stale, int[] Duplicate) : BatchResult;

    /// <summary>Nothing was written: the database cannot hold something in it.</summary>
    public sealed record Refused(Exception Exception) : BatchResult;

    /// <summary>Nothing was written: others hold a row of it and did not let go.</summary>
    public sealed record GaveWay : BatchResult;

    /// <summary>Nothing was written, for reasons that have nothing to do with what it holds: it may be tried again.</summary>
    public sealed record NotCommitted : BatchResult;
}
