using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>What may be inspected: published items only, and from afar where papers and data suffice.</summary>
internal static class CheckItems
{
    /// <summary>The items that stand in an order: those named or, where none is, all that the policy publishes.</summary>
    public static Rejection? Find(IReadOnlyList<string> named, Policy policy, CheckedPlace place, DecisionContext context, out IReadOnlyList<string> items)
    {
        items = named;
        if (RulesOf(policy, context) is not { } rules)
            return null;
        items = named.Count == 0 ? [.. rules.Published.Select(item => item.Id)] : [.. named.Distinct(StringComparer.Ordinal)];
        return items.Select(item => Refuse(item, rules, place, context)).FirstOrDefault(refused => refused is not null);
    }

    /// <summary>Whether the items and the way in which they are checked go together.</summary>
    public static Rejection? RefuseWay(IReadOnlyList<string> items, bool remote, string? onSite, Policy policy, DecisionContext context)
    {
        if (RulesOf(policy, context) is not { } rules)
            return remote ? new Rejection.ItemNotRemote(policy.Document, items.Count > 0 ? items[0] : "-") : null;
        var atTheDoor = items.FirstOrDefault(item => !IsRemoteFirst(item, rules, context));
        return remote && atTheDoor is not null ? new Rejection.ItemNotRemote(rules.From.Article, atTheDoor)
            : !remote && atTheDoor is null && string.IsNullOrWhiteSpace(onSite) ? new Rejection.RemoteFirst(rules.From.Article)
            : null;
    }

    private static ItemRules? RulesOf(Policy policy, DecisionContext context) =>
        policy.Checks.Items is { } rules && rules.From.Value <= context.Today ? rules : null;

    /// <summary>What a policy publishes counts for its titles, what a list publishes in the region of its authority.</summary>
    private static Rejection.ItemNotPublished? Refuse(string id, ItemRules rules, CheckedPlace place, DecisionContext context)
    {
        if (OfPolicy(id, rules) is not null)
            return null;
        if (context.Rules.Items.ListOf(id) is not { } list)
            return new Rejection.ItemNotPublished(rules.From.Article, id, PublishedBy: null);
        return list.Region is null || place.LiesIn(list.Region, context.Actor) ? null : new Rejection.ItemNotPublished(rules.From.Article, id, list.Authority);
    }

    private static bool IsRemoteFirst(string id, ItemRules rules, DecisionContext context) =>
        OfPolicy(id, rules)?.RemoteFirst ?? context.Rules.Items.Find(id)?.RemoteFirst == true;

    private static PublishedItem? OfPolicy(string id, ItemRules rules) => rules.Published.FirstOrDefault(item => string.Equals(item.Id, id, StringComparison.Ordinal));
}
