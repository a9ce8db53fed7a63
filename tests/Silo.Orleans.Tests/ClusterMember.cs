using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Supervision.Hosting.WakeUps;
using Supervision.Ledger.Schema;
using Supervision.Silo.Orleans.Cluster;
using Supervision.Silo.Orleans.Entities;
using Supervision.Silo.Orleans.Statistics;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>A silo of a test, as a member of an Orleans cluster on the test's database. It follows the ledger only when a test asks it to.</summary>
internal sealed class ClusterMember : IAsyncDisposable
{
    private readonly ClusterSilo _cluster;

    private ClusterMember(TestSilo silo, ClusterSilo cluster)
    {
        (Silo, _cluster) = (silo, cluster);
        Grains = new OrleansGrains(cluster, silo.Activations);
        Waker = new Waker(silo.WakeUps, Grains, NullLogger<Waker>.Instance);
    }

    /// <summary>What decides and remembers here.</summary>
    public TestSilo Silo { get; }

    /// <summary>Sends to wherever in the cluster a grain is active.</summary>
    public OrleansGrains Grains { get; }

    public Waker Waker { get; }

    /// <summary>The grains of Orleans themselves.</summary>
    public IGrainFactory Factory => _cluster.Grains;

    public ClusterSilo Cluster => _cluster;

    /// <summary>Where the other silos reach it.</summary>
    public IPEndPoint Address => _cluster.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;

    public StatisticsReporting Statistics => _cluster.Statistics;

    /// <summary>Ends when the alarm is set.</summary>
    public Task AlarmSet => _cluster.AlarmSet;

    /// <param name="register">The database and its time.</param>
    /// <param name="cluster">The cluster to join.</param>
    /// <param name="clock">What the silo takes for the time; null: the manual time of the register.</param>
    /// <param name="configure">Sets what else is to be other than by default.</param>
    public static async Task<ClusterMember> JoinAsync(
        TestRegister register, string cluster = "supervision", TimeProvider? clock = null, Action<OrleansOptions>? configure = null)
    {
        await new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(register.ConnectionString, OrleansSchema.Scripts(), TestContext.Current.CancellationToken);
        var silo = await register.StartSiloAsync();
        var options = new OrleansOptions { ClusterId = cluster, Port = 0 };
        configure?.Invoke(options);
        var member = new ClusterSilo(
            options, LedgerDataSource.AsServingRole(register.ConnectionString), silo.Host, silo.Activations, silo.Position, silo.WakeUps,
            clock ?? register.Time, NullLoggerFactory.Instance);
        try
        {
            await member.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await member.DisposeAsync();
            throw;
        }

        return new ClusterMember(silo, member);
    }

    public ValueTask<CommandOutcome> SendAsync(GrainId grain, GrainCommand command, CommandIdentity? identity = null) =>
        Grains.SendAsync(grain, command, new CommandContext(Given.Officer, identity), TestContext.Current.CancellationToken);

    public async Task<CommandOutcome> AcceptAsync(GrainId grain, GrainCommand command)
    {
        var outcome = await SendAsync(grain, command);
        Assert.Null(outcome.Rejection);
        return outcome;
    }

    /// <summary>Ends without handing anything on or telling anybody.</summary>
    public Task DieAsync() => _cluster.StopAsync(new CancellationToken(canceled: true));

    public Task MoveTimeAsync(DateTimeOffset instant) => _cluster.MoveToAsync(instant);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAsync(CancellationToken.None);
        await _cluster.DisposeAsync();
    }
}
