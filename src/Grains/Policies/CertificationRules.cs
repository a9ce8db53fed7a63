using System.Text.Json.Serialization;

namespace Supervision.Grains.Policies;

/// <summary>The calendar by which titles are applied for and granted.</summary>
public sealed record CertificationRules
{
    /// <summary>The steps that have a day, in their order.</summary>
    public required IReadOnlyList<CertificationStep> Steps { get; init; }

    /// <summary>How long the list is open to objections (公示) before it stands; the first day counts.</summary>
    public Period? Publicity { get; init; }

    /// <summary>Most projects that the evaluators of one legal representative may evaluate in a year.</summary>
    public Figure<int>? EvaluatorProjectsMax { get; init; }
}

/// <summary>A step that has a day in every year.</summary>
/// <param name="Name">For example <c>recommendation</c>.</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="Due">The last day.</param>
/// <param name="From">The first day, where there is one.</param>
public sealed record CertificationStep(string Name, StepOwner Owner, Figure<MonthDay> Due, Figure<MonthDay>? From = null);

/// <summary>Who has to act in a step.</summary>
[JsonConverter(typeof(KebabCase<StepOwner>))]
public enum StepOwner
{
    /// <summary>The applicant.</summary>
    Applicant,

    /// <summary>The municipal authority.</summary>
    Municipal,

    /// <summary>The provincial authority.</summary>
    Provincial,

    /// <summary>The ministry.</summary>
    National,
}
