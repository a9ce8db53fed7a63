using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// What follows on an entity from what befell its titles, whichever command or deadline it was: asked once after each, so that no path can forget it.
/// </summary>
internal static class TitleConsequences
{
    /// <summary>Brings about what follows.</summary>
    /// <param name="draft">The grain as it is now.</param>
    /// <param name="before">What it was.</param>
    /// <param name="today">The civil date.</param>
    /// <param name="rules">The rules.</param>
    public static void Follow(Draft draft, GrainState? before, DateOnly today, RuleBook rules)
    {
        if (draft.State is not GrainState.Subject { MergedInto: null } after)
            return;
        var known = before as GrainState.Subject;
        if (ReferenceEquals(known?.Titles, after.Titles) && string.Equals(known?.Region, after.Region, StringComparison.Ordinal))
            return;
        DerivedTitles.Follow(draft, today, rules);
        Adjustments.Follow(draft, known?.Titles ?? [], today);
    }
}
