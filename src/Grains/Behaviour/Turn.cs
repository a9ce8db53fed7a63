namespace Supervision.Grains.Behaviour;

/// <summary>An event and who brought it about.</summary>
/// <param name="Event">The event.</param>
/// <param name="Actor">The pseudonym.</param>
public readonly record struct ActedEvent(GrainEvent Event, string Actor);

/// <summary>What a decision does to one grain; without events the grain was only read.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Before">What it was.</param>
/// <param name="After">What it becomes.</param>
/// <param name="Events">The events, in order.</param>
public sealed record GrainChange(GrainId Grain, KnownGrain Before, KnownGrain After, IReadOnlyList<ActedEvent> Events);

/// <summary>The outcome of a command: what it changes, and the rejection if it was refused.</summary>
/// <param name="Target">The change of the grain addressed; a refused command may still find deadlines that have passed.</param>
/// <param name="Others">The changes of other grains, committed together with it, and the grains that were only read.</param>
/// <param name="Rejection">Why the command was refused; null when it was accepted.</param>
/// <param name="Created">What was created below the grain's address, for example <c>checks/check-1</c>; empty: the entity itself; null: nothing.</param>
public sealed record Turn(GrainChange Target, IReadOnlyList<GrainChange> Others, Rejection? Rejection, string? Created);
