namespace Supervision.Grains.Tests.Behaviour;

/// <summary>整改, under a policy that has it.</summary>
public sealed class RectificationTests
{
    [Fact]
    public void Where_rectification_comes_first_a_removal_is_refused()
    {
        var scenario = Scenario.Listed(Rules.Trial).Checked(CheckOutcome.Failed, "2026-06-15", policy: Rules.Trial);
        var id = scenario.Heard("2026-06-15", policy: Rules.Trial);

        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenRefused("rectification-first", "试六(一)");
        scenario.When(Ask.Decide(id, CaseOutcome.Rectify), People.B).Then(
            new GrainEvent.CaseDecided(Ask.Day("2026-06-15"), id, CaseOutcome.Rectify, "reason", "N-1"),
            new GrainEvent.RectificationOrdered(Ask.Day("2026-06-15"), "rectification-1", Scenario.TrialTitle, id, Ask.Day("2026-07-15")));
        Assert.Equal((TitleStatus.Rectifying, true), (scenario.Title().Status, scenario.Title().InForce));
    }

    [Fact]
    public void A_completed_rectification_gives_the_title_back_its_status()
    {
        var scenario = Ordered();

        scenario.On("2026-07-15").When(Ask.Complete("2026-07-14"), People.A).Then(new GrainEvent.RectificationCompleted(Ask.Day("2026-07-14"), "rectification-1", "evidence"));
        Assert.Equal((TitleStatus.Listed, Ask.Day("2026-07-14")), (scenario.Title().Status, scenario.Title().Since));
        Assert.Null(scenario.NextWakeUp());
    }

    [Fact]
    public void A_missed_rectification_opens_a_case_of_its_own_that_may_remove()
    {
        var scenario = Ordered().On("2026-08-03").When(new GrainCommand.WakeUp(), Actor.System).Then(
            new GrainEvent.RectificationOverdue(Ask.Day("2026-07-16"), "rectification-1"),
            new GrainEvent.CaseOpened(
                Ask.Day("2026-07-16"), "case-2", Scenario.TrialTitle, "overdue-rectification", "试六(三)", null, Urgent: false, null, "rectification-1"));
        Assert.Equal(TitleStatus.Rectifying, scenario.Title().Status);

        scenario.Decided(CaseOutcome.Remove, "2026-08-03", policy: Rules.Trial);

        Assert.Equal(TitleStatus.Removed, scenario.Title().Status);
    }

    [Fact]
    public void One_done_in_time_and_recorded_late_was_done_in_time() =>
        Ordered().On("2026-07-20").When(Ask.Complete("2026-07-15"), People.A)
            .ThenTypes("rectification.overdue", "case.opened", "rectification.completed", "case.withdrawn");

    [Fact]
    public void One_done_too_late_is_for_the_decision()
    {
        var scenario = Ordered().On("2026-07-20");

        scenario.When(Ask.Complete("2026-07-16"), People.A).ThenRefused("rectification-closed");
        scenario.Decided(CaseOutcome.Dismiss, "2026-07-20", policy: Rules.Trial);

        Assert.Equal(TitleStatus.Listed, scenario.Title().Status);
    }

    [Fact]
    public void A_rectification_completed_after_a_removal_does_not_bring_the_title_back()
    {
        var scenario = Ordered().Decided(CaseOutcome.Remove, "2026-06-22", policy: Rules.Trial);

        scenario.On("2026-06-29").When(Ask.Complete("2026-06-26"), People.A).ThenTypes("rectification.completed");
        Assert.Equal(TitleStatus.Removed, scenario.Title().Status);

        scenario.Given(Ask.Reinstate("case-2", Rules.Trial), People.C);
        Assert.Equal((TitleStatus.Listed, Ask.Day("2026-06-26")), (scenario.Title().Status, scenario.Title().Since));
    }

    [Fact]
    public void A_rectification_is_dated_between_its_order_and_today()
    {
        Ordered().When(Ask.Complete("2026-06-16"), People.A).ThenRefused("date-in-future");
        Ordered().When(Ask.Complete("2026-06-14"), People.A).ThenRefused("date-too-early");
    }

    /// <summary>Ordered on 2026-06-15 in case-1, due by 2026-07-15.</summary>
    private static Scenario Ordered() => Scenario.Listed(Rules.Trial).Decided(CaseOutcome.Rectify, "2026-06-15", policy: Rules.Trial);
}
