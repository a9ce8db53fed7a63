using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What went wrong in an incident (事故).</summary>
[JsonConverter(typeof(KebabCase<IncidentKind>))]
public enum IncidentKind
{
    /// <summary>生产安全.</summary>
    Safety,

    /// <summary>网络安全、数据安全.</summary>
    DataSecurity,

    /// <summary>质量.</summary>
    Quality,

    /// <summary>环境污染.</summary>
    Environment,
}

/// <summary>The level of an incident, as the department competent for it determines it; least first.</summary>
[JsonConverter(typeof(KebabCase<IncidentLevel>))]
public enum IncidentLevel
{
    /// <summary>一般; Ⅳ级 of an environmental event.</summary>
    General,

    /// <summary>较大; Ⅲ级.</summary>
    Larger,

    /// <summary>重大; Ⅱ级.</summary>
    Major,

    /// <summary>特别重大; Ⅰ级.</summary>
    EspeciallyMajor,
}

/// <summary>Where an incident stands.</summary>
[JsonConverter(typeof(KebabCase<IncidentStatus>))]
public enum IncidentStatus
{
    /// <summary>Reported; nothing follows from it yet.</summary>
    Reported,

    /// <summary>认定: determined by the department that is competent for it.</summary>
    Determined,

    /// <summary>It was none, or none of this enterprise.</summary>
    Dismissed,
}

/// <summary>An incident (事故), on an enterprise's grain.</summary>
public sealed record Incident
{
    /// <summary>Identity within the grain: <c>incident-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>What went wrong.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>The day on which it happened.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What was reported.</summary>
    public required string Report { get; init; }

    /// <summary>Where it stands.</summary>
    public required IncidentStatus Status { get; init; }

    /// <summary>The civil date of the report.</summary>
    public required DateOnly ReportedOn { get; init; }

    /// <summary>Who recorded the report (pseudonym).</summary>
    public required string ReportedBy { get; init; }

    /// <summary>The determination.</summary>
    public Determination? Determination { get; init; }

    /// <summary>Why it was dismissed.</summary>
    public string? EndReason { get; init; }

    /// <summary>What it brought about.</summary>
    public IReadOnlyList<AppliedFact>? Applied { get; init; }

    /// <summary>What it was before its enterprise was merged into others, this one last; null if it never was.</summary>
    public IReadOnlyList<FactRef>? Origins { get; init; }
}

/// <summary>The determination (认定) of an incident.</summary>
/// <param name="On">The date of the document.</param>
/// <param name="Department">The department that determined it.</param>
/// <param name="Document">The number of its document.</param>
/// <param name="ResponsibleUnit">责任单位: who answers for it, by name or credit code.</param>
/// <param name="Level">The level.</param>
/// <param name="Attributed">Whether the responsible unit is this enterprise; otherwise nothing follows for it.</param>
/// <param name="By">Who recorded it, or set it right last (pseudonym).</param>
/// <param name="Corrected">True where it was set right; null: it was not.</param>
public sealed record Determination(
    DateOnly On, string Department, string Document, string ResponsibleUnit, IncidentLevel Level, bool Attributed, string By, bool? Corrected = null);
