namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Where two are asked for, persons are compared, not keys.</summary>
public sealed class FourEyesTests
{
    public static TheoryData<string> Keys => ["same", "other"];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_ordered_a_check_does_not_approve_it(string key)
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Random("2026-07-31"), People.A);

        scenario.When(new GrainCommand.ApproveCheck("check-1"), KeyOf(People.A, key)).ThenRefused("second-person-needed", "国办发〔2024〕54号; 行政处罚法 第四十三条");
        scenario.When(new GrainCommand.ApproveCheck("check-1"), People.B).ThenTypes("check.approved");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_entered_or_made_a_check_does_not_confirm_it(string key)
    {
        var scenario = Recorded(CheckOutcome.Clean);

        scenario.When(new GrainCommand.ConfirmResult("check-1"), KeyOf(People.Inspector1, key)).ThenRefused("second-person-needed");
        // I-2 made the check and did not enter it.
        var inspector2 = People.OtherKeyOf(People.Inspector1) with { Id = "p-i-2", Person = "I-2" };
        scenario.When(new GrainCommand.ConfirmResult("check-1"), inspector2).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.ConfirmResult("check-1"), People.A).ThenTypes("check.passed");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_opened_a_case_does_not_decide_it(string key)
    {
        var scenario = Scenario.Listed();
        var id = scenario.Heard("2026-06-15");

        scenario.When(Ask.Decide(id, CaseOutcome.Dismiss), KeyOf(People.A, key)).ThenRefused("second-person-needed");
        scenario.When(Ask.Decide(id, CaseOutcome.Dismiss), People.B).ThenTypes("case.decided");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_made_entered_or_confirmed_the_result_does_not_decide_the_case(string key)
    {
        var scenario = Recorded(CheckOutcome.Failed).Given(new GrainCommand.ConfirmResult("check-1"), People.C);
        var id = scenario.Heard("2026-06-15");

        foreach (var party in new[] { People.C, People.Inspector1, People.Inspector1 with { Id = "p-i-2", Person = "I-2" } })
        {
            var national = KeyOf(party, key) with { Authority = Authority.National };
            scenario.When(Ask.Decide(id, CaseOutcome.Remove), national).ThenRefused("second-person-needed");
        }

        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenTypes("case.decided", "title.removed");
    }

    [Fact]
    public void Whoever_corrected_a_result_before_its_confirmation_does_not_decide_the_case()
    {
        var scenario = Recorded(CheckOutcome.Clean);
        var version = scenario.Of(Scenario.Factory).Checks[0].Result!.Version;
        scenario.Given(Ask.Correct(version, CheckOutcome.Failed), People.B).Given(new GrainCommand.ConfirmResult("check-1"), People.C);
        var id = scenario.Heard("2026-06-15");

        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenRefused("second-person-needed");
        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.A).ThenTypes("case.decided", "title.removed");
    }

    [Fact]
    public void The_bootstrap_key_never_decides_what_its_own_person_opened()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Open(), People.Bootstrap).Given(Ask.Serve("case-1", "2026-06-15"), People.A).Given(Ask.State("case-1"), People.A);

        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), People.Bootstrap).ThenRefused("second-person-needed");
        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), People.A).ThenTypes("case.decided", "title.removed");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_entered_or_confirmed_a_result_does_not_correct_it(string key)
    {
        var scenario = Recorded(CheckOutcome.Clean).Given(new GrainCommand.ConfirmResult("check-1"), People.C);
        var version = scenario.Of(Scenario.Factory).Checks[0].Result!.Version;

        scenario.When(Ask.Correct(version, CheckOutcome.Minor), KeyOf(People.Inspector1, key)).ThenRefused("second-person-needed");
        scenario.When(Ask.Correct(version, CheckOutcome.Minor), KeyOf(People.C, key)).ThenRefused("second-person-needed");
        scenario.When(Ask.Correct(version, CheckOutcome.Minor), People.A).ThenTypes("result.corrected");
        // What stands now is that person's.
        scenario.When(Ask.Correct(version, CheckOutcome.Clean), KeyOf(People.A, key)).ThenRefused("second-person-needed");
        scenario.When(Ask.Correct(version, CheckOutcome.Clean), People.B).ThenTypes("result.corrected");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Whoever_recorded_a_grant_does_not_correct_it(string key)
    {
        var scenario = Scenario.Listed();

        scenario.When(Ask.CorrectGrant(scenario.Title().GrantVersion, certificate: "C-1"), KeyOf(People.A, key)).ThenRefused("second-person-needed");
    }

    private static Actor KeyOf(Actor person, string key) => key == "same" ? person : People.OtherKeyOf(person);

    /// <summary>Ordered by a, approved by b, entered by inspector I-1.</summary>
    private static Scenario Recorded(CheckOutcome outcome)
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        return scenario.Given(Ask.Result(scenario.Ordered(), outcome, "2026-06-15"), People.Inspector1);
    }
}
