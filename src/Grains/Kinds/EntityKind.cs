namespace Supervision.Grains.Kinds;

/// <summary>What is particular to the entities of one kind. What a kind is granted is said by the policies.</summary>
/// <param name="Kind">The kind.</param>
internal sealed record EntityKind(GrainKind Kind)
{
    /// <summary>Whether an entity bears the name of its enterprise, so that the enterprise follows from it.</summary>
    public bool NamedAfterEnterprise { get; init; } = true;

    /// <summary>Relations that it may have beside that to its enterprise.</summary>
    public IReadOnlyList<RelationRule> Relations { get; init; } = [];

    /// <summary>The relation that leads to the enterprise itself unless another is named; null: there is none.</summary>
    public string? DefaultsToEnterprise { get; init; }

    private static readonly Dictionary<GrainKind, EntityKind> All = new[]
    {
        FactoryKind.Definition, ProductKind.Definition, ParkKind.Definition, SupplyChainKind.Definition, DataCentreKind.Definition, EnterpriseKind.Definition,
    }.ToDictionary(definition => definition.Kind);

    /// <summary>The definition of a kind of entity.</summary>
    public static EntityKind Of(GrainKind kind) => All[kind];

    /// <summary>Why relations are not such as this kind may have.</summary>
    public Rejection? Refuse(IReadOnlyList<Relation> relations)
    {
        if (relations.Count > Relation.CountMax)
            return new Rejection.TooManyRelations(relations.Count, Relation.CountMax);
        var seen = new HashSet<Relation>();
        foreach (var relation in relations)
        {
            var rule = Relations.FirstOrDefault(rule => string.Equals(rule.Type, relation.Type, StringComparison.Ordinal));
            var again = rule is { Single: true } && seen.Any(other => string.Equals(other.Type, relation.Type, StringComparison.Ordinal));
            if (rule is null || !rule.To.Contains(relation.To.Kind) || again || !seen.Add(relation))
                return new Rejection.RelationNotAllowed(Kind, relation.Type, Allowed());
        }

        return null;
    }

    private string Allowed() =>
        Relations.Count == 0 ? "none beside that to its enterprise" : string.Join("; ", Relations.Select(rule => rule.ToString()));
}

/// <summary>A relation that a kind may have.</summary>
/// <param name="Type">The type.</param>
/// <param name="To">The kinds it may lead to.</param>
/// <param name="Single">Whether there is at most one.</param>
internal sealed record RelationRule(string Type, IReadOnlyList<GrainKind> To, bool Single = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type} ({(Single ? "one" : "any number, none twice")}, to {string.Join(" or ", To)})";
}
