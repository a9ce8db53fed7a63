using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>A deadline that fell into a downtime.</summary>
/// <param name="Kind">What ends with it.</param>
/// <param name="Id">What has it, as deadlines name it.</param>
public sealed record MovedDeadline(DeadlineKind Kind, string Id);

public abstract partial record GrainEvent
{
    /// <summary>A downtime was declared; nothing follows from it before it is confirmed.</summary>
    public sealed record DowntimeDeclared(DateOnly EffectiveOn, string? Region, DateOnly From, DateOnly To, DateOnly MovedTo, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "downtime.declared";
    }

    /// <summary>A second person confirmed a downtime.</summary>
    public sealed record DowntimeConfirmed(DateOnly EffectiveOn, DateTimeOffset At) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "downtime.confirmed";
    }

    /// <summary>Deadlines of an entity, of which the effective date was the last day, fell into a downtime; they end with <c>movedTo</c> instead.</summary>
    public sealed record DeadlinesMoved(DateOnly EffectiveOn, string Downtime, DateOnly MovedTo, IReadOnlyList<MovedDeadline> Moved) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "deadlines.moved";
    }
}
