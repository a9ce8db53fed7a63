namespace Supervision.Grains.Policies;

/// <summary>Changes (变更) that the enterprise files.</summary>
public sealed record ChangeRules
{
    /// <summary>What is filed.</summary>
    public required IReadOnlyList<ChangeKind> Kinds { get; init; }

    /// <summary>How long there is to file, from the day on which the formalities were completed.</summary>
    public required OwnedPeriod Filing { get; init; }

    /// <summary>The level of the authority that verifies.</summary>
    public required Figure<Level> VerifiedBy { get; init; }

    /// <summary>The level of the authority that puts the verified ones together.</summary>
    public required Figure<Level> AggregatedBy { get; init; }

    /// <summary>What a change filed late leads to, beside being recorded as late.</summary>
    public required Figure<LateChange> Late { get; init; }
}
