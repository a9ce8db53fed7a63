namespace Supervision.Grains.Kinds;

/// <summary>绿色数据中心: a historic kind of 深工信规〔2022〕3号.</summary>
internal static class DataCentreKind
{
    public static EntityKind Definition { get; } = new(GrainKind.DataCentre);
}
