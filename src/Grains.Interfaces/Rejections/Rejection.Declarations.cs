namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The policy asks for no declarations.</summary>
    public sealed record DeclarationNotAsked(string Policy)
        : Rejection(RejectionClass.Conflict, "declaration-not-asked", Contract, $"{Policy} asks for no declarations.", "policy");

    /// <summary>The policy has no such round.</summary>
    public sealed record UnknownRound(string Round, string Policy)
        : Rejection(RejectionClass.Invalid, "unknown-round", Contract, $"'{Round}' is not a round of {Policy}.", "round");

    /// <summary>Several rounds are about the year and none was named.</summary>
    public sealed record RoundNeeded(string Policy, int Year)
        : Rejection(RejectionClass.Invalid, "round-needed", Contract, $"{Policy} holds several rounds about {Year}; name one.", "round");

    /// <summary>Declarations about the year cannot be filed: no round is held, it is not open yet, or the title is of later.</summary>
    public sealed record DeclarationNotOpen(int Year, DateOnly? Opens, string Source)
        : Rejection(RejectionClass.Conflict, "declaration-not-open", Source, Opens is { } opens
            ? $"Declarations about {Year} can be filed from {opens:yyyy-MM-dd}."
            : $"No declaration about {Year} is asked of this title.", "year");

    /// <summary>A declaration of the round is in already.</summary>
    public sealed record DeclarationAlreadyFiled(string Declaration, DeclarationStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "declaration-already-filed", Source, $"{Declaration} is {KebabCase<DeclarationStatus>.Word(Status)}; it can be filed again when it is returned.");

    /// <summary>Another enterprise files than the one behind the subject.</summary>
    public sealed record NotTheHolder(GrainId Enterprise, GrainId? Holder, string Source)
        : Rejection(RejectionClass.Forbidden, "not-the-holder", Source, $"{Enterprise} is not the enterprise behind this entity, {Holder?.Value ?? "which has none"}.", "enterprise");

    /// <summary>The catalogue has no such indicator for the kind, standard and year.</summary>
    public sealed record UnknownIndicator(string Indicator, string Source, string Known)
        : Rejection(RejectionClass.Invalid, "unknown-indicator", Source, $"'{Indicator}' is not an indicator here: {Known}.", "indicators");

    /// <summary>Another unit than the indicator has.</summary>
    public sealed record UnknownUnit(string Indicator, string Unit, string Expected, string Source)
        : Rejection(RejectionClass.Invalid, "unknown-unit", Source, $"{Indicator} is declared in {Expected}, not in {Unit}.", "indicators");

    /// <summary>An indicator is named twice.</summary>
    public sealed record IndicatorTwice(string Indicator)
        : Rejection(RejectionClass.Invalid, "indicator-twice", Contract, $"{Indicator} is there twice.", "indicators");

    /// <summary>The catalogue has no such standard for the kind and year.</summary>
    public sealed record UnknownStandard(string Standard, string Known)
        : Rejection(RejectionClass.Invalid, "unknown-standard", Contract, $"'{Standard}' is not a standard here: {Known}.", "standard");

    /// <summary>Several standards fit and none was named.</summary>
    public sealed record StandardNeeded(string Known)
        : Rejection(RejectionClass.Invalid, "standard-needed", Contract, $"Name the standard whose indicators these are: {Known}.", "standard");

    /// <summary>A score that is none.</summary>
    public sealed record ScoreOutOfRange(decimal Score)
        : Rejection(RejectionClass.Invalid, "score-out-of-range", Contract, $"A score is from 0 to 100, not {Score}.", "score");

    /// <summary>There is no such declaration.</summary>
    public sealed record DeclarationNotFound(string Declaration)
        : Rejection(RejectionClass.NotFound, "declaration-not-found", Contract, $"There is no declaration '{Declaration}'.");

    /// <summary>The declaration does not wait for the authority.</summary>
    public sealed record DeclarationNotFiled(string Declaration, DeclarationStatus Status)
        : Rejection(RejectionClass.Conflict, "declaration-not-filed", Contract, $"{Declaration} is {KebabCase<DeclarationStatus>.Word(Status)}; what is filed is accepted or returned.");

    /// <summary>The declaration is not overdue.</summary>
    public sealed record DeclarationNotOverdue(string Declaration, DeclarationStatus Status, string Source)
        : Rejection(RejectionClass.Conflict, "declaration-not-overdue", Source, $"{Declaration} is {KebabCase<DeclarationStatus>.Word(Status)}; only what is overdue is demanded.");

    /// <summary>The written demand was served already.</summary>
    public sealed record DemandAlreadyServed(string Declaration, string Source)
        : Rejection(RejectionClass.Conflict, "demand-already-served", Source, $"The written demand for {Declaration} was served already.");

    /// <summary>The declaration is not one of the title, or has not been filed.</summary>
    public sealed record DeclarationNotOfTitle(string Declaration)
        : Rejection(RejectionClass.Conflict, "declaration-not-of-title", Contract, $"The entity has filed no declaration '{Declaration}' under the policy of this title.", "declaration");

    /// <summary>The check verifies no declaration.</summary>
    public sealed record NothingToVerify(string Check)
        : Rejection(RejectionClass.Invalid, "nothing-to-verify", Contract, $"{Check} verifies no declaration.", "verified");

    /// <summary>A value that was not declared.</summary>
    public sealed record IndicatorNotDeclared(string Indicator, string Declaration)
        : Rejection(RejectionClass.Invalid, "indicator-not-declared", Contract, $"{Indicator} was not declared by {Declaration}.", "verified");

    /// <summary>The policy publishes no good practice.</summary>
    public sealed record GoodPracticeNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "good-practice-not-provided", Contract, $"{Policy} publishes no good practice.", "policy");

    /// <summary>There is no such good practice.</summary>
    public sealed record GoodPracticeNotFound(string GoodPractice)
        : Rejection(RejectionClass.NotFound, "good-practice-not-found", Contract, $"There is no good practice '{GoodPractice}'.");

    /// <summary>The good practice was approved or declined already.</summary>
    public sealed record GoodPracticeClosed(string GoodPractice, GoodPracticeStatus Status)
        : Rejection(RejectionClass.Conflict, "good-practice-closed", Contract, $"{GoodPractice} is {KebabCase<GoodPracticeStatus>.Word(Status)}.");
}
