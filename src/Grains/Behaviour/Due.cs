namespace Supervision.Grains.Behaviour;

/// <summary>A last inclusive day and what happens when it has passed.</summary>
internal readonly record struct Due(DateOnly LastDay, Func<DateOnly, IEnumerable<GrainEvent>> Events);
