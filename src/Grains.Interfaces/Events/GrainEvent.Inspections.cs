using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>Others inspect than before, or somebody for the first time; recused: because the holder asked for it.</summary>
    public sealed record InspectorsAssigned(DateOnly EffectiveOn, string Check, IReadOnlyList<string> Inspectors, string Reason, string? Recused = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspectors.assigned";
    }

    /// <summary>The authority let the last day for approving a check afterwards pass.</summary>
    public sealed record ApprovalOverdue(DateOnly EffectiveOn, string Check) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "approval.overdue";
    }

    /// <summary>The holder asked for another inspector.</summary>
    public sealed record RecusalAsked(DateOnly EffectiveOn, string Check, string Inspector, PrivateText Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "recusal.asked";
    }

    /// <summary>It was decided whether another inspector comes, and who.</summary>
    public sealed record RecusalDecided(DateOnly EffectiveOn, string Check, string Inspector, bool Accepted, string Reason, string? Replacement) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "recusal.decided";
    }

    /// <summary>The holder signed the record of the inspection, or it was noted why not.</summary>
    public sealed record RecordSigned(DateOnly EffectiveOn, string Check, bool HolderSigned, string? Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "record.signed";
    }

    /// <summary>The confirmed result was served on the holder; it may object until a day.</summary>
    public sealed record ResultServed(DateOnly EffectiveOn, string Check, string Method, ServedDocument Notice, DateOnly? ObjectBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "result.served";
    }

    /// <summary>The holder objects to a confirmed result.</summary>
    public sealed record ObjectionRaised(DateOnly EffectiveOn, string Check, PrivateText Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "objection.raised";
    }

    /// <summary>An objection was decided; upheld: the result is to be corrected.</summary>
    public sealed record ObjectionDecided(DateOnly EffectiveOn, string Check, bool Upheld, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "objection.decided";
    }
}
