namespace Supervision.Grains.Policies;

/// <summary>Re-evaluation (再评价、复核) of what is listed.</summary>
public sealed record ReEvaluationRules
{
    /// <summary>Years from the grant, or from the re-evaluation passed last, to the day on which it is due; none: only changes trigger it.</summary>
    public Figure<int>? EveryYears { get; init; }

    /// <summary>How long before the due day it is announced to the holder.</summary>
    public required OwnedPeriod Announcement { get; init; }

    /// <summary>How long there is for the report, from service of the announcement or, after a change, from its verification.</summary>
    public required OwnedPeriod Report { get; init; }

    /// <summary>How long there is for the evaluation, from the report; what is not done by then is the authority's delay and costs the holder nothing.</summary>
    public required OwnedPeriod Evaluation { get; init; }

    /// <summary>Changes that trigger one, whenever the next would be due.</summary>
    public required IReadOnlyList<ReEvaluationTrigger> Triggers { get; init; }

    /// <summary>The ground of the case that a failed one opens.</summary>
    public required string FailedGround { get; init; }

    /// <summary>The ground of the case that opens when the holder does not report in time.</summary>
    public required string MissedGround { get; init; }
}

/// <summary>A change that triggers a re-evaluation.</summary>
/// <param name="Change">The change.</param>
/// <param name="Article">The article.</param>
public sealed record ReEvaluationTrigger(ChangeKind Change, string Article);
