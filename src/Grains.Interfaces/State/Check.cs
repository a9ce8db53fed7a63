namespace Supervision;

/// <summary>Why a check takes place.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<CheckBasis>))]
public enum CheckBasis
{
    /// <summary>随机抽查: drawn by lot; counts towards the exemption and is covered by it.</summary>
    Random,

    /// <summary>Ordered for a reason: complaint, incident, follow-up.</summary>
    Directed,
}

/// <summary>Where a check stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<CheckStatus>))]
public enum CheckStatus
{
    /// <summary>Ordered; waits for approval by a second person.</summary>
    Planned,

    /// <summary>May be carried out.</summary>
    Approved,

    /// <summary>The holder was told.</summary>
    Notified,

    /// <summary>An inspector entered the result; an officer has to confirm it.</summary>
    Recorded,

    /// <summary>The result stands.</summary>
    Confirmed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>What a check found.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<CheckOutcome>))]
public enum CheckOutcome
{
    /// <summary>No problem (无问题).</summary>
    Clean,

    /// <summary>A fault that was corrected on the spot: a problem all the same.</summary>
    Minor,

    /// <summary>The requirements are not met (不符合).</summary>
    Failed,

    /// <summary>The holder refused the check.</summary>
    Refused,

    /// <summary>The holder could not be found.</summary>
    Unreachable,

    /// <summary>The holder does not produce at present.</summary>
    NotOperating,

    /// <summary>There was nothing of the kind to check.</summary>
    NotApplicable,
}

/// <summary>One thing found in a check.</summary>
/// <param name="Item">The checked item.</param>
/// <param name="Text">What was found.</param>
public sealed record Finding(string Item, string Text);

/// <summary>A spot check (抽查) of one title.</summary>
public sealed record Check
{
    /// <summary>Identity within the grain: <c>check-1</c>, <c>check-2</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The title checked.</summary>
    public required TitleRef Title { get; init; }

    /// <summary>Random or directed.</summary>
    public required CheckBasis Basis { get; init; }

    /// <summary>The reason of a directed check.</summary>
    public string? Reason { get; init; }

    /// <summary>The draw, or the reference of one made on another platform.</summary>
    public string? Draw { get; init; }

    /// <summary>Where the check stands.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>The civil date of the order.</summary>
    public required DateOnly OrderedOn { get; init; }

    /// <summary>The last day for carrying it out.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>The inspectors, by their ids.</summary>
    public IReadOnlyList<string> Inspectors { get; init; } = [];

    /// <summary>The items to be checked; none named: all that the policy has.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Who ordered it (pseudonym).</summary>
    public required string OrderedBy { get; init; }

    /// <summary>Whether the last day passed without a result.</summary>
    public bool Overdue { get; init; }

    /// <summary>The date on which the holder was told.</summary>
    public DateOnly? NotifiedOn { get; init; }

    /// <summary>The declaration that it verifies; null where it verifies none.</summary>
    public string? Declaration { get; init; }

    /// <summary>The result, once entered.</summary>
    public CheckResult? Result { get; init; }

    /// <summary>The notice as it was served; null where nothing is recorded of it.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The publication of the result; null where it is not published.</summary>
    public Publication? Publication { get; init; }

    /// <summary>The visit on which it is made; null where none is kept.</summary>
    public VisitRef? Visit { get; init; }

    /// <summary>Who approved it together with the draw that it comes from (pseudonym); null for any other.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Why it goes before its approval; null where it waits for it, or needs none.</summary>
    public EmergencyOrder? Emergency { get; init; }

    /// <summary>True where it is made from papers and data alone, so that nobody comes.</summary>
    public bool? Remote { get; init; }

    /// <summary>Why it is made on site although papers and data would do.</summary>
    public string? OnSite { get; init; }

    /// <summary>What the notice told the holder; null where nothing is recorded of it.</summary>
    public CheckNotice? Told { get; init; }

    /// <summary>Requests for the recusal of inspectors; null without any.</summary>
    public IReadOnlyList<Recusal>? Recusals { get; init; }

    /// <summary>The record of the inspection; null while there is none.</summary>
    public InspectionRecord? Record { get; init; }

    /// <summary>The service of the confirmed result; null while it is not served.</summary>
    public Notice? ResultNotice { get; init; }

    /// <summary>The last day on which the holder may object to the served result; null where there is none.</summary>
    public DateOnly? ObjectBy { get; init; }

    /// <summary>The holder's objection to the result; null without one.</summary>
    public Objection? Objection { get; init; }

    /// <summary>Whether the holder knows of the check: it was told, it was visited, or the check was called off.</summary>
    public bool IsAnnounced() => Status is not (CheckStatus.Planned or CheckStatus.Approved);

    /// <summary>Whether the check has neither a confirmed result nor been called off.</summary>
    public bool IsOpen() => Status is not (CheckStatus.Confirmed or CheckStatus.Cancelled);
}

/// <summary>The result of a check.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="On">The date of the check.</param>
/// <param name="Inspectors">Who carried it out, by their ids.</param>
/// <param name="Findings">What was found, item by item.</param>
/// <param name="RecordedBy">Who entered it (pseudonym).</param>
/// <param name="Version">The version of the grain's event that entered it, which a correction names.</param>
/// <param name="ConfirmedOn">The civil date of confirmation; null while it waits.</param>
/// <param name="ConfirmedBy">Who confirmed it (pseudonym).</param>
/// <param name="CorrectedBy">Who set it right last (pseudonym).</param>
/// <param name="Verified">Declared and verified values; null where no declaration was verified.</param>
public sealed record CheckResult(
    CheckOutcome Outcome,
    DateOnly On,
    IReadOnlyList<string> Inspectors,
    IReadOnlyList<Finding> Findings,
    string RecordedBy,
    long Version,
    DateOnly? ConfirmedOn,
    string? ConfirmedBy,
    string? CorrectedBy = null,
    IReadOnlyList<VerifiedIndicator>? Verified = null);
