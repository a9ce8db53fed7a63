namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Who may act where, and who may decide.</summary>
public sealed class ScopeTests
{
    [Fact]
    public void A_provincial_officer_acts_in_its_own_province_only()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Directed("2026-07-31"), People.Guangdong).ThenRefused("out-of-scope", "contract");
        scenario.When(Ask.Register(region: "430000", industry: "机械"), People.Guangdong).ThenRefused("out-of-scope");
        scenario.When(Ask.Register(region: "440000"), People.Guangdong).ThenRefused("out-of-scope");
        scenario.When(Ask.Directed("2026-07-31"), People.Hunan).ThenTypes("check.ordered");
    }

    [Fact]
    public void A_province_does_not_cover_its_planning_city()
    {
        new Scenario().When(Ask.Register(region: "440300"), People.Guangdong).ThenRefused("out-of-scope");
        new Scenario().When(Ask.Register(region: "440100"), People.Guangdong).ThenTypes("entity.registered");
    }

    [Fact]
    public void A_city_and_a_county_act_in_their_own_places_only()
    {
        var changsha = People.Of(Level.Municipal, "430100");
        var xiantao = People.Of(Level.Municipal, "429004");
        new Scenario().When(Ask.Register(region: "430181"), changsha).ThenTypes("entity.registered");
        new Scenario().When(Ask.Register(region: "430000"), changsha).ThenRefused("out-of-scope");
        new Scenario().When(Ask.Register(region: "430200"), changsha).ThenRefused("out-of-scope");
        new Scenario().When(Ask.Register(region: "429004"), xiantao).ThenTypes("entity.registered");
        new Scenario().When(Ask.Register(region: "429005"), xiantao).ThenRefused("out-of-scope");
    }

    [Fact]
    public void The_Corps_acts_in_its_cities_and_Xinjiang_does_not()
    {
        var xinjiang = People.Of(Level.Provincial, "650000");
        new Scenario().When(Ask.Register(region: "659001"), People.Of(Level.Provincial, "660000")).ThenTypes("entity.registered");
        new Scenario().When(Ask.Register(region: "659001"), xinjiang).ThenRefused("out-of-scope");
        new Scenario().When(Ask.Register(region: "660000"), xinjiang).ThenRefused("out-of-scope");
    }

    [Fact]
    public void An_entity_without_a_region_is_the_ministrys()
    {
        new Scenario().When(Ask.Register(region: null), People.Hunan).ThenRefused("out-of-scope");
        new Scenario().When(Ask.Register(region: null), People.A).ThenTypes("entity.registered");
    }

    [Fact]
    public void A_province_opens_and_serves_a_case_on_a_national_title_and_does_not_decide_it()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Open(), People.Hunan).Given(Ask.Serve("case-1", "2026-06-15"), People.Hunan)
            .Given(Ask.State("case-1"), People.Hunan);

        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), People.Hunan).ThenRefused("not-issuing-authority", "四(一)");
        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), People.B).ThenTypes("case.decided", "title.removed");
        scenario.When(Ask.Reinstate("case-1"), People.Hunan).ThenRefused("not-issuing-authority");
    }

    [Fact]
    public void Each_authority_grants_its_own_titles()
    {
        var scenario = Scenario.Registered();

        scenario.When(Ask.Grant("2023-08-23", Rules.Trial), People.Hunan).ThenRefused("not-issuing-authority");
        scenario.When(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.A).ThenRefused("not-issuing-authority");
        scenario.When(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.Hunan).ThenTypes("title.granted");
        scenario.When(Ask.Grant("2023-08-23", Rules.Trial), People.A).ThenTypes("title.granted");
        Assert.Equal(["provincial/430000", "national"], scenario.Of(Scenario.Factory).Titles.Select(title => title.Authority));
    }

    [Fact]
    public void Where_two_titles_fit_the_command_has_to_say_which()
    {
        var scenario = Scenario.Listed(Rules.Trial).Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.Hunan).On("2026-06-15");

        scenario.When(Ask.Random("2026-07-31", Rules.Trial), People.A).ThenRefused("title-ambiguous");
        scenario.When(Ask.Random("2026-07-31", Rules.Trial, Level.Provincial), People.A).ThenTypes("check.ordered");
    }

    [Fact]
    public void A_title_is_granted_within_the_dates_of_its_policy()
    {
        var scenario = Scenario.Registered().On("2026-06-15");

        scenario.When(Ask.Grant("2024-01-19"), People.A).ThenRefused("outside-policy-dates", "工信部节〔2024〕13号, in force from 2024-01-19");
        scenario.When(Ask.Grant("2016-09-02"), People.A).ThenRefused("outside-policy-dates");
        scenario.When(Ask.Grant("2026-06-16"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Grant("2024-01-18", level: Level.Provincial), People.A).ThenRefused("level-not-granted", "四(一)");
        scenario.When(Ask.Grant("2024-01-18", honour: "green-park"), People.A).ThenRefused("honour-not-granted");
        scenario.When(Ask.Grant("2024-01-18", "miit-1999"), People.A).ThenRefused("unknown-policy");
        scenario.When(Ask.Grant("2024-01-18"), People.A).ThenTypes("title.granted", "title.transferred", "declaration.expected");
    }

    [Fact]
    public void A_command_for_another_version_is_refused_after_what_is_due_was_applied()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        scenario.Ordered();
        var version = scenario.Known(Scenario.Factory).Version;

        var turn = scenario.On("2026-12-01").Send(new GrainCommand.CancelCheck("check-1", "mistake"), People.A, expectedVersion: version);

        Assert.Equal(new Rejection.StaleVersion(version, version + 1), turn.Rejection);
        Assert.Equal("check.overdue", Assert.Single(turn.Target.Events).Event.Type);
    }
}
