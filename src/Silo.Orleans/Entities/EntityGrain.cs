using Orleans.Placement;
using Supervision.Hosting.Activations;
using Supervision.Ledger;
using Supervision.Silo.Orleans.Statistics;
using Supervision.Silo.Orleans.Wire;

namespace Supervision.Silo.Orleans.Entities;

/// <summary>
/// The activation of a grain. It takes one command at a time and decides with what this silo has in memory of it and of the other grains that the
/// command needs; the ledger confirms the versions of all. It calls no other activation, so no two can wait for each other, and an activation that should not exist,
/// for example of the smaller part of a divided cluster, loses its append, reads the grain anew and decides again.
/// </summary>
[RandomPlacement]
internal sealed class EntityGrain(GrainHost host, ActivationTable activations, LedgerPosition position, CommandCounters counters) : Grain, IEntityGrain
{
    private Supervision.GrainId Id => Supervision.GrainId.FromStored(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await activations.ReadAsync(Id);
        }
        catch (LedgerUnavailableException)
        {
            // The command for which it is activated reads it again, and says so if it cannot.
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        activations.Drop(Id);
        return Task.CompletedTask;
    }

    public async ValueTask<CommandReply> SendAsync(CommandMessage message)
    {
        try
        {
            await position.WaitForAsync(message.ReferredSeq, CancellationToken.None);
            var outcome = await host.HandleAsync(Id, message.Command, message.Context);
            counters.Of(Id).Decided(outcome);
            return CommandReply.Of(outcome);
        }
        catch (LedgerUnavailableException exception)
        {
            counters.Of(Id).Unavailable();
            return CommandReply.Of(exception);
        }
    }
}
