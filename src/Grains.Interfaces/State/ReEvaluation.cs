namespace Supervision;

/// <summary>Where a re-evaluation stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<ReEvaluationStatus>))]
public enum ReEvaluationStatus
{
    /// <summary>Announced, or triggered by a change; the holder's report is awaited.</summary>
    Announced,

    /// <summary>The report is in; the authority evaluates.</summary>
    Reported,

    /// <summary>The holder did not report in time; it may still.</summary>
    Missed,

    /// <summary>The title is still deserved.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>Called off with the title that was lost.</summary>
    Cancelled,
}

/// <summary>How a re-evaluation ends.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<ReEvaluationOutcome>))]
public enum ReEvaluationOutcome
{
    /// <summary>The title is still deserved.</summary>
    Passed,

    /// <summary>It is not; a case opens.</summary>
    Failed,
}

/// <summary>A re-evaluation (再评价、复核) of a title.</summary>
public sealed record ReEvaluation
{
    /// <summary>Identity within the grain: <c>re-evaluation-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The title.</summary>
    public required TitleRef Title { get; init; }

    /// <summary>The change that triggered it; null: it came round after years.</summary>
    public ChangeKind? Change { get; init; }

    /// <summary>The day on which it was due after years; null for one that a change triggered.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Where it stands.</summary>
    public required ReEvaluationStatus Status { get; init; }

    /// <summary>The date on which the announcement was served, or the change verified.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The holder's last day for the report.</summary>
    public required DateOnly ReportBy { get; init; }

    /// <summary>The date of the report.</summary>
    public DateOnly? ReportedOn { get; init; }

    /// <summary>The authority's last day for the evaluation.</summary>
    public DateOnly? EvaluateBy { get; init; }

    /// <summary>Whether the authority let its day pass, which costs the holder nothing.</summary>
    public bool Delayed { get; init; }

    /// <summary>The date on which it ended.</summary>
    public DateOnly? ConcludedOn { get; init; }

    /// <summary>Who evaluated (pseudonym).</summary>
    public string? ConcludedBy { get; init; }

    /// <summary>Whether it is neither concluded nor called off.</summary>
    public bool IsOpen() => Status is ReEvaluationStatus.Announced or ReEvaluationStatus.Reported or ReEvaluationStatus.Missed;
}

/// <summary>The re-evaluation that comes round next.</summary>
/// <param name="DueOn">The day on which it is due.</param>
/// <param name="AnnounceBy">The authority's last day for announcing it.</param>
/// <param name="Delayed">Whether the authority let that day pass, which costs the holder nothing.</param>
public sealed record ScheduledReEvaluation(DateOnly DueOn, DateOnly AnnounceBy, bool Delayed = false);
