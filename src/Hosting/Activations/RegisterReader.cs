using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Ledger;
using Supervision.Ledger.Load;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Activations;

/// <summary>Reads the register from the grains in memory, and lists it by the database.</summary>
public sealed class RegisterReader(
    ActivationTable activations, RegisterQuery query, GrainHistory history, LedgerPosition position, RuleBook rules, TimeProvider clock) : IRegister
{
    /// <inheritdoc/>
    public long Seq => position.Seq;

    /// <inheritdoc/>
    public Task WaitForAsync(long seq, CancellationToken cancellationToken) => position.WaitForAsync(seq, cancellationToken);

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
    public async Task<Page<EntitySnapshot>> ListAsync(EntityFilter filter, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        DateTimeOffset? dueBefore = filter.DueBefore is { } day ? CivilTime.AfterLastDay(day) : null;
        var page = await query.ListAsync(filter, after, limit, CivilTime.DateAt(clock.GetUtcNow()), dueBefore, cancellationToken);
        var shown = await Task.WhenAll(page.Items.Select(grain => FindAsync(grain, cancellationToken).AsTask()));
        return new Page<EntitySnapshot>([.. shown.OfType<EntitySnapshot>()], page.HasMore);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<GrainId>> MatchAsync(string text, int limit, CancellationToken cancellationToken) =>
        query.MatchAsync(text, limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<Page<HistoryEntry>?> HistoryAsync(GrainId grain, long? before, int limit, CancellationToken cancellationToken)
    {
        var last = await history.LastSeqAsync(grain, cancellationToken);
        if (last == 0)
            return null;
        var events = new List<StoredEvent>();
        await foreach (var stored in history.ReadAsync(last, cancellationToken))
        {
            if (before is null || stored.Version < before)
                events.Add(stored);
            if (events.Count > limit)
                break;
        }

        var more = events.Count > limit;
        if (more)
            events.RemoveAt(limit);
        var texts = await history.PrivateAsync([.. events.Select(stored => stored.Seq)], cancellationToken);
        var persons = await history.PersonsAsync([.. events.Select(stored => stored.Actor).Distinct()], cancellationToken);
        return new Page<HistoryEntry>(
            [.. events.Select(stored => new HistoryEntry(
                stored.Seq, stored.Version, stored.Type, stored.At, stored.EffectiveOn, stored.Actor, persons.GetValueOrDefault(stored.Actor), stored.Data,
                texts[stored.Seq].ToDictionary(text => text.Member, text => text.Value)))],
            more);
    }

    /// <summary>What is shown now: deadlines that have passed count even before their grain was woken.</summary>
    private EntitySnapshot? Show(Activation activation)
    {
        if (activation.WakeUp is not { } wakeUp)
            return activation.Snapshot();
        var now = clock.GetUtcNow();
        return wakeUp > now
            ? activation.Snapshot()
            : Activation.SnapshotOf(activation.Grain, GrainBehaviour.At(activation.Grain, activation.Known, now, rules));
    }
}
