namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Who sends commands in these tests.</summary>
internal static class People
{
    public static readonly Actor A = National("a");

    public static readonly Actor B = National("b");

    public static readonly Actor C = National("c");

    public static readonly Actor Hunan = new("p-hunan", "hunan", Role.Officer, new Authority(Level.Provincial, ["430000"]));

    public static readonly Actor Guangdong = new("p-guangdong", "guangdong", Role.Officer, new Authority(Level.Provincial, ["440000"]));

    public static readonly Actor Inspector1 = new("p-i-1", "I-1", Role.Inspector, new Authority(Level.Provincial, ["430000"]));

    public static readonly Actor Inspector3 = new("p-i-3", "I-3", Role.Inspector, new Authority(Level.Provincial, ["430000"]));

    public static readonly Actor Bootstrap = new("p-bootstrap", "bootstrap", Role.Admin, Authority.National, AnyAuthority: true);

    /// <summary>An officer of an authority.</summary>
    public static Actor Of(Level level, string region) => new($"p-{region}", region, Role.Officer, new Authority(level, [region]));

    /// <summary>Another key of a person: another role and authority, the same pseudonym.</summary>
    public static Actor OtherKeyOf(Actor actor) => actor with { Role = Role.Admin, AnyAuthority = true };

    private static Actor National(string person) => new($"p-{person}", person, Role.Officer, Authority.National);
}
