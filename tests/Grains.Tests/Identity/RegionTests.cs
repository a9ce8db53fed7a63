namespace Supervision.Grains.Tests.Identity;

public sealed class RegionTests
{
    [Fact]
    public void Every_spelling_of_the_published_list_is_read()
    {
        var rows = File.ReadLines(RepositoryFile.PathOf("data", "green_entities_national.csv")).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal(2482, rows.Count);
        // Columns region_raw and region: as the list spells it, and the spelling made uniform.
        Assert.All(rows.Select(row => (Raw: row[8], Uniform: row[9])).Distinct(), spelling =>
        {
            Assert.True(Region.TryParse(spelling.Raw, out var code), spelling.Raw);
            Assert.True(Region.TryParse(spelling.Uniform, out var same), spelling.Uniform);
            Assert.Equal(same, code);
            Assert.Equal(spelling.Uniform, Region.NameOf(code));
        });
    }

    [Theory]
    [InlineData("内蒙", "150000")]
    [InlineData("内蒙古自治区", "150000")]
    [InlineData("兵团", "660000")]
    [InlineData("新疆兵团", "660000")]
    [InlineData("新疆生产建设兵团", "660000")]
    [InlineData("新疆", "650000")]
    [InlineData("深圳市", "440300")]
    [InlineData(" 湖南省 ", "430000")]
    [InlineData("430181", "430181")]
    [InlineData("440305", "440305")]
    public void Names_and_codes_are_read(string text, string code)
    {
        Assert.True(Region.TryParse(text, out var read));
        Assert.Equal(code, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("火星")]
    [InlineData("000000")]
    [InlineData("990000")]
    [InlineData("43000")]
    [InlineData("4300000")]
    [InlineData("４３００００")]
    [InlineData("43000a")]
    public void Unknown_names_and_codes_are_refused(string? text)
    {
        Assert.False(Region.TryParse(text, out var code));
        Assert.Null(code);
    }

    [Theory]
    [InlineData("430000", "430000", true)]
    [InlineData("430000", "430181", true)]
    [InlineData("430100", "430181", true)]
    [InlineData("430100", "430200", false)]
    [InlineData("430181", "430181", true)]
    [InlineData("430181", "430100", false)]
    [InlineData("431000", "430100", false)]
    [InlineData("430100", "430000", false)]
    public void A_scope_covers_itself_and_what_lies_below_it(string scope, string code, bool covers) =>
        Assert.Equal(covers, Region.Covers(scope, code));

    [Theory]
    [InlineData("210000", "210200")]
    [InlineData("330000", "330200")]
    [InlineData("350000", "350200")]
    [InlineData("370000", "370200")]
    [InlineData("440000", "440300")]
    public void A_planning_city_answers_to_no_province(string province, string city)
    {
        var district = city[..4] + "05";

        Assert.False(Region.Covers(province, city));
        Assert.False(Region.Covers(province, district));
        Assert.True(Region.Covers(city, district));
        Assert.Equal(city, Region.Responsible(district).Code);
        Assert.Equal($"provincial/{city}", Authority.IssuingFor(Level.Provincial, district));
    }

    [Fact]
    public void The_Corps_answers_for_itself_beside_Xinjiang()
    {
        Assert.False(Region.Covers("650000", "660000"));
        Assert.False(Region.Covers("660000", "650000"));
        Assert.True(Region.Covers("660000", "660000"));
        Assert.Equal("新疆兵团", Region.NameOf("660000"));
    }
}
