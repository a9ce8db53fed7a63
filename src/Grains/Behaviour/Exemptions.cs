using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Earning the exemption from random checks, and losing it.</summary>
internal static class Exemptions
{
    /// <summary>The reason for which an exemption ends that, as it turns out, was never earned.</summary>
    public const string NeverEarned = "correction";

    /// <summary>The reason for which a failed check ends an exemption.</summary>
    public const string ByCheck = "check";

    /// <summary>Grants the exemption when the count has reached what the policy asks for.</summary>
    public static void Earn(Draft draft, TitleRef reference, Policy policy, DateOnly today)
    {
        var title = draft.Subject.Of(reference);
        if (policy.Checks.Exemption is { } rule && title.Exemption is null && title.CleanChecks >= rule.CleanChecks.Value)
        {
            // The years run from the day on which the last clean result was confirmed; the last day is inclusive.
            draft.Append(new GrainEvent.ExemptionGranted(today, reference, LastDay.OfYears(today, rule.Years.Value), rule.Years.Article));
        }
    }

    /// <summary>The article by which a title is exempt: that of its rules, or of those under which it earned the exemption before it came under these.</summary>
    public static string ArticleOf(Title title, RuleBook rules) =>
        (title.Formerly ?? []).Select(former => former.Ref).Append(title.Ref)
            .Select(under => rules[under.Policy].Checks.Exemption?.Years.Article)
            .LastOrDefault(article => article is not null) ?? rules[title.Ref.Policy].Document;

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

    /// <summary>
    /// Gives an exemption back that a failed check ended, when by what is known now no check ends it. Clean checks that
    /// were counted meanwhile fall into the exemption and are not counted, unless they came after its last day.
    /// </summary>
    public static void Restore(Draft draft, TitleRef reference, Policy policy, string reason)
    {
        var title = draft.Subject.Of(reference);
        if (title is not { Exemption: null, Ended: { } ended } || !Stands(draft.Subject, title, ended.Exemption, policy))
            return;
        draft.Append(new GrainEvent.ExemptionRestored(
            ended.On, reference, ended.Exemption, [.. title.Counted.Where(entry => !entry.Clean || entry.On > ended.Exemption.Until)], reason));
    }

    private static bool Stands(GrainState.Subject subject, Title title, Exemption exemption, Policy policy)
    {
        var results = subject.Checks
            .Where(check => check.Title == title.Ref && check is { Status: CheckStatus.Confirmed, Result: { } result } && result.Version > title.GrantVersion)
            .ToDictionary(check => check.Id, check => check.Result!);
        return IsEarned(exemption.EarnedBy.Select(entry => entry with { Clean = entry.Clean && results[entry.Check].Outcome == CheckOutcome.Clean }), policy)
            && results.Where(pair => pair.Value.On <= exemption.Until && !exemption.EarnedBy.Any(entry => string.Equals(entry.Check, pair.Key, StringComparison.Ordinal)))
                .All(pair => EndedBy(exemption, pair.Key, pair.Value.On, pair.Value.Outcome, policy) is null);
    }

    /// <summary>Whether counted checks end with as many clean ones as the policy asks for.</summary>
    public static bool IsEarned(IEnumerable<CountedCheck> counted, Policy policy) =>
        policy.Checks.Exemption is not { } rule || counted.Reverse().TakeWhile(check => check.Clean).Count() >= rule.CleanChecks.Value;
}
