using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Supervision.Silo.Tests;

/// <summary>Who may know whom, read from the assemblies themselves.</summary>
public sealed class ArchitectureTests
{
    private const string Prefix = "Supervision.";

    [Theory]
    [InlineData("Grains.Interfaces", new string[0])]
    [InlineData("Grains", new[] { "Grains.Interfaces" })]
    [InlineData("Ledger", new[] { "Grains.Interfaces" })]
    [InlineData("Api", new[] { "Grains.Interfaces" })]
    [InlineData("Hosting", new[] { "Grains.Interfaces", "Grains", "Ledger" })]
    [InlineData("Silo", new[] { "Grains.Interfaces", "Grains", "Ledger", "Hosting", "Api" })]
    public void An_assembly_knows_no_other_than_it_may(string assembly, string[] allowed) => Assert.Empty(KnownTo(assembly).Except(allowed));

    [Fact]
    public void Every_assembly_of_the_silo_has_its_edges_named()
    {
        var named = typeof(ArchitectureTests).GetMethod(nameof(An_assembly_knows_no_other_than_it_may))!
            .GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[0]!);

        Assert.Equal(Reachable("Silo").Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Grains.Interfaces")]
    [InlineData("Grains")]
    public void What_grains_are_made_of_knows_the_base_library_only(string assembly) =>
        Assert.All(
            Assembly.Load(Prefix + assembly).GetReferencedAssemblies().Where(name => !name.Name!.StartsWith(Prefix, StringComparison.Ordinal)),
            name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    [Fact]
    public void An_event_of_the_log_has_a_number_of_its_own()
    {
        var events = Reachable("Silo").Select(assembly => Assembly.Load(Prefix + assembly)).SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType}.{method.Name}", method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(message => message.EventId is not null).ToList();

        Assert.NotEmpty(events);
        Assert.Empty(events.GroupBy(message => message.EventId).Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(message => message.Method))));
    }

    private static HashSet<string> Reachable(string assembly)
    {
        var reached = new HashSet<string> { assembly };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var next))
        {
            foreach (var known in KnownTo(next).Where(reached.Add))
                open.Enqueue(known);
        }

        return reached;
    }

    private static IEnumerable<string> KnownTo(string assembly) =>
        Assembly.Load(Prefix + assembly).GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name.Name![Prefix.Length..]);
}
