using System.Reflection;
using System.Text.Json;
using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>docs/schemes.md names what exists, and every test of a sentence.</summary>
public sealed class SchemesPageTests
{
    private static readonly string[][] Rows = [.. File.ReadLines(RepositoryFile.PathOf("docs", "schemes.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| original", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])];

    [Fact]
    public void Every_test_of_a_sentence_has_its_row() => Assert.Equal(
        typeof(SchemesPageTests).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SchemesPageTests).Namespace && type != typeof(SchemesPageTests))
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => $"`{type.Name}.{method.Name}`"))
            .Order(StringComparer.Ordinal),
        Rows.Select(row => row[4]).Where(test => test.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_row_names_a_member_of_a_policy()
    {
        foreach (var row in Rows)
        {
            var words = row[2].Split('`', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            using var policy = JsonDocument.Parse(RepositoryFile.Bytes("policies", $"{words[0]}.json"));
            var member = policy.RootElement;
            foreach (var name in words[1].Split('.'))
                Assert.True(member.TryGetProperty(name, out member), $"{row[2]} is no member.");
        }
    }

    [Fact]
    public void Every_row_names_a_behaviour_and_every_rule_in_force_its_tests()
    {
        var behaviours = typeof(GrainBehaviour).Assembly.GetTypes().Select(type => $"`{type.Name}`").ToHashSet();
        var tests = typeof(SchemesPageTests).Assembly.GetTypes().Select(type => $"`{type.Name}`").ToHashSet();

        Assert.All(Rows, row => Assert.Contains(row[3], behaviours));
        Assert.All(Rows.Where(row => !row[4].Contains('.', StringComparison.Ordinal)), row => Assert.Contains(row[4], tests));
        Assert.True(Rows.Length > 30);
    }
}
