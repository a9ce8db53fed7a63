using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;
using Supervision.Hosting.Clock;
using Supervision.Hosting.WakeUps;
using Supervision.Silo.Orleans.Entities;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>The host on Microsoft Orleans, in place of the default one.</summary>
public static class OrleansHosting
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Adds the host. Its silo starts where this is called among the hosted services: after what decisions rest on, before what sends commands.
    /// </summary>
    /// <param name="services">The services of a silo, the default host among them.</param>
    /// <param name="options">The settings, checked.</param>
    /// <param name="connectionString">The database, acting as the serving role.</param>
    /// <param name="hasManualTime">Whether time is moved by hand, for all silos together.</param>
    public static IServiceCollection AddOrleansHost(this IServiceCollection services, OrleansOptions options, string connectionString, bool hasManualTime)
    {
        ArgumentNullException.ThrowIfNull(options);
        services.AddOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
            silo.Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = IPAddress.Parse(options.Address);
                endpoint.SiloPort = options.Port == 0 ? FreePort(endpoint.AdvertisedIPAddress) : options.Port;
                endpoint.SiloListeningEndpoint = new IPEndPoint(endpoint.AdvertisedIPAddress, endpoint.SiloPort);
                // Whoever is outside talks to the HTTP interface.
                endpoint.GatewayPort = 0;
            });
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(options.ProbeSeconds);
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(2 * options.ProbeSeconds);
                // A silo that joins does not wait for one that was killed and not declared dead yet.
                membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(options.ProbeSeconds);
            });
            silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, connectionString));
            silo.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(OrleansHosting).Assembly));
            if (hasManualTime)
                silo.Services.AddGrainService<SiloClock>();
        });
        services.AddSingleton<OrleansGrains>();
        services.AddSingleton<IGrainClient>(provider => provider.GetRequiredService<OrleansGrains>());
        services.AddSingleton<IWakesGrains>(provider => provider.GetRequiredService<OrleansGrains>());
        if (hasManualTime)
            services.AddSingleton<IMovesTime, ClusterClock>();
        return services;
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
