using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Who was found in violation is inspected again in the next plan, whether or not it was rectified, where the policy has it (工信厅节函〔2022〕261号).</summary>
public static class EnergyFollowUp
{
    /// <summary>What inspections of the year before found, those of its plan or made in it, that nothing follows up.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="year">The year in whose plan it is followed up.</param>
    public static IEnumerable<EnergyInspection> Left(GrainState.Subject enterprise, int year)
    {
        ArgumentNullException.ThrowIfNull(enterprise);
        return (enterprise.EnergyInspections ?? []).Where(found =>
            found is { Outcome: EnergyOutcome.Violations, Year: { } plan, On: { } on } && Math.Max(plan, on.Year) == year - 1
            && !enterprise.EnergyInspections!.Any(next => string.Equals(next.Follows, found.Id, StringComparison.Ordinal)));
    }

    /// <summary>Lists the enterprise in the plan of this year for what was found the year before. Who is in the plan already stays as it is.</summary>
    internal static void List(Draft enterprise, DecisionContext context)
    {
        foreach (var found in Left(enterprise.Subject, context.Today.Year))
        {
            if (context.Rules.TryFind(found.Policy, out var policy) && Of(enterprise, found, context.Today.Year, context.Today, policy) is { } followUp)
                enterprise.Append(followUp);
        }
    }

    /// <summary>What was not rectified in time is in the next plan at once.</summary>
    internal static GrainEvent? OfMissed(Draft enterprise, EnergyInspection missed, DateOnly on, Policy policy) =>
        Of(enterprise, missed, Math.Max(missed.Year!.Value + 1, on.Year), on, policy);

    private static GrainEvent? Of(Draft enterprise, EnergyInspection found, int year, DateOnly on, Policy policy)
    {
        if (EnergyListing.RuleOf(policy, EnergyTrigger.ViolatorFollowUp) is not { } rule || EnergyListing.InPlan(enterprise, year) is not null)
            return null;
        return rule.Effect == EnergyTriggerEffect.Lists ? EnergyListing.Listing(enterprise, policy, rule, year, on, found.Id)
            : enterprise.Subject.EnergyInspections!.Any(next => next.Status == EnergyStatus.Proposed && string.Equals(next.Follows, found.Id, StringComparison.Ordinal)) ? null
            : EnergyListing.Proposal(enterprise, policy, rule, on, enterprise.Id, decided: null, found.Id);
    }
}
