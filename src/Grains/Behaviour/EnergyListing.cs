using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>How an enterprise comes onto the list of energy-conservation inspection, and off it.</summary>
internal static class EnergyListing
{
    public static Decision List(Draft draft, GrainCommand.ListEnergyInspection command, DecisionContext context)
    {
        EnergyInspection? proposed = null;
        if (command.Inspection is { } id)
        {
            proposed = Find(draft, id);
            if (proposed is null)
                return new Rejection.EnergyInspectionNotFound(id);
            if (proposed.Status != EnergyStatus.Proposed)
                return new Rejection.EnergyNotProposed(id, proposed.Status);
        }

        var policyId = proposed?.Policy ?? command.Policy ?? "";
        if (!context.Rules.TryFind(policyId, out var policy))
            return new Rejection.UnknownPolicy(policyId);
        if (policy.EnergyInspection is null)
            return new Rejection.EnergyInspectionNotProvided(policy.Id);
        if (policy.Region is { } scope && (draft.Subject.Region is not { } region || !Region.Covers(scope.Value, region)))
            return new Rejection.OutsidePolicyRegion(policy.Id, scope.Value, draft.Subject.Region, scope.Article);
        if (command.Year < context.Today.Year || command.Year > context.Today.Year + 1)
            return new Rejection.PlanNotOpen(command.Year, context.Today.Year, context.Today.Year + 1);
        if (InPlan(draft, command.Year) is { } listed)
            return new Rejection.EnergyAlreadyListed(listed.Id, command.Year);
        var entry = proposed?.Id ?? NextId(draft);
        draft.Append(new GrainEvent.EnergyInspectionListed(
            context.Today, entry, policy.Id, command.Year, command.Reason, proposed?.Trigger, proposed?.Article, Follows: proposed?.Follows, EndOfPlan(command.Year)));
        return proposed is null ? Decision.Creating($"energy-inspections/{entry}") : Decision.Accepted;
    }

    public static Decision Delist(Draft draft, GrainCommand.DelistEnergyInspection command, DecisionContext context)
    {
        if (Find(draft, command.Inspection) is not { } found)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        // What an inspection found is rectified, not struck off.
        if (found.Status is not (EnergyStatus.Proposed or EnergyStatus.Listed or EnergyStatus.Notified))
            return new Rejection.EnergyStepOutOfOrder(found.Id, found.Status, "delisting");
        draft.Append(new GrainEvent.EnergyInspectionDelisted(context.Today, found.Id, command.Reason));
        EnergyDrawing.CallOff(draft, found, command.Reason, context);
        return Decision.Accepted;
    }

    /// <summary>Lists an enterprise that was drawn by the rate of its risk class; the entry's identity.</summary>
    public static string ListDrawn(Draft enterprise, Policy policy, int year, string draw, DecisionContext context)
    {
        var id = NextId(enterprise);
        enterprise.Append(new GrainEvent.EnergyInspectionListed(
            context.Today, id, policy.Id, year, Reason: null, EnergyTrigger.RiskClassRate, RuleOf(policy, EnergyTrigger.RiskClassRate)?.Article ?? ComingDeadlines.EarlierVersion,
            Follows: null, EndOfPlan(year), draw));
        return id;
    }

    /// <summary>What a title of a product, granted or removed, means for the enterprise that makes it, in the same append.</summary>
    /// <param name="trigger">What happened.</param>
    /// <param name="product">The product; nothing follows from entities of other kinds.</param>
    /// <param name="others">The grains that were gathered, that of its maker among them.</param>
    /// <param name="policy">The policy of the title.</param>
    /// <param name="decided">The case by which the title was removed.</param>
    /// <param name="context">The context.</param>
    public static void Trigger(EnergyTrigger trigger, Draft product, Dictionary<GrainId, Draft> others, Policy policy, string? decided, DecisionContext context)
    {
        if (product.Id.Kind != GrainKind.Product || RuleOf(policy, trigger) is not { } rule)
            return;
        var enterprise = Producers.Find(product, others);
        Deadlines.Apply(enterprise, context.Now, context.Rules);
        // That it makes listed products is said once; each removal is a reason of its own.
        if (trigger == EnergyTrigger.ProductProducer && enterprise.Subject.EnergyInspections?.Any(entry => entry.Trigger == trigger && entry.Status != EnergyStatus.Delisted) == true)
            return;
        if (rule.Effect == EnergyTriggerEffect.Proposes)
            enterprise.Append(Proposal(enterprise, policy, rule, context.Today, product.Id, decided, follows: null));
        else if (InPlan(enterprise, context.Today.Year) is null)
            enterprise.Append(Listing(enterprise, policy, rule, context.Today.Year, context.Today, follows: null));
    }

    /// <summary>A removal that was quashed proposes nothing; what an officer has listed since stays.</summary>
    public static void Quash(Draft product, Dictionary<GrainId, Draft> others, string quashed, DecisionContext context)
    {
        if (product.Id.Kind != GrainKind.Product)
            return;
        var enterprise = Producers.Find(product, others);
        var proposed = enterprise.Subject.EnergyInspections?.FirstOrDefault(entry =>
            entry.Status == EnergyStatus.Proposed && entry.Cause == product.Id && string.Equals(entry.Case, quashed, StringComparison.Ordinal));
        if (proposed is not null)
            enterprise.Append(new GrainEvent.EnergyInspectionDelisted(context.Today, proposed.Id, "removal-quashed"));
    }

    public static EnergyInspection? Find(Draft draft, string id) =>
        draft.Subject.EnergyInspections?.FirstOrDefault(entry => string.Equals(entry.Id, id, StringComparison.Ordinal));

    /// <summary>The event by which a trigger lists an enterprise in the plan of a year.</summary>
    public static GrainEvent.EnergyInspectionListed Listing(Draft draft, Policy policy, EnergyTriggerRule rule, int year, DateOnly on, string? follows) =>
        new(on, NextId(draft), policy.Id, year, Reason: null, rule.Trigger, rule.Article, follows, EndOfPlan(year));

    /// <summary>The event by which a trigger proposes an enterprise.</summary>
    public static GrainEvent.EnergyInspectionProposed Proposal(
        Draft draft, Policy policy, EnergyTriggerRule rule, DateOnly on, GrainId cause, string? decided, string? follows) =>
        new(on, NextId(draft), policy.Id, rule.Trigger, rule.Article, cause, decided, follows);

    public static EnergyTriggerRule? RuleOf(Policy policy, EnergyTrigger trigger) =>
        policy.EnergyInspection?.Triggers.FirstOrDefault(rule => rule.Trigger == trigger);

    public static EnergyInspection? InPlan(Draft draft, int year) =>
        draft.Subject.EnergyInspections?.FirstOrDefault(entry => entry.Year == year && entry.Status != EnergyStatus.Delisted);

    private static DateOnly EndOfPlan(int year) => new(year, 12, 31);

    private static string NextId(Draft draft) => $"energy-inspection-{(draft.Subject.EnergyInspections?.Count ?? 0) + 1}";
}
