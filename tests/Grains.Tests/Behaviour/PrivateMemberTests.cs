using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What is private is private text wherever it stands, and is documented: all else in an event can never be erased.</summary>
public sealed partial class PrivateMemberTests
{
    [Fact]
    public void The_private_members_of_every_event_are_those_that_are_documented()
    {
        var events = typeof(GrainEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(GrainEvent)));
        var members = events.SelectMany(type => PrivateIn(type, []).Select(member => $"{((GrainEvent)RuntimeHelpers.GetUninitializedObject(type)).Type} {member}"));

        var page = File.ReadAllText(RepositoryFile.PathOf("docs/log.md"));
        var documented = Row().Matches(page[page.IndexOf("## What is private", StringComparison.Ordinal)..]).Select(row => $"{row.Groups["type"].Value} {row.Groups["member"].Value}");

        Assert.Equal(documented.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_private_text_is_written_as_its_salted_hash_alone()
    {
        var text = PrivateText.Of("陈述", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

        Assert.Equal($$"""{"sha256":"{{text.Sha256}}"}""", JsonSerializer.Serialize(text, JsonSerializerOptions.Web));
        Assert.NotEqual(text.Sha256, PrivateText.Of("陈述", new byte[16]).Sha256);
    }

    /// <summary>The private texts in a type, by their path, also in what it is made of.</summary>
    private static IEnumerable<string> PrivateIn(Type type, HashSet<Type> seen)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var parts = new[] { property.PropertyType }.Concat(property.PropertyType.GetGenericArguments()).ToArray();
            if (parts.Contains(typeof(PrivateText)))
                yield return name;
            foreach (var part in parts.Where(part => part.Assembly == typeof(GrainEvent).Assembly && !part.IsEnum && part != typeof(PrivateText) && seen.Add(part)))
            {
                foreach (var inner in PrivateIn(part, seen))
                    yield return $"{name}.{inner}";
            }
        }
    }

    [GeneratedRegex(@"^\| `(?<type>[a-z-]+\.[a-z-]+)` \| (?<member>[A-Za-z.]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
