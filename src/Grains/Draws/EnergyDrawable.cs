using Supervision.Grains.Policies;

namespace Supervision.Grains.Draws;

/// <summary>Which enterprises a draw of energy-conservation inspection may draw: the one rule for rosters and grains, as <see cref="Drawable"/> is for titles.</summary>
public static class EnergyDrawable
{
    /// <summary>The enterprise stands in the plan of the year already.</summary>
    public const string Listed = "listed";

    /// <summary>The enterprise does not stand in the plan of the year under the policy any more.</summary>
    public const string NotListed = "not-listed";

    /// <summary>It is inspected on site in any case: it was told so, or drawn already.</summary>
    public const string OnSite = "on-site";

    /// <summary>The inspection was made.</summary>
    public const string Inspected = "inspected";

    /// <summary>Why an enterprise is not drawn for the list of a year; null where it may be.</summary>
    public static string? OfList(GrainState.Subject enterprise, int year)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return enterprise.MergedInto is not null ? Drawable.Merged
            : enterprise.EnergyInspections?.Any(entry => entry.Year == year && entry.Status != EnergyStatus.Delisted) == true ? Listed
            : null;
    }

    /// <summary>Why an enterprise on the list is not drawn for a visit; null where it may be.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="policy">The policy under which it is listed.</param>
    /// <param name="year">The year of the plan.</param>
    /// <param name="today">The day of planning.</param>
    /// <param name="dueBy">The last day of the visit.</param>
    public static string? OfVisits(GrainState.Subject enterprise, Policy policy, int year, DateOnly today, DateOnly dueBy)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        ArgumentNullException.ThrowIfNull(policy);
        if (enterprise.MergedInto is not null)
            return Drawable.Merged;
        return EntryOf(enterprise, policy.Id, year) switch
        {
            null => NotListed,
            { Status: not (EnergyStatus.Listed or EnergyStatus.Notified) } => Inspected,
            { OnSite: not null } or { Method: EnergyMethod.OnSite } => OnSite,
            _ => Drawable.Exclusion(enterprise, policy.Checks.Cap, CheckBasis.Random, today, dueBy),
        };
    }

    /// <summary>The entry of an enterprise in the plan of a year under a policy; null where it has none.</summary>
    public static EnergyInspection? EntryOf(GrainState.Subject enterprise, string policy, int year)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return enterprise.EnergyInspections?.FirstOrDefault(entry =>
            entry.Year == year && entry.Status is not (EnergyStatus.Proposed or EnergyStatus.Delisted) && string.Equals(entry.Policy, policy, StringComparison.Ordinal));
    }
}
