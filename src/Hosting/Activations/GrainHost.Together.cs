using Supervision.Grains.Behaviour;
using Supervision.Hosting.WakeUps;

namespace Supervision.Hosting.Activations;

/// <content>
/// What the silo itself sends to many grains: their turns are all held from the beginning, they are read together, decided on all cores, and queued without waiting
/// for each other.
/// </content>
public sealed partial class GrainHost
{
    /// <inheritdoc/>
    /// <remarks>They enter the ledger in the order given.</remarks>
    public async Task<Waking> WakeAsync(IReadOnlyList<GrainId> due, Action<GrainId, Exception> onFailure)
    {
        var context = new CommandContext(Actor.System);
        var held = await activations.Turnstile.EnterAsync(due);
        try
        {
            var passing = await activations.PassAsync(due);
            var decisions = new Decision?[passing.Length];
            var now = LedgerInstant.Now(clock);
            Parallel.For(0, decisions.Length, i => decisions[i] = passing[i] is { } target ? TryDecide(target, now) : null);
            var wakings = new Task<bool>[decisions.Length];
            for (var i = 0; i < wakings.Length; i++)
                wakings[i] = WakeAsync(due[i], decisions[i], wasRead: passing[i] is not null);
            return new Waking(CountAsync(wakings, held));
        }
        catch
        {
            held.Dispose();
            throw;
        }

        Decision? TryDecide(Activation target, DateTimeOffset now)
        {
            try
            {
                return Decide(Alone(target), new GrainCommand.WakeUp(), context, now, isPassing: true);
            }
            catch (Exception exception)
            {
                // One grain that cannot be read, decided or written must not keep the others from waking.
                onFailure(target.Grain, exception);
                return null;
            }
        }

        async Task<bool> WakeAsync(GrainId grain, Decision? decision, bool wasRead)
        {
            try
            {
                if (wasRead && decision is null)
                    return false;
                decision ??= await DecideAsync(grain);
                for (var number = 1; number <= DecisionsMax; number++)
                {
                    if (await TryCommitAsync(decision, context) is { } outcome)
                        return outcome.Written.Count > 0;
                    decision = await DecideAsync(grain);
                }
            }
            catch (Exception exception)
            {
                onFailure(grain, exception);
            }

            return false;
        }

        async Task<Decision> DecideAsync(GrainId grain) =>
            Decide(Alone(await activations.GetAsync(grain)), new GrainCommand.WakeUp(), context, LedgerInstant.Now(clock));

        static Read Alone(Activation target) => new(target, target.Read(), OtherGrains.None);

        static async Task<int> CountAsync(Task<bool>[] wakings, Turnstile.Held held)
        {
            using (held)
                return (await Task.WhenAll(wakings)).Count(changed => changed);
        }
    }

    /// <inheritdoc/>
    public async Task<bool[]> TrySendAsync(IReadOnlyList<GroupedCommand> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var context = new CommandContext(Actor.System);
        GrainId[] grains = [.. commands.SelectMany(command => command.Others.Prepend(command.To)).Distinct()];
        using var held = await activations.Turnstile.EnterAsync(grains);
        var passing = grains.Zip(await activations.PassAsync(grains)).ToDictionary(passed => passed.First, passed => passed.Second);
        var decisions = new Decision?[commands.Count];
        var (now, free) = (LedgerInstant.Now(clock), Unshared(commands));
        Parallel.For(0, decisions.Length, i => decisions[i] = free[i] ? TryDecide(commands[i]) : null);
        return await Task.WhenAll(decisions.Select(async decision =>
            decision is not null && await TryCommitAsync(decision, context) is { Status: CommandStatus.Accepted }));

        Decision? TryDecide(GroupedCommand grouped)
        {
            // A grain that cannot be read tells so when it is read alone.
            if (passing[grouped.To] is not { } target || grouped.Compose(grain => passing[grain]?.State) is not { } command)
                return null;
            var others = new OtherGrains();
            foreach (var other in grouped.Others.Distinct())
            {
                if (passing[other] is not { } activation)
                    return null;
                others.Add(activation);
            }

            if (others.Of(GrainBehaviour.Needs(target.Grain, target.State, command, others.Known)) is not { } needed)
                return null;
            var decision = Decide(new Read(target, target.Known, needed), command, context, now, isPassing: true);
            return decision.Rejection is null ? decision : null;
        }
    }

    /// <summary>Which commands concern no grain that one before concerns: what that changes is not known yet.</summary>
    private static bool[] Unshared(IReadOnlyList<GroupedCommand> commands)
    {
        var taken = new HashSet<GrainId>();
        return [.. commands.Select(command => command.Others.Append(command.To).Distinct().Count(taken.Add) == command.Others.Append(command.To).Distinct().Count())];
    }
}
