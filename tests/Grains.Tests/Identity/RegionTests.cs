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

    [Theory]
    [InlineData("659001")]
    [InlineData("659012")]
    public void The_cities_of_the_Corps_answer_to_it_and_not_to_Xinjiang(string city)
    {
        Assert.Equal("660000", Region.Responsible(city).Code);
        Assert.True(Region.Covers("660000", city));
        Assert.False(Region.Covers("650000", city));
        Assert.True(Region.Covers("650000", "650100"));
        Assert.Equal("provincial/660000", Authority.IssuingFor(Level.Provincial, city));
    }

    [Theory]
    [InlineData("430100", "430100")]
    [InlineData("430181", "430100")]
    [InlineData("440305", "440300")]
    [InlineData("440300", "440300")]
    [InlineData("429004", "429004")]
    [InlineData("469001", "469001")]
    [InlineData("659001", "659001")]
    [InlineData("310115", "310115")]
    [InlineData("429000", null)]
    [InlineData("310100", null)]
    [InlineData("430000", null)]
    [InlineData("660000", null)]
    public void Every_place_has_its_municipal_authority(string code, string? municipal) => Assert.Equal(municipal, Region.MunicipalOf(code));

    [Fact]
    public void What_a_scope_covers_can_be_told_by_digits()
    {
        string[] codes = [.. Region.All.Select(region => region.Code), "430100", "430181", "440100", "440305", "429004", "650100", "659001", "210201", "310115"];

        foreach (var scope in codes)
        {
            var (within, without) = Region.DigitsOf(scope);
            Assert.All(codes, code => Assert.Equal(
                Region.Covers(scope, code),
                within.Any(digits => code.StartsWith(digits, StringComparison.Ordinal)) && !without.Any(digits => code.StartsWith(digits, StringComparison.Ordinal))));
        }
    }
}
