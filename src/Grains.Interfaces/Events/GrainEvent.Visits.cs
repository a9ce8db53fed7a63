using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>A visit was planned at the enterprise's door, for the checks named.</summary>
    public sealed record VisitPlanned(
        DateOnly EffectiveOn, string Visit, CheckBasis Basis, string? Reason, string? Draw, DateOnly DueBy, IReadOnlyList<VisitedCheck> Checks,
        IReadOnlyList<string> Inspectors, string? Unassigned, bool Counts, int Year) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.planned";
    }

    /// <summary>Further checks are made on a visit that was planned.</summary>
    public sealed record VisitJoined(DateOnly EffectiveOn, string Visit, IReadOnlyList<VisitedCheck> Checks) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.joined";
    }

    /// <summary>The visit was made on the effective date, and counts in that year.</summary>
    public sealed record VisitMade(DateOnly EffectiveOn, string Visit, int Year) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.made";
    }

    /// <summary>The visit is not made: each of its checks was called off, or nobody was found; or a department called its own off.</summary>
    public sealed record VisitCalledOff(DateOnly EffectiveOn, string Visit, string? Reason = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.called-off";
    }

    /// <summary>A visit of another department became known, planned or made already.</summary>
    public sealed record VisitRecorded(
        DateOnly EffectiveOn, string Visit, string Department, CheckBasis Basis, string? Reason, DateOnly DueBy, DateOnly? On, int Year) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.recorded";
    }

    /// <summary>The holder was told of the visit, with the notice of one of its checks.</summary>
    public sealed record VisitNotified(DateOnly EffectiveOn, string Visit) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.notified";
    }

    /// <summary>Others make the visit than before, or somebody for the first time.</summary>
    public sealed record VisitAssigned(DateOnly EffectiveOn, string Visit, IReadOnlyList<string> Inspectors, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.assigned";
    }

    /// <summary>The enterprise asked for another inspector on a visit without checks.</summary>
    public sealed record VisitRecusalAsked(DateOnly EffectiveOn, string Visit, string Inspector, PrivateText Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit-recusal.asked";
    }

    /// <summary>It was decided whether another inspector comes to such a visit, and who.</summary>
    public sealed record VisitRecusalDecided(DateOnly EffectiveOn, string Visit, string Inspector, bool Accepted, string Reason, string? Replacement) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit-recusal.decided";
    }

    /// <summary>The inspectors entered, as scanned at the door.</summary>
    public sealed record VisitEntered(DateOnly EffectiveOn, string Visit, DateTimeOffset EnteredAt, string Inspector) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.entered";
    }

    /// <summary>The inspectors left, as scanned at the door.</summary>
    public sealed record VisitExited(DateOnly EffectiveOn, string Visit, DateTimeOffset ExitedAt) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "visit.exited";
    }
}
