namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Names who makes a check, with every other open check of its visit.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Inspectors">Ids of the inspectors.</param>
    /// <param name="Reason">Why these, or why no longer those.</param>
    public sealed record AssignInspectors(string Check, IReadOnlyList<string> Inspectors, string Reason) : GrainCommand;

    /// <summary>Asks for the recusal of an inspector, by the holder or on its behalf.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Inspector">The inspector, by id.</param>
    /// <param name="Text">Why; private.</param>
    public sealed record AskRecusal(string Check, string Inspector, PrivateText Text) : GrainCommand;

    /// <summary>Decides about the recusal of an inspector.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Inspector">The inspector, by id.</param>
    /// <param name="Accepted">Whether another one comes.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Replacement">Who comes instead, by id; needed where it is accepted, and only there.</param>
    public sealed record DecideRecusal(string Check, string Inspector, bool Accepted, string Reason, string? Replacement) : GrainCommand;

    /// <summary>Records that the inspectors entered, for the visit as a whole.</summary>
    /// <param name="Check">A check of the visit.</param>
    /// <param name="At">When; null: now.</param>
    /// <param name="Inspector">Who scanned it; null: the sender.</param>
    public sealed record RecordEntry(string Check, DateTimeOffset? At, string? Inspector) : GrainCommand;

    /// <summary>Records that the inspectors left, for the visit as a whole.</summary>
    /// <param name="Check">A check of the visit.</param>
    /// <param name="At">When; null: now.</param>
    public sealed record RecordExit(string Check, DateTimeOffset? At) : GrainCommand;

    /// <summary>Records that the inspectors of a visit entered, where no check is made on it that could be named.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="At">When; null: now.</param>
    /// <param name="Inspector">Who scanned it; null: the sender.</param>
    public sealed record EnterVisit(string Visit, DateTimeOffset? At, string? Inspector) : GrainCommand;

    /// <summary>Records that the inspectors of a visit left.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="At">When; null: now.</param>
    public sealed record ExitVisit(string Visit, DateTimeOffset? At) : GrainCommand;

    /// <summary>Asks for the recusal of an inspector from a visit on which no check is made, by the enterprise or on its behalf.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="Inspector">The inspector, by id.</param>
    /// <param name="Text">Why; private.</param>
    public sealed record AskVisitRecusal(string Visit, string Inspector, PrivateText Text) : GrainCommand;

    /// <summary>Decides about the recusal of an inspector from such a visit.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="Inspector">The inspector, by id.</param>
    /// <param name="Accepted">Whether another one comes.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Replacement">Who comes instead, where it is accepted.</param>
    public sealed record DecideVisitRecusal(string Visit, string Inspector, bool Accepted, string Reason, string? Replacement) : GrainCommand;

    /// <summary>Records that the holder signed the record of the inspection, or that it did not.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="On">The date.</param>
    /// <param name="HolderSigned">Whether it was signed.</param>
    /// <param name="Reason">Why it was not.</param>
    public sealed record SignRecord(string Check, DateOnly On, bool HolderSigned, string? Reason) : GrainCommand;

    /// <summary>Records service of the confirmed result; the time for an objection runs from it.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Method">How it was served.</param>
    /// <param name="Number">The number of the document or null.</param>
    public sealed record ServeResult(string Check, DateOnly On, string Method, string? Number = null) : GrainCommand;

    /// <summary>Objects to a confirmed result, by the holder or on its behalf.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Text">What is wrong; private.</param>
    public sealed record ObjectToResult(string Check, PrivateText Text) : GrainCommand;

    /// <summary>Decides an objection, as a person who neither entered nor confirmed the result.</summary>
    /// <param name="Check">The check.</param>
    /// <param name="Upheld">Whether the holder is right; the result is then corrected as any other.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DecideObjection(string Check, bool Upheld, string Reason) : GrainCommand;

    /// <summary>Records a visit of another department at the enterprise.</summary>
    /// <param name="Department">The department.</param>
    /// <param name="Basis">Random, or directed.</param>
    /// <param name="Reason">The reason of a directed one.</param>
    /// <param name="DueBy">The last day of a planned one; null where it was made.</param>
    /// <param name="On">The day on which it was made; null: it is planned.</param>
    public sealed record RecordVisit(string Department, CheckBasis Basis, string? Reason, DateOnly? DueBy, DateOnly? On) : GrainCommand;

    /// <summary>Records that a planned visit of another department was made.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="On">The day.</param>
    public sealed record CompleteVisit(string Visit, DateOnly On) : GrainCommand;

    /// <summary>Records that another department makes a planned visit no more.</summary>
    /// <param name="Visit">The visit.</param>
    /// <param name="Reason">Why.</param>
    public sealed record CallOffVisit(string Visit, string Reason) : GrainCommand;
}
