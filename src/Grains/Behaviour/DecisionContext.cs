using System.Collections.Frozen;
using Supervision.Grains.Calendars;
using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>A grain as it is known: its state, null before its first event, and its version, 0 before.</summary>
/// <param name="State">The state.</param>
/// <param name="Version">The number of its events.</param>
public readonly record struct KnownGrain(GrainState? State, long Version)
{
    /// <summary>A grain without events.</summary>
    public static KnownGrain Absent => default;
}

/// <summary>Everything a decision may depend on besides the grain itself.</summary>
/// <param name="Now">The instant of the decision.</param>
/// <param name="Actor">Who sends the command.</param>
/// <param name="Rules">Policies and calendar.</param>
/// <param name="Others">The other grains that <c>GrainBehaviour.Needs</c> asked for.</param>
public sealed record DecisionContext(
    DateTimeOffset Now, Actor Actor, RuleBook Rules, IReadOnlyDictionary<GrainId, KnownGrain> Others)
{
    /// <summary>The civil date of the decision.</summary>
    public DateOnly Today { get; } = CivilTime.DateAt(Now);

    /// <summary>
    /// The inspectors by their service numbers. Like the rules they are what a decision refers to, not grains that it reads in their turn:
    /// thousands of checks name the same two at once.
    /// </summary>
    public IReadOnlyDictionary<string, InspectorEntry> Inspectors { get; init; } = FrozenDictionary<string, InspectorEntry>.Empty;
}
