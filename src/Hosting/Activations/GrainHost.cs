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
        var (decision, held) = await DecideAsync(grain, command, context);
        using (held)
            return await TryCommitAsync(decision, context);
    }

    /// <summary>Decides a command with the turns of its grains, which are still held then.</summary>
    private async ValueTask<(Decision Decision, Turnstile.Held Held)> DecideAsync(GrainId grain, GrainCommand command, CommandContext context)
    {
        IReadOnlyList<GrainId> needed = [];
        while (true)
        {
            var held = await activations.Turnstile.EnterAsync(grain, needed);
            var isDecided = false;
            try
            {
                var target = await activations.GetAsync(grain);
                var known = target.Read();
                var others = OtherGrains.None;
                while (true)
                {
                    // Which other grains a command needs is known only from its target's state, and where they were merged into others, from theirs.
                    needed = GrainBehaviour.Needs(grain, known.State, command, others.Known);
                    if (others.Of(needed) is { } complete)
                    {
                        var decision = Decide(new Read(target, known, complete), command, context, LedgerInstant.Now(clock));
                        isDecided = true;
                        return (decision, held);
                    }

                    // Where others have their turns: enter again, and wait for all of them in their order.
                    if (!held.TryAdd(needed))
                        break;
                    others = new OtherGrains();
                    foreach (var other in needed)
                        others.Add(await activations.GetAsync(other));
                }
            }
            finally
            {
                if (!isDecided)
                    held.Dispose();
            }
        }
    }

    /// <summary>Decides a command on grains in memory.</summary>
    private Decision Decide(Read read, GrainCommand command, CommandContext context, DateTimeOffset now, bool isPassing = false)
    {
        var (target, known, others) = read;
        var turn = GrainBehaviour.Decide(target.Grain, known, command, context.ExpectedVersion, ContextOf(now, context.Actor, others.Known));
        // Time that changes nothing needs no confirmation: whoever is late finds it done.
        if (command is GrainCommand.WakeUp && turn.Target.Events.Count == 0)
            return new Decision(target, null, null, null);

        GrainAppend[] appends;
        try
        {
            appends = AppendsOf(turn);
        }
        catch (LeafTooLongException tooLong)
        {
            // Each text has its bound, and only here is seen what they come to together.
            turn = new Turn(new GrainChange(target.Grain, known, known, []), [], new Rejection.EventTooLong(tooLong.Length, Leaf.LengthMax), Created: null);
            appends = AppendsOf(turn);
        }

        var record = context.Identity is null
            ? null
            : new CommandRecord(context.Identity, target.Grain, turn.Target.After.Version, turn.Rejection is null ? turn.Created : null, turn.Rejection);
        return new Decision(target, turn.Rejection, turn.Created, RequestOf(appends, record, isPassing));

        GrainAppend[] AppendsOf(Turn decided)
        {
            var written = new GrainAppend[decided.Others.Count + 1];
            written[0] = Appends.Of(decided.Target, target.LastSeq, now, context.Identity?.Id);
            for (var i = 1; i < written.Length; i++)
                written[i] = Appends.Of(decided.Others[i - 1], others.LastSeqOf(decided.Others[i - 1].Grain), now, context.Identity?.Id);
            return written;
        }
    }

    /// <summary>What is asked of the ledger. It knows the text of the new states alone: while thousands of commands wait for their commit, their states would be moved by the collector for nothing.</summary>
    private AppendRequest RequestOf(GrainAppend[] appends, CommandRecord? record, bool isPassing) => new(appends, record, committed =>
    {
        for (var i = 0; i < appends.Length; i++)
        {
            if (appends[i].Events.Count > 0)
                activations.Put(Activation.Resting(appends[i].Grain, appends[i].State, appends[i].Version, committed.LastSeqs[i]), isPassing);
        }
    });

    /// <summary>Has a decision confirmed by the ledger; null when the memory on which it rests was behind.</summary>
    private async ValueTask<GrainOutcome?> TryCommitAsync(Decision decision, CommandContext context)
    {
        var (target, rejection, created, request) = decision;
        if (request is null)
            return new GrainOutcome(CommandStatus.Accepted, null, target, null, position.Seq, []);
        switch (await writer.AppendAsync(request))
        {
            case AppendOutcome.Committed { At: var at }:
                var written = new List<WrittenGrain>(request.Grains.Count);
                for (var i = 0; i < request.Grains.Count; i++)
                {
                    if (request.Grains[i] is { Events.Count: > 0 } append)
                        written.Add(new WrittenGrain(append.Grain, append.Version, at.LastSeqs[i]));
                }

                var after = request.Grains[0] is { Events.Count: > 0 } own ? Activation.Resting(own.Grain, own.State, own.Version, at.LastSeqs[0]) : target;
                return new GrainOutcome(rejection is null ? CommandStatus.Accepted : CommandStatus.Rejected, rejection, after, created, at.Seq, written);
            case AppendOutcome.Duplicate:
                return await ReplayAsync(context.Identity!);
            default:
                foreach (var append in request.Grains)
                    activations.Drop(append.Grain);
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
            record.Rejection is null ? CommandStatus.Accepted : CommandStatus.Rejected, record.Rejection, Activation.Of(record.Grain, known.State, known.Version, record.Seq),
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

    /// <summary>What a command is decided on: the grain addressed, what is known of it, and the others that it needs.</summary>
    private readonly record struct Read(Activation Target, KnownGrain Known, OtherGrains Others);

    /// <summary>What was decided about a grain, and what of it is to be written; without a request nothing has to be confirmed.</summary>
    private sealed record Decision(Activation Target, Rejection? Rejection, string? Created, AppendRequest? Request);
}
