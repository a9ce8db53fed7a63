namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Those whom supervision is about act on what is their own, and have no say in what authorities decide.</summary>
public sealed class PartyTests
{
    private static readonly GrainId Other = EntityName.EnterpriseOf("另一家有限公司");

    [Fact]
    public void An_enterprise_files_a_statement_about_its_own_entity()
    {
        Served().When(Ask.State("case-1"), Enterprise(Scenario.Enterprise)).ThenTypes("statement.received");
        Served().When(Ask.State("case-1"), Enterprise(Other)).ThenRefused("not-your-entity", "contract");
    }

    [Fact]
    public void It_owns_what_bears_any_of_its_identities() =>
        Served().When(Ask.State("case-1"), Enterprise(Other, Scenario.Enterprise)).ThenTypes("statement.received");

    [Fact]
    public void It_owns_itself() =>
        Scenario.Registered().On("2026-06-15").When(Ask.Rename("2026-06-15"), Enterprise(Scenario.Enterprise), Scenario.Enterprise)
            .Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-15"), "湖南新名制造有限公司", Listed: false));

    [Fact]
    public void A_name_that_a_holder_files_is_reported_whatever_titles_there_are()
    {
        foreach (var scenario in new[] { Scenario.Registered(), Scenario.Listed() })
        {
            scenario.On("2026-06-15").When(Ask.Rename("2026-06-15"), Enterprise(Scenario.Enterprise))
                .Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-15"), "湖南新名制造有限公司", Listed: false));
        }
    }

    [Fact]
    public void No_party_issues_titles()
    {
        foreach (var role in new[] { Role.Enterprise, Role.CertificationBody, Role.Evaluator })
            Assert.False(new Actor("p", "p", role, Authority.National).Issues("national"));
        Assert.True(People.A.Issues("national"));
    }

    [Theory]
    [InlineData("某某认证中心", true)]
    [InlineData("某某 认证中心", true)]
    [InlineData("另一认证中心", false)]
    public void A_body_owns_what_a_title_says_it_evaluated(string body, bool owns)
    {
        var scenario = Scenario.Registered().Given(Ask.Grant("2023-08-23") with { Evaluator = "某某认证中心" }, People.A);

        Assert.Equal(owns, new Actor("p", "p", Role.Evaluator, Authority.National) { Body = body }.Owns(Scenario.Factory, scenario.Of(Scenario.Factory)));
    }

    private static Scenario Served() =>
        Scenario.Listed().Checked(CheckOutcome.Failed, "2026-06-15").Given(Ask.Serve("case-1", "2026-06-15"), People.A);

    private static Actor Enterprise(params GrainId[] identities) =>
        new("p-enterprise", "enterprise", Role.Enterprise, Authority.National) { Enterprise = identities[0], Own = identities };
}
