namespace Supervision.Grains.Kinds;

/// <summary>企业: the legal person itself, so that no enterprise stands behind it.</summary>
internal static class EnterpriseKind
{
    public static EntityKind Definition { get; } = new(GrainKind.Enterprise);
}
