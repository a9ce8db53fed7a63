using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The holder gave a title up. Pending: what is open on it goes on all the same.</summary>
    public sealed record TitleWithdrawn(DateOnly EffectiveOn, TitleRef Title, string? Letter, string Article, bool Pending) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.withdrawn";
    }

    /// <summary>An accepted merger or split of one of the enterprise's entities named another one; an officer says whether the enterprise as a whole goes on in it.</summary>
    public sealed record SuccessorProposed(
        DateOnly EffectiveOn, string Proposal, GrainId Successor, ChangeKind Kind, GrainId Entity, string EntityChange) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "successor.proposed";
    }

    /// <summary>The enterprise as a whole does not go on in the one that was proposed.</summary>
    public sealed record SuccessorDismissed(DateOnly EffectiveOn, string Proposal, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "successor.dismissed";
    }

    /// <summary>The enterprise goes on in another one since the effective date; <c>proposals</c>: those that this settles.</summary>
    public sealed record SuccessorRecorded(
        DateOnly EffectiveOn, GrainId Successor, ChangeKind Change, string Document, IReadOnlyList<string>? Proposals = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "successor.recorded";
    }

    /// <summary>Another enterprise goes on in this one since the effective date; bans that bind it for that follow.</summary>
    public sealed record PredecessorRecorded(DateOnly EffectiveOn, GrainId Predecessor, ChangeKind Change, string Document) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "predecessor.recorded";
    }

    /// <summary>The other enterprise is no successor.</summary>
    public sealed record SuccessorRetracted(DateOnly EffectiveOn, GrainId Successor, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "successor.retracted";
    }

    /// <summary>The other enterprise is no predecessor; what bound for that reason alone is lifted.</summary>
    public sealed record PredecessorRetracted(DateOnly EffectiveOn, GrainId Predecessor, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "predecessor.retracted";
    }
}
