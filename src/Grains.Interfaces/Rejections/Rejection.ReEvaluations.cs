namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The policy has no re-evaluation.</summary>
    public sealed record ReEvaluationNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "re-evaluation-not-provided", Contract, $"{Policy} has no re-evaluation.", "policy");

    /// <summary>None comes round after years.</summary>
    public sealed record ReEvaluationNotDue(string Policy)
        : Rejection(RejectionClass.Conflict, "re-evaluation-not-due", Contract, $"{Policy} re-evaluates after changes only.");

    /// <summary>One is under way.</summary>
    public sealed record ReEvaluationUnderWay(string ReEvaluation)
        : Rejection(RejectionClass.Conflict, "re-evaluation-under-way", Contract, $"{ReEvaluation} of the same title is under way.");

    /// <summary>The change triggers none.</summary>
    public sealed record ChangeTriggersNone(ChangeKind Change, string Policy)
        : Rejection(RejectionClass.Conflict, "change-triggers-none", Contract, $"Under {Policy} a {KebabCase<ChangeKind>.Word(Change)} triggers no re-evaluation.", "change");

    /// <summary>There is no such re-evaluation, or none under way.</summary>
    public sealed record ReEvaluationNotFound(string ReEvaluation)
        : Rejection(RejectionClass.NotFound, "re-evaluation-not-found", Contract, $"There is no re-evaluation '{ReEvaluation}'.");

    /// <summary>None of the title is under way.</summary>
    public sealed record NoReEvaluationUnderWay(string Policy)
        : Rejection(RejectionClass.Conflict, "no-re-evaluation-under-way", Contract, $"No re-evaluation of the title under {Policy} is under way; it is announced, or triggered by a change, first.");

    /// <summary>The report is in already, or it is over.</summary>
    public sealed record ReEvaluationClosed(string ReEvaluation, ReEvaluationStatus Status)
        : Rejection(RejectionClass.Conflict, "re-evaluation-closed", Contract, $"{ReEvaluation} is {KebabCase<ReEvaluationStatus>.Word(Status)}; it takes no report.");

    /// <summary>The holder has not reported.</summary>
    public sealed record ReEvaluationNotReported(string ReEvaluation, string Source)
        : Rejection(RejectionClass.Conflict, "re-evaluation-not-reported", Source, $"The holder's report for {ReEvaluation} is not in.");
}
