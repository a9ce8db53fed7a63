using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Where a change stands.</summary>
[JsonConverter(typeof(KebabCase<ChangeStatus>))]
public enum ChangeStatus
{
    /// <summary>The authority knows of it; the enterprise has not filed it.</summary>
    Noted,

    /// <summary>变更申请: filed; the city verifies.</summary>
    Filed,

    /// <summary>市级复核: verified, confirmed or not; the province decides.</summary>
    Verified,

    /// <summary>Accepted. After a merger, a split, or a relocation out of a policy's region titles may still wait for a decision.</summary>
    Accepted,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>How a filed change is decided.</summary>
[JsonConverter(typeof(KebabCase<ChangeOutcome>))]
public enum ChangeOutcome
{
    /// <summary>It is taken into the register.</summary>
    Accepted,

    /// <summary>It is not.</summary>
    Refused,
}

/// <summary>What becomes of a title after a change.</summary>
[JsonConverter(typeof(KebabCase<SuccessionOutcome>))]
public enum SuccessionOutcome
{
    /// <summary>It continues with the successor.</summary>
    Continues,

    /// <summary>It ends.</summary>
    Ends,
}

/// <summary>What a change filed late leads to.</summary>
[JsonConverter(typeof(KebabCase<LateChange>))]
public enum LateChange
{
    /// <summary>Nothing beside being recorded as late.</summary>
    Recorded,

    /// <summary>The title is re-evaluated, whatever the change.</summary>
    ReEvaluation,
}

/// <summary>A policy under which a change has to be filed.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="DueBy">The enterprise's last day for filing it.</param>
/// <param name="Article">The article of that period.</param>
/// <param name="Late">What follows from its being late; null: it is not late, or not filed.</param>
/// <param name="LateArticle">The article of that.</param>
public sealed record ChangeConcern(string Policy, DateOnly DueBy, string Article, LateChange? Late = null, string? LateArticle = null);

/// <summary>What an issuing authority decided about a title after a change.</summary>
/// <param name="Title">The title, as it was then.</param>
/// <param name="Outcome">Whether it continues.</param>
/// <param name="Successor">The enterprise with which it continues.</param>
/// <param name="On">The date of the decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">Number of the decision or null.</param>
/// <param name="By">Who decided (pseudonym).</param>
public sealed record DecidedSuccession(TitleRef Title, SuccessionOutcome Outcome, GrainId? Successor, DateOnly On, string Reason, string? Number, string By);

/// <summary>A change (变更) of a listed entity, filed by its enterprise.</summary>
public sealed record Change
{
    /// <summary>Most enterprises that a change names.</summary>
    public const int SuccessorsMax = 20;

    /// <summary>Identity within the grain: <c>change-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>What changes.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>The day on which the formalities were completed (手续办理), from which the time for filing runs.</summary>
    public required DateOnly CompletedOn { get; init; }

    /// <summary>The policies under which it has to be filed.</summary>
    public required IReadOnlyList<ChangeConcern> Concerns { get; init; }

    /// <summary>The enterprise's last day for filing it, the earliest of those policies.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>Whether that day passed before it was filed.</summary>
    public bool Late { get; init; }

    /// <summary>How the authority came to know of it before it was filed.</summary>
    public string? Source { get; init; }

    /// <summary>What the enterprise says about it.</summary>
    public string? Description { get; init; }

    /// <summary>The new name of a rename.</summary>
    public string? Name { get; init; }

    /// <summary>The new region of a relocation, six digits.</summary>
    public string? Region { get; init; }

    /// <summary>The enterprises that a merger or split leads to.</summary>
    public IReadOnlyList<GrainId>? Successors { get; init; }

    /// <summary>The date of filing.</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>Who recorded the filing (pseudonym).</summary>
    public string? FiledBy { get; init; }

    /// <summary>The level of the authority that verifies.</summary>
    public Level? VerifiedAt { get; init; }

    /// <summary>The level of the authority that decides.</summary>
    public Level? DecidedAt { get; init; }

    /// <summary>The date of the verification.</summary>
    public DateOnly? VerifiedOn { get; init; }

    /// <summary>Who verified (pseudonym).</summary>
    public string? VerifiedBy { get; init; }

    /// <summary>Whether the verification found it as filed.</summary>
    public bool? Confirmed { get; init; }

    /// <summary>What the verification found.</summary>
    public string? Note { get; init; }

    /// <summary>The re-evaluations that it triggered; null without any.</summary>
    public IReadOnlyList<string>? ReEvaluations { get; init; }

    /// <summary>The date of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Why it was decided so.</summary>
    public string? Reason { get; init; }

    /// <summary>Number of the decision.</summary>
    public string? Number { get; init; }

    /// <summary>Titles about which their issuing authorities have to decide, as long as they are in force; null without any.</summary>
    public IReadOnlyList<TitleRef>? Pending { get; init; }

    /// <summary>What was decided about titles; null without any.</summary>
    public IReadOnlyList<DecidedSuccession>? Decided { get; init; }

    /// <summary>The titles in force that wait for a decision of their issuing authority.</summary>
    public IEnumerable<Title> Waiting(GrainState.Subject subject) =>
        Pending is null ? [] : subject.Titles.Where(title => title.InForce && Pending.Contains(title.Ref));

    /// <summary>Whether somebody has to do something about it.</summary>
    public bool IsOpen(GrainState.Subject subject) => Status is ChangeStatus.Noted or ChangeStatus.Filed or ChangeStatus.Verified || Waiting(subject).Any();
}
