namespace Supervision.Grains.Behaviour;

/// <summary>What the events of vetoes, incidents and applied facts do to the state.</summary>
internal static class FactEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.VetoRecorded e => subject.With(new Veto
        {
            Id = e.Veto, Kind = e.Kind, On = e.On, Source = e.Source, Reference = e.Reference, Status = VetoStatus.Matched, RecordedOn = e.EffectiveOn, RecordedBy = actor,
        }),
        GrainEvent.VetoConfirmed e => Change(subject, e.Veto, veto => veto with { Status = VetoStatus.Confirmed, ConfirmedBy = actor, CheckAfter = e.CheckAfter }),
        GrainEvent.VetoRejected e => Change(subject, e.Veto, veto => veto with { Status = VetoStatus.Rejected, EndReason = e.Reason, CheckAfter = null }),
        GrainEvent.VetoEnded e => Change(subject, e.Veto, veto => veto with { Status = VetoStatus.Ended, EndedOn = e.EffectiveOn, EndReason = e.Reason, CheckAfter = null }),
        GrainEvent.VetoChecked e => Change(subject, e.Veto, veto => veto with { CheckedUnder = e.Policies, CheckAfter = e.CheckAfter }),
        GrainEvent.IncidentReported e => subject.With(new Incident
        {
            Id = e.Incident, Kind = e.Kind, On = e.On, Report = e.Report, Status = IncidentStatus.Reported, ReportedOn = e.EffectiveOn, ReportedBy = actor,
        }),
        GrainEvent.IncidentDetermined e => Change(subject, e.Incident, incident => incident with
        {
            Status = IncidentStatus.Determined,
            Determination = new Determination(e.EffectiveOn, e.Department, e.Document, e.ResponsibleUnit, e.Level, e.Attributed, actor),
        }),
        GrainEvent.DeterminationCorrected e => Change(subject, e.Incident, incident => incident with
        {
            Determination = new Determination(e.On, e.Department, e.Document, e.ResponsibleUnit, e.Level, e.Attributed, actor, Corrected: true),
        }),
        GrainEvent.IncidentDismissed e => Change(subject, e.Incident, incident => incident with { Status = IncidentStatus.Dismissed, EndReason = e.Reason }),
        GrainEvent.FactApplied e => Apply(subject, e),
        // That it was withdrawn stands in the cases and in the history.
        GrainEvent.FactWithdrawn => subject,
        GrainEvent.RelationAffected e => subject with
        {
            Affected = [.. subject.Affected ?? [], new AffectedRelation(e.Relation, e.Entity, e.EntityTitle, e.Status, e.EffectiveOn)],
        },
        // The decision stands in the case; this makes visible where it took effect.
        GrainEvent.DecisionApplied => subject,
        _ => null,
    };

    public static GrainState.Subject With(this GrainState.Subject subject, Veto added) => subject with { Vetoes = [.. subject.Vetoes ?? [], added] };

    public static GrainState.Subject With(this GrainState.Subject subject, Incident added) => subject with { Incidents = [.. subject.Incidents ?? [], added] };

    private static GrainState.Subject Change(GrainState.Subject subject, string id, Func<Veto, Veto> change) =>
        subject with { Vetoes = SubjectChanges.Replace(subject.Vetoes ?? [], veto => string.Equals(veto.Id, id, StringComparison.Ordinal), change) };

    private static GrainState.Subject Change(GrainState.Subject subject, string id, Func<Incident, Incident> change) =>
        subject with { Incidents = SubjectChanges.Replace(subject.Incidents ?? [], incident => string.Equals(incident.Id, id, StringComparison.Ordinal), change) };

    private static GrainState.Subject Apply(GrainState.Subject subject, GrainEvent.FactApplied e)
    {
        var applied = new AppliedFact(e.Entity, e.Cases);
        return subject.Incidents?.Any(incident => string.Equals(incident.Id, e.Fact, StringComparison.Ordinal)) == true
                ? Change(subject, e.Fact, (Incident incident) => incident with { Applied = [.. incident.Applied ?? [], applied] })
            : subject.Vetoes?.Any(veto => string.Equals(veto.Id, e.Fact, StringComparison.Ordinal)) == true
                ? Change(subject, e.Fact, (Veto veto) => veto with { Applied = [.. veto.Applied ?? [], applied] })
                : EnergyEvolution.Change(subject, e.Fact, entry => entry with { Applied = [.. entry.Applied ?? [], applied] });
    }
}
