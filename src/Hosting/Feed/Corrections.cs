using System.Text.Json;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Feed;

/// <summary>Which event of the same entity another one sets right.</summary>
internal static class Corrections
{
    /// <summary>The seq of the event that another one sets right; null: it sets none right, or one of an entity that was merged into this one since.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="chain">The events of its entity, as far as they are at hand.</param>
    public static long? Of(StoredEvent stored, List<StoredEvent> chain)
    {
        if (stored.Type == "title.reinstated")
            return chain.FindLast(earlier => earlier.Version < stored.Version && earlier.Type == "title.removed" && CaseOf(earlier) == CaseOf(stored))?.Seq;
        if (!stored.Data.Contains("\"corrects\":", StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(stored.Data);
        return document.RootElement.TryGetProperty("corrects", out var corrects) && corrects.TryGetInt64(out var version)
            ? chain.Find(earlier => earlier.Version == version)?.Seq
            : null;
    }

    private static string? CaseOf(StoredEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Data);
        return document.RootElement.TryGetProperty("case", out var value) ? value.GetString() : null;
    }
}
