namespace Supervision;

/// <summary>That an entity to which a park or supply chain is related lost a title, or was given it back.</summary>
/// <param name="Relation">The type of the relation, for example <c>supplier</c>.</param>
/// <param name="Entity">The entity whose title it was.</param>
/// <param name="Title">The title.</param>
/// <param name="Status">Where it stands since.</param>
/// <param name="On">The civil date on which the park or supply chain was told.</param>
public sealed record AffectedRelation(string Relation, GrainId Entity, TitleRef Title, TitleStatus Status, DateOnly On);
