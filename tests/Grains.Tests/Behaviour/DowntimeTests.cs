using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Days on which an authority could not be reached, and what becomes of the deadlines that fall into them.</summary>
public sealed class DowntimeTests
{
    private static readonly GrainId Downtime = GrainId.Of(GrainKind.Downtime, "d-1");

    private static readonly GrainCommand.DeclareDowntime Declare = new("430000", Ask.Day("2026-06-22"), Ask.Day("2026-06-26"), MovedTo: null, "the platform was down");

    [Fact]
    public void A_downtime_is_declared_by_one_and_confirmed_by_another_whose_region_it_is()
    {
        var scenario = new Scenario().On("2026-06-15");

        scenario.When(Declare, People.Guangdong, Downtime).ThenRefused("out-of-scope");
        // The first working day after it is a Monday.
        scenario.When(Declare, People.Hunan, Downtime)
            .Then(new GrainEvent.DowntimeDeclared(Ask.Day("2026-06-15"), "430000", Ask.Day("2026-06-22"), Ask.Day("2026-06-26"), Ask.Day("2026-06-29"), "the platform was down"));
        scenario.When(Declare, People.Hunan, Downtime).ThenRefused("downtime-already-declared");
        scenario.When(new GrainCommand.ConfirmDowntime(), People.Hunan, Downtime).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.ConfirmDowntime(), People.Guangdong, Downtime).ThenRefused("out-of-scope");
        scenario.When(new GrainCommand.ConfirmDowntime(), People.B, Downtime).ThenTypes("downtime.confirmed");
        scenario.When(new GrainCommand.ConfirmDowntime(), People.C, Downtime).Then();
    }

    [Theory]
    [InlineData("2026-06-21", null, "date-too-early")]
    [InlineData("2026-09-01", null, "downtime-too-long")]
    [InlineData("2026-06-26", "2026-06-26", "date-too-early")]
    [InlineData("2026-06-26", "2026-09-01", "downtime-too-long")]
    public void Days_that_make_no_sense_or_move_deadlines_far_are_refused(string to, string? movedTo, string code) => new Scenario().On("2026-06-15")
        .When(Declare with { To = Ask.Day(to), MovedTo = movedTo is null ? null : Ask.Day(movedTo) }, People.Hunan, Downtime).ThenRefused(code);

    [Fact]
    public void Nothing_else_is_a_downtime_and_a_downtime_is_nothing_else()
    {
        new Scenario().When(Declare, People.A).ThenRefused("downtime-not-found");
        new Scenario().When(new GrainCommand.ConfirmDowntime(), People.A, Downtime).ThenRefused("downtime-not-found");
        new Scenario().Given(Declare, People.A, Downtime).When(Ask.Register(), People.A, Downtime).ThenRefused("not-a-subject");
    }

    [Fact]
    public void A_deadline_that_would_pass_within_it_moves_and_passes_later()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Directed("2026-06-24"), People.A).WithDowntime("2026-06-22", "2026-06-26", "2026-06-29");
        Assert.Equal(Ask.Day("2026-06-29"), DueOf(scenario, DeadlineKind.Check));

        scenario.On("2026-06-25").When(new GrainCommand.WakeUp(), Actor.System)
            .Then(new GrainEvent.DeadlinesMoved(Ask.Day("2026-06-24"), "d-1", Ask.Day("2026-06-29"), [new MovedDeadline(DeadlineKind.Check, "check-1")]));
        Assert.Equal(Ask.Day("2026-06-29"), DueOf(scenario, DeadlineKind.Check));
        scenario.On("2026-06-30").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.CheckOverdue(Ask.Day("2026-06-30"), "check-1"));
    }

    [Fact]
    public void Woken_late_it_is_the_same_as_woken_in_time()
    {
        var inTime = Start();
        foreach (var day in new[] { "2026-06-19", "2026-06-23", "2026-06-25", "2026-06-30", "2026-07-05" })
            inTime.On(day).Send(new GrainCommand.WakeUp(), Actor.System);
        var late = Start().On("2026-07-05");
        late.Send(new GrainCommand.WakeUp(), Actor.System);

        Assert.Equal(inTime.Log().Select(line => line.ToString()), late.Log().Select(line => line.ToString()));
        Assert.Contains(late.Log(), line => line.Type == "deadlines.moved");

        // One before the downtime, two within it on two days, one behind.
        static Scenario Start() => Scenario.Listed().Given(Ask.Grant("2023-08-23", Rules.Trial), People.A).On("2026-06-15")
            .Given(Ask.Directed("2026-06-18"), People.A).Given(Ask.Directed("2026-06-22", Rules.Trial), People.A).Given(Ask.Open(), People.A)
            .On("2026-06-17").Given(Ask.Serve("case-1", "2026-06-17"), People.A)
            .WithDowntime("2026-06-22", "2026-06-26", "2026-06-29");
    }

    [Fact]
    public void In_another_region_nothing_moves_and_what_only_ends_does_not_either()
    {
        Scenario.Listed().On("2026-06-15").Given(Ask.Directed("2026-06-24"), People.A).WithDowntime("2026-06-22", "2026-06-26", "2026-06-29", "440000")
            .On("2026-06-25").When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("check.overdue");
        var exempt = Scenario.Listed().Exempted();
        var until = exempt.Title().Exemption!.Until;
        exempt.WithDowntime(until.ToString("yyyy-MM-dd"), until.ToString("yyyy-MM-dd"), until.AddDays(3).ToString("yyyy-MM-dd"))
            .On(until.AddDays(1).ToString("yyyy-MM-dd")).When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("exemption.ended");
    }

    [Fact]
    public void What_a_holder_does_by_the_moved_day_is_done_in_time()
    {
        var late = Declaring("2024-04-15").On("2024-04-17");
        late.When(Ask.File(2023, Rules.Miit2024, score: 80), People.A).ThenTypes("declaration.overdue", "declaration.filed");

        var inTime = Declaring("2024-04-15").WithDowntime("2024-04-14", "2024-04-16", "2024-04-19").On("2024-04-17");
        inTime.When(Ask.File(2023, Rules.Miit2024, score: 80), People.A).ThenTypes("deadlines.moved", "declaration.filed");
        Assert.False(inTime.Of(Scenario.Factory).Declarations![0].Late);

        static Scenario Declaring(string due)
        {
            var scenario = Scenario.Registered().On("2024-02-01").Given(Ask.Grant("2024-02-01", Rules.Miit2024), People.A).On("2024-04-01");
            Assert.Equal(Ask.Day(due), Assert.Single(scenario.Of(Scenario.Factory).Expected!).Due);
            return scenario;
        }
    }

    [Fact]
    public void A_downtime_within_which_a_moved_deadline_falls_moves_it_once_more()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Directed("2026-06-24"), People.A)
            .WithDowntime("2026-06-22", "2026-06-26", "2026-06-29").WithDowntime("2026-06-29", "2026-06-30", "2026-07-03");

        Assert.Equal(Ask.Day("2026-07-03"), DueOf(scenario, DeadlineKind.Check));
        scenario.On("2026-07-01").When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("deadlines.moved", "deadlines.moved");
    }

    private static DateOnly DueOf(Scenario scenario, DeadlineKind kind) =>
        GrainBehaviour.DeadlinesOf(scenario.Of(Scenario.Factory), scenario.Book).Single(deadline => deadline.Kind == kind).DueOn;
}
