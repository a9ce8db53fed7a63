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
        foreach (var inspector in inspectors)
        {
            if (InspectorFitness.Unfit(context.Inspectors.GetValueOrDefault(inspector), entity.Subject.Region, enterprise, on) is { } reason)
                return new Rejection.InspectorUnfit(reason == InspectorFitness.Conflict ? InspectorConflict.Article : from.Article, inspector, reason);
        }

        return null;
    }
}
