namespace Supervision;

/// <summary>Where a declaration stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<DeclarationStatus>))]
public enum DeclarationStatus
{
    /// <summary>Filed; the authority accepts or returns it.</summary>
    Filed,

    /// <summary>退回: sent back to be filed again.</summary>
    Returned,

    /// <summary>The authority took it as it is.</summary>
    Accepted,

    /// <summary>Not filed by its last day.</summary>
    Overdue,

    /// <summary>拒不填报: not filed after the written demand either.</summary>
    Refused,
}

/// <summary>A self-declaration (自我声明, 动态管理表) of a subject under one policy: one for each round and year.</summary>
public sealed record Declaration
{
    /// <summary>Identity within the grain: <c>declaration-1</c>, ….</summary>
    public required string Id { get; init; }

    /// <summary>The policy that asks for it.</summary>
    public required string Policy { get; init; }

    /// <summary>The round, as the policy names it.</summary>
    public required string Round { get; init; }

    /// <summary>The year that it is about.</summary>
    public required int Year { get; init; }

    /// <summary>The last day of the round.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeclarationStatus Status { get; init; }

    /// <summary>How often it was filed: the number of the version that stands; 0: never.</summary>
    public int Number { get; init; }

    /// <summary>The civil date of the filing that stands.</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>Whether that filing came after the last day.</summary>
    public bool Late { get; init; }

    /// <summary>The standard whose indicators are declared; null where none are.</summary>
    public string? Standard { get; init; }

    /// <summary>What is declared by the version that stands.</summary>
    public IReadOnlyList<DeclaredIndicator> Indicators { get; init; } = [];

    /// <summary>Where the table itself is to be found, for example its number on the platform.</summary>
    public string? Reference { get; init; }

    /// <summary>The score of the evaluation, from 0 to 100, as declared or, once it was accepted, as the authority has it.</summary>
    public decimal? Score { get; init; }

    /// <summary>Why it was returned last.</summary>
    public string? ReturnedFor { get; init; }

    /// <summary>The last day for filing it again, while it is returned.</summary>
    public DateOnly? RefileBy { get; init; }

    /// <summary>The written demand for what was overdue.</summary>
    public DeclarationDemand? Demand { get; init; }

    /// <summary>The last day that passed without a filing, of what is overdue.</summary>
    public DateOnly LastDay => RefileBy ?? Due;
}

/// <summary>A declared value.</summary>
/// <param name="Indicator">The indicator, as the catalogue names it.</param>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit, that of the catalogue.</param>
public sealed record DeclaredIndicator(string Indicator, decimal Value, string Unit);

/// <summary>A declared value and what a check found.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Unit">The unit of both values.</param>
/// <param name="Declared">The value that was declared.</param>
/// <param name="Verified">The value that the check found.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record VerifiedIndicator(string Indicator, string Unit, decimal Declared, decimal Verified, string Evidence);

/// <summary>The written demand for an overdue declaration.</summary>
/// <param name="ServedOn">The date of service.</param>
/// <param name="Method">How it was served.</param>
/// <param name="DueBy">The last day for filing.</param>
public sealed record DeclarationDemand(DateOnly ServedOn, string Method, DateOnly DueBy);

/// <summary>The declaration that is asked for next under a policy.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Round">The round, as the policy names it.</param>
/// <param name="Year">The year that it is about.</param>
/// <param name="Opens">The first day on which it can be filed.</param>
/// <param name="Due">The last day on which it is filed in time.</param>
public sealed record ExpectedDeclaration(string Policy, string Round, int Year, DateOnly Opens, DateOnly Due);

/// <summary>The grade (企业绿码) of a title after a round.</summary>
/// <param name="Round">The round, as the policy names it.</param>
/// <param name="Year">The year that its declarations are about.</param>
/// <param name="Grade">The grade; null: none, since nothing was filed that could be ranked.</param>
/// <param name="Score">The score that was ranked.</param>
/// <param name="Lowest">Whether the score was among the lowest.</param>
public sealed record TitleGrade(string Round, int Year, string? Grade, decimal? Score, bool Lowest);
