namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Mistyped results and grants set right, with everything that followed from them.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public void A_correction_that_breaks_the_three_clean_checks_takes_the_exemption_back()
    {
        var scenario = ExemptionTests.Earned();

        scenario.On("2026-06-15").When(Ask.Correct(VersionOf(scenario, 1), CheckOutcome.Minor), People.C).Then(
            new GrainEvent.ResultCorrected(
                Ask.Day("2026-06-15"), "check-2", CheckOutcome.Minor, Ask.Day("2025-01-02"), VersionOf(scenario, 1), "mistyped",
                [new("check-1", Ask.Day("2024-05-06"), true), new("check-2", Ask.Day("2025-01-02"), false), new("check-3", Ask.Day("2026-05-01"), true)], Ask.Day("2026-06-18")),
            new GrainEvent.ExemptionEnded(Ask.Day("2026-06-15"), Scenario.MiitTitle, "correction"));

        Assert.Equal(1, scenario.Title().CleanChecks);
        Assert.NotNull(scenario.Checked(CheckOutcome.Clean, "2026-07-01").Checked(CheckOutcome.Clean, "2026-08-03").Title().Exemption);
    }

    [Fact]
    public void A_fault_that_was_none_earns_the_exemption_from_the_day_of_the_correction()
    {
        var scenario = ExemptionTests.TwoClean().Checked(CheckOutcome.Minor, "2026-05-06").On("2026-06-15");

        scenario.When(Ask.Correct(VersionOf(scenario, 2), CheckOutcome.Clean), People.C).ThenTypes("result.corrected", "exemption.granted");
        Assert.Equal((Ask.Day("2026-06-15"), Ask.Day("2031-06-14")), (scenario.Title().Exemption!.From, scenario.Title().Exemption!.Until));
    }

    [Fact]
    public void A_corrected_date_moves_the_check_in_the_order()
    {
        var scenario = Scenario.Listed().On("2024-05-06");
        var directed = scenario.Ordered(CheckBasis.Directed);
        scenario.Checked(CheckOutcome.Clean, "2024-06-03").On("2024-07-01").Given(Ask.Result(directed, CheckOutcome.Minor, "2024-05-07"), People.A);
        Assert.Equal(1, scenario.Title().CleanChecks);

        scenario.When(Ask.Correct(VersionOf(scenario, 0), on: "2024-06-17"), People.C).ThenTypes("result.corrected");

        Assert.Equal(0, scenario.Title().CleanChecks);
    }

    [Fact]
    public void A_clean_check_that_had_failed_opens_a_case_and_one_that_had_not_withdraws_it()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Clean, "2026-06-15");

        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Failed), People.C).ThenTypes("result.corrected", "case.opened");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Clean), People.B).ThenTypes("result.corrected", "case.withdrawn");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Refused), People.C).ThenTypes("result.corrected", "case.opened");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Failed), People.B).ThenTypes("result.corrected", "case.withdrawn", "case.opened");
        Assert.Equal(["failed-spot-check"], scenario.Of(Scenario.Factory).Cases.Where(found => found.IsOpen()).Select(found => found.Ground));
    }

    [Fact]
    public void A_directed_check_that_had_failed_after_all_ends_the_exemption()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Clean, "2026-06-15", CheckBasis.Directed);

        scenario.When(Ask.Correct(VersionOf(scenario, 3), CheckOutcome.Failed), People.C).ThenTypes("result.corrected", "exemption.ended", "case.opened");
    }

    [Fact]
    public void A_failed_check_that_had_not_failed_gives_the_exemption_back_as_it_was()
    {
        var scenario = ExemptionTests.Earned();
        var before = scenario.Title();
        scenario.Checked(CheckOutcome.Minor, "2026-06-01", CheckBasis.Directed).Checked(CheckOutcome.Failed, "2026-06-15", CheckBasis.Directed)
            .Checked(CheckOutcome.Clean, "2026-07-01");
        Assert.Null(scenario.Title().Exemption);

        scenario.On("2026-07-02").When(Ask.Correct(VersionOf(scenario, 4), CheckOutcome.Clean), People.C)
            .ThenTypes("result.corrected", "exemption.restored", "case.withdrawn");
        Assert.Equal((before.Exemption, before.UsedUpTo, null), (scenario.Title().Exemption, scenario.Title().UsedUpTo, scenario.Title().Ended));
        // The fault remedied on the spot stays counted; the clean check of July fell into the exemption.
        Assert.Equal([false], scenario.Title().Counted.Select(counted => counted.Clean));
        Assert.Contains(scenario.Log(), line => line.ToString().StartsWith("exemption.restored 2026-06-15", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exemption_that_another_failed_check_ended_too_comes_back_once_both_are_corrected()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Failed, "2026-06-15", CheckBasis.Directed).Checked(CheckOutcome.Failed, "2026-06-16", CheckBasis.Directed)
            .On("2026-07-02");

        scenario.When(Ask.Correct(VersionOf(scenario, 3), CheckOutcome.Clean), People.C).ThenTypes("result.corrected", "case.withdrawn");
        scenario.When(Ask.Correct(VersionOf(scenario, 4), CheckOutcome.Minor), People.C).ThenTypes("result.corrected", "exemption.restored", "case.withdrawn");
    }

    [Fact]
    public void An_exemption_that_was_never_earned_does_not_come_back()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Failed, "2026-06-15", CheckBasis.Directed).On("2026-07-02");

        scenario.When(Ask.Correct(VersionOf(scenario, 1), CheckOutcome.Minor), People.C).ThenTypes("result.corrected");
        scenario.When(Ask.Correct(VersionOf(scenario, 3), CheckOutcome.Clean), People.C).ThenTypes("result.corrected", "case.withdrawn");
        Assert.Null(scenario.Title().Exemption);
    }

    [Fact]
    public void An_exemption_given_back_after_its_last_day_is_over_at_once()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Failed, "2026-06-15", CheckBasis.Directed).On("2031-05-20");

        scenario.When(Ask.Correct(VersionOf(scenario, 3), CheckOutcome.Clean), People.C)
            .ThenTypes("result.corrected", "exemption.restored", "case.withdrawn", "exemption.ended");
        Assert.Contains(scenario.Log(), line => line.Type == "exemption.ended" && line.Data.Contains("expired", StringComparison.Ordinal));
    }

    [Fact]
    public void A_grant_is_not_dated_into_a_ban()
    {
        var scenario = Scenario.Listed(Rules.Trial).Given(Ask.Register(), People.A, Scenario.Factory2)
            .Given(Ask.Grant("2023-08-23", Rules.Trial), People.A, Scenario.Factory2)
            .Decided(CaseOutcome.Remove, "2024-03-01", policy: Rules.Trial, to: Scenario.Factory2);
        var version = scenario.Title().GrantVersion;

        scenario.When(Ask.CorrectGrant(version, "2024-03-01"), People.C).ThenRefused("banned", "试八");
        scenario.When(Ask.CorrectGrant(version, "2024-02-29"), People.C).ThenTypes("title.corrected");
        scenario.When(Ask.CorrectGrant(version, certificate: "C-1"), People.C).ThenTypes("title.corrected");
    }

    [Fact]
    public void An_old_fault_dated_anew_leaves_the_exemption_earned_after_it()
    {
        var scenario = Scenario.Listed().On("2023-12-01").Checked(CheckOutcome.Failed, "2023-12-04").On("2023-12-05");
        scenario.Checked(CheckOutcome.Clean, "2024-05-06").Checked(CheckOutcome.Clean, "2025-01-02").Checked(CheckOutcome.Clean, "2026-05-06");

        scenario.When(Ask.Correct(VersionOf(scenario, 0), on: "2023-12-05"), People.C).ThenTypes("result.corrected");
        Assert.NotNull(scenario.Title().Exemption);
    }

    [Fact]
    public void A_result_that_was_decided_on_stands_until_the_decision_is_quashed()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Failed, "2026-06-15").Decided(CaseOutcome.Remove, "2026-06-15");
        var correct = Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Clean);

        scenario.When(correct, People.C).ThenRefused("result-was-decided-on", "行政处罚法 第四十八条");
        scenario.Given(Ask.Reinstate("case-1"), People.C).When(correct, People.C).ThenTypes("result.corrected");
        Assert.Equal(1, scenario.Title().CleanChecks);
    }

    [Fact]
    public void The_outcome_of_another_check_is_not_corrected_while_the_title_is_lost_but_its_date_is()
    {
        var scenario = Scenario.Listed().On("2026-06-01").Checked(CheckOutcome.Clean, "2026-06-02").Decided(CaseOutcome.Remove, "2026-06-15");

        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Failed), People.C)
            .ThenRefused("title-not-in-force", "configuration: not stated in the source; 五(五) has self-declarations (自我声明) spot-checked, without naming false ones");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), on: "2026-06-03"), People.B).ThenTypes("result.corrected");
    }

    [Fact]
    public void A_check_of_a_lost_title_does_not_count_for_the_one_granted_anew()
    {
        var scenario = Scenario.Listed(Rules.Trial).Checked(CheckOutcome.Minor, "2024-06-03", policy: Rules.Trial)
            .Decided(CaseOutcome.Remove, "2026-06-15", policy: Rules.Trial).On("2029-06-15").Given(Ask.Grant("2029-06-15", Rules.Trial), People.A);

        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Clean), People.C).ThenTypes("result.corrected");
        Assert.Empty(scenario.Title().Counted);
    }

    [Fact]
    public void A_result_that_waits_for_confirmation_is_corrected_without_consequence()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        scenario.Given(Ask.Result(scenario.Ordered(), CheckOutcome.Clean, "2026-06-15"), People.Inspector1);

        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Failed), People.B).ThenTypes("result.corrected");
        scenario.When(new GrainCommand.ConfirmResult("check-1"), People.B).ThenTypes("check.failed", "case.opened");
    }

    [Fact]
    public void A_correction_changes_something_and_keeps_to_the_dates()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Clean, "2026-06-15");

        scenario.When(Ask.Correct(VersionOf(scenario, 0), CheckOutcome.Clean), People.C).ThenRefused("correction-changes-nothing");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), on: "2026-06-16"), People.C).ThenRefused("date-in-future");
        scenario.When(Ask.Correct(VersionOf(scenario, 0), on: "2026-06-14"), People.C).ThenRefused("date-too-early");
    }

    [Fact]
    public void A_grant_is_set_right_within_the_dates_of_its_policy()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        var version = scenario.Title().GrantVersion;

        scenario.When(Ask.CorrectGrant(version, "2024-01-19"), People.C).ThenRefused("outside-policy-dates");
        scenario.When(Ask.CorrectGrant(version, "2026-06-16"), People.C).ThenRefused("date-in-future");
        scenario.When(Ask.CorrectGrant(version, "2023-08-23"), People.C).ThenRefused("correction-changes-nothing");
        scenario.When(Ask.CorrectGrant(version + 1, "2023-08-22"), People.C).ThenRefused("nothing-to-correct");
        scenario.When(Ask.CorrectGrant(version, "2023-08-22"), People.Hunan).ThenRefused("not-issuing-authority");
        scenario.When(Ask.CorrectGrant(version, "2023-08-22"), People.C).Then(
            new GrainEvent.TitleCorrected(Ask.Day("2026-06-15"), Scenario.MiitTitle, Ask.Day("2023-08-22"), null, null, version, "mistyped"));
        Assert.Equal((Ask.Day("2023-08-22"), Ask.Day("2023-08-22")), (scenario.Title().GrantedOn, scenario.Title().Since));
    }

    private static long VersionOf(Scenario scenario, int check) => scenario.Of(Scenario.Factory).Checks[check].Result!.Version;
}
