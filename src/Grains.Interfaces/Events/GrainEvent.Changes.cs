using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The authority came to know of a change that the enterprise has not filed; <c>dueBy</c> is the last day for it.</summary>
    public sealed record ChangeNoted(
        DateOnly EffectiveOn, string Change, ChangeKind Kind, DateOnly CompletedOn, string Source, IReadOnlyList<ChangeConcern> Concerns, DateOnly DueBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.noted";
    }

    /// <summary>The last day for filing a change that the authority knows of passed.</summary>
    public sealed record ChangeOverdue(DateOnly EffectiveOn, string Change) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.overdue";
    }

    /// <summary>The enterprise filed a change.</summary>
    public sealed record ChangeFiled(
        DateOnly EffectiveOn, string Change, ChangeKind Kind, DateOnly CompletedOn, string Description, IReadOnlyList<ChangeConcern> Concerns, DateOnly DueBy, bool Late,
        string? Name, string? Region, IReadOnlyList<GrainId>? Successors, Level VerifiedAt, Level DecidedAt) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.filed";
    }

    /// <summary>The verification of a change: confirmed, or found otherwise.</summary>
    public sealed record ChangeVerified(
        DateOnly EffectiveOn, string Change, bool Confirmed, string? Note, string Article, IReadOnlyList<string>? ReEvaluations) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.verified";
    }

    /// <summary>A change was accepted; what follows for the entity comes with it. <c>pending</c>: titles about which their issuing authority has to decide.</summary>
    public sealed record ChangeAccepted(
        DateOnly EffectiveOn, string Change, string Reason, string? Number, string Article, IReadOnlyList<TitleRef>? Pending) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.accepted";
    }

    /// <summary>A change was refused.</summary>
    public sealed record ChangeRefused(DateOnly EffectiveOn, string Change, string Reason, string? Number, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "change.refused";
    }

    /// <summary>The entity lies in another region by an accepted change; the titles have other issuing authorities since then.</summary>
    public sealed record EntityRelocated(DateOnly EffectiveOn, string Change, string? From, string Region, IReadOnlyList<MovedTitle>? Titles) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "entity.relocated";
    }

    /// <summary>A title continues after a merger or split, with an enterprise behind it that may be another one.</summary>
    public sealed record TitleSucceeded(
        DateOnly EffectiveOn, TitleRef Title, string Change, GrainId From, GrainId Successor, string Reason, string? Number, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.succeeded";
    }

    /// <summary>A title came over from the enterprise that held it before a merger or split.</summary>
    public sealed record TitleReceived(DateOnly EffectiveOn, Title Title, GrainId From, string FromChange) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.received";
    }

    /// <summary>A title ended with a merger, a split, or a relocation out of its policy's region. It was not lost by a fault, and nobody is banned.</summary>
    public sealed record TitleLapsed(DateOnly EffectiveOn, TitleRef Title, string Change, string Reason, string? Number, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.lapsed";
    }

    /// <summary>A merger or split of an enterprise was accepted: on its own grain, and on those of the enterprises that it led to.</summary>
    public sealed record SuccessorNamed(
        DateOnly EffectiveOn, ChangeKind Kind, GrainId Entity, string EntityChange, GrainId From, IReadOnlyList<GrainId> Successors) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "successor.named";
    }
}

/// <summary>A title that has another issuing authority.</summary>
/// <param name="Title">The title.</param>
/// <param name="Authority">The authority since then.</param>
public sealed record MovedTitle(TitleRef Title, string Authority);
