namespace Supervision.Grains.Tests.Behaviour;

/// <summary>除名: removal, the ban that goes with it, and its quashing.</summary>
public sealed class RemovalTests
{
    [Fact]
    public void A_removal_and_the_ban_of_the_enterprise_are_one_turn()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Failed, "2026-09-01");
        var id = scenario.Heard("2026-09-30");

        var outcome = scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B);

        var until = Ask.Day("2029-09-29");
        outcome
            .ThenOn(
                Scenario.Factory,
                new GrainEvent.CaseDecided(Ask.Day("2026-09-30"), id, CaseOutcome.Remove, "reason", "N-1", Ask.Day("2026-10-15"), Ask.Day("2026-11-03")),
                new GrainEvent.TitleRemoved(Ask.Day("2026-09-30"), Scenario.MiitTitle, id, "failed-spot-check", "五(五)", "N-1", until, "ban-1", Scenario.Enterprise))
            .ThenOn(
                Scenario.Enterprise,
                new GrainEvent.BanImposed(
                    Ask.Day("2026-09-30"), "ban-1", Rules.Miit, Rules.Book[Rules.Miit].Ban!.Years.Article, Scenario.Factory, id, until,
                    OpenedOn: scenario.Of(Scenario.Factory).Cases.Single(found => found.Id == id).OpenedOn));
        Assert.Equal(Supervision.Grains.Calendars.CivilTime.AfterLastDay(until), scenario.NextWakeUp(Scenario.Enterprise));
    }

    [Fact]
    public void A_removal_cancels_open_checks_and_ends_the_exemption()
    {
        var scenario = ExemptionTests.Earned().On("2026-09-01");
        scenario.Ordered(CheckBasis.Directed);
        var id = scenario.Heard("2026-09-02");

        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenTypes("case.decided", "title.removed", "exemption.ended", "check.cancelled");

        Assert.Null(scenario.Disclosed().NextWakeUp());
    }

    [Fact]
    public void No_title_is_granted_within_the_ban_nor_dated_into_it_afterwards()
    {
        var scenario = Removed("2026-09-30");

        scenario.On("2029-09-29").When(Ask.Grant("2026-09-29", Rules.Trial), People.A).ThenRefused("banned", "试八");
        scenario.On("2029-09-30").When(Ask.Grant("2029-09-29", Rules.Trial), People.A).ThenRefused("banned", "试八");
        scenario.When(Ask.Grant("2029-09-30", Rules.Trial), People.A).ThenTypes("title.granted");
    }

    [Fact]
    public void The_ban_reaches_another_site_of_the_enterprise_and_the_enterprise_itself()
    {
        var scenario = Removed("2026-09-30").Given(Ask.Register(), People.A, Scenario.Factory2);

        scenario.When(Ask.Grant("2026-09-30", Rules.Trial), People.A, Scenario.Factory2).ThenRefused("banned");
        scenario.When(Ask.Grant("2026-09-30", Rules.Trial, Level.Provincial, honour: "green-enterprise"), People.Hunan, Scenario.Enterprise).ThenRefused("banned");
        scenario.When(
            new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2026-09-30", Rules.Trial)), People.Bootstrap, Scenario.Factory2).ThenRefused("banned");
    }

    [Fact]
    public void A_list_from_before_the_ban_is_still_entered() =>
        Removed("2026-09-30").Given(Ask.Register(), People.A, Scenario.Factory2)
            .When(new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2026-09-29", Rules.Trial)), People.Bootstrap, Scenario.Factory2)
            .ThenTypes("title.granted");

    [Fact]
    public void A_list_that_names_another_enterprise_does_not_get_around_the_ban()
    {
        var other = EntityName.EnterpriseOf("别的公司");
        var scenario = Removed("2026-09-30").Given(Ask.Register("别的公司"), People.A, other).Given(Ask.Register(), People.A, Scenario.Factory2);

        scenario.When(
            new GrainCommand.ImportListing(Ask.Register(enterprise: other), Ask.Grant("2026-09-30", Rules.Trial)), People.Bootstrap, Scenario.Factory2)
            .ThenRefused("banned");
    }

    [Fact]
    public void What_was_pending_on_a_title_that_was_lost_does_not_pass_to_the_one_granted_anew()
    {
        var scenario = Scenario.Listed(Rules.Trial).Decided(CaseOutcome.Rectify, "2026-09-01", policy: Rules.Trial)
            .Given(Ask.Open("major-accident", Rules.Trial), People.A);
        var id = scenario.Given(Ask.Open("false-declaration", Rules.Trial), People.A).Of(Scenario.Factory).Cases[^1].Id;
        scenario.Given(Ask.Serve(id, "2026-09-01"), People.A).Given(Ask.State(id), People.A).Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        scenario.On("2029-09-01").When(Ask.Grant("2029-09-01", Rules.Trial), People.A).ThenTypes("case.withdrawn", "rectification.cancelled", "title.granted");

        Assert.Null(scenario.NextWakeUp());
        Assert.Equal(TitleStatus.Listed, scenario.Title().Status);
    }

    private static Scenario Removed(string on) => Scenario.Listed(Rules.Trial).Decided(CaseOutcome.Remove, on, policy: Rules.Trial);
}
