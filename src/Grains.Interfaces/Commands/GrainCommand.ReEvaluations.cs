namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Records that the re-evaluation that comes round next was announced to the holder.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Method">How it was served.</param>
    public sealed record AnnounceReEvaluation(TitleChoice Title, DateOnly On, string Method) : GrainCommand;

    /// <summary>Begins the re-evaluation that a change triggers.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Change">The change.</param>
    /// <param name="On">The date on which it was verified.</param>
    public sealed record TriggerReEvaluation(TitleChoice Title, ChangeKind Change, DateOnly On) : GrainCommand;

    /// <summary>Records the holder's report.</summary>
    /// <param name="ReEvaluation">The re-evaluation.</param>
    /// <param name="On">The date of the report.</param>
    /// <param name="Evidence">The report.</param>
    public sealed record ReportReEvaluation(string ReEvaluation, DateOnly On, string Evidence) : GrainCommand;

    /// <summary>Ends the re-evaluation of a title that is under way.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Outcome">How it ends.</param>
    /// <param name="On">The date of the evaluation.</param>
    /// <param name="Reason">Why.</param>
    public sealed record ConcludeReEvaluation(TitleChoice Title, ReEvaluationOutcome Outcome, DateOnly On, string Reason) : GrainCommand;
}
