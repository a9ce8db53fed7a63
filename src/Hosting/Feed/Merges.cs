using Supervision.Ledger.Feed;

namespace Supervision.Hosting.Feed;

/// <summary>What some entities were merged into, and what was merged into them.</summary>
internal sealed class Merges
{
    // Merges of merges that are followed.
    private const int MergesMax = 8;

    private readonly Dictionary<GrainId, (long Since, GrainId Into)> _into = [];
    private readonly Dictionary<GrainId, IReadOnlyList<GrainId>> _absorbed = [];

    private Merges()
    {
    }

    /// <summary>Finds the merges of some entities.</summary>
    public static async Task<Merges> FindAsync(FeedStore store, IEnumerable<GrainId> entities, CancellationToken cancellationToken)
    {
        var merges = new Merges();
        var asked = entities.ToHashSet();
        for (var followed = 0; asked.Count > 0 && followed <= MergesMax; followed++)
        {
            var next = new HashSet<GrainId>();
            foreach (var (grain, lastSeq, state) in await store.MergedAsync(asked, cancellationToken))
            {
                if (state is GrainState.Subject { MergedInto: { } stays })
                {
                    // Nothing happens to what was merged, so its last event is the merge.
                    merges._into[grain] = (lastSeq, stays);
                    next.Add(stays);
                }
                else if (state is GrainState.Subject { Absorbed: { } absorbed })
                {
                    merges._absorbed[grain] = absorbed;
                }
            }

            next.ExceptWith(merges._into.Keys);
            next.ExceptWith(merges._absorbed.Keys);
            asked = next;
        }

        return merges;
    }

    /// <summary>Every identity of an entity: its own, those of what it was merged into, and those that were merged into that.</summary>
    public IEnumerable<GrainId> IdentitiesOf(GrainId entity)
    {
        var last = entity;
        for (var followed = 0; followed <= MergesMax; followed++)
        {
            yield return last;
            if (!_into.TryGetValue(last, out var merge))
                break;
            last = merge.Into;
        }

        foreach (var absorbed in _absorbed.GetValueOrDefault(last, []))
            yield return absorbed;
    }

    /// <summary>The credit code of an enterprise as far as it was known at a seq: its own, or that of the one into which it was merged by then.</summary>
    public string? CreditCodeOf(GrainId enterprise, long seq)
    {
        for (var followed = 0; followed <= MergesMax; followed++)
        {
            if (CreditCode.IsValid(enterprise.Key))
                return enterprise.Key;
            if (!_into.TryGetValue(enterprise, out var merge) || merge.Since > seq)
                return null;
            enterprise = merge.Into;
        }

        return null;
    }
}
