namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The case is not decided, so that there is nothing to serve.</summary>
    public sealed record CaseNotDecided(string Case)
        : Rejection(RejectionClass.Conflict, "case-not-decided", Contract, $"{Case} is not decided.");

    /// <summary>The decision was served already.</summary>
    public sealed record DecisionAlreadyServed(string Case, DateOnly On)
        : Rejection(RejectionClass.Conflict, "decision-already-served", "行政处罚法 第六十一条", $"The decision of {Case} was served on {On:yyyy-MM-dd}.");

    /// <summary>There is no check or case of that name whose result would be published.</summary>
    public sealed record NothingToPublish(string Of)
        : Rejection(RejectionClass.NotFound, "nothing-to-publish", Contract, $"Nothing of '{Of}' has to be published.");

    /// <summary>It is public already.</summary>
    public sealed record AlreadyPublished(string Of, DateOnly On)
        : Rejection(RejectionClass.Conflict, "already-published", Contract, $"It was published of {Of} on {On:yyyy-MM-dd}.");

    /// <summary>It was withdrawn already.</summary>
    public sealed record PublicationClosed(string Of, DateOnly On)
        : Rejection(RejectionClass.Conflict, "publication-closed", Contract, $"The publication of {Of} was withdrawn on {On:yyyy-MM-dd}.");

    /// <summary>Nothing of a restricted entity is published.</summary>
    public sealed record RestrictedNotPublished(GrainId Restricted)
        : Rejection(RejectionClass.Conflict, "restricted-not-published", Restriction.Article, $"{Restricted} is restricted; nothing of it is published.");
}
