namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Entering the result of a check.</summary>
public sealed class ResultTests
{
    [Fact]
    public void An_inspectors_result_waits_for_an_officers_confirmation()
    {
        var scenario = Approved();

        scenario.When(Ask.Result("check-1", CheckOutcome.Failed, "2026-06-15"), People.Inspector1)
            .Then(new GrainEvent.ResultRecorded(Ask.Day("2026-06-15"), "check-1", CheckOutcome.Failed, Ask.TwoInspectors, []));
        Assert.Empty(scenario.Of(Scenario.Factory).Cases);
        scenario.On("2026-06-17").When(new GrainCommand.ConfirmResult("check-1"), People.B).Then(
            new GrainEvent.CheckConcluded(Ask.Day("2026-06-15"), "check-1", CheckOutcome.Failed, Ask.TwoInspectors, [], Ask.Day("2026-06-17"), Counts: false, Ask.Day("2026-07-16")),
            new GrainEvent.CaseOpened(Ask.Day("2026-06-17"), "case-1", Scenario.MiitTitle, "failed-spot-check", "五(五)", null, Urgent: false, "check-1", null));

        var result = scenario.Of(Scenario.Factory).Checks[0].Result!;
        Assert.Equal((People.Inspector1.Id, People.B.Id), (result.RecordedBy, result.ConfirmedBy));
    }

    [Fact]
    public void An_inspector_who_is_not_named_is_refused() =>
        Approved().When(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-15"), People.Inspector3).ThenRefused("not-your-check", "行政处罚法 第四十二条");

    [Fact]
    public void Where_none_was_named_the_inspectors_of_the_result_are_asked()
    {
        var open = Ask.Random("2026-07-31") with { Inspectors = [] };
        var scenario = Scenario.Listed().On("2026-06-15").Given(open, People.A).Given(new GrainCommand.ApproveCheck("check-1"), People.B);

        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-15"), People.Inspector3).ThenRefused("not-your-check");
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-15", "I-3", "I-4"), People.Inspector3).ThenTypes("result.recorded");
    }

    [Theory]
    [InlineData("2026-06-16", "date-in-future")]
    [InlineData("2026-06-14", "date-too-early")]
    public void The_date_lies_between_the_order_and_today(string on, string code) =>
        Approved().When(Ask.Result("check-1", CheckOutcome.Clean, on), People.A).ThenRefused(code, "contract");

    [Theory]
    [InlineData("I-1")]
    [InlineData("I-1", "I-1")]
    [InlineData("I-1", "I-2", "I-1")]
    public void At_least_two_inspectors_and_none_twice(params string[] inspectors) =>
        Approved().When(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-15", inspectors), People.A).ThenRefused("too-few-inspectors", "行政处罚法 第四十二条");

    [Fact]
    public void An_order_that_names_inspectors_names_enough() =>
        Scenario.Listed().On("2026-06-15").When(Ask.Random("2026-07-31") with { Inspectors = ["I-1"] }, People.A).ThenRefused("too-few-inspectors");

    [Fact]
    public void A_check_has_one_result() =>
        Approved().Given(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-15"), People.A)
            .When(Ask.Result("check-1", CheckOutcome.Failed, "2026-06-15"), People.B).ThenRefused("result-already-recorded", "contract");

    [Fact]
    public void A_refused_check_opens_a_case_on_its_own_ground() =>
        Assert.Equal("refused-spot-check", Assert.Single(Scenario.Listed().Checked(CheckOutcome.Refused, "2026-06-15").Of(Scenario.Factory).Cases).Ground);

    [Fact]
    public void A_check_past_its_last_day_is_shown_as_overdue_and_can_still_be_made()
    {
        var scenario = Approved();
        Assert.Equal(new DateTimeOffset(2026, 8, 14, 16, 0, 0, TimeSpan.Zero), scenario.NextWakeUp());

        scenario.On("2026-09-01").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.CheckOverdue(Ask.Day("2026-08-15"), "check-1"));
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, "2026-09-01"), People.A).ThenTypes("check.passed");
    }

    [Fact]
    public void An_order_says_why_or_from_which_draw_and_is_not_due_before_today()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Directed("2026-07-31") with { Reason = " " }, People.A).ThenRefused("reason-needed");
        scenario.When(Ask.Random("2026-07-31") with { Draw = null }, People.A).ThenRefused("draw-needed");
        scenario.When(Ask.Random("2026-06-14"), People.A).ThenRefused("date-too-early");
    }

    [Fact]
    public void Approval_is_asked_for_from_the_day_of_the_rule_on()
    {
        var scenario = Scenario.Listed();

        Assert.Equal(CheckStatus.Approved, scenario.On("2025-01-02").Given(Ask.Directed("2025-02-28"), People.A).Of(Scenario.Factory).Checks[^1].Status);
        Assert.Equal(CheckStatus.Planned, scenario.On("2025-01-03").Given(Ask.Directed("2025-02-28"), People.A).Of(Scenario.Factory).Checks[^1].Status);
    }

    /// <summary>Ordered by a and approved by b on 2026-06-15.</summary>
    private static Scenario Approved()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        scenario.Ordered();
        return scenario;
    }
}
