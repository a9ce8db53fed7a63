using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;
using Supervision.Hosting.Clock;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>The manual time of one silo, as the others move it.</summary>
internal interface ISiloClock : IGrainService
{
    Task MoveToAsync(DateTimeOffset instant);
}

/// <inheritdoc cref="ISiloClock"/>
internal sealed class SiloClock(global::Orleans.Runtime.GrainId id, global::Orleans.Runtime.Silo silo, ILoggerFactory loggers, ManualTime time)
    : GrainService(id, silo, loggers), ISiloClock
{
    public Task MoveToAsync(DateTimeOffset instant)
    {
        time.MoveTo(instant);
        return Task.CompletedTask;
    }
}

/// <summary>Moves the manual time of every silo: wherever a grain is active, it decides by the instant that was reached.</summary>
internal sealed class ClusterClock(IServiceProvider provider, IClusterMembershipService membership, ManualTime time)
    : GrainServiceClient<ISiloClock>(provider)
{
    public async Task MoveToAsync(DateTimeOffset instant)
    {
        var silos = membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active);
        try
        {
            await Task.WhenAll(silos.Select(member => GetGrainService(member.SiloAddress).MoveToAsync(instant)));
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            throw new LedgerUnavailableException("A silo of the cluster does not answer, so its time cannot be moved.", exception);
        }

        time.MoveTo(instant);
    }
}
