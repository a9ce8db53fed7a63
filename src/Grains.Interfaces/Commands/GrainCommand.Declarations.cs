namespace Supervision;

public abstract partial record GrainCommand
{
    /// <summary>Files a declaration of the subject, or files it again.</summary>
    /// <param name="Policy">The policy that asks for it.</param>
    /// <param name="Round">The round; null where the policy holds one for the year.</param>
    /// <param name="Year">The year that it is about.</param>
    /// <param name="Enterprise">The enterprise that files; null: an officer enters it for the holder.</param>
    /// <param name="Standard">The standard whose indicators are declared; null where the catalogue has one for kind and year, or none are declared.</param>
    /// <param name="Indicators">The values.</param>
    /// <param name="Score">The score of the evaluation, from 0 to 100, or null.</param>
    /// <param name="Reference">Where the table itself is to be found, or null.</param>
    public sealed record FileDeclaration(
        string Policy, string? Round, int Year, GrainId? Enterprise, string? Standard, IReadOnlyList<DeclaredIndicator> Indicators, decimal? Score,
        string? Reference) : GrainCommand;

    /// <summary>Sends a declaration back to be filed again.</summary>
    /// <param name="Declaration">The declaration.</param>
    /// <param name="Reason">What is wrong with it.</param>
    public sealed record ReturnDeclaration(string Declaration, string Reason) : GrainCommand;

    /// <summary>Takes a declaration as it is.</summary>
    /// <param name="Declaration">The declaration.</param>
    /// <param name="Score">The score, where the authority has another than the one declared.</param>
    public sealed record AcceptDeclaration(string Declaration, decimal? Score) : GrainCommand;

    /// <summary>Records service of the written demand for an overdue declaration.</summary>
    /// <param name="Declaration">The declaration.</param>
    /// <param name="On">The date of service.</param>
    /// <param name="Method">How it was served.</param>
    public sealed record DemandDeclaration(string Declaration, DateOnly On, string Method) : GrainCommand;

    /// <summary>Ranks a title after a round; sent by the silo alone, once for each round.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Round">The round.</param>
    /// <param name="Year">The year that its declarations are about.</param>
    /// <param name="Grade">The grade; null: nothing was filed that could be ranked.</param>
    /// <param name="Score">The score that was ranked.</param>
    /// <param name="Lowest">Whether it is among the lowest.</param>
    public sealed record GradeTitle(TitleRef Title, string Round, int Year, string? Grade, decimal? Score, bool Lowest) : GrainCommand;

    /// <summary>
    /// Reads from the policies what is asked for next; sent by the silo alone, after a version of a policy was adopted, and to whom an
    /// energy-conservation inspection found in violation the year before.
    /// </summary>
    public sealed record ScheduleDuties : GrainCommand;

    /// <summary>Files good practice of the holder.</summary>
    /// <param name="Title">The title.</param>
    /// <param name="Text">What is done well, as it is to be published.</param>
    public sealed record FileGoodPractice(TitleChoice Title, string Text) : GrainCommand;

    /// <summary>Approves good practice; it is published at the policy's interval.</summary>
    /// <param name="GoodPractice">The good practice.</param>
    public sealed record ApproveGoodPractice(string GoodPractice) : GrainCommand;

    /// <summary>Declines good practice.</summary>
    /// <param name="GoodPractice">The good practice.</param>
    /// <param name="Reason">Why.</param>
    public sealed record DeclineGoodPractice(string GoodPractice, string Reason) : GrainCommand;
}

/// <summary>What a check found of a declared value.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Value">The value found, in the unit declared.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record FoundValue(string Indicator, decimal Value, string Evidence);
