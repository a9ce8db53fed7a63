namespace Supervision.Grains.Behaviour;

/// <summary>
/// A grain while one command is decided: what it was, and the events so far, each already taken into the state. Lives
/// for one decision only, so that the behaviour stays a function.
/// </summary>
internal sealed class Draft(GrainId id, KnownGrain before, string actor, IReadOnlyList<string>? documents = null)
{
    private readonly List<ActedEvent> _events = [];
    private IReadOnlyList<string>? _documents = documents;

    public GrainId Id => id;

    public KnownGrain Before => before;

    public GrainState? State { get; private set; } = before.State;

    public long Version => before.Version + _events.Count;

    /// <summary>The state of a grain that is known to be a registered subject.</summary>
    public GrainState.Subject Subject => (GrainState.Subject)State!;

    /// <summary>Appends what the command brings about; the first of it names the command's documents.</summary>
    public void Append(GrainEvent @event)
    {
        Append(_documents is null ? @event : @event with { Documents = _documents }, actor);
        _documents = null;
    }

    /// <summary>What time alone brings about is the system's doing, whoever's command came upon it.</summary>
    public void AppendDue(GrainEvent @event) => Append(@event, Actor.System.Id);

    public GrainChange ToChange() => new(id, before, new KnownGrain(State, Version), [.. _events]);

    private void Append(GrainEvent @event, string by)
    {
        State = Evolution.Evolve(State, @event, Version + 1, by);
        _events.Add(new ActedEvent(@event, by));
    }
}
