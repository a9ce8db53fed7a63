using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Where the proposal of an adjustment stands.</summary>
[JsonConverter(typeof(KebabCase<AdjustmentStatus>))]
public enum AdjustmentStatus
{
    /// <summary>The authority of the title has not decided about it.</summary>
    Proposed,

    /// <summary>A case was opened.</summary>
    Accepted,

    /// <summary>The title stays as it is.</summary>
    Dismissed,

    /// <summary>Nothing was left to decide.</summary>
    Withdrawn,
}

/// <summary>What becomes of a proposed adjustment.</summary>
[JsonConverter(typeof(KebabCase<AdjustmentOutcome>))]
public enum AdjustmentOutcome
{
    /// <summary>A case is opened on the title.</summary>
    OpenCase,

    /// <summary>The title stays as it is.</summary>
    Dismiss,
}

/// <summary>
/// A proposed adjustment (相应调整): a title was lost at one level, and the authority of another level looks whether its own title still holds. Never a decision.
/// </summary>
/// <param name="Id">Identity within the grain: <c>adjustment-1</c>, ….</param>
/// <param name="Title">The title to be looked at.</param>
/// <param name="Lost">The title that was lost.</param>
/// <param name="LostOn">The date of the loss.</param>
/// <param name="LostBy">How it was lost.</param>
/// <param name="Ground">The ground of its removal; null: it was not removed.</param>
/// <param name="Case">The case of its removal; null: it was not removed.</param>
/// <param name="Status">Where the proposal stands.</param>
/// <param name="DecidedOn">The date of the decision, or of the withdrawal.</param>
/// <param name="DecidedBy">Who decided (pseudonym).</param>
/// <param name="Reason">Why the title stays as it is, or nothing was left to decide.</param>
/// <param name="Opened">The case that was opened.</param>
public sealed record Adjustment(
    string Id, TitleRef Title, TitleRef Lost, DateOnly LostOn, TitleStatus LostBy, string? Ground, string? Case, AdjustmentStatus Status, DateOnly? DecidedOn = null,
    string? DecidedBy = null, string? Reason = null, string? Opened = null);
