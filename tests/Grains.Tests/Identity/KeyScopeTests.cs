namespace Supervision.Grains.Tests.Identity;

public sealed class KeyScopeTests
{
    [Theory]
    [InlineData(Role.Officer, Level.National, "")]
    [InlineData(Role.Officer, Level.Provincial, "430000")]
    [InlineData(Role.Officer, Level.Provincial, "440000 440300")]
    [InlineData(Role.Officer, Level.Provincial, "660000")]
    [InlineData(Role.Officer, Level.Municipal, "430100")]
    [InlineData(Role.Officer, Level.Municipal, "429004")]
    [InlineData(Role.Officer, Level.Municipal, "430181")]
    [InlineData(Role.Officer, Level.Municipal, "440305")]
    [InlineData(Role.Inspector, Level.Municipal, "310115")]
    [InlineData(Role.Admin, Level.National, "")]
    public void An_authority_has_the_regions_of_its_level(Role role, Level level, string regions)
    {
        var scope = Read(role, level, regions);

        Assert.Empty(scope.Faults);
        Assert.Equal(regions, string.Join(' ', scope.Regions));
    }

    [Fact]
    public void Regions_are_read_by_any_spelling_and_each_once() =>
        Assert.Equal(["430000", "660000"], KeyScope.Read(Role.Officer, Level.Provincial, ["湖南省", "430000", "兵团"]).Regions);

    [Theory]
    [InlineData(Role.Admin, Level.Provincial, "430000", "level")]
    [InlineData(Role.Officer, Level.National, "430000", "regions")]
    [InlineData(Role.Officer, Level.Provincial, "", "regions")]
    [InlineData(Role.Officer, Level.Municipal, "", "regions")]
    [InlineData(Role.Officer, Level.Provincial, "990000", "regions[0]")]
    [InlineData(Role.Officer, Level.Provincial, "430000 430100", "regions[1]")]
    [InlineData(Role.Officer, Level.Provincial, "440305", "regions[0]")]
    [InlineData(Role.Officer, Level.Provincial, "659001", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "430000", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "660000", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "440300", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "429000", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "310100", "regions[0]")]
    [InlineData(Role.Officer, Level.Municipal, "430100 430181", "regions[1]")]
    [InlineData(Role.Officer, Level.Municipal, "430181 430100", "regions[1]")]
    public void What_does_not_fit_the_level_is_named(Role role, Level level, string regions, string member) =>
        Assert.Equal(member, Assert.Single(Read(role, level, regions).Faults).Member);

    private static KeyScope Read(Role role, Level level, string regions) =>
        KeyScope.Read(role, level, regions.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
