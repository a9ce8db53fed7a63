namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Re-evaluation: every few years and after changes; whose delay costs whom.</summary>
public sealed class ReEvaluationTests
{
    [Fact]
    public void It_comes_round_years_after_the_grant_with_the_days_of_notice_before()
    {
        var next = DutySituations.Expected().Title().ReEvaluation!;

        Assert.Equal((Ask.Day("2029-03-02"), Ask.Day("2029-01-01")), (next.DueOn, next.AnnounceBy));
    }

    [Fact]
    public void What_was_due_before_the_title_was_supervised_has_no_consequence()
    {
        var scenario = Scenario.Registered().On("2026-03-02").Given(Ask.Grant("2020-01-15", Rules.Duties), People.A);

        Assert.Equal((Ask.Day("2029-01-15"), Ask.Day("2028-11-16")), scenario.Title().ReEvaluation is { } next ? (next.DueOn, next.AnnounceBy) : default);
    }

    [Fact]
    public void The_authoritys_own_delay_is_recorded_and_costs_the_holder_nothing()
    {
        var late = DutySituations.Woken(DutySituations.Expected(), "2029-06-01");
        Assert.Contains(late.Recorded(), recorded => recorded.Event is GrainEvent.ReEvaluationDelayed { ReEvaluation: null } && recorded.Event.EffectiveOn == Ask.Day("2029-01-02"));

        late.Given(Ask.Announce("2029-06-01"), People.A).Given(Ask.Report("2029-06-01"), People.A);
        DutySituations.Woken(late, "2029-12-01");
        Assert.Contains(late.Recorded(), recorded => recorded.Event is GrainEvent.ReEvaluationDelayed { ReEvaluation: "re-evaluation-1" } && recorded.Event.EffectiveOn == Ask.Day("2029-08-01"));
        Assert.Empty(late.Of(Scenario.Factory).Cases);
        Assert.True(late.Title().InForce);

        late.Given(Ask.Conclude(ReEvaluationOutcome.Passed, "2029-12-01"), People.A);
        Assert.Equal(Ask.Day("2032-12-01"), late.Title().ReEvaluation!.DueOn);
    }

    [Fact]
    public void An_announcement_ahead_of_its_time_leaves_the_holder_the_time_that_it_has()
    {
        var scenario = DutySituations.Expected();

        scenario.When(Ask.Announce("2026-04-15"), People.A).Then(new GrainEvent.ReEvaluationAnnounced(
            Ask.Day("2026-04-15"), "re-evaluation-1", DutySituations.Title, Ask.Day("2029-03-02"), "post", Ask.Day("2029-01-31")));
    }

    [Fact]
    public void A_change_triggers_one_and_other_changes_do_not()
    {
        var scenario = DutySituations.Expected();
        scenario.When(Ask.Trigger("2026-04-15", ChangeKind.Rename), People.A).ThenRefused("change-triggers-none");

        scenario.When(Ask.Trigger("2026-04-15"), People.A).Then(new GrainEvent.ReEvaluationTriggered(
            Ask.Day("2026-04-15"), "re-evaluation-1", DutySituations.Title, ChangeKind.Relocation, "责七(四)", Ask.Day("2026-05-15")));
    }

    [Fact]
    public void A_report_that_is_missed_opens_a_case_and_one_that_came_in_time_withdraws_it()
    {
        var scenario = DutySituations.All["missed"]();
        var opened = Assert.Single(scenario.Of(Scenario.Factory).Cases);
        Assert.Equal(("missed-re-evaluation", "re-evaluation-1", Ask.Day("2026-05-16")), (opened.Ground, opened.ReEvaluation, opened.OpenedOn));

        scenario.When(Ask.Report("2026-05-15"), People.A).ThenTypes("re-evaluation.reported", "case.withdrawn");
    }

    [Fact]
    public void A_failed_one_opens_a_case_which_another_person_decides()
    {
        var scenario = DutySituations.Reported();
        scenario.When(Ask.Conclude(ReEvaluationOutcome.Failed, "2026-04-15"), People.B).ThenTypes("re-evaluation.failed", "case.opened");
        scenario.Given(Ask.Serve("case-1", "2026-04-15"), People.A).Given(Ask.State("case-1"), People.A);

        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), People.B).ThenRefused("second-person-needed");
        scenario.Given(Ask.Decide("case-1", CaseOutcome.Remove), People.C);
        Assert.False(scenario.Title().InForce);
    }

    [Fact]
    public void A_removal_calls_off_the_one_under_way_and_a_reinstatement_lets_it_come_round_again()
    {
        var scenario = DutySituations.Triggered().Decided(CaseOutcome.Remove, "2026-04-15", policy: Rules.Duties);
        Assert.Equal(ReEvaluationStatus.Cancelled, scenario.Of(Scenario.Factory).ReEvaluations![0].Status);

        scenario.Given(Ask.Reinstate("case-1", Rules.Duties), People.C);

        Assert.Equal(Ask.Day("2029-03-02"), scenario.Title().ReEvaluation!.DueOn);
    }

    [Fact]
    public void A_transfer_takes_the_one_under_way_along()
    {
        var scenario = DutySituations.Triggered().Given(Ask.Transfer("2026-04-15", from: Rules.Duties, to: Rules.Miit2024), People.A);

        Assert.Equal(Rules.Miit2024, scenario.Of(Scenario.Factory).ReEvaluations![0].Title.Policy);
        DutySituations.Woken(scenario, "2026-05-18");
        Assert.Equal(ReEvaluationStatus.Missed, scenario.Of(Scenario.Factory).ReEvaluations![0].Status);
        // The other policy has no re-evaluation, so nothing follows from it.
        Assert.Empty(scenario.Of(Scenario.Factory).Cases);
    }
}
