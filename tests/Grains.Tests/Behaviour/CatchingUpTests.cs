using FsCheck;
using FsCheck.Fluent;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A grain that sleeps through its deadlines remembers the same as one that was woken at each.</summary>
public sealed class CatchingUpTests
{
    private const int LivesMax = 200;
    private const int StepsMax = 120;

    private static readonly HashSet<string> Seen = [];

    [Fact]
    public void Catching_up_late_gives_the_same_events_as_living_through_each_instant()
    {
        var lives = Gen.Choose(0, int.MaxValue).ListOf(StepsMax).ToArbitrary();

        Prop.ForAll(lives, numbers => LateIsTheSame(numbers)).Check(Config.QuickThrowOnFailure.WithMaxTest(LivesMax).WithReplay(2016, 587));

        // Lives in which nothing happens would show nothing.
        Assert.Superset(
            new HashSet<string>
            {
                "window.ended", "check.overdue", "exemption.granted", "exemption.ended", "rectification.overdue", "rectification.completed",
                "title.removed", "title.reinstated", "ban.ended", "ban.lifted", "result.corrected", "case.withdrawn",
            },
            Seen);
    }

    [Theory]
    [InlineData("2026-08-01")]
    [InlineData("2040-01-01")]
    public void A_month_or_years_late_every_deadline_has_its_own_date(string wake)
    {
        var scenario = Scenario.Listed(Rules.Trial).Exempted(Rules.Trial).On("2026-06-15");
        scenario.Given(Ask.Directed("2026-06-26", Rules.Trial), People.A).Given(Ask.Open(policy: Rules.Trial), People.A).Given(Ask.Serve("case-1", "2026-06-15"), People.A);

        scenario.On(wake).Given(new GrainCommand.WakeUp(), Actor.System);

        string[] expected = ["window.ended 2026-06-24", "check.overdue 2026-06-27", "exemption.ended 2031-05-10"];
        Assert.Equal(
            expected.Where(line => string.CompareOrdinal(line[^10..], wake) <= 0),
            scenario.Log().Where(line => line.Actor == Actor.System.Id).Select(line => $"{line.Type} {line.EffectiveOn:yyyy-MM-dd}"));
    }

    private static void LateIsTheSame(IEnumerable<int> numbers)
    {
        var (lived, steps) = LifeScript.Live(numbers);
        var late = new Scenario();
        foreach (var step in steps)
            Assert.Equal(step.Refused, late.At(step.At).Send(step.Command, step.By, step.To).Rejection?.Code);
        var end = lived.Now.AddYears(30);
        LifeScript.WakeUntil(lived, end);
        foreach (var grain in late.Grains.ToList())
            late.At(end).Send(new GrainCommand.WakeUp(), Actor.System, grain);

        Assert.Equal(lived.Grains, late.Grains);
        foreach (var grain in lived.Grains)
        {
            Assert.Equal(lived.Log(grain), late.Log(grain));
            Assert.Equal(LedgerJson.Write(lived.Of(grain)), LedgerJson.Write(late.Of(grain)));
            // Yearly rounds never end; everything else is over by then.
            Assert.True(late.NextWakeUp(grain) is not { } next || next > end);
            Seen.UnionWith(lived.Log(grain).Select(line => line.Type));
        }
    }
}
