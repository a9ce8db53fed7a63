using Supervision.Grains.Policies;

namespace Supervision.Grains.Draws;

/// <summary>Which titles a draw may draw: the one rule by which rosters leave titles out and grains refuse what was drawn.</summary>
public static class Drawable
{
    /// <summary>The title is exempt from random checks.</summary>
    public const string Exempt = "exempt";

    /// <summary>A check of the title is open.</summary>
    public const string OpenCheck = "open-check";

    /// <summary>The title was checked within the interval.</summary>
    public const string CheckedWithinInterval = "checked-within-interval";

    /// <summary>The enterprise has as many visits this year as the cap allows, or may come to have them.</summary>
    public const string CapReached = "cap-reached";

    /// <summary>The entity has no such title in force by a list of its own; what follows from another title is drawn as that.</summary>
    public const string NotInForce = "not-in-force";

    /// <summary>Another enterprise stands behind the entity by now.</summary>
    public const string Moved = "moved";

    /// <summary>The entity was merged into another one.</summary>
    public const string Merged = "merged";

    /// <summary>Every reason for which rosters of a purpose leave somebody out.</summary>
    public static IReadOnlyList<string> ReasonsOf(DrawPurpose purpose) => purpose switch
    {
        DrawPurpose.EnergyList => [NotInForce, EnergyDrawable.Listed],
        DrawPurpose.EnergyVisits => [EnergyDrawable.Inspected, EnergyDrawable.OnSite, CapReached],
        _ => [NotInForce, Exempt, OpenCheck, CheckedWithinInterval, CapReached],
    };

    /// <summary>Every reason for which a winner is skipped when what was drawn is ordered.</summary>
    public static IReadOnlyList<string> SkipReasonsOf(DrawPurpose purpose) => purpose switch
    {
        DrawPurpose.EnergyList => [EnergyDrawable.Listed, Merged],
        DrawPurpose.EnergyVisits => [EnergyDrawable.NotListed, EnergyDrawable.Inspected, EnergyDrawable.OnSite, CapReached, Merged],
        _ => [NotInForce, Exempt, OpenCheck, CheckedWithinInterval, CapReached, Moved, Merged],
    };

    /// <summary>Why a title is left out; null where it may be drawn.</summary>
    /// <param name="entity">The entity that holds it.</param>
    /// <param name="title">The title.</param>
    /// <param name="intervalMonths">For how many months nothing is checked again; null: no such interval.</param>
    /// <param name="today">The day.</param>
    public static string? Exclusion(GrainState.Subject entity, TitleRef title, int? intervalMonths, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.MergedInto is not null)
            return Merged;
        if (entity.Titles.FirstOrDefault(held => held.Ref == title) is not { Supervised: true } found)
            return NotInForce;
        if (found.Exemption is { } exemption && today <= exemption.Until)
            return Exempt;
        var interval = false;
        foreach (var check in entity.Checks)
        {
            if (check.Title != title)
                continue;
            if (check.IsOpen())
                return OpenCheck;
            interval |= intervalMonths is { } months && WasMade(check) && today < check.Result!.On.AddMonths(months);
        }

        return interval ? CheckedWithinInterval : null;
    }

    /// <summary>Why no further visit is planned at an enterprise; null where one may be.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="cap">The cap of the policy; null: it has none.</param>
    /// <param name="basis">Random or directed.</param>
    /// <param name="today">The day of planning.</param>
    /// <param name="dueBy">The last day for the visit: it may fall into any year from now to then.</param>
    public static string? Exclusion(GrainState.Subject enterprise, CapRules? cap, CheckBasis basis, DateOnly today, DateOnly dueBy) =>
        FullYear(enterprise, cap, basis, today, dueBy) is null ? null : CapReached;

    /// <summary>The first year in which a visit would exceed the cap; null where it does in none.</summary>
    internal static int? FullYear(GrainState.Subject enterprise, CapRules? cap, CheckBasis basis, DateOnly today, DateOnly dueBy)
    {
        if (cap is null || today < cap.From.Value || !cap.Counts.Of(basis))
            return null;
        for (var year = today.Year; year <= dueBy.Year; year++)
        {
            if (cap.MostVisitsOf(enterprise, year) >= cap.PerYear.Value)
                return year;
        }

        return null;
    }

    /// <summary>Whether something was found, good or bad; what could not be made, or was refused, is no check.</summary>
    public static bool WasMade(Check check) =>
        check is { Status: CheckStatus.Confirmed, Result.Outcome: CheckOutcome.Clean or CheckOutcome.Minor or CheckOutcome.Failed };
}
