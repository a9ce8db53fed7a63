namespace Supervision;

public abstract partial record Rejection
{
    private const string DowntimeArticle = "configuration: not stated in the sources";

    /// <summary>There is no such downtime.</summary>
    public sealed record DowntimeNotFound(string Downtime)
        : Rejection(RejectionClass.NotFound, "downtime-not-found", Contract, $"There is no downtime '{Downtime}'.");

    /// <summary>A downtime of that id was declared before; another one has another id.</summary>
    public sealed record DowntimeAlreadyDeclared(string Downtime)
        : Rejection(RejectionClass.Conflict, "downtime-already-declared", DowntimeArticle, $"'{Downtime}' was declared already, and is not declared again with other days.");

    /// <summary>The downtime is longer, or moves deadlines further, than an authority may decide by itself.</summary>
    public sealed record DowntimeTooLong(string Member, int DaysMax)
        : Rejection(RejectionClass.Invalid, "downtime-too-long", DowntimeArticle, $"{Member} lies more than {DaysMax} days after what it follows.", Member);
}
