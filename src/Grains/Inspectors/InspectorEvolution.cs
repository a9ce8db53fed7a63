namespace Supervision.Grains.Inspectors;

/// <summary>What each event does to an inspector.</summary>
internal static class InspectorEvolution
{
    /// <summary>The state after an event; null: it is not one of inspectors.</summary>
    public static GrainState.Inspector? Evolve(GrainState? state, GrainEvent @event, string actor) => (state, @event) switch
    {
        (null, GrainEvent.InspectorRegistered e) => new GrainState.Inspector
        {
            Name = e.Name, Regions = e.Regions, CertificateValidUntil = e.CertificateValidUntil, Fields = e.Fields, RegisteredOn = e.EffectiveOn,
        },
        (GrainState.Inspector inspector, GrainEvent.InspectorRegistered e) => inspector with
        {
            Name = e.Name,
            Regions = e.Regions,
            CertificateValidUntil = e.CertificateValidUntil,
            Fields = e.Fields,
            RegisteredOn = e.EffectiveOn,
            Retirement = null,
        },
        (GrainState.Inspector inspector, GrainEvent.InspectorChanged e) => inspector with
        {
            Name = e.Name,
            Regions = e.Regions,
            CertificateValidUntil = e.CertificateValidUntil,
            Fields = e.Fields,
        },
        (GrainState.Inspector inspector, GrainEvent.InspectorRetired e) => inspector with { Retirement = new InspectorRetirement(e.EffectiveOn, e.Reason) },
        (GrainState.Inspector inspector, GrainEvent.InspectorConflictRecorded e) => inspector with
        {
            Conflicts = [.. inspector.Conflicts, new InspectorConflict(e.Conflict, e.Enterprise, e.Identities, e.Reason, e.EffectiveOn, actor)],
        },
        (GrainState.Inspector inspector, GrainEvent.InspectorConflictFollowed e) =>
            Change(inspector, e.Conflict, conflict => conflict with { Identities = [.. conflict.Identities ?? [], e.Into] }),
        (GrainState.Inspector inspector, GrainEvent.InspectorConflictEnded e) =>
            Change(inspector, e.Conflict, conflict => conflict with { EndedOn = e.EffectiveOn }),
        _ => null,
    };

    private static GrainState.Inspector Change(GrainState.Inspector inspector, string id, Func<InspectorConflict, InspectorConflict> change) => inspector with
    {
        Conflicts = [.. inspector.Conflicts.Select(conflict => string.Equals(conflict.Id, id, StringComparison.Ordinal) ? change(conflict) : conflict)],
    };
}
