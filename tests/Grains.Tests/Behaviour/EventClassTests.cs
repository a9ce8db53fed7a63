namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What may be made of events, as integrators are told.</summary>
public sealed class EventClassTests
{
    [Fact]
    public void Decisions_and_proposals_are_events_that_there_are() => Assert.Empty(EventClasses.Named.Except(LedgerJson.EventNames));

    [Theory]
    [InlineData(EventClass.Decision)]
    [InlineData(EventClass.Proposal)]
    public void The_table_for_integrators_has_every_name_of_a_class(EventClass @class)
    {
        var row = File.ReadLines(RepositoryFile.PathOf("docs", "integrators.md"))
            .Single(line => line.StartsWith($"| `{KebabCase<EventClass>.Word(@class)}` | `", StringComparison.Ordinal));
        Assert.Equal(LedgerJson.EventNames.Where(name => EventClasses.Of(name) == @class), NamesIn(row.Split('|')[2]).Order(StringComparer.Ordinal));
    }

    /// <summary>Names in backquotes; one that begins with a dot has the noun of the one before.</summary>
    private static IEnumerable<string> NamesIn(string cell)
    {
        var noun = "";
        foreach (var name in cell.Split('`').Where((_, place) => place % 2 == 1))
        {
            if (!name.StartsWith('.'))
                noun = name.Split('.')[0];
            yield return name.StartsWith('.') ? noun + name : name;
        }
    }
}
