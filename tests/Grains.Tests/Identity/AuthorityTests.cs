namespace Supervision.Grains.Tests.Identity;

public sealed class AuthorityTests
{
    [Theory]
    [InlineData("national", Level.National, "")]
    [InlineData("provincial/430000", Level.Provincial, "430000")]
    [InlineData("provincial/440300", Level.Provincial, "440300")]
    [InlineData("municipal/440300", Level.Provincial, "440300")]
    [InlineData("provincial/660000", Level.Provincial, "660000")]
    [InlineData("municipal/430100", Level.Municipal, "430100")]
    [InlineData("municipal/429004", Level.Municipal, "429004")]
    public void An_authority_issues_what_is_its_own(string issuing, Level level, string region) => Assert.True(Of(level, region).Is(issuing));

    [Theory]
    [InlineData("provincial/430000", Level.National, "")]
    [InlineData("national", Level.Provincial, "430000")]
    [InlineData("provincial/440300", Level.Provincial, "440000")]
    [InlineData("provincial/440000", Level.Provincial, "440300")]
    [InlineData("municipal/430100", Level.Provincial, "430000")]
    [InlineData("municipal/430000", Level.Provincial, "430000")]
    [InlineData("provincial/430000", Level.Municipal, "430100")]
    [InlineData("municipal/430100", Level.Municipal, "430181")]
    [InlineData("municipal/430200", Level.Municipal, "430100")]
    [InlineData("municipal/440300", Level.Municipal, "440305")]
    public void It_issues_nothing_else(string issuing, Level level, string region) => Assert.False(Of(level, region).Is(issuing));

    [Theory]
    [InlineData("430102", "municipal/430100")]
    [InlineData("430100", "municipal/430100")]
    [InlineData("429004", "municipal/429004")]
    [InlineData("440305", "municipal/440300")]
    public void The_city_issues_in_its_districts_and_a_county_without_one_by_itself(string region, string issuing) =>
        Assert.Equal(issuing, Authority.IssuingFor(Level.Municipal, region));

    [Theory]
    [InlineData("national", null)]
    [InlineData("provincial/", null)]
    [InlineData("provincial/430000", "430000")]
    [InlineData("municipal/429004", "429004")]
    public void Its_name_tells_its_region(string issuing, string? region) => Assert.Equal(region, Authority.RegionOf(issuing));

    private static Authority Of(Level level, string region) => new(level, region.Length == 0 ? [] : [region]);
}
