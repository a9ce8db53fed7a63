using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>A trigger of the policy proposed the enterprise for energy-conservation inspection.</summary>
    public sealed record EnergyInspectionProposed(
        DateOnly EffectiveOn, string Inspection, string Policy, EnergyTrigger Trigger, string Article, GrainId Cause, string? Case, string? Follows = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.proposed";
    }

    /// <summary>The enterprise is listed in the plan of a year, which ends with <c>dueBy</c>.</summary>
    public sealed record EnergyInspectionListed(
        DateOnly EffectiveOn, string Inspection, string Policy, int Year, string? Reason, EnergyTrigger? Trigger, string? Article, string? Follows, DateOnly DueBy,
        string? Draw = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.listed";
    }

    /// <summary>The enterprise was drawn for a visit, which is to be made by <c>dueBy</c>.</summary>
    public sealed record EnergyVisitOrdered(DateOnly EffectiveOn, string Inspection, string Draw, VisitRef Visit, DateOnly DueBy, string ApprovedBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-visit.ordered";
    }

    /// <summary>An entry was taken off the list.</summary>
    public sealed record EnergyInspectionDelisted(DateOnly EffectiveOn, string Inspection, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.delisted";
    }

    /// <summary>The enterprise was told of the inspection in writing; of a visit for which it was drawn also what its notice tells.</summary>
    public sealed record EnergyInspectionNotified(
        DateOnly EffectiveOn, string Inspection, EnergyMethod Method, DateOnly PlannedOn, string Channel, string Article,
        ServedDocument? Notice = null, CheckNotice? Told = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.notified";
    }

    /// <summary>What an inspection found was entered; <c>dueBy</c> is the last day for the notice of rectification.</summary>
    public sealed record EnergyInspectionConcluded(
        DateOnly EffectiveOn, string Inspection, EnergyOutcome Outcome, EnergyMethod Method, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
        EnergyWithoutNotice? WithoutNotice, DateOnly? DueBy, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.concluded";
    }

    /// <summary>The enterprise signed the record of an inspection on site, or it was noted why not.</summary>
    public sealed record EnergyRecordSigned(DateOnly EffectiveOn, string Inspection, bool HolderSigned, string? Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-record.signed";
    }

    /// <summary>The last day of what the authority has to do passed: its own delay.</summary>
    public sealed record EnergyInspectionOverdue(DateOnly EffectiveOn, string Inspection) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-inspection.overdue";
    }

    /// <summary>The enterprise's opinion about what was found was heard.</summary>
    public sealed record EnergyOpinionHeard(DateOnly EffectiveOn, string Inspection, PrivateText Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-opinion.heard";
    }

    /// <summary>The notice of rectification was served.</summary>
    public sealed record EnergyRectificationOrdered(
        DateOnly EffectiveOn, string Inspection, string Number, DateOnly DueBy, string Article, ServedDocument? Notice = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-rectification.ordered";
    }

    /// <summary>The end of the rectification was put off.</summary>
    public sealed record EnergyRectificationExtended(
        DateOnly EffectiveOn, string Inspection, DateOnly RequestedOn, DateOnly DueBy, string Reason, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-rectification.extended";
    }

    /// <summary>The enterprise reported that it has rectified; <c>dueBy</c> is the last day for the re-check.</summary>
    public sealed record EnergyRectificationReported(DateOnly EffectiveOn, string Inspection, string Evidence, DateOnly DueBy, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-rectification.reported";
    }

    /// <summary>A re-check took place; <c>rectified</c>: everything is rectified.</summary>
    public sealed record EnergyRectificationRechecked(
        DateOnly EffectiveOn, string Inspection, bool Rectified, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-rectification.rechecked";
    }

    /// <summary>What was found was not rectified in time; cases on the titles of the enterprise follow.</summary>
    public sealed record EnergyRectificationMissed(DateOnly EffectiveOn, string Inspection, IReadOnlyList<string> FoundBy, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "energy-rectification.missed";
    }
}
