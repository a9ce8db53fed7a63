namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>There is no such check.</summary>
    public sealed record CheckNotFound(string Check)
        : Rejection(RejectionClass.NotFound, "check-not-found", Contract, $"There is no check '{Check}'.");

    /// <summary>The title is exempt from random checks.</summary>
    public sealed record Exempt(string Source, DateOnly Until)
        : Rejection(RejectionClass.Conflict, "exempt", Source, $"The title is exempt from random checks until {Until:yyyy-MM-dd}.");

    /// <summary>A random check of the title is open already.</summary>
    public sealed record CheckAlreadyOpen(string Check)
        : Rejection(RejectionClass.Conflict, "check-already-open", "国办发〔2024〕54号", $"{Check} on the same title is still open.");

    /// <summary>No reason for what needs one: a directed check or visit, or a record that the holder did not sign.</summary>
    public sealed record ReasonNeeded()
        : Rejection(RejectionClass.Invalid, "reason-needed", "国办发〔2024〕54号", "A reason is needed: for a directed check or visit, and for a record that was not signed.", "reason");

    /// <summary>A random check without the draw it comes from.</summary>
    public sealed record DrawNeeded()
        : Rejection(RejectionClass.Invalid, "draw-needed", "优化营商环境条例 第五十四条", "A random check needs the reference of its draw.", "draw");

    /// <summary>Fewer inspectors than the law asks for, or one named twice.</summary>
    public sealed record TooFewInspectors(string Source, int Named, int Needed)
        : Rejection(RejectionClass.Invalid, "too-few-inspectors", Source, $"{Named} different inspectors are named; at least {Needed} are needed.", "inspectors");

    /// <summary>The check waits for approval.</summary>
    public sealed record CheckNotApproved(string Check)
        : Rejection(RejectionClass.Conflict, "check-not-approved", "国办发〔2024〕54号", $"{Check} is planned and not approved.");

    /// <summary>The check does not wait for approval.</summary>
    public sealed record CheckNotPlanned(string Check, CheckStatus Status)
        : Rejection(RejectionClass.Conflict, "check-not-planned", "国办发〔2024〕54号", $"{Check} is {KebabCase<CheckStatus>.Word(Status)}.");

    /// <summary>The holder was told already.</summary>
    public sealed record CheckAlreadyNotified(string Check)
        : Rejection(RejectionClass.Conflict, "check-already-notified", "国办发〔2024〕54号", $"The holder was told of {Check} already.");

    /// <summary>The check is over.</summary>
    public sealed record CheckClosed(string Check, CheckStatus Status)
        : Rejection(RejectionClass.Conflict, "check-closed", Contract, $"{Check} is {KebabCase<CheckStatus>.Word(Status)}.");

    /// <summary>The check has a result already.</summary>
    public sealed record ResultAlreadyRecorded(string Check)
        : Rejection(RejectionClass.Conflict, "result-already-recorded", Contract, $"{Check} has a result already; it can be corrected by a second officer.");

    /// <summary>The check has no result that waits for confirmation.</summary>
    public sealed record ResultNotRecorded(string Check)
        : Rejection(RejectionClass.Conflict, "result-not-recorded", Contract, $"{Check} has no result that waits for confirmation.");

    /// <summary>An inspector who is not named for the check.</summary>
    public sealed record NotYourCheck(string Check)
        : Rejection(RejectionClass.Forbidden, "not-your-check", "行政处罚法 第四十二条", $"{Check} is not yours: its inspectors are others.");
}
