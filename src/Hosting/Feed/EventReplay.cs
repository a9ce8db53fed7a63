using Supervision.Grains.Behaviour;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Feed;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Feed;

/// <summary>An event with what was known of its entity then.</summary>
/// <param name="Told">The event.</param>
/// <param name="After">The entity as the event left it; null: it is about no entity.</param>
/// <param name="Earlier">Events about checks and visits of which the holder comes to know by this one.</param>
/// <param name="Corrects">The seq of the event that it sets right, or null.</param>
internal sealed record ReplayedEvent(FeedEvent Told, GrainState.Subject? After, IReadOnlyList<StoredEvent> Earlier, long? Corrects);

/// <summary>
/// Finds what entities were when events happened, so that the same event is always told alike. What the entity was is replayed from its
/// events up to then; of the latest event it is in memory.
/// </summary>
internal sealed class EventReplay(FeedStore store, ActivationTable activations)
{
    /// <summary>Events as they were, in the order given, without those that told of a check or a visit before its holder knew.</summary>
    public async Task<List<ReplayedEvent>> ReplayAsync(IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
    {
        var groups = events.Where(told => told.Grain.Kind.IsSubject).GroupBy(told => told.Grain).Select(group => group.Select(told => told.Event).ToList()).ToList();
        var grains = events.DistinctBy(told => told.Grain).ToDictionary(told => told.Event.Seq, told => told.Grain);
        var replayed = new Dictionary<long, ReplayedEvent>(events.Count);
        var behind = new List<(GrainId Grain, List<StoredEvent> Events)>();
        foreach (var group in groups)
        {
            var grain = grains[group[0].Seq];
            if (group is [var only] && !NeedsPast(only) && activations.TryGet(grain, out var activation) && activation.Version == only.Version)
                Take(grain, activation.State as GrainState.Subject, only, [], before: null, replayed);
            else if (group[0].Version == 1 && group[^1].Version == group.Count)
                Fold(grain, group, group, replayed);
            else
                behind.Add((grain, group));
        }

        var chains = await store.ChainsAsync([.. behind.Select(group => group.Events[^1].Seq)], cancellationToken);
        foreach (var (grain, group) in behind)
            Fold(grain, chains[grain], group, replayed);
        return
        [
            .. events.Select(told => told.Grain.Kind.IsSubject ? replayed.GetValueOrDefault(told.Event.Seq) : new ReplayedEvent(told, null, [], null))
                .OfType<ReplayedEvent>(),
        ];
    }

    /// <summary>Whether what has to be told of an event stands in those before it.</summary>
    private static bool NeedsPast(StoredEvent stored) =>
        OutsideEvents.AnnouncingTypes.Contains(stored.Type) || stored.Type == "title.reinstated" || stored.Data.Contains("\"corrects\":", StringComparison.Ordinal);

    private static void Fold(GrainId grain, List<StoredEvent> chain, List<StoredEvent> wanted, Dictionary<long, ReplayedEvent> replayed)
    {
        GrainState? state = null;
        var next = 0;
        foreach (var stored in chain)
        {
            var before = state as GrainState.Subject;
            state = GrainBehaviour.Evolve(state, stored.ToEvent(), stored.Version, stored.Actor);
            if (next == wanted.Count || stored.Seq != wanted[next].Seq)
                continue;
            Take(grain, state as GrainState.Subject, stored, chain, before, replayed);
            next++;
        }
    }

    private static void Take(
        GrainId grain, GrainState.Subject? after, StoredEvent stored, List<StoredEvent> chain, GrainState.Subject? before, Dictionary<long, ReplayedEvent> replayed)
    {
        if (after is not null && OutsideEvents.MayWarn(stored.Type) && OutsideEvents.TellsOf(stored.Type, stored.Data, Untold.Of(after)))
            return;
        replayed[stored.Seq] = new ReplayedEvent(new FeedEvent(grain, stored), after, EarlierOf(grain, stored, chain, before, after), Corrections.Of(stored, chain));
    }

    private static IReadOnlyList<StoredEvent> EarlierOf(GrainId grain, StoredEvent stored, List<StoredEvent> chain, GrainState.Subject? before, GrainState.Subject? after)
    {
        if (before is null || after is null || !OutsideEvents.AnnouncingTypes.Contains(stored.Type))
            return [];
        var told = Untold.Of(before).Except(Untold.Of(after));
        return told.IsEmpty
            ? []
            : [.. chain.TakeWhile(earlier => earlier.Version < stored.Version)
                .Where(earlier => OutsideEvents.IsTold(grain, earlier.Type) && OutsideEvents.TellsOf(earlier.Type, earlier.Data, told))];
    }
}
