using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Where a veto on record stands.</summary>
[JsonConverter(typeof(KebabCase<VetoStatus>))]
public enum VetoStatus
{
    /// <summary>A list or somebody has it about this credit code; an officer has to confirm that it is about this enterprise.</summary>
    Matched,

    /// <summary>It is about this enterprise and counts.</summary>
    Confirmed,

    /// <summary>It is not about this enterprise.</summary>
    Rejected,

    /// <summary>It was, and is over, for example because the enterprise was taken off that list.</summary>
    Ended,
}

/// <summary>A veto (一票否决情形) on record, on an enterprise's grain.</summary>
public sealed record Veto
{
    /// <summary>Identity within the grain: <c>veto-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The fact.</summary>
    public required VetoKind Kind { get; init; }

    /// <summary>The day on which it happened or began.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Who publishes it, for example 信用中国.</summary>
    public required string Source { get; init; }

    /// <summary>The number of the document or entry there.</summary>
    public string? Reference { get; init; }

    /// <summary>Where it stands.</summary>
    public required VetoStatus Status { get; init; }

    /// <summary>The civil date of recording.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>Who recorded or imported it (pseudonym).</summary>
    public required string RecordedBy { get; init; }

    /// <summary>Who confirmed the match (pseudonym).</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>The day on which it was over.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why it was rejected or ended.</summary>
    public string? EndReason { get; init; }

    /// <summary>The last day before it is looked for among listed titles again; null: no policy does.</summary>
    public DateOnly? CheckAfter { get; init; }

    /// <summary>The policies whose yearly look found it.</summary>
    public IReadOnlyList<string>? CheckedUnder { get; init; }

    /// <summary>What it brought about.</summary>
    public IReadOnlyList<AppliedFact>? Applied { get; init; }

    /// <summary>What it was before its enterprise was merged into others, this one last; null if it never was.</summary>
    public IReadOnlyList<FactRef>? Origins { get; init; }
}
