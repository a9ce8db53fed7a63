namespace Supervision;

/// <summary>Where a case stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Opened; the notice is not yet served.</summary>
    Opened,

    /// <summary>The notice is served; the window for a statement runs from it.</summary>
    Served,

    /// <summary>The holder's statement is in.</summary>
    Statement,

    /// <summary>Decided.</summary>
    Decided,

    /// <summary>The finding behind it was corrected away before a decision.</summary>
    Withdrawn,
}

/// <summary>How a case is decided.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<CaseOutcome>))]
public enum CaseOutcome
{
    /// <summary>除名: the title is removed.</summary>
    Remove,

    /// <summary>责令整改: rectification is ordered.</summary>
    Rectify,

    /// <summary>The ground does not hold; nothing changes.</summary>
    Dismiss,
}

/// <summary>A case on a title: a finding that may become a decision.</summary>
public sealed record Case
{
    /// <summary>Identity within the grain: <c>case-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The title at stake.</summary>
    public required TitleRef Title { get; init; }

    /// <summary>The ground, as the policy names it.</summary>
    public required string Ground { get; init; }

    /// <summary>The article that makes it a ground.</summary>
    public required string Article { get; init; }

    /// <summary>What supports the ground.</summary>
    public string? Evidence { get; init; }

    /// <summary>Whether the shorter window applies.</summary>
    public bool Urgent { get; init; }

    /// <summary>The check whose result opened the case by itself.</summary>
    public string? Check { get; init; }

    /// <summary>The rectification that was not done in time and opened the case by itself.</summary>
    public string? Rectification { get; init; }

    /// <summary>The fact about the enterprise that the case rests on.</summary>
    public FactRef? Fact { get; init; }

    /// <summary>Who established that fact, and so does not decide the case (pseudonyms).</summary>
    public IReadOnlyList<string>? FoundBy { get; init; }

    /// <summary>The declaration that it is about: refused, or found false.</summary>
    public string? Declaration { get; init; }

    /// <summary>The re-evaluation that opened the case by itself.</summary>
    public string? ReEvaluation { get; init; }

    /// <summary>
    /// The issuing authority that decides one case over all titles of an enterprise: on the enterprise that case, on its entities
    /// those that follow it. Null: a case by itself.
    /// </summary>
    public string? Joint { get; init; }

    /// <summary>Where the case stands.</summary>
    public CaseStatus Status { get; init; }

    /// <summary>Why it was withdrawn; null: it was not.</summary>
    public string? WithdrawnFor { get; init; }

    /// <summary>The civil date of opening.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>Who opened it (pseudonym).</summary>
    public required string OpenedBy { get; init; }

    /// <summary>The date of service of the notice.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>Last day for the statement.</summary>
    public DateOnly? WindowEnds { get; init; }

    /// <summary>Whether the window has passed; the authority's decision is due.</summary>
    public bool WindowEnded { get; init; }

    /// <summary>The decision.</summary>
    public CaseDecision? Decision { get; init; }

    /// <summary>The notice as it was served; null where nothing is recorded of it.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The decision as it was served.</summary>
    public Notice? DecisionNotice { get; init; }

    /// <summary>The last day for serving the decision; null where the policy sets none.</summary>
    public DateOnly? ServeBy { get; init; }

    /// <summary>Whether that day passed without service: the authority's delay.</summary>
    public bool ServiceOverdue { get; init; }

    /// <summary>The publication of the decision; null where it is not published.</summary>
    public Publication? Publication { get; init; }

    /// <summary>Whether nothing has been decided yet.</summary>
    public bool IsOpen() => Status is not (CaseStatus.Decided or CaseStatus.Withdrawn);
}

/// <summary>The decision of a case.</summary>
/// <param name="Outcome">What was decided.</param>
/// <param name="On">The civil date.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="Number">The number of the decision.</param>
/// <param name="By">Who decided (pseudonym).</param>
public sealed record CaseDecision(CaseOutcome Outcome, DateOnly On, string Reason, string? Number, string By);

/// <summary>Where an ordered rectification stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<RectificationStatus>))]
public enum RectificationStatus
{
    /// <summary>Ordered; the deadline runs.</summary>
    Ordered,

    /// <summary>Done in time.</summary>
    Completed,

    /// <summary>Not done in time.</summary>
    Overdue,

    /// <summary>Came to nothing with the title that it belonged to.</summary>
    Cancelled,
}

/// <summary>A rectification (整改) ordered by the decision of a case.</summary>
/// <param name="Id">Identity within the grain: <c>rectification-1</c>, ….</param>
/// <param name="Title">The title.</param>
/// <param name="Case">The case.</param>
/// <param name="DueBy">Last day; null until the decision that orders it is served, where its time runs from that.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CompletedOn">The date on which it was done.</param>
public sealed record Rectification(string Id, TitleRef Title, string Case, DateOnly? DueBy, RectificationStatus Status, DateOnly? CompletedOn = null);

/// <summary>Where a ban stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<BanStatus>))]
public enum BanStatus
{
    /// <summary>In force.</summary>
    InForce,

    /// <summary>Its last day has passed.</summary>
    Ended,

    /// <summary>The decision behind it was quashed.</summary>
    Lifted,
}

/// <summary>A ban on re-application, on an enterprise's grain.</summary>
/// <param name="Id">Identity within the grain: <c>ban-1</c>, ….</param>
/// <param name="Policy">The policy whose rule it is.</param>
/// <param name="Article">The article.</param>
/// <param name="Cause">The grain whose title was removed.</param>
/// <param name="Case">The case on that grain.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Of">The predecessor whose ban it is; null: its own.</param>
/// <param name="OpenedOn">When the case was opened, which says whom else it binds; null where that was not recorded.</param>
public sealed record Ban(
    string Id, string Policy, string Article, GrainId Cause, string Case, DateOnly From, DateOnly Until, BanStatus Status, GrainId? Of = null, DateOnly? OpenedOn = null);
