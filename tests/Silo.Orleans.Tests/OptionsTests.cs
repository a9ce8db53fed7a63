using Supervision.Hosting.Activations;
using Supervision.Silo.Orleans.Cluster;

namespace Supervision.Silo.Orleans.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid_and_everything_that_is_not_is_named()
    {
        Assert.Empty(new OrleansOptions().Failures());
        Assert.Equal(
            ["Orleans:ClusterId", "Orleans:ServiceId", "Orleans:Address", "Orleans:Port", "Orleans:ProbeSeconds"],
            new OrleansOptions { ClusterId = "", ServiceId = new string('x', 101), Address = "0.0.0.0", Port = 65_536, ProbeSeconds = 0 }.Failures().Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void The_host_knows_what_any_host_needs_and_nothing_that_any_host_needs_knows_Orleans()
    {
        Assert.Empty(typeof(OrleansOptions).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Supervision.", StringComparison.Ordinal))
            .Select(name => name.Name!).Except(["Supervision.Grains.Interfaces", "Supervision.Grains", "Supervision.Ledger", "Supervision.Hosting"]));
        Assert.DoesNotContain(
            new[] { typeof(GrainHost), typeof(Supervision.Ledger.LedgerPosition), typeof(GrainCommand) }.SelectMany(type => type.Assembly.GetReferencedAssemblies()),
            name => name.Name!.Contains("Orleans", StringComparison.Ordinal));
    }
}
