namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Titles of provinces and cities: granted by their authority, to entities of their region, while their policy grants.</summary>
public sealed class LocalGrantTests
{
    [Theory]
    [InlineData("hunan-2017", "factory", null, Level.Provincial, "430100", "430000", "2018-11-01", "provincial/430000")]
    [InlineData("hunan-2017", "park", null, Level.Provincial, "430000", "430000", "2020-12-31", "provincial/430000")]
    [InlineData("hunan-product", "product", null, Level.Provincial, "430100", "430000", "2021-03-01", "provincial/430000")]
    [InlineData("shenzhen-2022", "data-centre", null, Level.Municipal, "440305", "440300", "2023-03-01", "municipal/440300")]
    [InlineData("shenzhen-2022", "enterprise", "water-efficiency-leader", Level.Municipal, "440300", "440300", "2024-07-18", "municipal/440300")]
    [InlineData("shenzhen-2024", "supply-chain", null, Level.Municipal, "440300", "440300", "2024-08-16", "municipal/440300")]
    [InlineData("huzhou-product", "product", null, Level.Municipal, "330522", "330500", "2021-05-01", "municipal/330500")]
    public void The_authority_of_the_region_grants(
        string policy, string kind, string? honour, Level level, string region, string authority, string on, string issuing)
    {
        var (scenario, id) = Registered(kind, region);

        scenario.When(Ask.Grant(on, policy, level, honour: honour), People.Of(level, authority), id).ThenTypes("title.granted");

        Assert.Equal(issuing, scenario.Of(id).Titles.Single().Authority);
    }

    [Fact]
    public void The_department_of_a_planning_city_grants_with_its_provincial_key_too()
    {
        var (scenario, id) = Registered("factory", "440300");

        scenario.When(Ask.Grant("2024-08-16", "shenzhen-2024", Level.Municipal), People.Of(Level.Provincial, "440300"), id).ThenTypes("title.granted");
    }

    [Theory]
    [InlineData("hunan-2017", "factory", Level.Provincial, "440100", "440000", "2018-11-01", "outside-policy-region")]
    [InlineData("shenzhen-2024", "factory", Level.Municipal, "440100", "440100", "2024-08-16", "outside-policy-region")]
    [InlineData("huzhou-product", "product", Level.Municipal, "330100", "330100", "2021-05-01", "outside-policy-region")]
    [InlineData("hunan-product", "product", Level.Provincial, "430100", "440000", "2021-03-01", "out-of-scope")]
    [InlineData("hunan-product", "product", Level.Provincial, "430100", "430100", "2021-03-01", "not-issuing-authority")]
    [InlineData("hunan-2017", "factory", Level.Provincial, "430100", "430000", "2021-01-01", "outside-policy-dates")]
    [InlineData("shenzhen-2022", "factory", Level.Municipal, "440300", "440300", "2024-07-19", "outside-policy-dates")]
    [InlineData("shenzhen-2024", "product", Level.Municipal, "440300", "440300", "2024-08-16", "honour-not-granted")]
    [InlineData("hunan-2017", "factory", Level.National, "430100", "430000", "2018-11-01", "level-not-granted")]
    public void Others_elsewhere_and_at_other_times_it_is_refused(
        string policy, string kind, Level level, string region, string authority, string on, string code)
    {
        var (scenario, id) = Registered(kind, region);
        var officer = code == "level-not-granted" ? People.A : People.Of(code == "not-issuing-authority" ? Level.Municipal : level, authority);

        scenario.When(Ask.Grant(on, policy, level), officer, id).ThenRefused(code);
    }

    [Fact]
    public void Where_the_policy_holds_is_named_with_its_article()
    {
        var (scenario, id) = Registered("factory", "440100");

        scenario.When(Ask.Grant("2018-11-01", "hunan-2017", Level.Provincial), People.Guangdong, id)
            .ThenRefused("outside-policy-region", "二(一), titles are those of Hunan");
    }

    [Fact]
    public void A_title_is_not_transferred_to_the_policy_of_another_region()
    {
        var (scenario, id) = Registered("factory", "440100");
        scenario.Given(Ask.Grant("2024-08-16", Rules.Miit2024, Level.Municipal), People.Of(Level.Municipal, "440100"), id);

        scenario.When(Ask.Transfer("2026-06-15", Rules.Miit2024, "shenzhen-2024"), People.Of(Level.Municipal, "440100"), id)
            .ThenRefused("outside-policy-region", "第二条");
    }

    [Fact]
    public void Without_an_exemption_in_the_policy_clean_checks_go_on()
    {
        var scenario = new Scenario().On("2024-09-01").Given(Ask.Register(region: "440300"), People.A)
            .Given(Ask.Grant("2024-08-16", "shenzhen-2024", Level.Municipal), People.Of(Level.Municipal, "440300"));
        foreach (var day in new[] { "2024-10-08", "2025-10-09", "2026-10-12", "2027-10-12" })
            scenario.Checked(CheckOutcome.Clean, day, CheckBasis.Random, "shenzhen-2024");

        Assert.Null(scenario.Title().Exemption);
        Assert.All(scenario.Of(Scenario.Factory).Checks, check => Assert.Equal(CheckStatus.Confirmed, check.Status));
    }

    private static (Scenario Scenario, GrainId Id) Registered(string kind, string region)
    {
        var named = GrainKind.Of(kind);
        var id = named == GrainKind.Enterprise ? Scenario.Enterprise : GrainId.Of(named, "L-0001");
        var register = Ask.Register(region: region) with { EnterpriseName = named == GrainKind.Product ? "甲公司" : null };
        return (new Scenario().On("2026-06-15").Given(register, People.A, id), id);
    }
}
