namespace Supervision.Grains.Kinds;

/// <summary>绿色工厂 四(一): a site of an enterprise. An enterprise may have several.</summary>
internal static class FactoryKind
{
    public static EntityKind Definition { get; } = new(GrainKind.Factory);
}
