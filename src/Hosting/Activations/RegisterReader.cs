using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Downtimes;
using Supervision.Hosting.Reading;
using Supervision.Ledger;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Activations;

/// <summary>Reads the register from the grains in memory, lists it by the database, and its past from the events.</summary>
public sealed class RegisterReader(
    ActivationTable activations, RegisterQuery query, RegisterLookup lookup, NameCandidates names, Restrictions restrictions, StatisticsReader statistics, PastReader past,
    GrainHistory history, LedgerPosition position, CurrentRules rules, TimeProvider clock)
    : IRegister
{
    /// <inheritdoc/>
    public long Seq => position.Seq;

    /// <inheritdoc/>
    public Task WaitForAsync(long seq, CancellationToken cancellationToken) => position.WaitForAsync(seq, cancellationToken);

    /// <inheritdoc/>
    public DateOnly DateAt(DateTimeOffset instant) => CivilTime.DateAt(instant);

    /// <inheritdoc/>
    public ValueTask<EntitySnapshot?> FindAsync(GrainId grain, CancellationToken cancellationToken)
    {
        if (activations.TryGet(grain, out var activation))
            return ValueTask.FromResult(Show(activation));
        var reading = ReadAsync();
        return cancellationToken.CanBeCanceled ? new ValueTask<EntitySnapshot?>(reading.WaitAsync(cancellationToken)) : new ValueTask<EntitySnapshot?>(reading);

        async Task<EntitySnapshot?> ReadAsync() => Show(await activations.ReadAsync(grain));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<GrainId, EntitySnapshot>> FindAsync(IReadOnlyCollection<GrainId> grains, AsOf? asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grains);
        if (asOf is not null)
            return await past.FindAsync(grains, asOf, cancellationToken);
        var found = await Task.WhenAll(grains.Select(async grain => (Grain: grain, Snapshot: await FindAsync(grain, cancellationToken))));
        return found.Where(entity => entity.Snapshot is not null).ToDictionary(entity => entity.Grain, entity => entity.Snapshot!);
    }

    /// <inheritdoc/>
    public async Task<Page<EntitySnapshot>> ListAsync(EntityFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        DateTimeOffset? dueBefore = filter.DueBefore is { } day ? CivilTime.AfterLastDay(day) : null;
        var page = await query.ListAsync(await filter.ResolveAsync(this, cancellationToken), after, limit, DateAt(clock.GetUtcNow()), dueBefore, cancellationToken);
        var shown = await Task.WhenAll(page.Items.Select(grain => FindAsync(grain, cancellationToken).AsTask()));
        return new Page<EntitySnapshot>([.. shown.OfType<EntitySnapshot>()], page.HasMore);
    }

    /// <inheritdoc/>
    public async Task<PastPage> ListAsync(EntityFilter filter, AsOf asOf, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(asOf);
        return await past.ListAsync(await filter.ResolveAsync(this, cancellationToken), asOf, after, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<GrainId>>> MatchAsync(IReadOnlyList<string> texts, AsOf? asOf, int limit, CancellationToken cancellationToken)
    {
        var matched = await lookup.FindAsync(texts, limit, cancellationToken);
        if (asOf is null)
            return matched;
        var holders = await FindAsync(matched.SelectMany(grains => grains).ToHashSet(), asOf: null, cancellationToken);
        var absorbed = holders.Where(holder => holder.Value.View.Absorbed.Count > 0).ToDictionary(holder => holder.Key, holder => holder.Value.View.Absorbed);
        return absorbed.Count == 0 ? matched : await past.MatchAsync(texts, matched, absorbed, asOf, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Candidate>> CandidatesAsync(string name, EntityFilter filter, int limit, CancellationToken cancellationToken)
    {
        var scored = await names.FindAsync(name, filter, limit, cancellationToken);
        var found = await FindAsync([.. scored.Select(candidate => candidate.Grain)], asOf: null, cancellationToken);
        return
        [
            .. scored.Where(candidate => found.ContainsKey(candidate.Grain)).Select(candidate =>
            {
                var view = found[candidate.Grain].View;
                return new Candidate(view.Id, view.Name, candidate.Matched, candidate.Score, view.Standing, view.Region);
            }),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StatisticsRow>> CountAsync(StatisticsQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var whole = query with { Filter = await query.Filter.ResolveAsync(this, cancellationToken) };
        return await statistics.CountAsync(whole, DateAt(clock.GetUtcNow()), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Page<HistoryEntry>?> HistoryAsync(GrainId grain, HistoryOrder order, long? after, int limit, CancellationToken cancellationToken)
    {
        if ((await activations.ReadAsync(grain)).State is not GrainState.Subject subject)
            return null;
        var events = await history.PageAsync(grain, order, after, limit, cancellationToken);
        var more = events.Count > limit;
        if (more)
            events.RemoveAt(limit);
        var texts = await history.PrivateAsync([.. events.Select(stored => stored.Seq)], cancellationToken);
        var persons = await history.PersonsAsync([.. events.Select(stored => stored.Actor).Distinct()], cancellationToken);
        return new Page<HistoryEntry>(
            [.. events.Select(stored => new HistoryEntry(
                stored.Seq, stored.Version, stored.Type, stored.At, stored.EffectiveOn, stored.Actor, persons.GetValueOrDefault(stored.Actor), stored.Data,
                texts[stored.Seq].ToDictionary(text => text.Member, text => text.Value), Whys.Of(stored.Data, subject.Cases)))],
            more);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> IsWithheldAsync(GrainId entity, CancellationToken cancellationToken)
    {
        // From an entity to what it was merged into, and from there to the enterprise behind it.
        for (GrainId? next = entity; next is { } grain;)
        {
            if ((await activations.ReadAsync(grain)).State is not GrainState.Subject subject)
                return false;
            if (subject.Restriction is not null)
                return true;
            next = subject.MergedInto ?? subject.Enterprise;
        }

        return false;
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<GrainId>> WithheldAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken) =>
        restrictions.WithheldAsync(entities, cancellationToken);

    /// <summary>What is shown now: deadlines that have passed count even before their grain was woken.</summary>
    private EntitySnapshot? Show(Activation activation)
    {
        if (activation.WakeUp is not { } wakeUp)
            return activation.Snapshot();
        var now = clock.GetUtcNow();
        return wakeUp > now
            ? activation.Snapshot()
            : Activation.SnapshotOf(activation.Grain, GrainBehaviour.At(activation.Grain, activation.Known, now, rules.Book));
    }
}
