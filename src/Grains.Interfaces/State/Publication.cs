namespace Supervision;

/// <summary>The publication (公示) of a check's result or of the decision of a case, from the day on which it has to be published.</summary>
public sealed record Publication
{
    /// <summary>The last day for publishing it.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>The date on which it was published.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Where it was published: an address, or the name of the place.</summary>
    public string? Place { get; init; }

    /// <summary>The version of the grain's event that published it, which its withdrawal corrects.</summary>
    public long? Version { get; init; }

    /// <summary>The last day for withdrawing it, once what it says was quashed or set right.</summary>
    public DateOnly? WithdrawBy { get; init; }

    /// <summary>The date on which it was withdrawn, or on which it was settled that it is not published.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>Whether the last day of what has to be done next has passed: the authority's delay.</summary>
    public bool Overdue { get; init; }

    /// <summary>The last day of what the authority has to do next; null where nothing is left to do.</summary>
    public DateOnly? NextBy() => WithdrawnOn is not null ? null : On is null ? DueBy : WithdrawBy;
}
