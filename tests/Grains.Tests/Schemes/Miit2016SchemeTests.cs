using Supervision.Grains.Calendars;
using Supervision.Grains.Tests.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>工信厅节函〔2016〕586号, 五(五) and 六(一): what happens to a unit on the list of demonstrations.</summary>
public sealed class Miit2016SchemeTests
{
    [Fact]
    public void How_far_a_unit_is_green_is_made_known()
    {
        var scenario = Declaring().Given(Ask.File(2022, Rules.Miit, score: 91.5m), People.A);

        var report = Assert.Single(EntityViews.Of(Scenario.Factory, scenario.Of(Scenario.Factory), scenario.Known(Scenario.Factory).Version).Reports);
        Assert.Equal((2022, 91.5m, "N-3"), (report.Year, report.Score, report.Reference));
    }

    [Fact]
    public void Good_practice_is_published_regularly()
    {
        var scenario = Scenario.Listed().On("2023-10-09").Given(new GrainCommand.FileGoodPractice(new TitleChoice(Rules.Miit), "waste heat"), People.A)
            .Given(new GrainCommand.ApproveGoodPractice("good-practice-1"), People.B);
        var day = scenario.Of(Scenario.Factory).GoodPractices![0].PublishOn!.Value;

        scenario.At(CivilTime.StartOf(day).AddHours(12)).Given(new GrainCommand.WakeUp(), Actor.System);
        Assert.Equal(GoodPracticeStatus.Published, scenario.Of(Scenario.Factory).GoodPractices![0].Status);
    }

    [Fact]
    public void Self_declarations_are_spot_checked_at_any_time()
    {
        var scenario = Declaring().Given(Ask.File(2022, Rules.Miit), People.A)
            .Given(Ask.Random("2023-03-31") with { Declaration = "declaration-1" }, People.A).Given(Ask.Result("check-1", CheckOutcome.Clean, "2023-03-01"), People.A);

        scenario.On("2023-03-02").Given(Ask.Random("2023-03-31") with { Declaration = "declaration-1" }, People.A);
        Assert.All(scenario.Of(Scenario.Factory).Checks, check => Assert.Equal("declaration-1", check.Declaration));
    }

    [Fact]
    public void Who_does_not_meet_the_requirements_is_struck_from_the_list()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Failed, "2023-10-09").Decided(CaseOutcome.Remove, "2023-10-10");

        var removal = scenario.Title().Removal!;
        Assert.Equal(("failed-spot-check", "五(五)", Ask.Day("2023-10-10")), (removal.Ground, removal.Article, removal.On));
    }

    [Fact]
    public void Three_spot_checks_in_a_row_without_a_problem_exempt_for_five_years()
    {
        var scenario = Scenario.Listed().Exempted();

        Assert.Equal(Ask.Day("2031-05-09"), scenario.Title().Exemption!.Until);
        scenario.On("2031-05-09").When(Ask.Random("2031-06-01"), People.A).ThenRefused("exempt", "五(五)");
        scenario.On("2031-05-10").When(Ask.Random("2031-06-01"), People.A).ThenTypes("exemption.ended", "check.ordered");
    }

    [Fact]
    public void Provinces_supervise_day_by_day()
    {
        Scenario.Listed().When(Ask.Directed("2023-10-31"), People.Hunan).ThenTypes("check.ordered");
        Scenario.Listed().When(Ask.Directed("2023-10-31"), People.Guangdong).ThenRefused("out-of-scope");
    }

    /// <summary>While the round of 2023, which is about 2022, is open.</summary>
    private static Scenario Declaring() => new Scenario().On("2023-03-01").Given(Ask.Register(), People.A).Given(Ask.Grant("2022-11-01"), People.A);
}
