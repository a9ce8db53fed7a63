using Supervision.Ledger.Feed;

namespace Supervision.Hosting.Feed;

/// <summary>Finds the credit codes of enterprises that were registered under their names first and merged since.</summary>
internal static class CreditCodes
{
    // Merges of merges that are followed.
    private const int MergesMax = 8;

    /// <summary>The code of each enterprise that was merged into one with a code, and the seq from which that is so.</summary>
    public static async Task<IReadOnlyDictionary<GrainId, (long Since, string Code)>> FindAsync(
        FeedStore store, IEnumerable<GrainId> enterprises, CancellationToken cancellationToken)
    {
        var into = new Dictionary<GrainId, (long Since, GrainId Into)>();
        var unknown = enterprises.Where(enterprise => !CreditCode.IsValid(enterprise.Key)).ToHashSet();
        var asked = unknown.ToList();
        for (var merges = 0; asked.Count > 0 && merges < MergesMax; merges++)
        {
            foreach (var (grain, lastSeq, state) in await store.MergedAsync(asked, cancellationToken))
            {
                // Nothing happens to what was merged, so its last event is the merge.
                if (state is GrainState.Subject { MergedInto: { } stays })
                    into[grain] = (lastSeq, stays);
            }

            asked = [.. asked.Where(into.ContainsKey).Select(grain => into[grain].Into).Where(stays => !CreditCode.IsValid(stays.Key) && !into.ContainsKey(stays))];
        }

        var codes = new Dictionary<GrainId, (long Since, string Code)>();
        foreach (var enterprise in unknown)
        {
            var since = 0L;
            var last = enterprise;
            for (var merges = 0; merges < MergesMax && into.TryGetValue(last, out var merge); merges++)
                (since, last) = (Math.Max(since, merge.Since), merge.Into);
            if (CreditCode.IsValid(last.Key))
                codes[enterprise] = (since, last.Key);
        }

        return codes;
    }
}
