namespace Supervision.Grains.Behaviour;

/// <summary>What the events of visits do to the state of an enterprise.</summary>
internal static class VisitEvolution
{
    /// <summary>The subject after the event; null where it is not one of these.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.VisitPlanned e => subject with
        {
            Visits =
            [
                .. subject.Visits ?? [],
                new Visit
                {
                    Id = e.Visit, Basis = e.Basis, Reason = e.Reason, Draw = e.Draw, PlannedOn = e.EffectiveOn, DueBy = e.DueBy, Checks = e.Checks,
                    Inspectors = e.Inspectors, Unassigned = e.Unassigned, Counts = e.Counts, Year = e.Year,
                },
            ],
        },
        GrainEvent.VisitJoined e => subject.WithVisit(e.Visit, visit => visit with { Checks = [.. visit.Checks, .. e.Checks] }),
        GrainEvent.VisitMade e => subject.WithVisit(e.Visit, visit => visit with { Status = VisitStatus.Made, On = e.EffectiveOn, Year = e.Year }),
        GrainEvent.VisitCalledOff e => subject.WithVisit(e.Visit, visit => visit with { Status = VisitStatus.CalledOff }),
        GrainEvent.VisitRecorded e => subject with
        {
            Visits =
            [
                .. subject.Visits ?? [],
                new Visit
                {
                    Id = e.Visit, Department = e.Department, Basis = e.Basis, Reason = e.Reason, PlannedOn = e.EffectiveOn, DueBy = e.DueBy, Year = e.Year, On = e.On,
                    Status = e.On is null ? VisitStatus.Planned : VisitStatus.Made,
                },
            ],
        },
        GrainEvent.VisitNotified e => subject.WithVisit(e.Visit, visit => visit with { NotifiedOn = e.EffectiveOn }),
        GrainEvent.VisitAssigned e => subject.WithVisit(e.Visit, visit => visit with { Inspectors = e.Inspectors, Unassigned = null }),
        GrainEvent.VisitRecusalAsked e => subject.WithVisit(e.Visit, visit => visit with { Recusals = [.. visit.Recusals ?? [], new Recusal(e.Inspector, e.EffectiveOn, actor)] }),
        GrainEvent.VisitRecusalDecided e => subject.WithVisit(e.Visit, visit => visit with
        {
            Recusals = InspectionEvolution.Decide(visit.Recusals, e.Inspector, e.Accepted, e.Reason, e.Replacement, e.EffectiveOn, actor),
        }),
        GrainEvent.VisitEntered e => subject.WithVisit(e.Visit, visit => visit with { Entries = [.. visit.Entries ?? [], new VisitEntry(e.Inspector, e.EnteredAt)] }),
        GrainEvent.VisitExited e => subject.WithVisit(e.Visit, visit => visit with
        {
            Entries = [.. visit.Entries!.SkipLast(1), visit.Entries![^1] with { ExitedAt = e.ExitedAt }],
        }),
        _ => null,
    };

    private static GrainState.Subject WithVisit(this GrainState.Subject subject, string id, Func<Visit, Visit> change) =>
        subject with { Visits = SubjectChanges.Replace(subject.Visits ?? [], visit => string.Equals(visit.Id, id, StringComparison.Ordinal), change) };
}
