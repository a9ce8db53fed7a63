using Supervision.Hosting.Activations;
using Supervision.Hosting.WakeUps;
using Supervision.Silo.Orleans.Cluster;
using Supervision.Silo.Orleans.Wire;

namespace Supervision.Silo.Orleans.Entities;

/// <summary>Sends commands to the activations of their grains, wherever in the cluster they are.</summary>
internal sealed class OrleansGrains(ClusterSilo cluster, ActivationTable activations) : IGrainClient, IWakesGrains
{
    // What the silo itself sends may be sent again: it changes nothing twice. Until a silo that was killed is declared dead, its grains cannot be reached.
    private static readonly TimeSpan SystemWaitMax = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public ValueTask<CommandOutcome> SendAsync(Supervision.GrainId grain, GrainCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        // The command goes on when its sender no longer waits: what was begun is finished.
        var outcome = OutcomeAsync(grain, command, context);
        return outcome.IsCompleted || !cancellationToken.CanBeCanceled
            ? outcome
            : new ValueTask<CommandOutcome>(outcome.AsTask().WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <remarks>Each is woken where it is active, all at once, so they enter the ledger in any order.</remarks>
    public Task<Waking> WakeAsync(IReadOnlyList<Supervision.GrainId> due, Action<Supervision.GrainId, Exception> onFailure)
    {
        var context = new CommandContext(Actor.System);
        return Task.FromResult(new Waking(CountAsync()));

        async Task<int> CountAsync() => (await Task.WhenAll(due.Select(WakeAsync))).Count(woken => woken);

        async Task<bool> WakeAsync(Supervision.GrainId grain)
        {
            try
            {
                return (await HandleAsync(grain, new GrainCommand.WakeUp(), context)).Written.Count > 0;
            }
            catch (Exception exception)
            {
                // One grain that cannot be read or written must not keep the others from waking.
                onFailure(grain, exception);
                return false;
            }
        }
    }

    private async ValueTask<CommandOutcome> OutcomeAsync(Supervision.GrainId grain, GrainCommand command, CommandContext context) =>
        (await HandleAsync(grain, command, context)).ToCommandOutcome();

    private async ValueTask<GrainOutcome> HandleAsync(Supervision.GrainId grain, GrainCommand command, CommandContext context)
    {
        var reply = await ReplyAsync(grain, new CommandMessage(command, context, activations.ReferredSeq));
        if (reply.IsForeign)
            cluster.Counters.Of(grain).PassedOn();
        if (reply.Unavailability is { } unavailability)
            throw new LedgerUnavailableException(unavailability.Message) { RetryAfterSeconds = unavailability.RetryAfterSeconds };
        if (reply is { IsForeign: true, Outcome.Written: { Count: > 0 } written })
            await ForgetAsync(written);
        return reply.Outcome!;
    }

    private async ValueTask<CommandReply> ReplyAsync(Supervision.GrainId grain, CommandMessage message)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await cluster.Grains.GetGrain<IEntityGrain>(grain.Value).SendAsync(message);
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                if (message.Context.Actor != Actor.System || TimeProvider.System.GetElapsedTime(began) > SystemWaitMax)
                {
                    cluster.Counters.Of(grain).Unanswered();
                    throw new LedgerUnavailableException(
                        $"The silo on which {grain} is active does not answer. The command may be carried out all the same; send it again for its outcome.", exception);
                }
            }

            await Task.Delay(RetryDelay, TimeProvider.System);
        }
    }

    /// <summary>What was written elsewhere is taken out of memory before the sender is told, so that it reads what it has written.</summary>
    private async Task ForgetAsync(IReadOnlyList<WrittenGrain> written)
    {
        await activations.PrepareAsync([.. written.Select(change => change.Grain)], CancellationToken.None);
        foreach (var change in written)
            activations.OnForeignChange(change.Grain, change.Version, change.Seq);
    }
}
