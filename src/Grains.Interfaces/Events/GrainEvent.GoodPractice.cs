using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>Good practice was filed.</summary>
    public sealed record GoodPracticeFiled(DateOnly EffectiveOn, string GoodPractice, TitleRef Title, string Text) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "good-practice.filed";
    }

    /// <summary>Good practice was approved; it is published on a day.</summary>
    public sealed record GoodPracticeApproved(DateOnly EffectiveOn, string GoodPractice, DateOnly PublishOn) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "good-practice.approved";
    }

    /// <summary>Good practice was not approved.</summary>
    public sealed record GoodPracticeDeclined(DateOnly EffectiveOn, string GoodPractice, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "good-practice.declined";
    }

    /// <summary>Good practice was published.</summary>
    public sealed record GoodPracticePublished(DateOnly EffectiveOn, string GoodPractice) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "good-practice.published";
    }
}
