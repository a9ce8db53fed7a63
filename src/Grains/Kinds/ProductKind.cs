namespace Supervision.Grains.Kinds;

/// <summary>绿色产品 四(二): bears a name of its own, so its enterprise has to be named; that is also who makes it, unless somebody else is.</summary>
internal static class ProductKind
{
    public static EntityKind Definition { get; } = new(GrainKind.Product)
    {
        NamedAfterEnterprise = false,
        DefaultsToEnterprise = Relation.ProducerType,
        Relations = [new RelationRule(Relation.ProducerType, [GrainKind.Enterprise, GrainKind.Factory], Single: true)],
    };
}
