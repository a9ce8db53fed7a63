namespace Supervision.Grains.Behaviour;

/// <summary>What the events of energy-conservation inspection do to the state.</summary>
internal static class EnergyEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.EnergyInspectionProposed e => subject.With(new EnergyInspection
        {
            Id = e.Inspection, Policy = e.Policy, Status = EnergyStatus.Proposed, AddedOn = e.EffectiveOn, AddedBy = actor, Trigger = e.Trigger,
            Article = e.Article, Cause = e.Cause, Case = e.Case, Follows = e.Follows,
        }),
        GrainEvent.EnergyInspectionListed e => List(subject, e, actor),
        GrainEvent.EnergyVisitOrdered e => Change(subject, e.Inspection, entry => entry with
        {
            OnSite = new DrawnInspection(e.Draw, e.Visit, e.EffectiveOn, e.ApprovedBy),
            DueBy = e.DueBy,
            Overdue = false,
        }),
        GrainEvent.EnergyInspectionDelisted e => Change(subject, e.Inspection, entry => entry with
        {
            Status = EnergyStatus.Delisted,
            EndReason = e.Reason,
            DueBy = null,
            Overdue = false,
        }),
        GrainEvent.EnergyInspectionNotified e => Change(subject, e.Inspection, entry => entry with
        {
            Status = EnergyStatus.Notified,
            Method = e.Method,
            PlannedOn = e.PlannedOn,
            NotifiedOn = e.EffectiveOn,
            Notice = NoticeEvolution.NoticeOf(e, e.Notice, e.Channel),
            Told = e.Told,
        }),
        GrainEvent.EnergyInspectionConcluded e => Change(subject, e.Inspection, entry => entry with
        {
            Status = e.Outcome == EnergyOutcome.Compliant ? EnergyStatus.Compliant : EnergyStatus.Violations,
            Outcome = e.Outcome,
            Method = e.Method,
            On = e.EffectiveOn,
            Inspectors = e.Inspectors,
            Findings = e.Findings,
            WithoutNotice = e.WithoutNotice,
            DueBy = e.DueBy,
            Overdue = false,
            FoundBy = [actor],
        }),
        GrainEvent.EnergyInspectionOverdue e => Change(subject, e.Inspection, entry => entry with { Overdue = true }),
        GrainEvent.EnergyRecordSigned e => Change(
            subject, e.Inspection, entry => entry with { Record = new InspectionRecord(e.EffectiveOn, e.HolderSigned, e.Reason, actor) }),
        GrainEvent.EnergyOpinionHeard e => Change(subject, e.Inspection, entry => entry with { HeardOn = e.EffectiveOn }),
        GrainEvent.EnergyRectificationOrdered e => Change(subject, e.Inspection, entry => entry with
        {
            Status = EnergyStatus.Rectifying,
            OrderedOn = e.EffectiveOn,
            RectificationNotice = NoticeEvolution.NoticeOf(e, e.Notice, method: null),
            RectifyBy = e.DueBy,
            DueBy = e.DueBy,
            Overdue = false,
        }),
        GrainEvent.EnergyRectificationExtended e => Change(subject, e.Inspection, entry => entry with { Extended = true, RectifyBy = e.DueBy, DueBy = e.DueBy }),
        GrainEvent.EnergyRectificationReported e => Change(subject, e.Inspection, entry => entry with
        {
            Status = EnergyStatus.Reported,
            ReportedOn = e.EffectiveOn,
            DueBy = e.DueBy,
            Overdue = false,
            MissedOn = null,
        }),
        GrainEvent.EnergyRectificationRechecked e => Change(subject, e.Inspection, entry => Recheck(entry, e, actor)),
        GrainEvent.EnergyRectificationMissed e => Change(subject, e.Inspection, entry => entry with
        {
            Status = EnergyStatus.Missed,
            MissedOn = e.EffectiveOn,
            FoundBy = e.FoundBy,
            DueBy = null,
            Overdue = false,
        }),
        _ => null,
    };

    public static GrainState.Subject With(this GrainState.Subject subject, EnergyInspection added) =>
        subject with { EnergyInspections = [.. subject.EnergyInspections ?? [], added] };

    /// <summary>A copy with an entry changed.</summary>
    public static GrainState.Subject Change(GrainState.Subject subject, string id, Func<EnergyInspection, EnergyInspection> change) =>
        subject with { EnergyInspections = SubjectChanges.Replace(subject.EnergyInspections ?? [], entry => string.Equals(entry.Id, id, StringComparison.Ordinal), change) };

    private static GrainState.Subject List(GrainState.Subject subject, GrainEvent.EnergyInspectionListed e, string actor) =>
        subject.EnergyInspections?.Any(entry => string.Equals(entry.Id, e.Inspection, StringComparison.Ordinal)) == true
            ? Change(subject, e.Inspection, entry => entry with { Status = EnergyStatus.Listed, Year = e.Year, Reason = e.Reason, DueBy = e.DueBy })
            : subject.With(new EnergyInspection
            {
                Id = e.Inspection, Policy = e.Policy, Status = EnergyStatus.Listed, AddedOn = e.EffectiveOn, AddedBy = actor, Year = e.Year, Reason = e.Reason,
                Trigger = e.Trigger, Article = e.Article, Follows = e.Follows, DueBy = e.DueBy, Draw = e.Draw,
            });

    /// <summary>Rectified: over. Otherwise the enterprise's time runs on, unless it was missed already.</summary>
    private static EnergyInspection Recheck(EnergyInspection entry, GrainEvent.EnergyRectificationRechecked e, string actor)
    {
        var rechecked = entry with { RecheckedOn = e.EffectiveOn, FoundBy = [.. (entry.FoundBy ?? []).Append(actor).Distinct()], Overdue = false };
        return e.Rectified ? rechecked with { Status = EnergyStatus.Rectified, DueBy = null }
            : entry.Status == EnergyStatus.Missed ? rechecked
            : rechecked with { Status = EnergyStatus.Rectifying, DueBy = entry.RectifyBy };
    }
}
