using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Why a check could not wait for its approval, which is made up for afterwards (紧急情况).</summary>
/// <param name="Reason">Why.</param>
/// <param name="ApproveBy">The last day for approving it.</param>
/// <param name="ApprovedOn">The day of the approval; null while it is missing.</param>
/// <param name="ApprovedBy">Who approved it (pseudonym).</param>
/// <param name="Overdue">Whether the last day passed without: the authority's delay.</param>
public sealed record EmergencyOrder(string Reason, DateOnly ApproveBy, DateOnly? ApprovedOn = null, string? ApprovedBy = null, bool Overdue = false);

/// <summary>What the notice of a check, or of a drawn visit without any, tells its holder (检查通知), besides what identifies it.</summary>
/// <param name="Year">The calendar year of the notice.</param>
/// <param name="Visits">How often the enterprise was visited in that year before, by whichever department.</param>
/// <param name="Cap">How many visits the published cap allows; null where there is none.</param>
/// <param name="Items">What is checked; none where that is not a matter of published items.</param>
/// <param name="Inspectors">Who comes, by their ids.</param>
/// <param name="Recusal">The article by which the holder may ask for the recusal of an inspector.</param>
public sealed record CheckNotice(int Year, int Visits, int? Cap, IReadOnlyList<string> Items, IReadOnlyList<string> Inspectors, string Recusal);

/// <summary>That the holder asked for another inspector (申请回避). Its reason is private and kept beside the ledger.</summary>
/// <param name="Inspector">The inspector, by id.</param>
/// <param name="AskedOn">The day.</param>
/// <param name="AskedBy">Who recorded it (pseudonym).</param>
/// <param name="Accepted">Whether another one comes; null while it is undecided. The check goes on meanwhile.</param>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="DecidedBy">Who decided (pseudonym).</param>
/// <param name="Reason">Why it was decided so.</param>
/// <param name="Replacement">Who comes instead.</param>
public sealed record Recusal(
    string Inspector, DateOnly AskedOn, string AskedBy, bool? Accepted = null, DateOnly? DecidedOn = null, string? DecidedBy = null, string? Reason = null,
    string? Replacement = null)
{
    /// <summary>The article that gives the right to ask for it.</summary>
    public const string Article = "行政处罚法 第四十三条";
}

/// <summary>The record of an inspection (现场检查笔录).</summary>
/// <param name="On">The day.</param>
/// <param name="HolderSigned">Whether the holder signed it; otherwise that was refused, or nobody was there who could.</param>
/// <param name="Reason">Why it was not signed.</param>
/// <param name="By">Who entered it (pseudonym).</param>
public sealed record InspectionRecord(DateOnly On, bool HolderSigned, string? Reason, string By);

/// <summary>That the holder objects to a confirmed result (异议). Its text is private and kept beside the ledger.</summary>
/// <param name="On">The day.</param>
/// <param name="By">Who recorded it (pseudonym).</param>
/// <param name="Upheld">Whether the holder is right; null while it is undecided.</param>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="DecidedBy">Who decided (pseudonym).</param>
/// <param name="Reason">Why it was decided so.</param>
public sealed record Objection(DateOnly On, string By, bool? Upheld = null, DateOnly? DecidedOn = null, string? DecidedBy = null, string? Reason = null);

/// <summary>An entry at the door, as it was scanned (扫码入企).</summary>
/// <param name="Inspector">Who scanned it, by id.</param>
/// <param name="EnteredAt">When.</param>
/// <param name="ExitedAt">When they left; null while they are inside.</param>
public sealed record VisitEntry(string Inspector, DateTimeOffset EnteredAt, DateTimeOffset? ExitedAt = null);

/// <summary>A step of an inspection that a policy may ask for before a result is entered.</summary>
[JsonConverter(typeof(KebabCase<InspectionStep>))]
public enum InspectionStep
{
    /// <summary>The holder was told.</summary>
    Notice,

    /// <summary>The entry was scanned.</summary>
    Entry,

    /// <summary>The record was signed, or it was noted that it was not.</summary>
    Record,
}
