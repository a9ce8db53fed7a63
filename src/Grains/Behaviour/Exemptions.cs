using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Earning the exemption from random checks, and losing it.</summary>
internal static class Exemptions
{
    /// <summary>The reason for which an exemption ends that, as it turns out, was never earned.</summary>
    public const string NeverEarned = "correction";

    private const string ByCheck = "check";

    /// <summary>Grants the exemption when the count has reached what the policy asks for.</summary>
    public static void Earn(Draft draft, TitleRef reference, Policy policy, DateOnly today)
    {
        var title = draft.Subject.Of(reference);
        if (policy.Checks.Exemption is { } rule && title.Exemption is null && title.CleanChecks >= rule.CleanChecks.Value)
        {
            // The years run from the day on which the last clean result was confirmed; the last day is inclusive.
            draft.Append(new GrainEvent.ExemptionGranted(today, reference, today.AddYears(rule.Years.Value).AddDays(-1), rule.Years.Article));
        }
    }

    /// <summary>Why a result that did not help to earn an exemption ends it; null if it does not.</summary>
    public static string? EndedBy(Exemption exemption, string check, DateOnly on, CheckOutcome outcome, Policy policy)
    {
        // Checks are ordered by their dates: one that became known late may have interrupted the clean ones.
        if (on >= exemption.EarnedBy[^1].On)
            return outcome == CheckOutcome.Failed ? ByCheck : null;
        return policy.Checks.Resets.Contains(outcome) && !IsEarned(Evolution.Count(exemption.EarnedBy, new CountedCheck(check, on, Clean: false)), policy)
            ? NeverEarned
            : null;
    }

    /// <summary>Whether counted checks end with as many clean ones as the policy asks for.</summary>
    public static bool IsEarned(IEnumerable<CountedCheck> counted, Policy policy) =>
        policy.Checks.Exemption is not { } rule || counted.Reverse().TakeWhile(check => check.Clean).Count() >= rule.CleanChecks.Value;
}
