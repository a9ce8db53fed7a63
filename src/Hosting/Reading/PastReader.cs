using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Views;
using Supervision.Hosting.Downtimes;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Reading;

/// <summary>
/// Reads the register as of a point in time, from the events. One entity costs its own events. A list costs more: whatever
/// matches today or has events since has to be looked at, one entity after another, because nothing tells what it was.
/// </summary>
public sealed class PastReader(GrainHistory history, RegisterQuery query, CurrentRules rules)
{
    /// <summary>Entities that one page looks at; a page that finds fewer than it may is shorter.</summary>
    private const int ExaminedMax = 2_000;

    /// <summary>Entities whose events are read together.</summary>
    private const int TogetherMax = 200;

    /// <summary>Entities as of a point in time; those of which nothing had taken effect or was known are absent.</summary>
    public async Task<Dictionary<GrainId, EntitySnapshot>> FindAsync(IReadOnlyCollection<GrainId> grains, AsOf asOf, CancellationToken cancellationToken)
    {
        var found = new Dictionary<GrainId, EntitySnapshot>(grains.Count);
        foreach (var some in grains.Chunk(TogetherMax))
        {
            foreach (var (grain, subject, version) in await ReplayAsync(some, asOf, cancellationToken))
                found[grain] = SnapshotOf(grain, subject, version);
        }

        return found;
    }

    /// <summary>Whom texts meant then, by whom they mean now and what those have absorbed: what was merged since answers to what was its own.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<GrainId>>> MatchAsync(
        IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<GrainId>> matched, IReadOnlyDictionary<GrainId, IReadOnlyList<GrainId>> absorbed, AsOf asOf,
        CancellationToken cancellationToken)
    {
        var asked = absorbed.SelectMany(holder => holder.Value.Prepend(holder.Key)).ToHashSet();
        var then = (await ReplayAsync(asked, asOf, cancellationToken)).ToDictionary(known => known.Grain, known => known.Subject);
        return [.. texts.Zip(matched, (text, grains) => grains.SelectMany(grain => Then(text, grain)).ToArray())];

        // A name that is of later, and known by now, still leads to whom it means now.
        GrainId[] Then(string text, GrainId holder) =>
            absorbed.TryGetValue(holder, out var others)
            && others.Prepend(holder).Where(grain => then.TryGetValue(grain, out var subject) && PastFilter.Answers(text, grain, subject)).ToArray() is { Length: > 0 } own
                ? own
                : [holder];
    }

    /// <summary>A page of entities as of a point in time.</summary>
    public async Task<PastPage> ListAsync(EntityFilter filter, AsOf asOf, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        var dayEnds = CivilTime.AfterLastDay(asOf.Day);
        // Nothing takes effect before it is recorded but by an earlier date, so this is where differences begin.
        var since = await query.BeforeAsync(asOf.KnownAt < dayEnds ? asOf.KnownAt : dayEnds, cancellationToken);
        DateTimeOffset? dueBefore = filter.DueBefore is { } day ? CivilTime.AfterLastDay(day) : null;
        var items = new List<EntitySnapshot>();
        for (var examined = 0; examined < ExaminedMax;)
        {
            var matching = await query.ListAsync(filter, after, TogetherMax, asOf.Day, dueBefore, cancellationToken);
            var changed = await query.ChangedAsync(since, filter.Kind, after, TogetherMax, cancellationToken);
            GrainId[] candidates = [.. matching.Items.Union(changed).Order().Take(TogetherMax)];
            foreach (var (grain, subject, version) in await ReplayAsync(candidates, asOf, cancellationToken))
            {
                if (!PastFilter.Matches(filter, grain, subject, asOf.Day))
                    continue;
                items.Add(SnapshotOf(grain, subject, version));
                if (items.Count == limit)
                    return new PastPage(items, candidates.Length == TogetherMax || grain != candidates[^1] ? grain : null);
            }

            if (candidates.Length < TogetherMax)
                return new PastPage(items, null);
            examined += candidates.Length;
            after = candidates[^1];
        }

        return new PastPage(items, after);
    }

    /// <summary>The entities that were registered by then, in the order given.</summary>
    private async Task<IReadOnlyList<(GrainId Grain, GrainState.Subject Subject, long Version)>> ReplayAsync(
        IReadOnlyCollection<GrainId> grains, AsOf asOf, CancellationToken cancellationToken)
    {
        var chains = await history.ReadAsync(grains, cancellationToken);
        var replayed = new List<(GrainId, GrainState.Subject, long)>(grains.Count);
        foreach (var grain in grains)
        {
            if (chains.TryGetValue(grain, out var chain) && Replay(grain, chain, asOf) is { State: GrainState.Subject subject } known)
                replayed.Add((grain, subject, known.Version));
        }

        return replayed;
    }

    private KnownGrain Replay(GrainId grain, List<StoredEvent> chain, AsOf asOf) => Retrospect.Of(
        grain,
        chain.Where(stored => stored.At <= asOf.KnownAt).Select(stored => new RecordedEvent(stored.Version, stored.At, stored.Actor, stored.ToEvent())),
        asOf,
        rules.KnownAt(asOf.KnownAt));

    private static EntitySnapshot SnapshotOf(GrainId grain, GrainState.Subject subject, long version) => new(() => EntityViews.Of(grain, subject, version));
}
