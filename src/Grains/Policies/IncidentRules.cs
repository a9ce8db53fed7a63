namespace Supervision.Grains.Policies;

/// <summary>Incidents (事故): a report changes nothing; what a department determined opens a case as its level says.</summary>
/// <param name="Kinds">The kinds of incident.</param>
/// <param name="Levels">The levels that open a case.</param>
public sealed record IncidentRules(IReadOnlyList<IncidentKind> Kinds, IReadOnlyList<IncidentLevelRule> Levels);

/// <summary>A level of incidents.</summary>
/// <param name="Level">The level that was determined.</param>
/// <param name="Ground">The ground of the case that it opens; the case is urgent if the ground is.</param>
/// <param name="Article">The article.</param>
public sealed record IncidentLevelRule(IncidentLevel Level, string Ground, string Article);
