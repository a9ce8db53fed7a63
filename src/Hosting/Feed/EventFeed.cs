using Supervision.Hosting.Activations;
using Supervision.Ledger;
using Supervision.Ledger.Feed;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Feed;

/// <summary>Reads the ledger as those may know it who do not supervise.</summary>
public sealed class EventFeed(FeedStore store, Restrictions restrictions, ActivationTable activations, LedgerPosition position, PublicAddress address) : IEventFeed
{
    // Events that are made into items together.
    private const int EventsMax = 1_000;

    // Events that a page looks at when they are made into items, and when the database skips those of other names.
    private const int LookedAtMax = 10_000;
    private const int SkippedMax = 200_000;

    private readonly EventReplay _replay = new(store, activations);

    /// <inheritdoc/>
    public long Seq => position.Seq;

    /// <inheritdoc/>
    public Task WaitAsync(long after, CancellationToken cancellationToken) => position.WaitForAsync(after + 1, cancellationToken);

    /// <inheritdoc/>
    public async Task<FeedPage> ReadAsync(long after, FeedFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var names = NamesOf(filter);
        // What is committed behind the position is in no silo's memory yet.
        var end = Math.Min(position.Seq, after + (names is null ? LookedAtMax : SkippedMax));
        var items = new List<FeedItem>();
        while (after < end)
        {
            var most = filter.IsEmpty ? Math.Min(EventsMax, limit - items.Count) : EventsMax;
            var events = await store.ReadAsync(after, end, names, most, cancellationToken);
            foreach (var item in await ItemsAsync(events, cancellationToken))
            {
                if (!filter.Matches(item))
                    continue;
                items.Add(item);
                if (items.Count == limit)
                    return new FeedPage(items, item.Seq);
            }

            after = events.Count < most ? end : events[^1].Event.Seq;
        }

        return new FeedPage(items, after);
    }

    /// <summary>The names of the events that have to be looked at; null: all.</summary>
    private static IReadOnlyList<string>? NamesOf(FeedFilter filter)
    {
        var names = filter.TypeNames();
        return names is not null && names.Any(OutsideEvents.MayWarn) ? [.. names.Union(OutsideEvents.AnnouncingTypes)] : names;
    }

    private async Task<IReadOnlyList<FeedItem>> ItemsAsync(List<FeedEvent> events, CancellationToken cancellationToken)
    {
        var told = events.Where(read => OutsideEvents.IsTold(read.Grain, read.Event.Type)).ToList();
        // Asked after the events were read, so that whatever is restricted by then is withheld.
        var isAnyWithheld = told.Count > 0 && await store.AnyRestrictedAsync(cancellationToken);
        if (isAnyWithheld)
        {
            var subjects = await restrictions.WithheldAsync([.. told.Select(read => read.Grain).Distinct()], cancellationToken);
            told.RemoveAll(read => subjects.Contains(read.Grain));
        }

        var replayed = await _replay.ReplayAsync(told, cancellationToken);
        var named = isAnyWithheld
            ? await restrictions.WithheldAsync([.. replayed.SelectMany(NamedBy).Distinct()], cancellationToken)
            : new HashSet<GrainId>();
        var merges = await Merges.FindAsync(store, replayed.SelectMany(EntitiesOf), cancellationToken);
        using var items = new FeedItems(address, merges, named);
        return [.. replayed.Select(items.Of)];
    }

    private static IEnumerable<GrainId> NamedBy(ReplayedEvent replayed) =>
        replayed.Earlier.Append(replayed.Told.Event).SelectMany(stored => OutsideEvents.GrainsIn(stored.Data, replayed.Told.Grain));

    private static IEnumerable<GrainId> EntitiesOf(ReplayedEvent replayed) => replayed.After switch
    {
        null => [],
        { Enterprise: { } enterprise } => [replayed.Told.Grain, enterprise],
        _ => [replayed.Told.Grain],
    };
}
