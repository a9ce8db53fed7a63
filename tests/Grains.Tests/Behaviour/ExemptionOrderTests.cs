namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Checks are ordered by their dates, not by when their results came in; and what ends an exemption.</summary>
public sealed class ExemptionOrderTests
{
    [Theory]
    [InlineData(CheckOutcome.Failed)]
    [InlineData(CheckOutcome.Minor)]
    public void A_fault_entered_late_counts_at_its_own_date_between_the_clean_checks(CheckOutcome outcome)
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Clean, "2025-01-02").On("2025-02-03");
        var directed = scenario.Ordered(CheckBasis.Directed);
        scenario.Checked(CheckOutcome.Clean, "2025-03-03");

        scenario.On("2025-03-10").Given(Ask.Result(directed, outcome, "2025-02-10"), People.A);

        Assert.Equal([true, false, true], scenario.Title().Counted.Select(counted => counted.Clean));
        Assert.Equal(1, scenario.Title().CleanChecks);
    }

    [Theory]
    [InlineData(CheckOutcome.Failed)]
    [InlineData(CheckOutcome.Minor)]
    public void A_fault_entered_late_shows_that_an_exemption_was_never_earned(CheckOutcome outcome)
    {
        var (scenario, directed) = ExemptWithAnOpenDirectedCheck();

        scenario.On("2025-04-10").Given(Ask.Result(directed, outcome, "2025-02-10"), People.A);

        Assert.Contains(scenario.Log(), line => line.ToString().StartsWith("exemption.ended 2025-04-10", StringComparison.Ordinal) && line.Data.Contains("\"correction\"", StringComparison.Ordinal));
        Assert.Null(scenario.Title().Exemption);
        Assert.Equal(2, scenario.Title().CleanChecks);
    }

    [Fact]
    public void A_fault_from_before_the_clean_checks_leaves_the_exemption()
    {
        var scenario = Scenario.Listed().On("2024-12-02");
        var directed = scenario.Ordered(CheckBasis.Directed);
        scenario.Checked(CheckOutcome.Clean, "2025-01-02").Checked(CheckOutcome.Clean, "2025-01-07").Checked(CheckOutcome.Clean, "2025-01-13");

        scenario.On("2025-01-20").When(Ask.Result(directed, CheckOutcome.Failed, "2024-12-03"), People.A).ThenTypes("check.failed", "case.opened");

        Assert.NotNull(scenario.Title().Exemption);
    }

    [Fact]
    public void Directed_checks_pass_through_the_exemption()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Clean, "2027-02-01", CheckBasis.Directed).Checked(CheckOutcome.Minor, "2027-03-01", CheckBasis.Directed);

        Assert.NotNull(scenario.Title().Exemption);
    }

    [Fact]
    public void A_failed_directed_check_ends_the_exemption_and_opens_a_case()
    {
        var scenario = ExemptionTests.Earned().On("2027-02-01");
        var check = scenario.Ordered(CheckBasis.Directed);

        scenario.When(Ask.Result(check, CheckOutcome.Failed, "2027-02-01"), People.A).Then(
            new GrainEvent.CheckConcluded(Ask.Day("2027-02-01"), check, CheckOutcome.Failed, Ask.TwoInspectors, [], Ask.Day("2027-02-01"), Counts: false, Ask.Day("2027-03-01")),
            new GrainEvent.ExemptionEnded(Ask.Day("2027-02-01"), Scenario.MiitTitle, "check"),
            new GrainEvent.CaseOpened(Ask.Day("2027-02-01"), "case-1", Scenario.MiitTitle, "failed-spot-check", "五(五)", null, Urgent: false, check, null));
        Assert.Equal(0, scenario.Title().CleanChecks);
    }

    [Fact]
    public void After_a_failed_check_three_more_clean_ones_are_needed()
    {
        var scenario = ExemptionTests.Earned().Checked(CheckOutcome.Failed, "2027-02-01", CheckBasis.Directed)
            .Checked(CheckOutcome.Clean, "2027-03-01").Checked(CheckOutcome.Clean, "2027-04-01");
        Assert.Null(scenario.Title().Exemption);

        Assert.Equal(Ask.Day("2032-05-05"), scenario.Checked(CheckOutcome.Clean, "2027-05-06").Title().Exemption!.Until);
    }

    private static (Scenario Scenario, string Directed) ExemptWithAnOpenDirectedCheck()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Clean, "2025-02-03");
        var directed = scenario.Ordered(CheckBasis.Directed);
        scenario.Checked(CheckOutcome.Clean, "2025-03-03").Checked(CheckOutcome.Clean, "2025-04-01");
        Assert.NotNull(scenario.Title().Exemption);
        return (scenario, directed);
    }
}
