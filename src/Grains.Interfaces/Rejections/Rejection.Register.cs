namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>The entity is not in the register.</summary>
    public sealed record NotRegistered(GrainId Grain)
        : Rejection(RejectionClass.NotFound, "not-registered", Contract, $"{Grain} is not registered.");

    /// <summary>The grain is not of a kind that takes this command.</summary>
    public sealed record NotASubject(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "not-a-subject", Contract, $"{Grain} is not a supervised entity.");

    /// <summary>The version named in the command is not the current one.</summary>
    public sealed record StaleVersion(long Expected, long Actual)
        : Rejection(RejectionClass.Stale, "stale-version", Contract, Expected == 0
            ? $"It is registered already; the current version is {Actual}."
            : $"The command is for version {Expected}; the current version is {Actual}.");

    /// <summary>What is to be recorded is longer than an event of the ledger may be.</summary>
    public sealed record EventTooLong(int Bytes, int Most)
        : Rejection(RejectionClass.Invalid, "event-too-long", Contract, $"All texts together come to {Bytes} bytes as they are recorded; at most {Most} are kept in one event. Put what is longer into a document.");

    /// <summary>What is acted on, an entity as well as a draw or a downtime, lies outside the actor's regions.</summary>
    public sealed record OutOfScope(string? Region)
        : Rejection(RejectionClass.Forbidden, "out-of-scope", Contract, Region is null
            ? "Only the national authority acts where no region is given."
            : $"Region {Region} is outside the regions of your authority.");

    /// <summary>The actor's authority did not issue the title and does not issue titles of its level and region.</summary>
    public sealed record NotIssuingAuthority(string Authority, string Source)
        : Rejection(RejectionClass.Forbidden, "not-issuing-authority", Source, $"This needs the issuing authority, {Authority}.");

    /// <summary>Four eyes are asked for and these are the same two.</summary>
    public sealed record SecondPersonNeeded(string What)
        : Rejection(RejectionClass.Conflict, "second-person-needed", "国办发〔2024〕54号; 行政处罚法 第四十三条", What);

    /// <summary>A date lies after today.</summary>
    public sealed record DateInFuture(string Member, DateOnly Date, DateOnly Today)
        : Rejection(RejectionClass.Invalid, "date-in-future", Contract, $"{Date:yyyy-MM-dd} is after today, {Today:yyyy-MM-dd}.", Member);

    /// <summary>A date lies before what it cannot precede.</summary>
    public sealed record DateTooEarly(string Member, DateOnly Date, DateOnly Earliest, string Since)
        : Rejection(RejectionClass.Invalid, "date-too-early", Contract, $"{Date:yyyy-MM-dd} is before {Earliest:yyyy-MM-dd}, {Since}.", Member);

    /// <summary>A key of an enterprise that is not made of its name.</summary>
    public sealed record KeyNotOfName(string Expected)
        : Rejection(RejectionClass.Invalid, "key-not-of-name", Contract, $"The key of an enterprise of this name, as long as its credit code is not known, is {Expected}.", "name");

    /// <summary>The enterprise named is not in the register.</summary>
    public sealed record EnterpriseNotRegistered(GrainId Enterprise)
        : Rejection(RejectionClass.Conflict, "enterprise-not-registered", Contract, $"{Enterprise} is not registered; register it first.", "enterprise");

    /// <summary>An entity of a kind that does not bear its enterprise's name, without a word about its enterprise.</summary>
    public sealed record EnterpriseNeeded(GrainKind Kind)
        : Rejection(RejectionClass.Invalid, "enterprise-needed", Contract, $"A {Kind} is not named after its enterprise: name the enterprise.", "enterprise");

    /// <summary>A relation that entities of this kind do not have, or not to a grain of that kind.</summary>
    public sealed record RelationNotAllowed(GrainKind Kind, string Type, string Allowed)
        : Rejection(RejectionClass.Invalid, "relation-not-allowed", Contract, $"A {Kind} has no relation '{Type}' of this kind; it may have: {Allowed}.", "relations");

    /// <summary>More relations than an entity may have.</summary>
    public sealed record TooManyRelations(int Given, int Most)
        : Rejection(RejectionClass.Invalid, "too-many-relations", Contract, $"{Given} relations are given; an entity has at most {Most}.", "relations");

    /// <summary>What a relation names is not in the register.</summary>
    public sealed record RelatedNotRegistered(string Type, GrainId To)
        : Rejection(RejectionClass.Conflict, "related-not-registered", Contract, $"{To}, named as {Type}, is not registered; register it first.", "relations");

    /// <summary>The enterprise behind an entity is not exchanged while it is banned: the ban would be escaped.</summary>
    public sealed record EnterpriseBanned(string Source, GrainId Enterprise, DateOnly Until)
        : Rejection(RejectionClass.Conflict, "enterprise-banned", Source, $"{Enterprise} is banned until {Until:yyyy-MM-dd}; until then what belongs to it stays with it.", "enterprise");

    /// <summary>The entity was merged into another, which commands are for since then.</summary>
    public sealed record Merged(GrainId Grain, GrainId Into)
        : Rejection(RejectionClass.Conflict, "merged", Contract, $"{Grain} was merged into {Into}; send it there.");

    /// <summary>An entity cannot be merged into itself.</summary>
    public sealed record MergeIntoItself(GrainId Grain)
        : Rejection(RejectionClass.Invalid, "merge-into-itself", Contract, $"{Grain} cannot be merged into itself.", "into");

    /// <summary>Entities of different kinds are never one.</summary>
    public sealed record MergeAcrossKinds(GrainKind Kind, GrainId Into)
        : Rejection(RejectionClass.Invalid, "merge-across-kinds", Contract, $"A {Kind} is merged into another {Kind}, not into {Into}.", "into");

    /// <summary>A credit code identifies an enterprise for good.</summary>
    public sealed record CreditCodeStays(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "credit-code-stays", "GB 32100", $"{Grain} is identified by its credit code; what is known under a name only is merged into it, not the other way round.");

    /// <summary>Both entities hold or held titles: which of them stands is not for a merge to say.</summary>
    public sealed record BothHoldTitles(GrainId Grain, GrainId Into)
        : Rejection(RejectionClass.Conflict, "both-hold-titles", Contract, $"{Grain} and {Into} both have titles of their own; only one of two entities that are one can.", "into");

    /// <summary>A party acts on its own entities only.</summary>
    public sealed record NotYourEntity(GrainId Grain)
        : Rejection(RejectionClass.Forbidden, "not-your-entity", Contract, $"{Grain} is none of those that your key is bound to.");

    /// <summary>The entity is restricted already.</summary>
    public sealed record AlreadyRestricted(DateOnly Since)
        : Rejection(RejectionClass.Conflict, "already-restricted", Restriction.Article, $"The entity is restricted since {Since:yyyy-MM-dd}.");

    /// <summary>The entity is not restricted.</summary>
    public sealed record NotRestricted(GrainId Grain)
        : Rejection(RejectionClass.Conflict, "not-restricted", Restriction.Article, $"{Grain} itself is not restricted.");

    /// <summary>There is no such policy.</summary>
    public sealed record UnknownPolicy(string Policy, string Member = "policy")
        : Rejection(RejectionClass.Invalid, "unknown-policy", Contract, $"'{Policy}' is not the id of a policy.", Member);

    /// <summary>More names than an entity may have.</summary>
    public sealed record TooManyNames(int Most, string Member = "name")
        : Rejection(RejectionClass.Conflict, "too-many-names", Contract, $"An entity has at most {Most} names beside the listed one.", Member);

    /// <summary>A version of rules that is not newer than the adopted one.</summary>
    public sealed record RulesNotNewer(int Version, int Adopted)
        : Rejection(RejectionClass.Conflict, "rules-not-newer", Contract, $"Version {Version} is not newer than the adopted version {Adopted}.");
}
