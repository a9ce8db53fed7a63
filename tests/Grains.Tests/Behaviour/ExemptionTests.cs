namespace Supervision.Grains.Tests.Behaviour;

/// <summary>五(五): 连续三次抽查无问题，在五年内免于抽查.</summary>
public sealed class ExemptionTests
{
    private static readonly TitleRef Title = Scenario.MiitTitle;

    [Fact]
    public void Three_clean_random_checks_exempt_for_five_years_from_the_confirmation_of_the_third()
    {
        var scenario = Earned();

        Assert.Equal(new Exemption(Ask.Day("2026-05-10"), Ask.Day("2031-05-09"), scenario.Title().Exemption!.EarnedBy), scenario.Title().Exemption);
        Assert.Equal(["check-1", "check-2", "check-3"], scenario.Title().Exemption!.EarnedBy.Select(counted => counted.Check));
        Assert.Equal(new DateTimeOffset(2031, 5, 9, 16, 0, 0, TimeSpan.Zero), scenario.NextWakeUp());
    }

    [Fact]
    public void The_exemption_ends_on_the_day_after_its_last_day_however_late_the_grain_wakes() =>
        Earned().On("2031-08-01").When(new GrainCommand.WakeUp(), Actor.System)
            .Then(new GrainEvent.ExemptionEnded(Ask.Day("2031-05-10"), Title, "expired"));

    [Fact]
    public void Nothing_ends_at_the_last_instant_of_the_last_day()
    {
        var scenario = Earned();

        scenario.At(scenario.NextWakeUp()!.Value.AddTicks(-1)).When(new GrainCommand.WakeUp(), Actor.System).Then();
        scenario.At(scenario.NextWakeUp()!.Value).When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("exemption.ended");
    }

    [Fact]
    public void Random_checks_are_refused_while_the_exemption_lasts_and_possible_again_after_it()
    {
        var scenario = Earned();

        scenario.On("2031-05-09").When(Ask.Random("2031-12-31"), People.A).ThenRefused("exempt", "五(五)");
        scenario.On("2031-05-10").When(Ask.Random("2031-12-31"), People.A).ThenTypes("exemption.ended", "check.ordered");
    }

    [Fact]
    public void Clean_checks_that_an_exemption_has_used_up_do_not_count_again()
    {
        var scenario = Earned().On("2031-05-10").Given(new GrainCommand.WakeUp(), Actor.System);
        Assert.Equal(0, scenario.Title().CleanChecks);

        scenario.When(Ask.Correct(scenario.Of(Scenario.Factory).Checks[2].Result!.Version, on: "2026-04-30"), People.C).ThenTypes("result.corrected");

        Assert.Equal(0, scenario.Title().CleanChecks);
    }

    [Theory]
    [InlineData(CheckOutcome.Failed)]
    [InlineData(CheckOutcome.Minor)]
    public void A_fault_sets_the_count_back_even_one_corrected_on_the_spot(CheckOutcome outcome)
    {
        var scenario = TwoClean().Checked(outcome, "2025-06-02").Checked(CheckOutcome.Clean, "2026-01-05");

        Assert.Equal(1, scenario.Title().CleanChecks);
        Assert.Null(scenario.Title().Exemption);
    }

    [Theory]
    [InlineData(CheckOutcome.Unreachable, "check.missed")]
    [InlineData(CheckOutcome.NotOperating, "check.missed")]
    [InlineData(CheckOutcome.NotApplicable, "check.missed")]
    [InlineData(CheckOutcome.Refused, "check.refused")]
    public void A_check_that_showed_nothing_neither_counts_nor_sets_back(CheckOutcome outcome, string type)
    {
        var scenario = TwoClean().Checked(outcome, "2025-06-02");
        Assert.Contains(scenario.Log(), line => line.Type == type);

        Assert.Equal(2, scenario.Title().CleanChecks);
        Assert.NotNull(scenario.Checked(CheckOutcome.Clean, "2026-01-05").Title().Exemption);
    }

    [Fact]
    public void A_cancelled_check_neither_counts_nor_sets_back()
    {
        var scenario = TwoClean().On("2025-06-02");
        scenario.Given(new GrainCommand.CancelCheck(scenario.Ordered(), "mistake"), People.A);

        Assert.NotNull(scenario.Checked(CheckOutcome.Clean, "2026-01-05").Title().Exemption);
    }

    [Fact]
    public void Clean_directed_checks_never_count()
    {
        var scenario = TwoClean().Checked(CheckOutcome.Clean, "2025-06-02", CheckBasis.Directed);

        Assert.Equal(2, scenario.Title().CleanChecks);
    }

    internal static Scenario TwoClean() => Scenario.Listed().Checked(CheckOutcome.Clean, "2024-05-06").Checked(CheckOutcome.Clean, "2025-01-02");

    /// <summary>The third clean check is dated 2026-05-01 and confirmed on 2026-05-10.</summary>
    internal static Scenario Earned()
    {
        var scenario = TwoClean();
        var check = scenario.On("2026-04-20").Ordered();
        return scenario.On("2026-05-10").When(Ask.Result(check, CheckOutcome.Clean, "2026-05-01"), People.A).Then(
            new GrainEvent.CheckConcluded(Ask.Day("2026-05-01"), check, CheckOutcome.Clean, Ask.TwoInspectors, [], Ask.Day("2026-05-10"), Counts: true, Ask.Day("2026-06-05")),
            new GrainEvent.ExemptionGranted(Ask.Day("2026-05-10"), Title, Ask.Day("2031-05-09"), "五(五)")).Disclosed();
    }
}
