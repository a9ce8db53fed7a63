namespace Supervision.Grains.Kinds;

/// <summary>绿色供应链 四(四): the chain leader (链主企业) is its enterprise; who delivers to it are its suppliers.</summary>
internal static class SupplyChainKind
{
    public static EntityKind Definition { get; } = new(GrainKind.SupplyChain)
    {
        Relations = [new RelationRule(Relation.SupplierType, [GrainKind.Enterprise, GrainKind.Factory])],
    };
}
