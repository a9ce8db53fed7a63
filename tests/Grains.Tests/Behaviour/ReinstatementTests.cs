namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A removal that was quashed never was.</summary>
public sealed class ReinstatementTests
{
    [Fact]
    public void A_reinstatement_gives_back_the_status_its_date_and_the_exemption_and_lifts_the_ban()
    {
        var scenario = ExemptionTests.Earned();
        var before = scenario.Title();
        scenario.Decided(CaseOutcome.Remove, "2026-09-01");

        scenario.On("2027-01-04").When(Ask.Reinstate("case-1"), People.C)
            .ThenOn(
                Scenario.Factory,
                new GrainEvent.TitleReinstated(Ask.Day("2026-09-01"), Scenario.MiitTitle, "case-1", "quashed", "N-2", TitleStatus.Listed, before.Exemption, Ask.Day("2027-01-07")),
                // As it never was lost, it came under the rules that took it over while it was.
                new GrainEvent.TitleTransferred(Ask.Day("2024-01-19"), Scenario.MiitTitle, Scenario.MiitTitle with { Policy = Rules.Miit2024 }),
                new GrainEvent.DeclarationExpected(Ask.Day("2027-01-04"), Rules.Miit2024, "annual", 2026, Ask.Day("2027-01-01"), Ask.Day("2027-04-15")))
            .ThenOn(Scenario.Enterprise, new GrainEvent.BanLifted(Ask.Day("2026-09-01"), "ban-1", "quashed"));

        var after = scenario.Title();
        Assert.Equal((before.Status, before.Since, before.Exemption!.Until), (after.Status, after.Since, after.Exemption!.Until));
        Assert.Null(after.Removal);
        Assert.Null(scenario.NextWakeUp(Scenario.Enterprise));
        scenario.Given(Ask.Register(), People.A, Scenario.Factory2).When(Ask.Grant("2027-01-04", Rules.Trial), People.A, Scenario.Factory2).ThenTypes("title.granted");
    }

    [Fact]
    public void An_exemption_that_ran_out_meanwhile_ends_at_once() =>
        ExemptionTests.Earned().Decided(CaseOutcome.Remove, "2030-09-02").On("2031-06-02")
            .When(Ask.Reinstate("case-1"), People.C).ThenTypes("title.reinstated", "title.transferred", "exemption.ended", "declaration.expected");

    [Fact]
    public void A_ban_that_ran_out_meanwhile_ends_before_it_is_lifted()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01").On("2030-01-07");

        scenario.When(Ask.Reinstate("case-1"), People.C).ThenOn(
            Scenario.Enterprise,
            new GrainEvent.BanEnded(Ask.Day("2029-09-01"), "ban-1"),
            new GrainEvent.BanLifted(Ask.Day("2026-09-01"), "ban-1", "quashed"));
    }

    [Fact]
    public void The_ban_is_lifted_where_it_was_imposed_also_when_the_enterprise_is_another_by_now()
    {
        var other = EntityName.EnterpriseOf("别的公司");
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01").On("2029-09-01")
            .Given(Ask.Register("别的公司"), People.A, other).Given(Ask.Register(enterprise: other), People.A);

        scenario.When(Ask.Reinstate("case-1"), People.C).ThenOn(
            Scenario.Enterprise,
            new GrainEvent.BanEnded(Ask.Day("2029-09-01"), "ban-1"),
            new GrainEvent.BanLifted(Ask.Day("2026-09-01"), "ban-1", "quashed"));
    }

    [Fact]
    public void Only_the_case_that_removed_the_title_is_quashed() =>
        Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01").When(Ask.Reinstate("case-7"), People.C)
            .ThenRefused("case-did-not-remove", "行政处罚法 第四十八条");

    [Fact]
    public void A_grant_set_right_while_the_title_is_lost_is_right_after_the_reinstatement()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01");
        scenario.Given(Ask.CorrectGrant(scenario.Title().GrantVersion, grantedOn: "2023-08-22"), People.C).Given(Ask.Reinstate("case-1"), People.C);

        Assert.Equal((Ask.Day("2023-08-22"), Ask.Day("2023-08-22")), (scenario.Title().GrantedOn, scenario.Title().Since));
    }
}
