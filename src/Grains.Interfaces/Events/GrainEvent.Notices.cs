using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The decision of a case was served; an ordered rectification runs from it, until <c>dueBy</c>.</summary>
    public sealed record DecisionServed(
        DateOnly EffectiveOn, string Case, string Method, ServedDocument Notice, string? Rectification, DateOnly? DueBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "decision.served";
    }

    /// <summary>The last day for serving a decision passed: the authority's delay.</summary>
    public sealed record ServiceOverdue(DateOnly EffectiveOn, string Case) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "service.overdue";
    }

    /// <summary>The result of a check, or the decision of a case, was published.</summary>
    public sealed record ResultPublished(DateOnly EffectiveOn, string? Check, string? Case, string Place) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "result.published";
    }

    /// <summary>
    /// What was published was withdrawn from publication: <c>corrects</c> is the version of the event that published it; null: it was not
    /// published, and will not be. <c>publishBy</c>: what was set right has to be published anew.
    /// </summary>
    public sealed record PublicationWithdrawn(DateOnly EffectiveOn, string? Check, string? Case, long? Corrects, string Reason, DateOnly? PublishBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "publication.withdrawn";
    }

    /// <summary>The last day for publishing or withdrawing passed: the authority's delay.</summary>
    public sealed record PublicationOverdue(DateOnly EffectiveOn, string? Check, string? Case) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "publication.overdue";
    }
}
