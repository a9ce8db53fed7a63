namespace Supervision.Hosting.Activations;

/// <summary>Instants as the ledger records them.</summary>
internal static class LedgerInstant
{
    /// <summary>Now, in whole milliseconds: the database keeps microseconds and the leaf milliseconds; the coarsest of them is the truth.</summary>
    public static DateTimeOffset Now(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
