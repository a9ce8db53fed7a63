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
        : Rejection(RejectionClass.Stale, "stale-version", Contract, $"The command is for version {Expected}; the current version is {Actual}.");

    /// <summary>The entity lies outside the actor's regions.</summary>
    public sealed record OutOfScope(string? Region)
        : Rejection(RejectionClass.Forbidden, "out-of-scope", "2024〔13号〕 十七", Region is null
            ? "The entity has no region; only the national authority acts on it."
            : $"Region {Region} is outside the regions of your authority.");

    /// <summary>The actor's authority did not issue the title and does not issue titles of its level and region.</summary>
    public sealed record NotIssuingAuthority(string Authority)
        : Rejection(RejectionClass.Forbidden, "not-issuing-authority", "五(三)、五(四)", $"This needs the issuing authority, {Authority}.");

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

    /// <summary>There is no such policy.</summary>
    public sealed record UnknownPolicy(string Policy)
        : Rejection(RejectionClass.Invalid, "unknown-policy", Contract, $"'{Policy}' is not the id of a policy.", "policy");

    /// <summary>A version of rules that is not newer than the adopted one.</summary>
    public sealed record RulesNotNewer(int Version, int Adopted)
        : Rejection(RejectionClass.Conflict, "rules-not-newer", Contract, $"Version {Version} is not newer than the adopted version {Adopted}.");
}
