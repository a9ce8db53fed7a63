namespace Supervision.Grains.Tests.Behaviour;

/// <summary>五(五): 连续三次抽查无问题，在五年内免于抽查.</summary>
public sealed class ExemptionTests
{
    [Fact]
    public void Three_clean_random_checks_exempt_for_five_years_from_the_confirmation_of_the_third()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Clean, "2024-05-06").Checked(CheckOutcome.Clean, "2025-01-02");

        scenario.On("2026-04-20").Given(Ask.Random("2026-12-31"), People.A).Given(new GrainCommand.ApproveCheck("check-3"), People.B)
            .On("2026-05-10").When(Ask.Result("check-3", CheckOutcome.Clean, "2026-05-01"), People.A)
            .Then(
                new GrainEvent.CheckConcluded(Ask.Day("2026-05-01"), "check-3", CheckOutcome.Clean, Ask.TwoInspectors, [], Ask.Day("2026-05-10"), Counts: true),
                new GrainEvent.ExemptionGranted(Ask.Day("2026-05-10"), Scenario.MiitTitle, Ask.Day("2031-05-09"), "五(五)"));

        Assert.Equal(["check-1", "check-2", "check-3"], scenario.Title().Exemption!.EarnedBy.Select(counted => counted.Check));
        Assert.Equal(new DateTimeOffset(2031, 5, 9, 16, 0, 0, TimeSpan.Zero), scenario.NextWakeUp());
    }
}
