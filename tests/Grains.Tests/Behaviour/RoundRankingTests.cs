using Supervision.Grains.Calendars;
using Supervision.Grains.Ranking;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Grades and lowest scores after a round.</summary>
public sealed class RoundRankingTests
{
    private static readonly Supervision.Grains.Policies.Policy Policy = Rules.Book[Rules.Duties];

    private static readonly RankedRound Round = RoundRanking.Over(Policy, CivilTime.StartOf(Ask.Day("2026-05-30"))).Single(round => round is { Round: "annual", HeldIn: 2026 });

    [Fact]
    public void A_round_is_ranked_a_month_after_its_last_day()
    {
        Assert.Equal(Ask.Day("2026-05-30"), Round.RankedOn);
        Assert.DoesNotContain(RoundRanking.Over(Policy, CivilTime.StartOf(Ask.Day("2026-05-30")).AddTicks(-1)), round => round.HeldIn == 2026);
        Assert.Empty(RoundRanking.Over(Rules.Book[Rules.Trial], CivilTime.StartOf(Ask.Day("2030-01-01"))));
    }

    [Fact]
    public void Of_a_hundred_five_are_the_best_thirty_five_the_next_and_five_the_lowest()
    {
        var ranked = Rank(Enumerable.Range(1, 100).Select(score => (decimal?)score));

        Assert.Equal((5, 35, 60), (ranked.Count(title => title.Grade == "A+"), ranked.Count(title => title.Grade == "A"), ranked.Count(title => title.Grade == "B")));
        Assert.Equal([5m, 4m, 3m, 2m, 1m], ranked.Where(title => title.Lowest).Select(title => title.Score!.Value));
    }

    [Fact]
    public void Of_few_the_first_has_the_best_grade_and_nobody_is_among_the_lowest()
    {
        var ranked = Rank([70, 90, 80]);

        Assert.Equal(["90 A+", "80 A", "70 B"], ranked.Select(title => $"{title.Score} {title.Grade}"));
        Assert.DoesNotContain(ranked, title => title.Lowest);
    }

    [Fact]
    public void Equal_scores_share_the_better_place()
    {
        var ranked = Rank([.. Enumerable.Repeat((decimal?)90, 50), .. Enumerable.Repeat((decimal?)40, 50)]);

        Assert.Equal((50, 50), (ranked.Count(title => title.Grade == "A+"), ranked.Count(title => title.Grade == "B")));
        // Half of all are not among the lowest twentieth.
        Assert.DoesNotContain(ranked, title => title.Lowest);
    }

    [Fact]
    public void Who_filed_nothing_has_no_grade_and_loses_the_one_of_the_round_before()
    {
        var entrants = new[] { Entrant(1, score: 90), Entrant(2, score: null), Entrant(3, score: null) with { HasGrade = true } };

        Assert.Equal([(3, null), (1, "A+")], RoundRanking.Rank(Policy, Round, entrants).Select(title => (int.Parse(title.Grain.Key[1..]), title.Grade)));
    }

    [Fact]
    public void What_counts_is_the_score_filed_before_the_ranking_under_the_policy()
    {
        var scenario = DutySituations.Expected().Given(Ask.File(2025, score: 80), People.A).Given(new GrainCommand.AcceptDeclaration("declaration-1", Score: 85), People.B);

        var entrant = Assert.Single(RoundRanking.EntrantsOf(Scenario.Factory, scenario.Of(Scenario.Factory), Policy, Round));
        Assert.Equal((85m, false), (entrant.Score, entrant.HasGrade));

        var returned = DutySituations.All["returned"]();
        Assert.Null(Assert.Single(RoundRanking.EntrantsOf(Scenario.Factory, returned.Of(Scenario.Factory), Policy, Round)).Score);
    }

    private static IReadOnlyList<Ranked> Rank(IEnumerable<decimal?> scores) => RoundRanking.Rank(Policy, Round, scores.Select((score, i) => Entrant(i, score)));

    private static Entrant Entrant(int number, decimal? score) =>
        new(GrainId.Of(GrainKind.Factory, $"F{number}"), "green-factory", Level.National, score, HasGrade: false);
}
