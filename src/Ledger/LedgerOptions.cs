namespace Supervision.Ledger;

/// <summary>How the ledger is written.</summary>
public sealed class LedgerOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Ledger";

    /// <summary>
    /// Most appends in one commit. With much larger batches silo and database wait for each other in turn: all callers
    /// stand in one batch, and none is left to decide while it commits. Default: 256.
    /// </summary>
    public int BatchAppendsMax { get; set; } = 256;

    /// <summary>Most appends that wait for a commit; beyond them commands are answered "unavailable". Default: 20,000.</summary>
    public int QueueAppendsMax { get; set; } = 20_000;

    /// <summary>Milliseconds between two looks at what other silos have written, and so the most by which reads lag behind them. Default: 50.</summary>
    public int FollowIntervalMilliseconds { get; set; } = 50;
}
