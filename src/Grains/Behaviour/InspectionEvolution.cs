namespace Supervision.Grains.Behaviour;

/// <summary>What the events of an inspection's course do to its check.</summary>
internal static class InspectionEvolution
{
    /// <summary>The subject after the event; null where it is not one of these.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.InspectorsAssigned e => subject.WithCheck(e.Check, check => check with { Inspectors = e.Inspectors }),
        GrainEvent.ApprovalOverdue e => subject.WithCheck(e.Check, check => check with { Emergency = check.Emergency! with { Overdue = true } }),
        GrainEvent.RecusalAsked e => subject.WithCheck(e.Check, check => check with
        {
            Recusals = [.. check.Recusals ?? [], new Recusal(e.Inspector, e.EffectiveOn, actor)],
        }),
        GrainEvent.RecusalDecided e => subject.WithCheck(e.Check, check => check with
        {
            Recusals = Decide(check.Recusals, e.Inspector, e.Accepted, e.Reason, e.Replacement, e.EffectiveOn, actor),
        }),
        GrainEvent.RecordSigned e => subject.WithCheck(e.Check, check => check with { Record = new InspectionRecord(e.EffectiveOn, e.HolderSigned, e.Reason, actor) }),
        GrainEvent.ResultServed e => subject.WithCheck(e.Check, check => check with
        {
            ResultNotice = NoticeEvolution.NoticeOf(e, e.Notice, e.Method),
            ObjectBy = e.ObjectBy,
        }),
        GrainEvent.ObjectionRaised e => subject.WithCheck(e.Check, check => check with { Objection = new Objection(e.EffectiveOn, actor) }),
        GrainEvent.ObjectionDecided e => subject.WithCheck(e.Check, check => check with
        {
            Objection = check.Objection! with { Upheld = e.Upheld, DecidedOn = e.EffectiveOn, DecidedBy = actor, Reason = e.Reason },
        }),
        _ => null,
    };

    /// <summary>Requests for recusal, of which that of an inspector was decided.</summary>
    public static IReadOnlyList<Recusal> Decide(
        IReadOnlyList<Recusal>? recusals, string inspector, bool accepted, string reason, string? replacement, DateOnly on, string actor) =>
        SubjectChanges.Replace(recusals ?? [], asked => string.Equals(asked.Inspector, inspector, StringComparison.Ordinal), asked => asked with
        {
            Accepted = accepted,
            DecidedOn = on,
            DecidedBy = actor,
            Reason = reason,
            Replacement = replacement,
        });

    /// <summary>A check that was approved; one that could not wait for it goes on where it stands.</summary>
    public static Check Approve(Check check, DateOnly on, string actor) => check with
    {
        Status = check.Status == CheckStatus.Planned ? CheckStatus.Approved : check.Status,
        Emergency = check.Emergency is { } emergency ? emergency with { ApprovedOn = on, ApprovedBy = actor } : null,
    };
}
