using FsCheck;
using FsCheck.Fluent;
using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Grains as of points in time.</summary>
public sealed class RetrospectTests
{
    private const int LivesMax = 100;

    private const int StepsMax = 60;

    [Fact]
    public void What_was_known_at_an_instant_is_what_was_shown_at_it()
    {
        var lives = Gen.Choose(0, int.MaxValue).ListOf(StepsMax).ToArbitrary();

        Prop.ForAll(lives, numbers => ShownAsThen(numbers)).Check(Config.QuickThrowOnFailure.WithMaxTest(LivesMax).WithReplay(2016, 587));
    }

    [Fact]
    public void Every_day_of_a_life_can_be_shown_from_its_end()
    {
        var lives = Gen.Choose(0, int.MaxValue).ListOf(StepsMax).ToArbitrary();

        Prop.ForAll(lives, numbers => EveryDayShows(numbers)).Check(Config.QuickThrowOnFailure.WithMaxTest(LivesMax).WithReplay(2016, 589));
    }

    [Fact]
    public void An_entity_is_there_from_the_first_day_on_which_anything_happened_to_it()
    {
        // Registered and granted on 2023-09-01, by a list of 2023-08-23.
        var scenario = Scenario.Listed().On("2026-01-05");

        Assert.Null(scenario.AsOf("2023-08-22"));
        Assert.Equal(TitleStatus.Listed, scenario.AsOf("2023-08-23")!.Titles[0].Status);
        Assert.Null(scenario.AsOf("2023-08-23", knownAt: "2023-08-31"));
    }

    [Fact]
    public void A_quashed_removal_was_never_made_unless_one_asks_what_was_known_before()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01").On("2027-01-04").Given(Ask.Reinstate("case-1"), People.C);

        Assert.Equal(TitleStatus.Listed, scenario.AsOf("2026-10-01")!.Titles[0].Status);
        Assert.Equal(TitleStatus.Listed, scenario.AsOf("2027-01-04")!.Titles[0].Status);
        Assert.Equal(TitleStatus.Removed, scenario.AsOf("2026-10-01", knownAt: "2027-01-03")!.Titles[0].Status);
        Assert.Equal(TitleStatus.Listed, scenario.AsOf("2026-08-31", knownAt: "2027-01-03")!.Titles[0].Status);
    }

    [Fact]
    public void What_was_removed_and_stayed_so_is_shown_in_force_up_to_the_day_before()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2026-09-01").On("2027-01-04");

        Assert.Equal(TitleStatus.Listed, scenario.AsOf("2026-08-31")!.Titles[0].Status);
        Assert.Equal(TitleStatus.Removed, scenario.AsOf("2026-09-01")!.Titles[0].Status);
        Assert.Empty(scenario.AsOf("2026-08-31", grain: Scenario.Enterprise)!.Bans);
        Assert.Equal(BanStatus.InForce, scenario.AsOf("2026-09-01", grain: Scenario.Enterprise)!.Bans[0].Status);
    }

    [Fact]
    public void A_deadline_counts_from_its_own_day_whenever_it_was_recorded()
    {
        var scenario = Scenario.Listed().On("2026-06-01").Given(Ask.Directed("2026-06-26"), People.A);

        // Not yet woken: nothing was recorded.
        scenario.On("2026-08-01");
        Assert.True(scenario.AsOf("2026-06-27")!.Checks[0].Overdue);
        Assert.False(scenario.AsOf("2026-06-26")!.Checks[0].Overdue);

        scenario.Given(new GrainCommand.WakeUp(), Actor.System);
        Assert.True(scenario.AsOf("2026-06-27")!.Checks[0].Overdue);
        Assert.False(scenario.AsOf("2026-06-26")!.Checks[0].Overdue);
        Assert.True(scenario.AsOf("2026-06-27", knownAt: "2026-06-27")!.Checks[0].Overdue);
    }

    [Fact]
    public void A_grant_set_right_counts_from_the_right_date()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        scenario.Given(Ask.CorrectGrant(scenario.Title().GrantVersion, "2023-08-20"), People.C).On("2026-06-20");

        Assert.Equal(Ask.Day("2023-08-20"), scenario.AsOf("2023-08-21")!.Titles[0].GrantedOn);
        Assert.Null(scenario.AsOf("2023-08-21", knownAt: "2026-06-14"));
        Assert.Equal(Ask.Day("2023-08-23"), scenario.AsOf("2023-08-30", knownAt: "2026-06-14")!.Titles[0].GrantedOn);
    }

    [Fact]
    public void A_result_set_right_was_never_mistaken_as_known_now()
    {
        var scenario = Scenario.Listed().Checked(CheckOutcome.Minor, "2026-06-15").On("2026-07-01");
        scenario.Given(Ask.Correct(scenario.Of(Scenario.Factory).Checks[0].Result!.Version, CheckOutcome.Clean), People.C);

        Assert.Equal(CheckOutcome.Clean, scenario.AsOf("2026-06-20")!.Checks[0].Result!.Outcome);
        Assert.Equal(CheckOutcome.Minor, scenario.AsOf("2026-06-20", knownAt: "2026-06-30")!.Checks[0].Result!.Outcome);
    }

    [Fact]
    public void Names_and_merges_are_those_of_the_day()
    {
        var scenario = Scenario.Listed().Given(Ask.Register(), People.A, Scenario.Factory2).On("2026-03-02")
            .Given(Ask.Rename("2026-03-01", "新名"), People.A).On("2026-05-04").Given(Ask.Merge(Scenario.Factory2), People.B).On("2026-06-01");

        Assert.Equal(Scenario.Name, scenario.AsOf("2026-02-28")!.Name);
        Assert.Equal("新名", scenario.AsOf("2026-03-01")!.Name);
        Assert.Null(scenario.AsOf("2026-05-03")!.MergedInto);
        Assert.Equal(Scenario.Factory2, scenario.AsOf("2026-05-04")!.MergedInto);
        Assert.Empty(scenario.AsOf("2026-05-03", grain: Scenario.Factory2)!.Titles);
        Assert.Single(scenario.AsOf("2026-05-04", grain: Scenario.Factory2)!.Titles);
    }

    private static void ShownAsThen(IEnumerable<int> numbers)
    {
        var (_, steps) = LifeScript.Live(numbers);
        var lived = new Scenario();
        var shown = new List<(GrainId Grain, DateTimeOffset At, string State)>();
        foreach (var step in steps)
        {
            lived.At(step.At).Send(step.Command, step.By, step.To);
            shown.AddRange(lived.Grains.Select(grain => (grain, step.At, Text(GrainBehaviour.At(grain, lived.Known(grain), step.At, Rules.Book).State))));
        }

        foreach (var (grain, at, state) in shown.GroupBy(entry => (entry.Grain, entry.At)).Select(group => group.Last()))
            Assert.Equal(state, Text(Retrospect.Of(grain, lived.Recorded(grain), new AsOf(CivilTime.DateAt(at), at), Rules.Book).State));
    }

    private static void EveryDayShows(IEnumerable<int> numbers)
    {
        var (lived, _) = LifeScript.Live(numbers);
        foreach (var grain in lived.Grains)
        {
            var events = lived.Recorded(grain);
            foreach (var day in events.Select(recorded => recorded.Event.EffectiveOn).SelectMany(on => (DateOnly[])[on.AddDays(-1), on]).Distinct())
                Retrospect.Of(grain, events, new AsOf(day, lived.Now), Rules.Book);
            Assert.Equal(
                Text(GrainBehaviour.At(grain, lived.Known(grain), lived.Now, Rules.Book).State),
                Text(Retrospect.Of(grain, events, new AsOf(lived.Today, lived.Now), Rules.Book).State));
        }
    }

    private static string Text(GrainState? state) => state is null ? "" : System.Text.Encoding.UTF8.GetString(LedgerJson.Write(state));
}

/// <summary>Asking scenarios for the past.</summary>
internal static class PastScenario
{
    /// <summary>An entity at the end of a day, as known at the end of another; null when it was not registered then.</summary>
    public static GrainState.Subject? AsOf(this Scenario scenario, string day, string? knownAt = null, GrainId? grain = null)
    {
        var instant = knownAt is null ? scenario.Now : CivilTime.AfterLastDay(Ask.Day(knownAt)).AddTicks(-1);
        return Retrospect.Of(grain ?? Scenario.Factory, scenario.Recorded(grain), new AsOf(Ask.Day(day), instant), Rules.Book).State as GrainState.Subject;
    }
}
