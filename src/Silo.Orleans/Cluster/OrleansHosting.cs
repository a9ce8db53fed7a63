using Microsoft.Extensions.DependencyInjection;
using Supervision.Hosting.Clock;
using Supervision.Hosting.WakeUps;
using Supervision.Silo.Orleans.Entities;
using Supervision.Silo.Orleans.Statistics;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>The host on Microsoft Orleans, in place of the default one.</summary>
public static class OrleansHosting
{
    /// <summary>
    /// Adds the host. It starts where this is called among the hosted services: after what decisions rest on, before what sends commands.
    /// </summary>
    /// <param name="services">The services of a silo; what decides and remembers is among them.</param>
    /// <param name="options">The settings, checked.</param>
    /// <param name="connectionString">The database, acting as the serving role.</param>
    public static IServiceCollection AddOrleansHost(this IServiceCollection services, OrleansOptions options, string connectionString)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ClusterSilo>(provider, options, connectionString));
        services.AddSingleton<OrleansGrains>();
        services.AddSingleton<IGrainClient>(provider => provider.GetRequiredService<OrleansGrains>());
        services.AddSingleton<IWakesGrains>(provider => provider.GetRequiredService<OrleansGrains>());
        services.AddSingleton<IClusterStatistics, ClusterStatistics>();
        services.AddSingleton<IMovesTime>(provider => provider.GetRequiredService<ClusterSilo>());
        return services.AddHostedService(provider => provider.GetRequiredService<ClusterSilo>());
    }
}
