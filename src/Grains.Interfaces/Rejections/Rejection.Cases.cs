namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The case is one over all titles of the enterprise, which is served, heard and decided there.</summary>
    public sealed record CaseIsJoint(string Case, GrainId Enterprise, string Source)
        : Rejection(RejectionClass.Conflict, "case-is-joint", Source, $"{Case} follows the case over all titles of {Enterprise}; it is served, heard and decided there.");

    /// <summary>There is no such case.</summary>
    public sealed record CaseNotFound(string Case)
        : Rejection(RejectionClass.NotFound, "case-not-found", Contract, $"There is no case '{Case}'.");

    /// <summary>There is no such proposal of an adjustment.</summary>
    public sealed record AdjustmentNotFound(string Adjustment)
        : Rejection(RejectionClass.NotFound, "adjustment-not-found", Contract, $"There is no proposal '{Adjustment}'.");

    /// <summary>The adjustment was decided about, or nothing was left to decide.</summary>
    public sealed record AdjustmentClosed(string Adjustment, AdjustmentStatus Status)
        : Rejection(RejectionClass.Conflict, "adjustment-closed", Contract, $"{Adjustment} is {KebabCase<AdjustmentStatus>.Word(Status)}.");

    /// <summary>A case needs a ground of the title's own policy.</summary>
    public sealed record GroundNeeded(string Policy)
        : Rejection(RejectionClass.Invalid, "ground-needed", Contract, $"What the other title was lost for is no ground of {Policy}; name one that is.", "ground");

    /// <summary>The policy knows no such ground.</summary>
    public sealed record UnknownGround(string Ground, string Policy)
        : Rejection(RejectionClass.Invalid, "unknown-ground", Contract, $"'{Ground}' is not a ground of {Policy}.", "ground");

    /// <summary>The ground does not allow the shorter window.</summary>
    public sealed record NotUrgent(string Ground, string Source)
        : Rejection(RejectionClass.Conflict, "not-urgent", Source, $"A case on the ground {Ground} has no shorter window.", "urgent");

    /// <summary>A case on the same ground is open on the title.</summary>
    public sealed record CaseAlreadyOpen(string Case)
        : Rejection(RejectionClass.Conflict, "case-already-open", Contract, $"{Case} on the same title and ground is still open.");

    /// <summary>The notice was served already.</summary>
    public sealed record CaseAlreadyServed(string Case)
        : Rejection(RejectionClass.Conflict, "case-already-served", "行政处罚法 第四十四条", $"The notice of {Case} was served already.");

    /// <summary>The notice was not served yet.</summary>
    public sealed record CaseNotServed(string Case)
        : Rejection(RejectionClass.Conflict, "case-not-served", "行政处罚法 第四十四条", $"The notice of {Case} is not served yet.");

    /// <summary>The statement is in already.</summary>
    public sealed record StatementAlreadyReceived(string Case)
        : Rejection(RejectionClass.Conflict, "statement-already-received", "行政处罚法 第四十五条", $"The statement in {Case} is in already.");

    /// <summary>The window for the statement is still open.</summary>
    public sealed record WindowStillOpen(string Case, DateOnly Until)
        : Rejection(RejectionClass.Conflict, "window-still-open", "行政处罚法 第四十五条", $"The holder of {Case} may make a statement until {Until:yyyy-MM-dd}.");

    /// <summary>The case is over.</summary>
    public sealed record CaseClosed(string Case, CaseStatus Status)
        : Rejection(RejectionClass.Conflict, "case-closed", Contract, $"{Case} is {KebabCase<CaseStatus>.Word(Status)}.");

    /// <summary>The policy has no rectification.</summary>
    public sealed record RectificationNotProvided(string Policy, string Source)
        : Rejection(RejectionClass.Conflict, "rectification-not-provided", Source, $"{Policy} removes without rectification.", "outcome");

    /// <summary>The policy asks for rectification before removal.</summary>
    public sealed record RectificationFirst(string Ground, string Source)
        : Rejection(RejectionClass.Conflict, "rectification-first", Source, $"On the ground {Ground} rectification has to be ordered before the title can be removed.", "outcome");

    /// <summary>There is no such rectification.</summary>
    public sealed record RectificationNotFound(string Rectification)
        : Rejection(RejectionClass.NotFound, "rectification-not-found", Contract, $"There is no rectification '{Rectification}'.");

    /// <summary>The rectification is over.</summary>
    public sealed record RectificationClosed(string Rectification, RectificationStatus Status)
        : Rejection(RejectionClass.Conflict, "rectification-closed", Contract, $"{Rectification} is {KebabCase<RectificationStatus>.Word(Status)}.");

    /// <summary>The result led to a decision, which has to be quashed first.</summary>
    public sealed record ResultWasDecidedOn(string Case)
        : Rejection(RejectionClass.Conflict, "result-was-decided-on", "行政处罚法 第四十八条", $"{Case} was decided on this result; the decision has to be quashed first.");
}
