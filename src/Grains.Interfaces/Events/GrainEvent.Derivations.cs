using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>
    /// A title follows from another one by itself, or does again. <c>grantedOn</c>: the first day on which it does; <c>since</c>: from when it is in force
    /// now; <c>corrects</c>: the version of the event that said so with another day, where the grant behind it was set right.
    /// </summary>
    public sealed record TitleDerived(
        DateOnly EffectiveOn, TitleRef Title, TitleRef DerivedFrom, string Authority, DateOnly GrantedOn, DateOnly Since, DateOnly SupervisedFrom, string Article,
        long? Corrects = null) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.derived";
    }

    /// <summary>
    /// A title that followed from another one fell with it and stands as that does; with reason <c>not-recognised</c> or <c>outside-region</c> it has lapsed although the
    /// other one may be in force. Nobody is banned for it.
    /// </summary>
    public sealed record TitleFallen(DateOnly EffectiveOn, TitleRef Title, TitleRef DerivedFrom, TitleStatus Status, string Reason, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "title.fallen";
    }

    /// <summary>
    /// The entity lost a title at one level; whether the one at another level is adjusted is for that one's authority to decide. <c>ground</c> and
    /// <c>case</c>: of a removal.
    /// </summary>
    public sealed record AdjustmentProposed(
        DateOnly EffectiveOn, string Adjustment, TitleRef Title, TitleRef Lost, TitleStatus Status, string? Ground, string? Case) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "adjustment.proposed";
    }

    /// <summary>A case was opened on the title that an adjustment was proposed for.</summary>
    public sealed record AdjustmentAccepted(DateOnly EffectiveOn, string Adjustment, string Case) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "adjustment.accepted";
    }

    /// <summary>The title stays as it is.</summary>
    public sealed record AdjustmentDismissed(DateOnly EffectiveOn, string Adjustment, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "adjustment.dismissed";
    }

    /// <summary>Nothing is left to decide: the title that was lost is held again, or the other one was lost as well.</summary>
    public sealed record AdjustmentWithdrawn(DateOnly EffectiveOn, string Adjustment, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "adjustment.withdrawn";
    }
}
