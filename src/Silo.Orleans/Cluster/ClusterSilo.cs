using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Clock;
using Supervision.Hosting.Jobs;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger;
using Supervision.Silo.Orleans.Alarms;
using Supervision.Silo.Orleans.Entities;
using Supervision.Silo.Orleans.Statistics;
using Supervision.Silo.Orleans.Tls;

namespace Supervision.Silo.Orleans.Cluster;

/// <summary>
/// This silo as a member of the Orleans cluster. Orleans has services of its own: its machinery keeps the machine's time where deadlines are moved by hand.
/// </summary>
internal sealed partial class ClusterSilo(
    OrleansOptions options, string connectionString, GrainHost grainHost, ActivationTable activations, LedgerPosition position, Supervision.Ledger.Query.WakeUps wakeUps,
    TimeProvider clock, ILoggerFactory loggers)
    : IHostedService, IMovesTime, IAsyncDisposable
{
    private const string Invariant = "Npgsql";

    private IHost? _host;

    /// <summary>The grains of the cluster.</summary>
    /// <exception cref="LedgerUnavailableException">The silo has not joined yet.</exception>
    public IGrainFactory Grains { get => field ?? throw new LedgerUnavailableException("The silo has not joined its cluster yet."); private set; }

    /// <summary>The services of Orleans.</summary>
    public IServiceProvider Services => Inner.Services;

    /// <summary>What becomes of commands here.</summary>
    public CommandCounters Counters { get; } = new();

    /// <summary>What becomes of commands in the cluster.</summary>
    public StatisticsReporting Statistics => Services.GetRequiredService<StatisticsReporting>();

    /// <summary>Ends when the alarm is set, by this silo or another; on manual time there is none.</summary>
    public Task AlarmSet => Services.GetService<AlarmSetting>()?.ExecuteTask ?? Task.CompletedTask;

    // Endpoints that show it are put together before it is started.
    private IHost Inner => _host ??= Build();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Tls.IsOn && !IPAddress.IsLoopback(IPAddress.Parse(options.Address)))
            LogInTheClear(loggers.CreateLogger<ClusterSilo>(), options.Address);
        await Inner.StartAsync(cancellationToken);
        Grains = Services.GetRequiredService<IGrainFactory>();
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _host?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public Task MoveToAsync(DateTimeOffset instant) => Services.GetRequiredService<ClusterClock>().MoveToAsync(instant);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
        builder.Services.AddSingleton(grainHost);
        builder.Services.AddSingleton(activations);
        builder.Services.AddSingleton(position);
        builder.Services.AddSingleton(new WakeUpJob(new Waker(wakeUps, new OrleansGrains(this, activations), loggers.CreateLogger<Waker>()), wakeUps, clock));
        builder.Services.AddSingleton(Counters);
        builder.UseOrleans(Configure);
        // Behind Orleans: started when the silo has joined, and stopped before it leaves.
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StatisticsReporting>(provider, options, clock));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StatisticsReporting>());
        if (clock is not ManualTime)
        {
            builder.Services.AddSingleton<AlarmSetting>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<AlarmSetting>());
        }

        return builder.Build();
    }

    private void Configure(ISiloBuilder silo)
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
            membership.MaxJoinAttemptTime = options.JoinTimeMax;
        });
        if (options.Tls.IsOn)
            silo.UseTls(options.Tls);
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, connectionString));
        silo.AddAdoNetGrainStorage(StatisticsGrain.Storage, storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Invariant, connectionString);
            storage.GrainStorageSerializer = new StateJson();
        });
        silo.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(ClusterSilo).Assembly));
        // Nobody follows the log through it.
        if (options.Dashboard)
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        if (clock is ManualTime manual)
        {
            silo.Services.AddSingleton(manual);
            silo.Services.AddSingleton<ClusterClock>();
            silo.Services.AddGrainService<SiloClock>();
        }
        else
        {
            // Manual time wakes what is due itself, instant by instant; an alarm by the machine's time would only disturb the order.
            silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (Invariant, connectionString));
        }
    }

    private static int FreePort(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [LoggerMessage(
        EventId = 3621, Level = LogLevel.Warning,
        Message = "Silos reach this one at {Address} without TLS: whoever reaches it can send any command as anybody. Orleans:Tls:Certificate ends that")]
    private static partial void LogInTheClear(ILogger logger, string address);

    /// <summary>Starts and stops with the silo around it, which listens to signals.</summary>
    private sealed class OuterLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
