using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>A member or supplier lost a title, or was given it back; <c>status</c>: where that title stands since.</summary>
    public sealed record RelationAffected(DateOnly EffectiveOn, string Relation, GrainId Entity, TitleRef EntityTitle, TitleStatus Status) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "relation.affected";
    }

    /// <summary>The decision of a joint case took effect on an entity.</summary>
    public sealed record DecisionApplied(DateOnly EffectiveOn, string Case, GrainId Entity, string EntityCase) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "decision.applied";
    }

    /// <summary>A veto was recorded about the credit code of the enterprise; the match is not confirmed yet.</summary>
    public sealed record VetoRecorded(
        DateOnly EffectiveOn, string Veto, VetoKind Kind, DateOnly On, string Source, string? Reference) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "veto.recorded";
    }

    /// <summary>A veto is about this enterprise; listed titles are looked at once <c>checkAfter</c> has passed.</summary>
    public sealed record VetoConfirmed(DateOnly EffectiveOn, string Veto, DateOnly? CheckAfter) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "veto.confirmed";
    }

    /// <summary>A veto is not about this enterprise.</summary>
    public sealed record VetoRejected(DateOnly EffectiveOn, string Veto, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "veto.rejected";
    }

    /// <summary>What a veto is about is over.</summary>
    public sealed record VetoEnded(DateOnly EffectiveOn, string Veto, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "veto.ended";
    }

    /// <summary>The yearly look under some policies found a veto; cases on titles under them follow. <c>checkAfter</c> is the last day before the next look.</summary>
    public sealed record VetoChecked(DateOnly EffectiveOn, string Veto, IReadOnlyList<string> Policies, DateOnly? CheckAfter) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "veto.checked";
    }

    /// <summary>An incident was reported; nothing follows from it yet.</summary>
    public sealed record IncidentReported(DateOnly EffectiveOn, string Incident, IncidentKind Kind, DateOnly On, string Report) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "incident.reported";
    }

    /// <summary>The competent department determined an incident; <c>attributed</c>: the responsible unit is this enterprise, and cases on its titles follow.</summary>
    public sealed record IncidentDetermined(
        DateOnly EffectiveOn, string Incident, string Department, string Document, string ResponsibleUnit, IncidentLevel Level, bool Attributed) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "incident.determined";
    }

    /// <summary>
    /// A determination was set right by another person; the members are the values from now on. Undecided cases that no longer follow from it are withdrawn,
    /// those that follow now are opened.
    /// </summary>
    public sealed record DeterminationCorrected(
        DateOnly EffectiveOn, string Incident, DateOnly On, string Department, string Document, string ResponsibleUnit, IncidentLevel Level, bool Attributed, string Reason)
        : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "determination.corrected";
    }

    /// <summary>What was reported was no incident, or none of this enterprise.</summary>
    public sealed record IncidentDismissed(DateOnly EffectiveOn, string Incident, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "incident.dismissed";
    }

    /// <summary>A fact about this enterprise opened cases on an entity behind which it stands.</summary>
    public sealed record FactApplied(DateOnly EffectiveOn, string Fact, GrainId Entity, IReadOnlyList<string> Cases) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "fact.applied";
    }

    /// <summary>A fact no longer stands; undecided cases that it had opened on an entity were withdrawn.</summary>
    public sealed record FactWithdrawn(DateOnly EffectiveOn, string Fact, GrainId Entity, IReadOnlyList<string> Cases) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "fact.withdrawn";
    }
}
