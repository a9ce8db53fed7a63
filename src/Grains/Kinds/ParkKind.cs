namespace Supervision.Grains.Kinds;

/// <summary>绿色园区 四(三): the body that manages it is its enterprise; who works in it are its members.</summary>
internal static class ParkKind
{
    public static EntityKind Definition { get; } = new(GrainKind.Park)
    {
        Relations = [new RelationRule(Relation.MemberType, [GrainKind.Enterprise, GrainKind.Factory, GrainKind.SupplyChain, GrainKind.DataCentre])],
    };
}
