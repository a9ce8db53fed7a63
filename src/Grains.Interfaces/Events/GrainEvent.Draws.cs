using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>A winner that is not checked, or an inspector who takes no part.</summary>
/// <param name="Id">The entity, or the inspector.</param>
/// <param name="Reason">Why, for example <c>exempt</c> or <c>certificate-expired</c>.</param>
public sealed record DrawSkip(string Id, string Reason);

public abstract partial record GrainEvent
{
    /// <summary>A draw was announced: everything about it is fixed but its seed.</summary>
    public sealed record DrawAnnounced(DateOnly EffectiveOn, DrawAnnouncement Announcement, bool ApprovalNeeded) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.announced";
    }

    /// <summary>A second person approved that a draw is made.</summary>
    public sealed record DrawApproved(DateOnly EffectiveOn) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.approved";
    }

    /// <summary>A draw was made: its seed is known, and with it who wins.</summary>
    public sealed record DrawExecuted(DateOnly EffectiveOn, DrawExecution Execution) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.executed";
    }

    /// <summary>Inspectors of the announced pool take no part, because they may inspect no longer; those of more than one event add up.</summary>
    public sealed record DrawInspectorsSkipped(DateOnly EffectiveOn, IReadOnlyList<DrawSkip> Skipped) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.inspectors-skipped";
    }

    /// <summary>A winner is not checked; the next ticket of its stratum follows in the next round.</summary>
    public sealed record DrawWinnerSkipped(DateOnly EffectiveOn, int Round, GrainId Entity, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.winner-skipped";
    }

    /// <summary>Every visit of a draw is ordered.</summary>
    public sealed record DrawCompleted(DateOnly EffectiveOn, DrawCompletion Completion) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.completed";
    }

    /// <summary>The visits of a draw are over: its record is open to everyone.</summary>
    public sealed record DrawOpened(DateOnly EffectiveOn) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "draw.opened";
    }
}
