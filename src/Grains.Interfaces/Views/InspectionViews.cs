namespace Supervision;

/// <summary>A visit as the interface shows it; members as in <see cref="Visit"/>.</summary>
/// <param name="Id">Identity within the enterprise.</param>
/// <param name="Basis">Random or directed.</param>
/// <param name="Reason">Reason of a directed one, or null.</param>
/// <param name="Draw">The draw, or null.</param>
/// <param name="Department">The other department whose visit it is, or null.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PlannedOn">Date on which it was planned or recorded.</param>
/// <param name="DueBy">Last day for making it.</param>
/// <param name="NotifiedOn">When the holder was told, or null.</param>
/// <param name="On">When it was made, or null.</param>
/// <param name="Year">The calendar year in which it counts.</param>
/// <param name="Counts">Whether it counts against the cap.</param>
/// <param name="Checks">What is checked on it.</param>
/// <param name="Inspectors">Who makes it.</param>
/// <param name="Unassigned">Why nobody is assigned, or null.</param>
/// <param name="Entries">Entries and exits as scanned.</param>
public sealed record VisitView(
    string Id, CheckBasis Basis, string? Reason, string? Draw, string? Department, VisitStatus Status, DateOnly PlannedOn, DateOnly DueBy, DateOnly? NotifiedOn,
    DateOnly? On, int Year, bool Counts, IReadOnlyList<VisitedCheck> Checks, IReadOnlyList<string> Inspectors, string? Unassigned, IReadOnlyList<VisitEntry> Entries)
{
    /// <summary>Requests for the recusal of inspectors, where no check is made on it on which they would be.</summary>
    public IReadOnlyList<RecusalView> Recusals { get; init; } = [];

    /// <summary>Whether the enterprise knows of it: it was told, it was visited, or it comes to nothing.</summary>
    public bool IsAnnounced() => Status != VisitStatus.Planned || NotifiedOn is not null || Entries.Count > 0;
}

/// <summary>An approval that is made up for.</summary>
/// <param name="Reason">Why the check could not wait.</param>
/// <param name="ApproveBy">Last day for the approval.</param>
/// <param name="ApprovedOn">Date of the approval, or null.</param>
/// <param name="Overdue">Whether the last day passed without; it costs the holder nothing.</param>
public sealed record EmergencyView(string Reason, DateOnly ApproveBy, DateOnly? ApprovedOn, bool Overdue);

/// <summary>A request for the recusal of an inspector.</summary>
/// <param name="Inspector">The inspector.</param>
/// <param name="AskedOn">Date of the request.</param>
/// <param name="Accepted">Whether another one comes; null while it is undecided.</param>
/// <param name="DecidedOn">Date of the decision, or null.</param>
/// <param name="Reason">Why it was decided so, or null.</param>
/// <param name="Replacement">Who comes instead, or null.</param>
public sealed record RecusalView(string Inspector, DateOnly AskedOn, bool? Accepted, DateOnly? DecidedOn, string? Reason, string? Replacement);

/// <summary>The record of an inspection.</summary>
/// <param name="On">Its date.</param>
/// <param name="HolderSigned">Whether the holder signed it.</param>
/// <param name="Reason">Why not, or null.</param>
public sealed record InspectionRecordView(DateOnly On, bool HolderSigned, string? Reason);

/// <summary>An objection to a result.</summary>
/// <param name="On">Its date.</param>
/// <param name="Upheld">Whether the holder is right; null while it is undecided.</param>
/// <param name="DecidedOn">Date of the decision, or null.</param>
/// <param name="Reason">Why it was decided so, or null.</param>
public sealed record ObjectionView(DateOnly On, bool? Upheld, DateOnly? DecidedOn, string? Reason);
