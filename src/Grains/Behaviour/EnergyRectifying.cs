using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>What follows when an energy-conservation inspection found violations: notice, rectification, re-check.</summary>
internal static class EnergyRectifying
{
    public static Decision Order(Draft draft, GrainCommand.OrderEnergyRectification command, DecisionContext context)
    {
        if (Refuse(draft, command.Inspection, EnergyStatus.Violations, "the notice of rectification", out var entry) is { } refused)
            return refused;
        if (entry.HeardOn is not { } heardOn)
            return new Rejection.EnergyOpinionNotHeard(entry.Id);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < heardOn)
            return new Rejection.DateTooEarly("on", command.On, heardOn, "the day on which the opinion was heard");
        // A notice that is served late is served: the authority's delay never counts against the enterprise, whose time runs from service.
        var rules = EnergyInspecting.RulesOf(entry, context);
        draft.Append(new GrainEvent.EnergyRectificationOrdered(
            command.On, entry.Id, command.Number, context.Rules.EndOf(rules.Rectification, command.On), rules.RectificationNotice.Article,
            Serving.DocumentOf(command.Number, context)));
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Accepted;
    }

    public static Decision Extend(Draft draft, GrainCommand.ExtendEnergyRectification command, DecisionContext context)
    {
        if (Refuse(draft, command.Inspection, EnergyStatus.Rectifying, "an extension", out var entry) is { } refused)
            return refused;
        var extension = EnergyInspecting.RulesOf(entry, context).Extension;
        if (entry.Extended)
            return new Rejection.EnergyAlreadyExtended(extension.Article, entry.Id);
        if (command.RequestedOn > context.Today)
            return new Rejection.DateInFuture("requestedOn", command.RequestedOn, context.Today);
        if (command.RequestedOn < entry.OrderedOn)
            return new Rejection.DateTooEarly("requestedOn", command.RequestedOn, entry.OrderedOn.Value, "the day on which the notice of rectification was served");
        draft.Append(new GrainEvent.EnergyRectificationExtended(
            context.Today, entry.Id, command.RequestedOn, context.Rules.EndOf(extension, entry.RectifyBy!.Value), command.Reason, extension.Article));
        return Decision.Accepted;
    }

    public static Decision Report(Draft draft, GrainCommand.ReportEnergyRectification command, DecisionContext context)
    {
        if (EnergyListing.Find(draft, command.Inspection) is not { } entry)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        // What was reported in time and is recorded late was reported in time.
        var late = entry.Status == EnergyStatus.Missed && (entry.RecheckedOn is not { } rechecked || command.On > rechecked);
        if (entry.Status != EnergyStatus.Rectifying && !late)
            return new Rejection.EnergyStepOutOfOrder(entry.Id, entry.Status, "a report of the rectification");
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < entry.OrderedOn)
            return new Rejection.DateTooEarly("on", command.On, entry.OrderedOn.Value, "the day on which the notice of rectification was served");
        var rules = EnergyInspecting.RulesOf(entry, context);
        if (command.On > entry.RectifyBy)
            return new Rejection.EnergyTooLate(rules.Rectification.Article, "on", command.On, entry.RectifyBy.Value);
        draft.Append(new GrainEvent.EnergyRectificationReported(command.On, entry.Id, command.Evidence, context.Rules.EndOf(rules.Recheck, command.On), rules.Recheck.Article));
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Accepted;
    }

    public static Decision Recheck(Draft draft, GrainCommand.RecheckEnergyRectification command, DecisionContext context)
    {
        if (EnergyListing.Find(draft, command.Inspection) is not { } entry)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        // What was missed may be done later: that is no longer a veto, though the cases that it opened stay.
        if (entry.Status is not (EnergyStatus.Reported or EnergyStatus.Missed))
            return new Rejection.EnergyStepOutOfOrder(entry.Id, entry.Status, "a re-check");
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var since = entry.Status == EnergyStatus.Missed ? entry.MissedOn!.Value : entry.ReportedOn!.Value;
        if (command.On < since)
            return new Rejection.DateTooEarly("on", command.On, since, "the day from which there is something to re-check");
        var policy = context.Rules[entry.Policy];
        if ((NamedInspectors.Refuse(draft, command.Inspectors, policy, command.On, context) ?? EnergyDrawing.RefuseRecused(draft, entry, command.Inspectors)) is { } unfit)
            return unfit;
        draft.Append(new GrainEvent.EnergyRectificationRechecked(command.On, entry.Id, command.Rectified, command.Inspectors, command.Findings));
        if (!command.Rectified && entry.Status == EnergyStatus.Reported && context.Today > entry.RectifyBy)
        {
            foreach (var @event in Missed(draft, EnergyListing.Find(draft, entry.Id)!, context.Today, policy))
                draft.Append(@event);
        }

        return Decision.Accepted;
    }

    /// <summary>What happens when the last day of an entry's next step has passed.</summary>
    public static IEnumerable<GrainEvent> Passed(Draft draft, EnergyInspection entry, DateOnly on, RuleBook rules) => entry.Status == EnergyStatus.Rectifying
        ? Missed(draft, entry, on, rules[entry.Policy])
        : [new GrainEvent.EnergyInspectionOverdue(on, entry.Id)];

    /// <summary>Whether the day that an entry waits for has yet to pass.</summary>
    public static bool IsPending(EnergyInspection entry) => entry is { DueBy: not null, Overdue: false };

    private static IEnumerable<GrainEvent> Missed(Draft draft, EnergyInspection entry, DateOnly on, Policy policy)
    {
        yield return new GrainEvent.EnergyRectificationMissed(on, entry.Id, entry.FoundBy ?? [], policy.EnergyInspection!.Rectification.Article);
        if (EnergyFollowUp.OfMissed(draft, entry, on, policy) is { } followUp)
            yield return followUp;
    }

    private static Rejection? Refuse(Draft draft, string id, EnergyStatus needed, string step, out EnergyInspection entry)
    {
        entry = EnergyListing.Find(draft, id)!;
        return entry is null ? new Rejection.EnergyInspectionNotFound(id)
            : entry.Status != needed ? new Rejection.EnergyStepOutOfOrder(id, entry.Status, step)
            : null;
    }
}
