namespace Supervision.Grains.Tests.Behaviour;

/// <summary>From a finding to a decision: notice, window, statement, and who decides.</summary>
public sealed class CaseTests
{
    [Fact]
    public void A_failed_check_opens_a_case_and_the_title_stays_in_force()
    {
        var scenario = Failed();

        var found = Assert.Single(scenario.Of(Scenario.Factory).Cases);
        Assert.Equal(("failed-spot-check", "五(五)", "check-1", CaseStatus.Opened), (found.Ground, found.Article, found.Check, found.Status));
        Assert.Equal(TitleStatus.Listed, scenario.Title().Status);
    }

    [Fact]
    public void The_window_is_five_working_days_across_the_National_Day_holiday_of_2026() =>
        // Served on Wednesday: 1 to 7 October are off, Saturday the 10th is worked.
        Failed().On("2026-09-30").When(Ask.Serve("case-1", "2026-09-30"), People.A)
            .Then(new GrainEvent.CaseServed(Ask.Day("2026-09-30"), "case-1", "post", Ask.Day("2026-10-13"), new ServedDocument(null, "national")));

    [Fact]
    public void No_decision_before_the_window_has_ended_and_one_on_the_day_after()
    {
        var scenario = Failed().On("2026-09-30").Given(Ask.Serve("case-1", "2026-09-30"), People.A);

        scenario.On("2026-10-13").When(Ask.Decide("case-1", CaseOutcome.Remove), People.B).ThenRefused("window-still-open", "行政处罚法 第四十五条");
        scenario.On("2026-10-14").When(Ask.Decide("case-1", CaseOutcome.Remove), People.B).ThenTypes("window.ended", "case.decided", "title.removed");
        Assert.Equal(Ask.Day("2026-10-14"), scenario.Log().Single(line => line.Type == "window.ended").EffectiveOn);
        Assert.Equal("system", scenario.Log().Single(line => line.Type == "window.ended").Actor);
    }

    [Fact]
    public void A_statement_makes_a_decision_possible_at_once() =>
        Failed().On("2026-09-30").Given(Ask.Serve("case-1", "2026-09-30"), People.A).Given(Ask.State("case-1"), People.A)
            .When(Ask.Decide("case-1", CaseOutcome.Dismiss), People.B)
            .Then(new GrainEvent.CaseDecided(Ask.Day("2026-09-30"), "case-1", CaseOutcome.Dismiss, "reason", "N-1"));

    [Fact]
    public void An_urgent_case_has_a_shorter_window_where_its_ground_allows_it()
    {
        Failed().When(Ask.Open("false-declaration", urgent: true), People.A).ThenRefused("not-urgent");
        Failed().On("2026-09-30").Given(Ask.Incident("2026-09-28"), People.C, Scenario.Enterprise).Given(Ask.Determine("2026-09-29"), People.C, Scenario.Enterprise)
            .Given(Ask.Open("major-accident", urgent: true), People.A).When(Ask.Serve("case-2", "2026-09-30"), People.A)
            .Then(new GrainEvent.CaseServed(Ask.Day("2026-09-30"), "case-2", "post", Ask.Day("2026-10-08"), new ServedDocument(null, "national")));
    }

    [Fact]
    public void Service_is_dated_between_the_opening_and_today()
    {
        var scenario = Failed().On("2026-09-30");

        scenario.When(Ask.Serve("case-1", "2026-10-01"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Serve("case-1", "2026-08-31"), People.A).ThenRefused("date-too-early");
    }

    [Fact]
    public void A_policy_without_rectification_orders_none()
    {
        var scenario = Failed();
        var id = scenario.Heard("2026-09-30");

        scenario.When(Ask.Decide(id, CaseOutcome.Rectify), People.B).ThenRefused("rectification-not-provided", "五(五)");
        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenTypes("case.decided", "title.removed");
    }

    [Fact]
    public void A_ground_that_the_policy_does_not_know_opens_nothing() =>
        Failed().When(Ask.Open("bad-weather"), People.A).ThenRefused("unknown-ground");

    /// <summary>A random check failed on 2026-09-01; officer a entered the result.</summary>
    private static Scenario Failed() => Scenario.Listed().Checked(CheckOutcome.Failed, "2026-09-01");
}
