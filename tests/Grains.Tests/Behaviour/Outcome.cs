using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What a command did, to be compared with what it should have done.</summary>
internal sealed record Outcome(Turn Turn, Scenario Scenario)
{
    /// <summary>Accepted, with exactly these events on the grain addressed and none elsewhere, but for the visit that a check keeps at its enterprise.</summary>
    public Scenario Then(params GrainEvent[] events) => ThenOn(Turn.Target.Grain, events).AndNothingElsewhere(Turn.Target.Grain);

    /// <summary>Accepted, with exactly these events on a grain.</summary>
    public Outcome ThenOn(GrainId grain, params GrainEvent[] events)
    {
        Assert.Null(Turn.Rejection);
        Assert.Equal(events.Select(Line), EventsOn(grain).Select(Line));
        return this;
    }

    /// <summary>Accepted, with events of these types on the grain addressed.</summary>
    public Scenario ThenTypes(params string[] types)
    {
        Assert.Null(Turn.Rejection);
        Assert.Equal(types, Turn.Target.Events.Select(acted => acted.Event.Type));
        return Scenario;
    }

    /// <summary>Refused; what was due may have happened all the same.</summary>
    public Scenario ThenRefused(string code, string? article = null)
    {
        Assert.Equal(code, Turn.Rejection?.Code);
        if (article is not null)
            Assert.Equal(article, Turn.Rejection!.Article);
        return Scenario;
    }

    private Scenario AndNothingElsewhere(GrainId grain)
    {
        Assert.All(Turn.Others.Where(other => other.Grain != grain), other => Assert.DoesNotContain(other.Events, acted => !acted.Event.Type.StartsWith("visit.", StringComparison.Ordinal)));
        return Scenario;
    }

    private IEnumerable<GrainEvent> EventsOn(GrainId grain) =>
        Turn.Others.Prepend(Turn.Target).Where(change => change.Grain == grain).SelectMany(change => change.Events).Select(acted => acted.Event);

    private static string Line(GrainEvent @event) => StoredLine.Of(@event, "").ToString();
}
