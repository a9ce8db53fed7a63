using Supervision.Grains.Behaviour;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Inspectors;

/// <summary>The inspectors that an order, a result or a reassignment names.</summary>
internal static class NamedInspectors
{
    /// <summary>
    /// Refuses too few of them and, from the day of the policy on, the first one who may not make a check of the entity on a day.
    /// </summary>
    public static Rejection? Refuse(Draft entity, IReadOnlyList<string> inspectors, Policy policy, DateOnly on, DecisionContext context)
    {
        if (Checking.RefuseInspectors(inspectors, policy) is { } tooFew)
            return tooFew;
        if (policy.Checks.RegisteredInspectorsFrom is not { } from || on < from.Value)
            return null;
        var enterprise = entity.Subject.Enterprise ?? entity.Id;
        var needed = policy.Checks.Fields?.FirstOrDefault(rule => string.Equals(rule.Kind, entity.Id.Kind.Name, StringComparison.Ordinal));
        foreach (var inspector in inspectors)
        {
            if (InspectorFitness.Unfit(context.Inspectors.GetValueOrDefault(inspector), entity.Subject.Region, enterprise, on, needed?.Field) is { } reason)
            {
                var article = reason switch
                {
                    InspectorFitness.Conflict => InspectorConflict.Article,
                    InspectorFitness.LacksField => needed!.Article,
                    _ => from.Article,
                };
                return new Rejection.InspectorUnfit(article, inspector, reason);
            }
        }

        return null;
    }
}
