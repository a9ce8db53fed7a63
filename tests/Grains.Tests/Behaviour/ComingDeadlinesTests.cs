using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Deadlines as people see them are those that wake the grain.</summary>
public sealed class ComingDeadlinesTests
{
    public static TheoryData<string> Names => [.. Situations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_earliest_deadline_is_the_next_wake_up(string situation)
    {
        var scenario = Situations.All[situation]();

        Assert.All(scenario.Grains, grain =>
        {
            var deadlines = GrainBehaviour.DeadlinesOf(scenario.Known(grain).State, Rules.Book).ToList();
            DateTimeOffset? earliest = deadlines.Count == 0 ? null : CivilTime.AfterLastDay(deadlines.Min(deadline => deadline.DueOn));
            Assert.Equal(scenario.NextWakeUp(grain), earliest);
        });
    }

    public static TheoryData<string> DutyNames => [.. DutySituations.All.Keys];

    [Theory]
    [MemberData(nameof(DutyNames))]
    public void The_earliest_deadline_is_the_next_wake_up_of_duties_too(string situation)
    {
        var scenario = DutySituations.All[situation]();
        var deadlines = GrainBehaviour.DeadlinesOf(scenario.Known(Scenario.Factory).State, Rules.Book).Select(deadline => deadline.DueOn).ToList();
        DateTimeOffset? earliest = deadlines.Count == 0 ? null : CivilTime.AfterLastDay(deadlines.Min());

        Assert.Equal(scenario.NextWakeUp(), earliest);
    }

    [Theory]
    [InlineData("approved", DeadlineKind.Check, "check-1", DeadlineOwner.Authority, "2026-07-31", "configuration: the order names the day")]
    [InlineData("case served", DeadlineKind.StatementWindow, "case-1", DeadlineOwner.Holder, "2026-06-23", "试五")]
    [InlineData("rectifying", DeadlineKind.Rectification, "rectification-1", DeadlineOwner.Holder, "2026-07-15", "试七")]
    [InlineData("exempt", DeadlineKind.Exemption, "trial-2020/green-factory/national", null, null, "试四")]
    public void Each_kind_says_who_has_to_act_by_when_and_why(
        string situation, DeadlineKind kind, string id, DeadlineOwner? owner, string? dueOn, string article)
    {
        var deadline = Assert.Single(GrainBehaviour.DeadlinesOf(Situations.All[situation]().Known(Scenario.Factory).State, Rules.Book));

        Assert.Equal((kind, id, owner, article), (deadline.Kind, deadline.Id, deadline.Owner, deadline.Article));
        Assert.Equal((Rules.Trial, "green-factory", Level.National), (deadline.Policy, deadline.Honour, deadline.Level));
        if (dueOn is not null)
            Assert.Equal(Ask.Day(dueOn), deadline.DueOn);
    }

    [Fact]
    public void A_ban_ends_on_the_enterprise()
    {
        var deadline = Assert.Single(GrainBehaviour.DeadlinesOf(Situations.All["removed"]().Known(Scenario.Enterprise).State, Rules.Book));

        Assert.Equal(new Deadline(deadline.DueOn, DeadlineKind.Ban, "ban-1", null, Rules.Trial, null, null, "试八"), deadline);
    }
}
