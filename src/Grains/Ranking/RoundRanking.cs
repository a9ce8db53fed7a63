using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Ranking;

/// <summary>A round of declarations that is over, whose titles are ranked.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Round">The round, as the policy names it.</param>
/// <param name="Year">The year that its declarations are about.</param>
/// <param name="HeldIn">The calendar year in which it was held.</param>
/// <param name="RankedOn">The civil date of the ranking; what was filed before it counts.</param>
public sealed record RankedRound(string Policy, string Round, int Year, int HeldIn, DateOnly RankedOn);

/// <summary>A title in the ranking.</summary>
/// <param name="Grain">The entity.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Score">The score of its declaration; null: none was filed that could be ranked.</param>
/// <param name="HasGrade">Whether it has a grade from the round before.</param>
public sealed record Entrant(GrainId Grain, string Honour, Level Level, decimal? Score, bool HasGrade);

/// <summary>What the ranking says of a title.</summary>
/// <param name="Grain">The entity.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Grade">The grade; null: none.</param>
/// <param name="Score">The score.</param>
/// <param name="Lowest">Whether it is among the lowest.</param>
public sealed record Ranked(GrainId Grain, string Honour, Level Level, string? Grade, decimal? Score, bool Lowest);

/// <summary>
/// Grades and lowest scores of a round, over all titles of a policy. Those with the same score share a place, and so a
/// grade, the better one. A share of the best is rounded up, so that the first always has the best grade; one of the lowest
/// is rounded down, so that nobody is among them who might not be.
/// </summary>
public static class RoundRanking
{
    private const int Percents = 100;

    /// <summary>The rounds of a policy that are ranked up to an instant, oldest first.</summary>
    public static IEnumerable<RankedRound> Over(Policy policy, DateTimeOffset upTo)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Declarations is not { } rules || (rules.Grades is null && rules.LowestScores is null))
            return [];
        var today = CivilTime.DateAt(upTo);
        return rules.Rounds
            .SelectMany(round => Enumerable.Range(round.FirstYear.Value, Math.Max(0, today.Year - round.FirstYear.Value + 1))
                .Where(round.IsHeldIn)
                .Select(held => new RankedRound(policy.Id, round.Name, round.YearCovered(held), held, RankedOn(rules, round.Due.Value.In(held)))))
            .Where(round => round.RankedOn <= today)
            .OrderBy(round => round.RankedOn);
    }

    /// <summary>Whether titles of an honour and level take part in the rankings of a policy.</summary>
    public static bool TakesPart(Policy policy, string honour, Level level)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return IsGraded(policy, honour, level) || policy.Declarations?.LowestScores?.Level == level;
    }

    /// <summary>The titles of an entity that take part.</summary>
    public static IEnumerable<Entrant> EntrantsOf(GrainId grain, GrainState? state, Policy policy, RankedRound round)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(round);
        if (state is not GrainState.Subject subject)
            return [];
        return Rounds.Under(subject, policy.Id).Where(title => TakesPart(policy, title.Ref.Honour, title.Ref.Level)).Select(title => new Entrant(
            grain, title.Ref.Honour, title.Ref.Level,
            Rounds.Find(subject, [title], round.Round, round.Year) is { Status: DeclarationStatus.Filed or DeclarationStatus.Accepted } filed && filed.FiledOn < round.RankedOn
                ? filed.Score
                : null,
            title.Grades is [.., { Grade: not null }]));
    }

    /// <summary>The ranking; whoever filed nothing and has no grade to lose is not in it.</summary>
    public static IReadOnlyList<Ranked> Rank(Policy policy, RankedRound round, IEnumerable<Entrant> entrants)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(round);
        var ranked = new List<Ranked>();
        foreach (var group in entrants.GroupBy(entrant => (entrant.Honour, entrant.Level)))
        {
            ranked.AddRange(group.Where(entrant => entrant.Score is null && entrant.HasGrade)
                .Select(entrant => new Ranked(entrant.Grain, entrant.Honour, entrant.Level, Grade: null, Score: null, Lowest: false)));
            var scored = group.Where(entrant => entrant.Score is not null).OrderByDescending(entrant => entrant.Score).ToArray();
            var graded = IsGraded(policy, group.Key.Honour, group.Key.Level) ? policy.Declarations!.Grades : null;
            var lowest = policy.Declarations?.LowestScores is { } rules && rules.Level == group.Key.Level && round.HeldIn >= rules.FirstYear.Value ? rules : null;
            for (var first = 0; first < scored.Length;)
            {
                var next = first + 1;
                while (next < scored.Length && scored[next].Score == scored[first].Score)
                    next++;
                // Everyone from here on has this score or a lower one.
                var isLowest = lowest is not null && (long)(scored.Length - first) * Percents <= (long)scored.Length * lowest.Percent.Value;
                var grade = graded is null ? null : GradeAt(graded, first, scored.Length);
                for (; first < next; first++)
                    ranked.Add(new Ranked(scored[first].Grain, scored[first].Honour, scored[first].Level, grade, scored[first].Score, isLowest));
            }
        }

        return ranked;
    }

    /// <summary>The grade of a place, counted from 0.</summary>
    private static string GradeAt(GradeRules rules, int place, int count)
    {
        var percent = 0;
        foreach (var share in rules.Shares)
        {
            percent += share.Percent.Value;
            if ((long)place * Percents < (long)count * percent)
                return share.Grade;
        }

        return rules.Shares[^1].Grade;
    }

    private static bool IsGraded(Policy policy, string honour, Level level) =>
        policy.Declarations?.Grades is { } grades && grades.Level == level && string.Equals(grades.Honour, honour, StringComparison.Ordinal);

    /// <summary>The last day on which the ranking is in time, so that those who file late or again have as long as there is.</summary>
    private static DateOnly RankedOn(DeclarationRules rules, DateOnly due) =>
        rules.Grades is { } grades ? due.AddMonths(grades.RecomputedWithinMonths.Value) : due.AddDays(1);
}
