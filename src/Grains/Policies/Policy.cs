namespace Supervision.Grains.Policies;

/// <summary>
/// One authority's dated rule-set, as <c>policies/&lt;id&gt;.json</c> holds it. Every figure carries the article it comes
/// from, or says that it is configuration because the source does not state it.
/// </summary>
public sealed record Policy
{
    /// <summary>For editors: where the JSON schema lies.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Identity, also the name of the file: lower-case letters, digits, hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>The policy whose members it has wherever its own file names none; articles of these say that they are inherited.</summary>
    public string? Extends { get; init; }

    /// <summary>Version from 1; another content needs another version.</summary>
    public required int Version { get; init; }

    /// <summary>Title of the document.</summary>
    public required string Title { get; init; }

    /// <summary>Number of the document.</summary>
    public required string Document { get; init; }

    /// <summary>First day of force.</summary>
    public required Figure<DateOnly> EffectiveFrom { get; init; }

    /// <summary>Last day on which something is granted under the policy; none while it is open.</summary>
    public Figure<DateOnly>? EffectiveTo { get; init; }

    /// <summary>The region whose authorities grant under it, as a six-digit code: province, planning city or city; none: everywhere.</summary>
    public Figure<string>? Region { get; init; }

    /// <summary>IANA time zone of its civil dates.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What it grants.</summary>
    public required IReadOnlyList<Honour> Honours { get; init; }

    /// <summary>How it checks.</summary>
    public required CheckRules Checks { get; init; }

    /// <summary>How its cases run.</summary>
    public required CaseRules Cases { get; init; }

    /// <summary>Rectification; none where a confirmed ground removes at once.</summary>
    public Period? Rectification { get; init; }

    /// <summary>Ban on re-application after removal; none where the policy has none.</summary>
    public BanRules? Ban { get; init; }

    /// <summary>The calendar of certification; none where the policy has no days for it.</summary>
    public CertificationRules? Certification { get; init; }

    /// <summary>Draws of spot checks; none where it says nothing about them: an officer names the rate then.</summary>
    public DrawRules? Draws { get; init; }

    /// <summary>Self-declarations; none where none are asked for.</summary>
    public DeclarationRules? Declarations { get; init; }

    /// <summary>Publication of good practice; none where there is none.</summary>
    public GoodPracticeRules? GoodPractice { get; init; }

    /// <summary>Re-evaluation; none where there is none.</summary>
    public ReEvaluationRules? ReEvaluation { get; init; }

    /// <summary>Energy-conservation inspection; none where it has no bearing on titles.</summary>
    public EnergyInspectionRules? EnergyInspection { get; init; }

    /// <summary>Vetoes; none where there are none.</summary>
    public IReadOnlyList<VetoRule>? Vetoes { get; init; }

    /// <summary>Incidents; none where they have no bearing on titles.</summary>
    public IncidentRules? Incidents { get; init; }

    /// <summary>Changes that are filed; none where none are asked for.</summary>
    public ChangeRules? Changes { get; init; }

    /// <summary>Certificates of certification bodies; none where titles come without. Suspension exists only here.</summary>
    public CertificateRules? Certificates { get; init; }

    /// <summary>Withdrawal by the holder; none where the policy has none.</summary>
    public WithdrawalRules? Withdrawal { get; init; }

    /// <summary>What is published and withdrawn when, and which remedies there are.</summary>
    public NoticeRules? Notices { get; init; }

    /// <summary>Titles of other policies that come under this one on a day.</summary>
    public IReadOnlyList<TransferRule>? Transfers { get; init; }

    /// <summary>Titles that follow from those of other policies by themselves.</summary>
    public IReadOnlyList<RecognitionRule>? Recognition { get; init; }
}

/// <summary>A figure and the article that states it.</summary>
/// <typeparam name="T">A number, a date, a word.</typeparam>
/// <param name="Value">The figure.</param>
/// <param name="Article">The article, or "configuration: …" where the source is silent.</param>
public sealed record Figure<T>(T Value, string Article);

/// <summary>How days are counted.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<DayUnit>))]
public enum DayUnit
{
    /// <summary>日: every day.</summary>
    Calendar,

    /// <summary>工作日: days that are neither weekend nor holiday, and make-up workdays.</summary>
    Working,
}

/// <summary>A number of days, counted from the day after the one that starts it.</summary>
/// <param name="Days">How many.</param>
/// <param name="Unit">Calendar or working days.</param>
/// <param name="Article">The article.</param>
public sealed record Period(int Days, DayUnit Unit, string Article);

/// <summary>A <see cref="Period"/> and who has to act within it. The authority's own delay never counts against the holder.</summary>
/// <param name="Owner">Who has to act.</param>
/// <param name="Days">How many days.</param>
/// <param name="Unit">Calendar or working days.</param>
/// <param name="Article">The article.</param>
public sealed record OwnedPeriod(DeadlineOwner Owner, int Days, DayUnit Unit, string Article)
{
    /// <summary>The period without its owner.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Period Period => new(Days, Unit, Article);
}

/// <summary>An honour (称号) that the policy grants.</summary>
/// <param name="Name">For example <c>green-factory</c>.</param>
/// <param name="Original">The word of the source, for example 绿色工厂.</param>
/// <param name="Kind">The kind of grain it is granted to, for example <c>factory</c>.</param>
/// <param name="Levels">The levels at which it is granted.</param>
/// <param name="Article">The article.</param>
/// <param name="GrantedUntil">Last day on which it is granted, where that is before the policy's own end.</param>
public sealed record Honour(
    string Name, string Original, string Kind, IReadOnlyList<Level> Levels, string Article, Figure<DateOnly>? GrantedUntil = null);

/// <summary>How checks are made and what they lead to.</summary>
public sealed record CheckRules
{
    /// <summary>Fewest inspectors that carry out a check.</summary>
    public required Figure<int> InspectorsMin { get; init; }

    /// <summary>From this day an order needs a second person's approval; none: never.</summary>
    public Figure<DateOnly>? ApprovalFrom { get; init; }

    /// <summary>The cap on visits to one enterprise in a year; none where there is none.</summary>
    public CapRules? Cap { get; init; }

    /// <summary>From this day inspectors named for a check have to be in the register and fit for it; none: never.</summary>
    public Figure<DateOnly>? RegisteredInspectorsFrom { get; init; }

    /// <summary>The field of expertise that every inspector of a kind of entity needs; none where anybody inspects anything.</summary>
    public IReadOnlyList<FieldRule>? Fields { get; init; }

    /// <summary>What else the law asks of an inspection; none where it asks for nothing.</summary>
    public InspectionRules? Inspection { get; init; }

    /// <summary>The items that may be checked; none where whatever is named may be.</summary>
    public ItemRules? Items { get; init; }

    /// <summary>The exemption for consecutive clean random checks; none where there is none.</summary>
    public ExemptionRule? Exemption { get; init; }

    /// <summary>Outcomes that set the count of clean checks back.</summary>
    public required IReadOnlyList<CheckOutcome> Resets { get; init; }

    /// <summary>Outcomes that open a case by themselves, with the ground.</summary>
    public required IReadOnlyList<CaseOpening> Opens { get; init; }
}

/// <summary>The exemption rule.</summary>
/// <param name="CleanChecks">Consecutive clean random checks that earn it.</param>
/// <param name="Years">How long it lasts, in years.</param>
public sealed record ExemptionRule(Figure<int> CleanChecks, Figure<int> Years);

/// <summary>An outcome that opens a case.</summary>
/// <param name="Outcome">The outcome of the check.</param>
/// <param name="Ground">The ground of the case, one of the policy's.</param>
public sealed record CaseOpening(CheckOutcome Outcome, string Ground);

/// <summary>How cases run.</summary>
public sealed record CaseRules
{
    /// <summary>Window for the holder's statement, from service of the notice.</summary>
    public required Period StatementWindow { get; init; }

    /// <summary>The shorter window of an urgent case.</summary>
    public required Period UrgentWindow { get; init; }

    /// <summary>The ground of the case that an overdue rectification opens; needed where there is rectification.</summary>
    public string? OverdueRectificationGround { get; init; }

    /// <summary>The grounds.</summary>
    public required IReadOnlyList<Ground> Grounds { get; init; }
}

/// <summary>A ground on which a title can be lost.</summary>
/// <param name="Name">For example <c>failed-spot-check</c>.</param>
/// <param name="Article">The article.</param>
/// <param name="RectificationFirst">Whether rectification has to be ordered before the title can be removed.</param>
/// <param name="Urgent">Whether the shorter window may be used.</param>
/// <param name="EnterpriseWide">Whether it concerns the enterprise, so that one case is opened over all its titles under the policy.</param>
public sealed record Ground(string Name, string Article, bool RectificationFirst = false, bool Urgent = false, bool EnterpriseWide = false);
