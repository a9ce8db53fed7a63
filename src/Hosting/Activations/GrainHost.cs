using System.Collections.Concurrent;
using Supervision.Grains.Behaviour;
using Supervision.Hosting.Downtimes;
using Supervision.Hosting.Inspectors;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger;
using Supervision.Ledger.Append;
using Supervision.Ledger.Load;
using Supervision.Ledger.Merkle;

namespace Supervision.Hosting.Activations;

/// <summary>
/// The default host of grains: decides on the state in memory and has every outcome confirmed by the ledger, so that no
/// answer, not even a rejection, rests on memory that another silo has overtaken.
/// </summary>
public sealed partial class GrainHost(
    ActivationTable activations, InspectorDirectory inspectors, LedgerWriter writer, CommandOutcomes outcomes, GrainHistory history, LedgerPosition position, CurrentRules rules,
    TimeProvider clock)
    : IGrainClient, IWakesGrains, ISendsTogether
{
    // Decisions that may turn out stale before a command is given up; each failure means that another one succeeded.
    private const int DecisionsMax = 100;

    private readonly ConcurrentDictionary<Guid, byte> _running = new();

    /// <inheritdoc/>
    public ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The command goes on when its sender no longer waits: what was begun is finished.
        var outcome = SendAsync(grain, command, context);
        return outcome.IsCompleted || !cancellationToken.CanBeCanceled
            ? outcome
            : new ValueTask<CommandOutcome>(outcome.AsTask().WaitAsync(cancellationToken));
    }

    /// <summary>What a command would do now, without doing it.</summary>
    /// <param name="grain">The grain addressed.</param>
    /// <param name="command">The command.</param>
    /// <param name="actor">Who would send it.</param>
    /// <param name="assumed">A grain as it is assumed to be; null: as it is.</param>
    public async Task<Turn> TryAsync(GrainId grain, GrainCommand command, Actor actor, Func<GrainId, KnownGrain?>? assumed = null)
    {
        var known = await KnownAsync(grain);
        var others = new Dictionary<GrainId, KnownGrain>();
        while (GrainBehaviour.Needs(grain, known.State, command, others).Except(others.Keys).ToList() is { Count: > 0 } needed)
        {
            foreach (var other in needed)
                others[other] = await KnownAsync(other);
        }

        return GrainBehaviour.Decide(grain, known, command, expectedVersion: null, ContextOf(LedgerInstant.Now(clock), actor, others));

        async ValueTask<KnownGrain> KnownAsync(GrainId id) => assumed?.Invoke(id) ?? (await activations.ReadAsync(id)).Known;
    }

    /// <summary>Decides a command here and waits until its outcome is durable, as whoever has to tell another silo of it needs it.</summary>
    /// <exception cref="LedgerUnavailableException">The queue is full, the database does not answer, or others kept overtaking the command.</exception>
    public async ValueTask<GrainOutcome> HandleAsync(GrainId grain, GrainCommand command, CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Identity is { } identity && !_running.TryAdd(identity.Id, 0))
            return GrainOutcome.Unread(CommandStatus.Running, position.Seq);
        try
        {
            for (var stale = 0; stale < DecisionsMax; stale++)
            {
                if (await TryCommitAsync(grain, command, context) is { } outcome)
                    return stale == 0 ? outcome : outcome with { StaleDecisions = stale };
            }

            throw new LedgerUnavailableException($"Other commands on {grain} kept overtaking this one.");
        }
        finally
        {
            if (context.Identity is { } done)
                _running.TryRemove(done.Id, out _);
        }
    }

    private async ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, CommandContext context) =>
        (await HandleAsync(grain, command, context)).ToCommandOutcome();

    /// <summary>Decides and commits once; null when memory was behind the ledger and the decision has to be made again.</summary>
    private async ValueTask<GrainOutcome?> TryCommitAsync(GrainId grain, GrainCommand command, CommandContext context)
    {
        IReadOnlyList<GrainId> needed = [];
        while (true)
        {
            using var held = await activations.Turnstile.EnterAsync(grain, needed);
            var target = await activations.GetAsync(grain);
            var known = NoGrains;
            if (needed.Count > 0)
            {
                known = [];
                foreach (var other in needed)
                    known[other] = (await activations.GetAsync(other)).Known;
            }

            var needs = GrainBehaviour.Needs(grain, target.State, command, known);
            if (needs.Count > 0 && needs.Except(needed).Any())
            {
                // Which other grains a command needs is known only from its target's state, and where they were merged into
                // others, from theirs: enter again with their turns.
                needed = needs;
                continue;
            }

            return await TryCommitAsync(target, needs, command, context);
        }
    }

    private async ValueTask<GrainOutcome?> TryCommitAsync(Activation target, IReadOnlyList<GrainId> needs, GrainCommand command, CommandContext context)
    {
        var read = new Activation[needs.Count + 1];
        read[0] = target;
        for (var i = 0; i < needs.Count; i++)
            read[i + 1] = await activations.GetAsync(needs[i]);
        return await TryCommitAsync(Decide(read, command, context, LedgerInstant.Now(clock)), context);
    }

    /// <summary>Decides a command on grains in memory, of which the first is the one addressed.</summary>
    private Decision Decide(Activation[] read, GrainCommand command, CommandContext context, DateTimeOffset now, bool isPassing = false)
    {
        var target = read[0];
        var others = read.Length == 1 ? NoGrains : read.Skip(1).ToDictionary(other => other.Grain, other => other.Known);
        var turn = GrainBehaviour.Decide(
            target.Grain, target.Known, command, context.ExpectedVersion, ContextOf(now, context.Actor, others));
        // Time that changes nothing needs no confirmation: whoever is late finds it done.
        if (command is GrainCommand.WakeUp && turn.Target.Events.Count == 0)
            return new Decision(read, turn, [], null);

        var changes = turn.Others.Prepend(turn.Target).ToArray();
        GrainAppend[] appends;
        try
        {
            appends = AppendsOf(changes);
        }
        catch (LeafTooLongException tooLong)
        {
            // Each text has its bound, and only here is seen what they come to together.
            turn = new Turn(new GrainChange(target.Grain, target.Known, target.Known, []), [], new Rejection.EventTooLong(tooLong.Length, Leaf.LengthMax), Created: null);
            changes = [turn.Target];
            appends = AppendsOf(changes);
        }

        var record = context.Identity is null
            ? null
            : new CommandRecord(context.Identity, target.Grain, turn.Target.After.Version, turn.Rejection is null ? turn.Created : null, turn.Rejection);
        return new Decision(read, turn, changes, new AppendRequest(appends, record, committed =>
        {
            for (var i = 0; i < changes.Length; i++)
            {
                if (changes[i].Events.Count > 0)
                    activations.Put(new RestingActivation(changes[i].Grain, appends[i].State, changes[i].After.Version, committed.LastSeqs[i]), changes[i].After.State, isPassing);
            }
        }));

        GrainAppend[] AppendsOf(GrainChange[] written) =>
            [.. written.Select(change => Appends.Of(change, Array.Find(read, known => known.Grain == change.Grain)!.LastSeq, now, context.Identity?.Id))];
    }

    /// <summary>Has a decision confirmed by the ledger; null when the memory on which it rests was behind.</summary>
    private async ValueTask<GrainOutcome?> TryCommitAsync(Decision decision, CommandContext context)
    {
        var (read, turn, changes, request) = decision;
        var target = read[0];
        if (request is null)
            return new GrainOutcome(CommandStatus.Accepted, null, target, null, position.Seq, []);
        switch (await writer.AppendAsync(request))
        {
            case AppendOutcome.Committed committed:
                var committedTarget = new Activation(target.Grain, turn.Target.After.State, turn.Target.After.Version, committed.At.LastSeqs[0]);
                return new GrainOutcome(
                    turn.Rejection is null ? CommandStatus.Accepted : CommandStatus.Rejected, turn.Rejection, committedTarget, turn.Created, committed.At.Seq,
                    WrittenGrain.Of(changes, committed.At.LastSeqs));
            case AppendOutcome.Duplicate:
                return await ReplayAsync(context.Identity!);
            default:
                foreach (var known in read)
                    activations.Drop(known.Grain);
                return null;
        }
    }

    /// <summary>The first answer to a command that was sent before, made anew from the events up to it.</summary>
    private async Task<GrainOutcome> ReplayAsync(CommandIdentity identity)
    {
        var record = await outcomes.FindAsync(identity.Id, CancellationToken.None)
            ?? throw new InvalidOperationException("A command has an outcome that cannot be found.");
        if (!record.Identity.RequestHash.AsSpan().SequenceEqual(identity.RequestHash))
            return GrainOutcome.Unread(CommandStatus.IdentityReused, position.Seq);
        var known = await FoldAsync(record.Seq);
        return new GrainOutcome(
            record.Rejection is null ? CommandStatus.Accepted : CommandStatus.Rejected, record.Rejection, new Activation(record.Grain, known.State, known.Version, record.Seq),
            record.Created, position.Seq, []);
    }

    private async Task<KnownGrain> FoldAsync(long seq)
    {
        var events = new Stack<StoredEvent>();
        await foreach (var stored in history.ReadAsync(seq, CancellationToken.None))
            events.Push(stored);
        GrainState? state = null;
        foreach (var stored in events)
            state = GrainBehaviour.Evolve(state, stored.ToEvent(), stored.Version, stored.Actor);
        return new KnownGrain(state, events.Count);
    }

    private DecisionContext ContextOf(DateTimeOffset now, Actor actor, IReadOnlyDictionary<GrainId, KnownGrain> others) =>
        new(now, actor, rules.Book, others) { Inspectors = inspectors.ById };

    private static readonly Dictionary<GrainId, KnownGrain> NoGrains = [];

    /// <summary>What was decided, and what of it is to be written; null: nothing has to be confirmed.</summary>
    private sealed record Decision(Activation[] Read, Turn Turn, GrainChange[] Changes, AppendRequest? Request);
}
