using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What is drawn, and what follows for who wins.</summary>
[JsonConverter(typeof(KebabCase<DrawPurpose>))]
public enum DrawPurpose
{
    /// <summary>抽查: holders of titles, who are checked.</summary>
    SpotChecks,

    /// <summary>年度节能监察计划: enterprises behind titles, which come onto the list of the year.</summary>
    EnergyList,

    /// <summary>现场监察: enterprises on the list of the year that would be inspected in writing, which are visited.</summary>
    EnergyVisits,
}

/// <summary>A field of expertise that inspectors of a kind of entity need.</summary>
/// <param name="Kind">The kind of entity.</param>
/// <param name="Field">The field.</param>
public sealed record NeededField(string Kind, string Field);

/// <summary>Whose titles are drawn.</summary>
/// <param name="Kinds">Kinds of entities; null: every kind to which the policy grants.</param>
/// <param name="Level">The level of the titles.</param>
/// <param name="Region">Six-digit code of the region in which they are; null: everywhere.</param>
public sealed record DrawScope(IReadOnlyList<string>? Kinds, Level Level, string? Region);

/// <summary>Holders that take no part, counted by reason.</summary>
/// <param name="Reason">Why, for example <c>exempt</c>.</param>
/// <param name="Count">How many.</param>
public sealed record DrawExclusion(string Reason, int Count);

/// <summary>The holders of one credit-risk class.</summary>
/// <param name="RiskClass">A to D; null: without one.</param>
/// <param name="Rate">The share that is drawn, from 0 to 1; null where a number was asked for.</param>
/// <param name="Eligible">How many take part.</param>
/// <param name="Quota">How many are drawn.</param>
public sealed record DrawStratum(string? RiskClass, decimal? Rate, int Eligible, int Quota);

/// <summary>Everything about a draw that is fixed before anybody can know who wins.</summary>
public sealed record DrawAnnouncement
{
    /// <summary>The rules by which it is made: <c>draw/v1</c>, see docs/draws.md.</summary>
    public const string RuleV1 = "draw/v1";

    /// <summary>The same with fields of expertise, where a policy asks for any.</summary>
    public const string RuleV2 = "draw/v2";

    /// <summary>The rules by which it is made.</summary>
    public required string Rule { get; init; }

    /// <summary>What is drawn; spot checks where it is left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DrawPurpose Purpose { get; init; }

    /// <summary>The policy whose titles are checked, or whose rules of energy-conservation inspection apply.</summary>
    public required string Policy { get; init; }

    /// <summary>Whose titles are drawn.</summary>
    public required DrawScope Scope { get; init; }

    /// <summary>The plan of the policy that asked for it; null: an officer did.</summary>
    public string? Plan { get; init; }

    /// <summary>How many are drawn in all, where a number was asked for.</summary>
    public int? Size { get; init; }

    /// <summary>The strata, by risk class, those without one last.</summary>
    public required IReadOnlyList<DrawStratum> Strata { get; init; }

    /// <summary>Who takes no part, by reason.</summary>
    public required IReadOnlyList<DrawExclusion> Excluded { get; init; }

    /// <summary>How many rows the roster has, with those that take no part.</summary>
    public required int RosterSize { get; init; }

    /// <summary>The root over the salted rows of the roster, in lower-case hex.</summary>
    public required string RosterRoot { get; init; }

    /// <summary>How many inspectors there are.</summary>
    public required int PoolSize { get; init; }

    /// <summary>The root over the salted rows of the inspectors, in lower-case hex.</summary>
    public required string PoolRoot { get; init; }

    /// <summary>SHA-256 of the secret that goes into the seed, in lower-case hex.</summary>
    public required string Commitment { get; init; }

    /// <summary>Where the public values come from that go into the seed, so that anybody finds them.</summary>
    public required string PublicSource { get; init; }

    /// <summary>When they come to be known; after the announcement.</summary>
    public required DateTimeOffset PublicAt { get; init; }

    /// <summary>The draw is not made before.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>How many inspectors make a visit.</summary>
    public required int InspectorsPerVisit { get; init; }

    /// <summary>Last day of the visits.</summary>
    public required DateOnly DueBy { get; init; }

    /// <summary>Who was checked within so many months takes no part; null: that does not matter.</summary>
    public int? IntervalMonths { get; init; }

    /// <summary>The items to be checked; null: those that the policy has.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Fields of expertise that each inspector of a visit needs; null where the policy asks for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<NeededField>? Fields { get; init; }
}
