using Supervision.Grains.Inspectors;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Energy-conservation inspections from the written notice to what they found.</summary>
internal static class EnergyInspecting
{
    public static Decision Notify(Draft draft, GrainCommand.NotifyEnergyInspection command, DecisionContext context)
    {
        if (Refuse(draft, command.Inspection, "a notice", out var entry) is { } refused)
            return refused;
        if (RefuseDate(command.On, entry, context) is { } wrongDate)
            return wrongDate;
        if (EnergyDrawing.RefuseMethod(entry, command.Method) is { } drawn)
            return drawn;
        var notice = RulesOf(entry, context).Notice;
        var earliest = context.Rules.EndOf(notice, command.On);
        if (command.PlannedOn < earliest)
            return new Rejection.EnergyNoticeTooShort(notice.Article, "plannedOn", command.PlannedOn, earliest);
        draft.Append(new GrainEvent.EnergyInspectionNotified(
            command.On, entry.Id, command.Method, command.PlannedOn, command.Channel, notice.Article, Serving.DocumentOf(number: null, context),
            EnergyDrawing.Tell(draft, entry, command.On, context)));
        EnergyDrawing.Notify(draft, entry, command.On);
        return Decision.Accepted;
    }

    public static Decision Record(Draft draft, GrainCommand.RecordEnergyResult command, DecisionContext context)
    {
        if (Refuse(draft, command.Inspection, "a result", out var entry) is { } refused)
            return refused;
        if (RefuseDate(command.On, entry, context) is { } wrongDate)
            return wrongDate;
        if (NamedInspectors.Refuse(draft, command.Inspectors, context.Rules[entry.Policy], command.On, context) is { } unfit)
            return unfit;
        if (EnergyDrawing.RefuseMethod(entry, command.Method) is { } drawn)
            return drawn;
        if (EnergyDrawing.RefuseOthers(draft, entry, command.Inspectors) is { } other)
            return other;
        var rules = RulesOf(entry, context);
        if (RefuseNotice(entry, command, rules, context) is { } untold)
            return untold;
        DateOnly? dueBy = command.Outcome == EnergyOutcome.Violations ? context.Rules.EndOf(rules.RectificationNotice, command.On) : null;
        draft.Append(new GrainEvent.EnergyInspectionConcluded(
            command.On, entry.Id, command.Outcome, command.Method, command.Inspectors, command.Findings, command.WithoutNotice, dueBy,
            command.WithoutNotice is null ? rules.Notice.Article : rules.WithoutNotice.Article));
        EnergyDrawing.Make(draft, entry, command, context);
        return Decision.Accepted;
    }

    /// <summary>What is inspected in writing has no record on site.</summary>
    public static Decision Sign(Draft draft, GrainCommand.SignEnergyRecord command, DecisionContext context)
    {
        if (EnergyListing.Find(draft, command.Inspection) is not { } entry)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        if (entry.Status is EnergyStatus.Proposed or EnergyStatus.Delisted)
            return new Rejection.EnergyNotListed(entry.Id, entry.Status);
        if (entry is { Method: EnergyMethod.Written, OnSite: null })
            return new Rejection.EnergyNotOnSite(entry.Id);
        if (EnergyDrawing.RefuseStranger(draft, entry, context.Actor) is { } stranger)
            return stranger;
        // There is nothing to sign before somebody was there, which the result says or the entry that was scanned for the visit.
        if (entry.Status is EnergyStatus.Listed or EnergyStatus.Notified && !EnergyDrawing.IsEntered(draft, entry))
            return new Rejection.EnergyStepOutOfOrder(entry.Id, entry.Status, "a record");
        if (RefuseDate(command.On, entry, context) is { } wrongDate)
            return wrongDate;
        if (entry.Record is { } made)
            return new Rejection.RecordAlreadySigned(entry.Id, made.On);
        if (!command.HolderSigned && string.IsNullOrWhiteSpace(command.Reason))
            return new Rejection.ReasonNeeded();
        draft.Append(new GrainEvent.EnergyRecordSigned(command.On, entry.Id, command.HolderSigned, command.Reason));
        return Decision.Accepted;
    }

    public static Decision Hear(Draft draft, GrainCommand.HearEnergyOpinion command, DecisionContext context)
    {
        if (EnergyListing.Find(draft, command.Inspection) is not { } entry)
            return new Rejection.EnergyInspectionNotFound(command.Inspection);
        if (entry.Status != EnergyStatus.Violations)
            return new Rejection.EnergyStepOutOfOrder(entry.Id, entry.Status, "hearing the opinion");
        if (entry.HeardOn is not null)
            return new Rejection.EnergyOpinionAlreadyHeard(entry.Id);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < entry.On)
            return new Rejection.DateTooEarly("on", command.On, entry.On.Value, "the day of the inspection");
        draft.Append(new GrainEvent.EnergyOpinionHeard(command.On, entry.Id, command.Text));
        return Decision.Accepted;
    }

    /// <summary>The rules of an entry; those of inspection stay with the entries that a policy has listed.</summary>
    public static EnergyInspectionRules RulesOf(EnergyInspection entry, DecisionContext context) => context.Rules[entry.Policy].EnergyInspection!;

    private static Rejection? Refuse(Draft draft, string id, string step, out EnergyInspection entry)
    {
        entry = EnergyListing.Find(draft, id)!;
        return entry?.Status switch
        {
            null => new Rejection.EnergyInspectionNotFound(id),
            EnergyStatus.Proposed or EnergyStatus.Delisted => new Rejection.EnergyNotListed(id, entry.Status),
            EnergyStatus.Listed or EnergyStatus.Notified => null,
            _ => new Rejection.EnergyStepOutOfOrder(id, entry.Status, step),
        };
    }

    private static Rejection? RefuseDate(DateOnly on, EnergyInspection entry, DecisionContext context) =>
        on > context.Today ? new Rejection.DateInFuture("on", on, context.Today)
        : on < entry.AddedOn ? new Rejection.DateTooEarly("on", on, entry.AddedOn, "the day on which it came onto the list")
        : null;

    private static Rejection? RefuseNotice(EnergyInspection entry, GrainCommand.RecordEnergyResult command, EnergyInspectionRules rules, DecisionContext context)
    {
        if (command.WithoutNotice is { } reason)
            return rules.WithoutNotice.For.Contains(reason) ? null : new Rejection.WithoutNoticeNotAllowed(rules.WithoutNotice.Article, reason);
        if (entry.NotifiedOn is not { } notifiedOn)
            return new Rejection.EnergyNoticeNeeded(rules.Notice.Article);
        var earliest = context.Rules.EndOf(rules.Notice, notifiedOn);
        return command.On < earliest ? new Rejection.EnergyNoticeTooShort(rules.Notice.Article, "on", command.On, earliest) : null;
    }
}
