namespace Supervision;

/// <summary>Where a visit stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<VisitStatus>))]
public enum VisitStatus
{
    /// <summary>Not made yet.</summary>
    Planned,

    /// <summary>The inspectors were there.</summary>
    Made,

    /// <summary>None of its checks is made any more, or nobody was found.</summary>
    CalledOff,
}

/// <summary>Names a visit, wherever merges of enterprises have taken it since.</summary>
/// <param name="Enterprise">The enterprise on which it was planned.</param>
/// <param name="Id">Its identity there then, for example <c>visit-1</c>.</param>
public sealed record VisitRef(GrainId Enterprise, string Id);

/// <summary>A check that is made on a visit.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Check">The check's identity there.</param>
public sealed record VisitedCheck(GrainId Entity, string Check);

/// <summary>
/// A visit (现场检查): one entry at the door of an enterprise, for one check or several, of whatever titles of it or of what is its own.
/// What counts against the yearly cap are visits, not checks (国办发〔2024〕54号).
/// </summary>
public sealed record Visit
{
    /// <summary>Identity within the enterprise: <c>visit-1</c>, <c>visit-2</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>Random or directed, as the check for which it was planned.</summary>
    public required CheckBasis Basis { get; init; }

    /// <summary>The reason of a directed one.</summary>
    public string? Reason { get; init; }

    /// <summary>The draw, or the reference of one made on another platform.</summary>
    public string? Draw { get; init; }

    /// <summary>The department whose visit it is; null: it is of the authorities that check titles.</summary>
    public string? Department { get; init; }

    /// <summary>Where it stands.</summary>
    public VisitStatus Status { get; init; }

    /// <summary>The civil date on which it was planned or recorded.</summary>
    public required DateOnly PlannedOn { get; init; }

    /// <summary>The last day for making it.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>The day on which it was made.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What is checked on it, in the order of the orders.</summary>
    public IReadOnlyList<VisitedCheck> Checks { get; init; } = [];

    /// <summary>The inspectors, by their ids.</summary>
    public IReadOnlyList<string> Inspectors { get; init; } = [];

    /// <summary>Why nobody is assigned; null where somebody is, or who comes is left open.</summary>
    public string? Unassigned { get; init; }

    /// <summary>Whether it counts against the cap of the policy under which it was planned; of another department's, whether it does is for each policy to say.</summary>
    public bool Counts { get; init; }

    /// <summary>The calendar year in which it counts: that of its last day until it is made, then that of the day on which it was.</summary>
    public required int Year { get; init; }

    /// <summary>The day on which the holder was told of it; null while it was not.</summary>
    public DateOnly? NotifiedOn { get; init; }

    /// <summary>Entries as they were scanned, in their order; null without any.</summary>
    public IReadOnlyList<VisitEntry>? Entries { get; init; }

    /// <summary>Requests for the recusal of inspectors, where no check is made on it on which they would be; null without any.</summary>
    public IReadOnlyList<Recusal>? Recusals { get; init; }

    /// <summary>What it was on enterprises that were merged into this one since; null if it always was here.</summary>
    public IReadOnlyList<VisitRef>? Origins { get; init; }

    /// <summary>Whether the enterprise knows of it: it was told, it was visited, or it comes to nothing.</summary>
    public bool IsAnnounced() => Status != VisitStatus.Planned || NotifiedOn is not null || Entries is { Count: > 0 };
}
