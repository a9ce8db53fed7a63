using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>An inspector was entered in the register, or entered anew after it retired. Without regions: everywhere.</summary>
    public sealed record InspectorRegistered(
        DateOnly EffectiveOn, PrivateText Name, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.registered";
    }

    /// <summary>What is registered of an inspector was set right; the members are the values from now on.</summary>
    public sealed record InspectorChanged(
        DateOnly EffectiveOn, PrivateText Name, IReadOnlyList<string> Regions, DateOnly CertificateValidUntil, IReadOnlyList<string> Fields) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.changed";
    }

    /// <summary>The inspector inspects no more.</summary>
    public sealed record InspectorRetired(DateOnly EffectiveOn, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.retired";
    }

    /// <summary>The inspector keeps away from an enterprise, under all of its identities.</summary>
    public sealed record InspectorConflictRecorded(
        DateOnly EffectiveOn, string Conflict, GrainId Enterprise, IReadOnlyList<GrainId>? Identities, string? Reason, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.conflict-recorded";
    }

    /// <summary>The enterprise of a conflict was merged; the conflict is with the one that stays as well.</summary>
    public sealed record InspectorConflictFollowed(DateOnly EffectiveOn, string Conflict, GrainId Into) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.conflict-followed";
    }

    /// <summary>The conflict is over.</summary>
    public sealed record InspectorConflictEnded(DateOnly EffectiveOn, string Conflict, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "inspector.conflict-ended";
    }
}
