using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Why an enterprise comes onto the yearly list of energy-conservation inspection (节能监察).</summary>
[JsonConverter(typeof(KebabCase<EnergyTrigger>))]
public enum EnergyTrigger
{
    /// <summary>It makes a product that holds a title.</summary>
    ProductProducer,

    /// <summary>A product that it makes lost its title.</summary>
    ProductRemoved,

    /// <summary>The inspection of the year before found violations.</summary>
    ViolatorFollowUp,

    /// <summary>It was drawn by the rate of its risk class.</summary>
    RiskClassRate,
}

/// <summary>How an enterprise is inspected.</summary>
[JsonConverter(typeof(KebabCase<EnergyMethod>))]
public enum EnergyMethod
{
    /// <summary>书面监察: by what it hands in.</summary>
    Written,

    /// <summary>现场监察: on site.</summary>
    OnSite,
}

/// <summary>Why an inspection needs no notice beforehand.</summary>
[JsonConverter(typeof(KebabCase<EnergyWithoutNotice>))]
public enum EnergyWithoutNotice
{
    /// <summary>涉嫌违法: a violation is suspected.</summary>
    Suspicion,

    /// <summary>举报: somebody complained.</summary>
    Complaint,

    /// <summary>抽查: the inspection is a spot check.</summary>
    SpotCheck,
}

/// <summary>Where an entry of the list of energy-conservation inspection stands.</summary>
[JsonConverter(typeof(KebabCase<EnergyStatus>))]
public enum EnergyStatus
{
    /// <summary>Something proposed it; an officer lists it in a year's plan or delists it.</summary>
    Proposed,

    /// <summary>In the plan of a year.</summary>
    Listed,

    /// <summary>书面通知: the enterprise was told in writing.</summary>
    Notified,

    /// <summary>Violations were found; the notice of rectification is due.</summary>
    Violations,

    /// <summary>限期整改: the notice of rectification is served; the enterprise's time runs.</summary>
    Rectifying,

    /// <summary>The enterprise reported that it has rectified; the re-check is due.</summary>
    Reported,

    /// <summary>Nothing was found.</summary>
    Compliant,

    /// <summary>The re-check found everything rectified.</summary>
    Rectified,

    /// <summary>未按要求完成整改: not rectified in time.</summary>
    Missed,

    /// <summary>Taken off the list before an inspection.</summary>
    Delisted,
}

/// <summary>What an energy-conservation inspection found.</summary>
[JsonConverter(typeof(KebabCase<EnergyOutcome>))]
public enum EnergyOutcome
{
    /// <summary>Nothing that has to be rectified.</summary>
    Compliant,

    /// <summary>Violations, which have to be rectified.</summary>
    Violations,
}

/// <summary>An entry of the list of energy-conservation inspection, on an enterprise's grain.</summary>
public sealed record EnergyInspection
{
    /// <summary>Identity within the grain: <c>energy-inspection-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The policy whose rules of inspection apply.</summary>
    public required string Policy { get; init; }

    /// <summary>Where it stands.</summary>
    public required EnergyStatus Status { get; init; }

    /// <summary>The civil date on which it was proposed or listed.</summary>
    public required DateOnly AddedOn { get; init; }

    /// <summary>Who proposed or listed it first (pseudonym).</summary>
    public required string AddedBy { get; init; }

    /// <summary>The year of its plan; null while it is proposed.</summary>
    public int? Year { get; init; }

    /// <summary>What brought it onto the list; null: an officer.</summary>
    public EnergyTrigger? Trigger { get; init; }

    /// <summary>The article of the trigger.</summary>
    public string? Article { get; init; }

    /// <summary>Why it was listed, in an officer's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The product whose title brought it onto the list.</summary>
    public GrainId? Cause { get; init; }

    /// <summary>The case by which that title was removed.</summary>
    public string? Case { get; init; }

    /// <summary>The entry of the year before whose violations it follows up.</summary>
    public string? Follows { get; init; }

    /// <summary>The draw that listed it.</summary>
    public string? Draw { get; init; }

    /// <summary>The visit for which it was drawn; null: it was not.</summary>
    public DrawnInspection? OnSite { get; init; }

    /// <summary>Last day of what comes next: the plan's year, the notice of rectification, the rectification, the re-check; null where nothing does.</summary>
    public DateOnly? DueBy { get; init; }

    /// <summary>Whether that day passed; an authority's delay has no consequence for the enterprise.</summary>
    public bool Overdue { get; init; }

    /// <summary>Written or on site, once it was announced or carried out.</summary>
    public EnergyMethod? Method { get; init; }

    /// <summary>The date on which the enterprise was told.</summary>
    public DateOnly? NotifiedOn { get; init; }

    /// <summary>The date that was announced.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>Why it took place without notice.</summary>
    public EnergyWithoutNotice? WithoutNotice { get; init; }

    /// <summary>What was found.</summary>
    public EnergyOutcome? Outcome { get; init; }

    /// <summary>The date of the inspection.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who carried it out, by their ids.</summary>
    public IReadOnlyList<string>? Inspectors { get; init; }

    /// <summary>What was found, item by item.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>The record of an inspection on site; null while there is none.</summary>
    public InspectionRecord? Record { get; init; }

    /// <summary>The date on which the enterprise's opinion was heard.</summary>
    public DateOnly? HeardOn { get; init; }

    /// <summary>The date on which the notice of rectification was served.</summary>
    public DateOnly? OrderedOn { get; init; }

    /// <summary>Last day of the rectification.</summary>
    public DateOnly? RectifyBy { get; init; }

    /// <summary>Whether that day was put off.</summary>
    public bool Extended { get; init; }

    /// <summary>The date on which the enterprise reported that it has rectified.</summary>
    public DateOnly? ReportedOn { get; init; }

    /// <summary>The date of the last re-check.</summary>
    public DateOnly? RecheckedOn { get; init; }

    /// <summary>The date from which the rectification counts as missed, even if it was done later; null: it does not.</summary>
    public DateOnly? MissedOn { get; init; }

    /// <summary>Why it was delisted.</summary>
    public string? EndReason { get; init; }

    /// <summary>Who recorded what was found, so that they do not decide the cases that follow (pseudonyms).</summary>
    public IReadOnlyList<string>? FoundBy { get; init; }

    /// <summary>The notice of the inspection as it was served; null where nothing is recorded of it.</summary>
    public Notice? Notice { get; init; }

    /// <summary>What the notice told of the visit for which it was drawn; null where it was not.</summary>
    public CheckNotice? Told { get; init; }

    /// <summary>The notice of rectification as it was served; null where nothing is recorded of it.</summary>
    public Notice? RectificationNotice { get; init; }

    /// <summary>What a missed rectification brought about.</summary>
    public IReadOnlyList<AppliedFact>? Applied { get; init; }

    /// <summary>What it was before its enterprise was merged into others, this one last; null if it never was.</summary>
    public IReadOnlyList<FactRef>? Origins { get; init; }
}

/// <summary>That an inspection is made on site because it was drawn.</summary>
/// <param name="Draw">The draw.</param>
/// <param name="Visit">The visit.</param>
/// <param name="DrawnOn">The civil date of the order.</param>
/// <param name="ApprovedBy">Who approved the draw, and with it the visit (pseudonym).</param>
public sealed record DrawnInspection(string Draw, VisitRef Visit, DateOnly DrawnOn, string ApprovedBy);
