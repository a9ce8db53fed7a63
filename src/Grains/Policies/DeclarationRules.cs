using System.Text.Json.Serialization;

namespace Supervision.Grains.Policies;

/// <summary>The self-declarations (yearly reports) of the holders: 自我声明, 动态管理表.</summary>
public sealed record DeclarationRules
{
    /// <summary>What is due when. Rounds that are over stay here, so that their years can be told and caught up with.</summary>
    public required IReadOnlyList<DeclarationRound> Rounds { get; init; }

    /// <summary>How long the holder has to file again what was returned, from the return, though never less than to the round's own last day.</summary>
    public required Period Refiling { get; init; }

    /// <summary>How long the holder has after service of the written demand that follows an overdue declaration.</summary>
    public required Period Demand { get; init; }

    /// <summary>What opens a case, with the ground.</summary>
    public required IReadOnlyList<DeclarationCase> Opens { get; init; }

    /// <summary>The grades after a round; none where there are none.</summary>
    public GradeRules? Grades { get; init; }

    /// <summary>What becomes of the lowest scores; needed where the lowest scores open a case.</summary>
    public LowestScoreRules? LowestScores { get; init; }
}

/// <summary>A round of declarations that comes back every year.</summary>
/// <param name="Name">For example <c>annual</c>; with the year it covers it identifies a declaration under the policy.</param>
/// <param name="Covers">What a declaration of the round is about.</param>
/// <param name="Opens">The first day on which it can be filed.</param>
/// <param name="Due">The last day on which it is filed in time.</param>
/// <param name="FirstYear">The first calendar year in which it is due.</param>
/// <param name="LastYear">The last one; none while the round goes on.</param>
public sealed record DeclarationRound(
    string Name, DeclarationPeriod Covers, Figure<MonthDay> Opens, Figure<MonthDay> Due, Figure<int> FirstYear, Figure<int>? LastYear = null)
{
    /// <summary>Whether the round is held in a calendar year.</summary>
    public bool IsHeldIn(int year) => year >= FirstYear.Value && year <= (LastYear?.Value ?? int.MaxValue);

    /// <summary>The year that the declarations of a calendar year are about.</summary>
    public int YearCovered(int year) => Covers == DeclarationPeriod.YearBefore ? year - 1 : year;
}

/// <summary>What a declaration is about.</summary>
[JsonConverter(typeof(KebabCase<DeclarationPeriod>))]
public enum DeclarationPeriod
{
    /// <summary>The calendar year before the one in which it is due.</summary>
    YearBefore,

    /// <summary>The first half of the year in which it is due.</summary>
    FirstHalf,
}

/// <summary>A finding about declarations that opens a case.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Ground">The ground of the case, one of the policy's.</param>
public sealed record DeclarationCase(DeclarationFinding Finding, string Ground);

/// <summary>What is found about declarations.</summary>
[JsonConverter(typeof(KebabCase<DeclarationFinding>))]
public enum DeclarationFinding
{
    /// <summary>拒不填报: nothing was filed after the written demand.</summary>
    Refused,

    /// <summary>造假: what was declared is false.</summary>
    Falsified,

    /// <summary>The score stayed among the lowest.</summary>
    LowestScores,
}

/// <summary>The grades (企业绿码) of those who filed; who did not gets none.</summary>
/// <param name="Honour">The honour whose holders are graded.</param>
/// <param name="Level">Its level.</param>
/// <param name="Shares">Each grade and the share of those who filed, best first; together all of them.</param>
/// <param name="RecomputedWithinMonths">Within how many months of a round's last day the grades are computed anew.</param>
public sealed record GradeRules(string Honour, Level Level, IReadOnlyList<GradeShare> Shares, Figure<int> RecomputedWithinMonths);

/// <summary>A grade and its share.</summary>
/// <param name="Grade">For example <c>A+</c>.</param>
/// <param name="Percent">The share, in percent of those who filed.</param>
public sealed record GradeShare(string Grade, Figure<int> Percent);

/// <summary>The lowest scores of a round.</summary>
/// <param name="Level">The level of the list whose scores are compared, within an honour.</param>
/// <param name="Percent">The share of the lowest, in percent of those who filed.</param>
/// <param name="Years">For how many consecutive years a title has to be among them.</param>
/// <param name="FirstYear">The first calendar year whose round counts.</param>
public sealed record LowestScoreRules(Level Level, Figure<int> Percent, Figure<int> Years, Figure<int> FirstYear);

/// <summary>Publication of good practice (先进经验) that was approved.</summary>
/// <param name="EveryMonths">How many months lie between two publications.</param>
public sealed record GoodPracticeRules(Figure<int> EveryMonths);
