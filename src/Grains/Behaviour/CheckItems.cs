using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>What may be inspected: published items only, and from afar where papers and data suffice.</summary>
internal static class CheckItems
{
    /// <summary>The items that stand in an order: those named or, where none is, all that the policy publishes.</summary>
    public static Rejection? Find(IReadOnlyList<string> named, Policy policy, DecisionContext context, out IReadOnlyList<string> items)
    {
        items = named;
        if (RulesOf(policy, context) is not { } rules)
            return null;
        items = named.Count == 0 ? [.. rules.Published.Select(item => item.Id)] : [.. named.Distinct(StringComparer.Ordinal)];
        return items.FirstOrDefault(item => RemoteFirst(item, rules, context) is null) is { } unpublished
            ? new Rejection.ItemNotPublished(rules.From.Article, unpublished)
            : null;
    }

    /// <summary>Whether the items and the way in which they are checked go together.</summary>
    public static Rejection? RefuseWay(IReadOnlyList<string> items, bool remote, string? onSite, Policy policy, DecisionContext context)
    {
        if (RulesOf(policy, context) is not { } rules)
            return remote ? new Rejection.ItemNotRemote(policy.Document, items.Count > 0 ? items[0] : "-") : null;
        var atTheDoor = items.FirstOrDefault(item => RemoteFirst(item, rules, context) != true);
        return remote && atTheDoor is not null ? new Rejection.ItemNotRemote(rules.From.Article, atTheDoor)
            : !remote && atTheDoor is null && string.IsNullOrWhiteSpace(onSite) ? new Rejection.RemoteFirst(rules.From.Article)
            : null;
    }

    private static ItemRules? RulesOf(Policy policy, DecisionContext context) =>
        policy.Checks.Items is { } rules && rules.From.Value <= context.Today ? rules : null;

    /// <summary>Whether an item is checked from afar first; null where it is not published.</summary>
    private static bool? RemoteFirst(string id, ItemRules rules, DecisionContext context) =>
        rules.Published.FirstOrDefault(item => string.Equals(item.Id, id, StringComparison.Ordinal))?.RemoteFirst ?? context.Rules.Items.Find(id)?.RemoteFirst;
}
