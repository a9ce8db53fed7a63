namespace Supervision;

/// <summary>
/// Names a fact that was established about an enterprise and is a ground against its titles: a determined incident, a
/// confirmed veto, an energy rectification that was missed.
/// </summary>
/// <param name="Entity">The enterprise.</param>
/// <param name="Id">The fact's identity on it, for example <c>incident-1</c>.</param>
public sealed record FactRef(GrainId Entity, string Id);

/// <summary>What a fact brought about on another entity, or on the enterprise's own titles.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Cases">The cases that it opened there.</param>
public sealed record AppliedFact(GrainId Entity, IReadOnlyList<string> Cases);
