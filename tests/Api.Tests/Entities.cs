namespace Supervision.Api.Tests;

/// <summary>Entities for tests.</summary>
internal static class Entities
{
    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 4, 0, 0, TimeSpan.Zero);

    public static GrainId Factory { get; } = GrainId.Of(GrainKind.Factory, "N-1-F-0001");

    public static GrainId Enterprise { get; } = GrainId.Of(GrainKind.Enterprise, "u-0123456789abcdef");

    public static EntitySnapshot Snapshot(GrainId id, long version, string name = "北京第一工厂", RemovalView? removal = null, GrainId? mergedInto = null)
    {
        var title = new TitleView(
            "miit-2016", "green-factory", Level.National, "national", removal is null ? TitleStatus.Listed : TitleStatus.Removed, new DateOnly(2017, 8, 23), null,
            new DateOnly(2017, 8, 23), null, null, null, 2, null, null, null, removal);
        var view = new EntityView(
            id, id.Kind.Name, id.Key, name, [], [], "110000", "北京", "电子", "B", removal is null ? Standing.Valid : Standing.Removed, [title], false, [], [], [], [], [],
            [], [], [], [], mergedInto, [], null, version);
        return new EntitySnapshot(view, ViewJson.Write(view));
    }
}
