namespace Supervision.Grains.Policies;

/// <summary>How spot checks are drawn (随机抽查), and what is drawn every year.</summary>
public sealed record DrawRules
{
    /// <summary>The share that is drawn of each credit-risk class, and of those without one.</summary>
    public required IReadOnlyList<DrawRate> Rates { get; init; }

    /// <summary>Who was checked within so many months is left out; none: that does not matter.</summary>
    public Figure<int>? IntervalMonths { get; init; }

    /// <summary>Time from the draw to the last day of the visits.</summary>
    public required Period Visits { get; init; }

    /// <summary>Where the public value of a draw comes from unless the announcement names another source.</summary>
    public required Figure<string> PublicSource { get; init; }

    /// <summary>Draws that are announced every year.</summary>
    public IReadOnlyList<DrawPlan>? Plans { get; init; }

    /// <summary>The share of a risk class, from 0 to 1; null where there is none.</summary>
    public static decimal? RateOf(IReadOnlyList<DrawRate>? rates, string? riskClass) =>
        rates?.FirstOrDefault(rate => string.Equals(rate.RiskClass, riskClass, StringComparison.Ordinal))?.Percent.Value / 100;
}

/// <summary>The share that is drawn of a credit-risk class.</summary>
/// <param name="Percent">From 0 to 100.</param>
/// <param name="RiskClass">A (lowest) to D; null: those without one.</param>
public sealed record DrawRate(Figure<decimal> Percent, string? RiskClass = null);

/// <summary>A draw that is announced every year by itself.</summary>
/// <param name="Name">For example <c>annual</c>; unique in the policy.</param>
/// <param name="Level">The level of the titles.</param>
/// <param name="AnnouncedOn">The day on which it is announced.</param>
/// <param name="Lead">Time from the announcement to the draw, in which the public value comes to be known.</param>
/// <param name="Purpose">What is drawn; spot checks where it is left out.</param>
public sealed record DrawPlan(string Name, Level Level, Figure<MonthDay> AnnouncedOn, Period Lead, DrawPurpose Purpose = DrawPurpose.SpotChecks);
