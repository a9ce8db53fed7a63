using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The day on which a title is re-evaluated next, and the authority's last day for announcing it; without days: none comes round any more.</summary>
    public sealed record ReEvaluationScheduled(DateOnly EffectiveOn, TitleRef Title, DateOnly? DueOn, DateOnly? AnnounceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.scheduled";
    }

    /// <summary>A re-evaluation was announced to the holder, who has to report.</summary>
    public sealed record ReEvaluationAnnounced(
        DateOnly EffectiveOn, string ReEvaluation, TitleRef Title, DateOnly DueOn, string Method, DateOnly ReportBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.announced";
    }

    /// <summary>A change triggered a re-evaluation; the holder has to report.</summary>
    public sealed record ReEvaluationTriggered(
        DateOnly EffectiveOn, string ReEvaluation, TitleRef Title, ChangeKind Change, string Article, DateOnly ReportBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.triggered";
    }

    /// <summary>The holder reported; the authority evaluates by a day.</summary>
    public sealed record ReEvaluationReported(DateOnly EffectiveOn, string ReEvaluation, string Evidence, DateOnly EvaluateBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.reported";
    }

    /// <summary>The holder's last day passed without a report.</summary>
    public sealed record ReEvaluationMissed(DateOnly EffectiveOn, string ReEvaluation) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.missed";
    }

    /// <summary>The authority let its day pass, for the announcement or, of the one named, for the evaluation. It costs the holder nothing.</summary>
    public sealed record ReEvaluationDelayed(DateOnly EffectiveOn, TitleRef Title, string? ReEvaluation) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.delayed";
    }

    /// <summary>The title is still deserved; the next one comes round on a day.</summary>
    public sealed record ReEvaluationPassed(
        DateOnly EffectiveOn, string ReEvaluation, string Reason, DateOnly? NextDueOn, DateOnly? NextAnnounceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.passed";
    }

    /// <summary>The title is not deserved any more; the next one comes round on a day, should it be kept.</summary>
    public sealed record ReEvaluationFailed(
        DateOnly EffectiveOn, string ReEvaluation, string Reason, DateOnly? NextDueOn, DateOnly? NextAnnounceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.failed";
    }

    /// <summary>A re-evaluation came to nothing with the title that was lost.</summary>
    public sealed record ReEvaluationCancelled(DateOnly EffectiveOn, string ReEvaluation, string Reason) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "re-evaluation.cancelled";
    }
}
