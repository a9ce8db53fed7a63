using Supervision.Grains.Tests.Behaviour;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>《深圳市工业和信息化局绿色制造试点示范管理暂行办法》起草说明, 三(五): supervision of those who have an honour.</summary>
public sealed class ShenzhenSchemeTests
{
    private const string Policy = "shenzhen-2022";

    private static readonly Actor City = People.Of(Level.Municipal, "440300");

    private static readonly Actor Second = City with { Id = "p-city-2", Person = "city-2" };

    [Fact]
    public void Who_has_an_honour_is_supervised_continuously()
    {
        var scenario = Listed().Given(Ask.Directed("2023-06-30", Policy), City).Given(Ask.Result("check-1", CheckOutcome.Failed, "2023-03-01"), City);

        Assert.Equal("failed-spot-check", scenario.Of(Scenario.Factory).Cases[0].Ground);
    }

    [Fact]
    public void Changes_are_filed()
    {
        var scenario = Listed().On("2023-06-10").Given(Ask.FileChange(ChangeKind.Restructuring, "2023-06-01"), City);

        var change = scenario.Of(Scenario.Factory).Changes![0];
        Assert.Equal((ChangeStatus.Filed, Policy, false), (change.Status, change.Concerns[0].Policy, change.Late));
    }

    [Fact]
    public void After_a_change_the_honour_has_to_be_earned_again()
    {
        var scenario = Listed().On("2023-06-10").Given(new GrainCommand.TriggerReEvaluation(new TitleChoice(Policy), ChangeKind.Relocation, Ask.Day("2023-06-10")), City);

        Assert.Equal(ReEvaluationStatus.Announced, scenario.Of(Scenario.Factory).ReEvaluations![0].Status);
        scenario.Given(Ask.Report("2023-06-10"), City).Given(Ask.Conclude(ReEvaluationOutcome.Failed, "2023-06-10", Policy), City);
        Assert.Equal("failed-re-evaluation", scenario.Of(Scenario.Factory).Cases[0].Ground);
    }

    [Fact]
    public void An_honour_is_taken_away_on_the_grounds_that_are_named()
    {
        var scenario = Removed();

        Assert.Equal("false-declaration", scenario.Title().Removal!.Ground);
        Listed().When(Ask.Open("another", Policy), City).ThenRefused("unknown-ground");
    }

    [Fact]
    public void There_is_a_way_out()
    {
        var scenario = Listed().On("2023-06-10").Given(new GrainCommand.WithdrawTitle(new TitleChoice(Policy), Ask.Day("2023-06-10"), "L-1"), CertificatePaths.Holder);

        Assert.Equal(TitleStatus.Withdrawn, scenario.Title().Status);
        Assert.Empty(scenario.Of(Scenario.Enterprise).Bans);
    }

    [Fact]
    public void Who_lost_an_honour_bears_the_consequences()
    {
        var scenario = Removed();

        Assert.Equal(Ask.Day("2026-06-09"), scenario.Of(Scenario.Enterprise).Bans[0].Until);
        scenario.On("2023-07-10").Given(Ask.Register(region: "440300"), People.A, Scenario.Factory2)
            .When(Ask.Grant("2023-07-10", Policy, Level.Municipal), City, Scenario.Factory2).ThenRefused("banned");
    }

    private static Scenario Listed() => new Scenario().On("2023-03-01").Given(Ask.Register(region: "440300"), People.A)
        .Given(Ask.Grant("2023-03-01", Policy, Level.Municipal), City);

    private static Scenario Removed() => Listed().On("2023-06-10").Given(Ask.Open("false-declaration", Policy), City).Given(Ask.Serve("case-1", "2023-06-10"), City)
        .Given(Ask.State("case-1"), City).Given(Ask.Decide("case-1", CaseOutcome.Remove), Second);
}
