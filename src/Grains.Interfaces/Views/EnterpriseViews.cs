namespace Supervision;

/// <summary>An entry of the list of energy-conservation inspection as the interface shows it; members as in <see cref="EnergyInspection"/>.</summary>
/// <param name="Id">Identity within the enterprise.</param>
/// <param name="Policy">The policy whose rules apply.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="AddedOn">Date on which it was proposed or listed.</param>
/// <param name="Year">The year of its plan or null.</param>
/// <param name="Trigger">What brought it onto the list; null: an officer.</param>
/// <param name="Article">The article of the trigger or null.</param>
/// <param name="Reason">An officer's reason or null.</param>
/// <param name="Cause">The product whose title brought it onto the list, or null.</param>
/// <param name="Follows">The entry whose violations were not rectified, or null.</param>
/// <param name="DueBy">Last day of what comes next or null.</param>
/// <param name="Owner">Who has to act by then or null.</param>
/// <param name="Overdue">Whether that day passed by the authority's delay.</param>
/// <param name="Method">Written or on site, or null.</param>
/// <param name="NotifiedOn">When the enterprise was told.</param>
/// <param name="PlannedOn">The date announced.</param>
/// <param name="WithoutNotice">Why there was no notice.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="On">Date of the inspection.</param>
/// <param name="Inspectors">Who carried it out.</param>
/// <param name="Findings">What was found, item by item.</param>
/// <param name="HeardOn">When the opinion was heard.</param>
/// <param name="OrderedOn">When the notice of rectification was served.</param>
/// <param name="RectifyBy">Last day of the rectification.</param>
/// <param name="Extended">Whether that day was put off.</param>
/// <param name="ReportedOn">When the enterprise reported that it has rectified.</param>
/// <param name="RecheckedOn">Date of the last re-check.</param>
/// <param name="MissedOn">From when the rectification counts as missed.</param>
/// <param name="EndReason">Why it was delisted.</param>
/// <param name="Applied">The cases that a missed rectification opened.</param>
/// <param name="Draw">The draw that listed it or null.</param>
/// <param name="OnSite">The visit for which it was drawn or null; to outsiders once the enterprise was told.</param>
public sealed record EnergyInspectionView(
    string Id, string Policy, EnergyStatus Status, DateOnly AddedOn, int? Year, EnergyTrigger? Trigger, string? Article, string? Reason, GrainId? Cause,
    string? Follows, DateOnly? DueBy, DeadlineOwner? Owner, bool Overdue, EnergyMethod? Method, DateOnly? NotifiedOn, DateOnly? PlannedOn,
    EnergyWithoutNotice? WithoutNotice, EnergyOutcome? Outcome, DateOnly? On, IReadOnlyList<string> Inspectors, IReadOnlyList<Finding> Findings,
    DateOnly? HeardOn, DateOnly? OrderedOn, DateOnly? RectifyBy, bool Extended, DateOnly? ReportedOn, DateOnly? RecheckedOn, DateOnly? MissedOn,
    string? EndReason, IReadOnlyList<AppliedFact> Applied, string? Draw, DrawnInspectionView? OnSite)
{
    /// <summary>The record of an inspection on site, or null.</summary>
    public InspectionRecordView? Record { get; init; }
}

/// <summary>The visit for which an inspection was drawn.</summary>
/// <param name="Draw">The draw.</param>
/// <param name="Visit">The visit at the enterprise.</param>
/// <param name="DrawnOn">The civil date of the order.</param>
public sealed record DrawnInspectionView(string Draw, string Visit, DateOnly DrawnOn);

/// <summary>A veto on record as the interface shows it.</summary>
/// <param name="Id">Identity within the enterprise.</param>
/// <param name="Kind">The fact.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="On">The day on which it happened or began.</param>
/// <param name="Source">Who publishes it.</param>
/// <param name="Reference">The number there or null.</param>
/// <param name="RecordedOn">Date of recording.</param>
/// <param name="EndedOn">The day on which it was over or null.</param>
/// <param name="EndReason">Why it was rejected or ended, or null.</param>
/// <param name="Applied">The cases that it opened.</param>
public sealed record VetoView(
    string Id, VetoKind Kind, VetoStatus Status, DateOnly On, string Source, string? Reference, DateOnly RecordedOn, DateOnly? EndedOn, string? EndReason,
    IReadOnlyList<AppliedFact> Applied);

/// <summary>An incident as the interface shows it.</summary>
/// <param name="Id">Identity within the enterprise.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="On">The day on which it happened.</param>
/// <param name="Report">What was reported.</param>
/// <param name="ReportedOn">Date of the report.</param>
/// <param name="Department">The department that determined it, or null.</param>
/// <param name="Document">The number of its document or null.</param>
/// <param name="DeterminedOn">The date of that document or null.</param>
/// <param name="ResponsibleUnit">Who answers for it, or null.</param>
/// <param name="Attributed">Whether that is this enterprise, or null.</param>
/// <param name="Level">The level or null.</param>
/// <param name="EndReason">Why it was dismissed or null.</param>
/// <param name="Applied">The cases that it opened.</param>
public sealed record IncidentView(
    string Id, IncidentKind Kind, IncidentStatus Status, DateOnly On, string Report, DateOnly ReportedOn, string? Department, string? Document,
    DateOnly? DeterminedOn, string? ResponsibleUnit, bool? Attributed, IncidentLevel? Level, string? EndReason, IReadOnlyList<AppliedFact> Applied);

/// <summary>Something that stands against a title of the enterprise.</summary>
/// <param name="Kind">The kind of veto, or null for a ban.</param>
/// <param name="Id">The ban, veto, incident or energy inspection on the enterprise.</param>
/// <param name="Original">The words of the source, or null for a ban.</param>
/// <param name="Article">The article.</param>
public sealed record ObstacleView(VetoKind? Kind, string Id, string? Original, string Article);
