using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What identifies a title on its grain.</summary>
/// <param name="Policy">The policy under which the title is supervised.</param>
/// <param name="Honour">The honour, for example <c>green-factory</c>.</param>
/// <param name="Level">The level of the list.</param>
public sealed record TitleRef(string Policy, string Honour, Level Level)
{
    /// <summary>Its name within its grain, as worklists and deadlines have it: policy, honour and level with strokes between them.</summary>
    public string ToPath() => $"{Policy}/{Honour}/{KebabCase<Level>.Word(Level)}";
}

/// <summary>Where a title stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabCase<TitleStatus>))]
public enum TitleStatus
{
    /// <summary>在列: in force.</summary>
    Listed,

    /// <summary>整改: in force, under an order to rectify.</summary>
    Rectifying,

    /// <summary>除名: lost by decision.</summary>
    Removed,

    /// <summary>失效: ended with a merger, a split or a relocation, by decision and without a fault.</summary>
    Lapsed,

    /// <summary>暂停: held, but its certificate is suspended, so nobody may rely on it.</summary>
    Suspended,

    /// <summary>撤销: lost with its certificate, which was taken away for a fault.</summary>
    Revoked,

    /// <summary>注销: lost with its certificate, which was given back or has no object any more.</summary>
    Cancelled,

    /// <summary>到期: lost with its certificate, whose validity ended.</summary>
    Expired,

    /// <summary>放弃: given up by the holder.</summary>
    Withdrawn,
}

/// <summary>A title (称号) of a subject.</summary>
public sealed record Title
{
    /// <summary>Policy, honour and level.</summary>
    public required TitleRef Ref { get; init; }

    /// <summary>What it was under the policies from which it was transferred, oldest first; null if it never was.</summary>
    public IReadOnlyList<FormerTitle>? Formerly { get; init; }

    /// <summary>The title that it follows from; null: it was granted by a list of its own.</summary>
    public Derivation? DerivedFrom { get; init; }

    /// <summary>The issuing authority, <c>national</c> or level and region: <c>provincial/430000</c>.</summary>
    public required string Authority { get; init; }

    /// <summary>Where the title stands.</summary>
    public TitleStatus Status { get; init; }

    /// <summary>Number of the certificate, where there is one.</summary>
    public string? Certificate { get; init; }

    /// <summary>The date of the list or decision that granted it.</summary>
    public required DateOnly GrantedOn { get; init; }

    /// <summary>The third party that evaluated the subject.</summary>
    public string? Evaluator { get; init; }

    /// <summary>The batch of the list.</summary>
    public string? Batch { get; init; }

    /// <summary>Deadlines before this date have no consequence.</summary>
    public required DateOnly SupervisedFrom { get; init; }

    /// <summary>Who recorded the grant (pseudonym).</summary>
    public required string GrantedBy { get; init; }

    /// <summary>The version of the grain's event that granted it, which a correction names.</summary>
    public required long GrantVersion { get; init; }

    /// <summary>Concluded checks that count for or against the exemption since the last one was earned, ordered by date.</summary>
    public IReadOnlyList<CountedCheck> Counted { get; init; } = [];

    /// <summary>The date of the last check that earned an exemption which is over; clean checks up to it are used up.</summary>
    public DateOnly? UsedUpTo { get; init; }

    /// <summary>The exemption from random checks in force.</summary>
    public Exemption? Exemption { get; init; }

    /// <summary>The exemption that a failed check ended last, and when: given back when that turns out to be a mistake.</summary>
    public EndedExemption? Ended { get; init; }

    /// <summary>The re-evaluation that comes round next; null where none does, and while one is under way.</summary>
    public ScheduledReEvaluation? ReEvaluation { get; init; }

    /// <summary>Its grades, oldest first; null without any.</summary>
    public IReadOnlyList<TitleGrade>? Grades { get; init; }

    /// <summary>The date from which the status holds.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>How the title was lost.</summary>
    public Removal? Removal { get; init; }

    /// <summary>The certificate behind it; null under policies without any.</summary>
    public TitleCertificate? Certified { get; init; }

    /// <summary>How the holder gave it up.</summary>
    public Withdrawal? Withdrawal { get; init; }

    /// <summary>Whether the title is held, in force or suspended.</summary>
    [JsonIgnore]
    public bool Held => InForce || Status == TitleStatus.Suspended;

    /// <summary>Whether the title is in force.</summary>
    [JsonIgnore]
    public bool InForce => Status is TitleStatus.Listed or TitleStatus.Rectifying;

    /// <summary>Whether it is in force by a list of its own, so that it is supervised by itself; what follows from another title is not.</summary>
    [JsonIgnore]
    public bool Supervised => InForce && DerivedFrom is null;

    /// <summary>Whether it is that title, or was before it was transferred to another policy.</summary>
    public bool Is(TitleRef title) => Ref == title || (Formerly?.Any(former => former.Ref == title) ?? false);

    /// <summary>Whether it is supervised under a policy, or was before it was transferred.</summary>
    public bool CameUnder(string policy) =>
        string.Equals(Ref.Policy, policy, StringComparison.Ordinal)
        || (Formerly?.Any(former => string.Equals(former.Ref.Policy, policy, StringComparison.Ordinal)) ?? false);

    /// <summary>Consecutive clean random checks up to now, in the order of their dates.</summary>
    [JsonIgnore]
    public int CleanChecks => Counted.Reverse().TakeWhile(check => check.Clean).Count();
}

/// <summary>What a title follows from (自动列入), as long as that is in force.</summary>
/// <param name="Title">The other title.</param>
/// <param name="Article">The article by which it does.</param>
public sealed record Derivation(TitleRef Title, string Article);

/// <summary>A check that counts towards the exemption or sets the count back.</summary>
/// <param name="Check">The check.</param>
/// <param name="On">The date of the check.</param>
/// <param name="Clean">True: one more clean check; false: the count begins again.</param>
public sealed record CountedCheck(string Check, DateOnly On, bool Clean);

/// <summary>An exemption (免于抽查) from random spot checks.</summary>
/// <param name="From">The first day, on which the last clean result was confirmed.</param>
/// <param name="Until">The last day.</param>
/// <param name="EarnedBy">The checks that earned it.</param>
public sealed record Exemption(DateOnly From, DateOnly Until, IReadOnlyList<CountedCheck> EarnedBy);

/// <summary>How a title was given up.</summary>
/// <param name="On">The day on which the letter came in.</param>
/// <param name="Letter">The reference of the letter, or null.</param>
/// <param name="Article">The article.</param>
/// <param name="Pending">Whether what was open on it goes on, so that a ban is not avoided.</param>
public sealed record Withdrawal(DateOnly On, string? Letter, string Article, bool Pending);

/// <summary>What a title was before a transfer.</summary>
/// <param name="Ref">Policy, honour and level.</param>
/// <param name="Until">The day from which the rules of the next policy apply.</param>
public sealed record FormerTitle(TitleRef Ref, DateOnly Until);

/// <summary>An exemption that a failed check ended.</summary>
/// <param name="Exemption">The exemption.</param>
/// <param name="On">The day on which it ended.</param>
/// <param name="UsedUpTo">Up to which date clean checks had been used up before.</param>
public sealed record EndedExemption(Exemption Exemption, DateOnly On, DateOnly? UsedUpTo);

/// <summary>How a title was lost by decision.</summary>
/// <param name="On">The date of the decision.</param>
/// <param name="Ground">The ground, as the policy names it.</param>
/// <param name="Article">The article that makes it a ground.</param>
/// <param name="Case">The case that was decided.</param>
/// <param name="Number">The number of the decision.</param>
/// <param name="BanUntil">Last day of the enterprise's ban on re-application; null where the policy has none.</param>
/// <param name="Ban">The ban on the grain of the banned.</param>
/// <param name="Banned">The grain that bears the ban, which stays the same when the subject's enterprise changes.</param>
/// <param name="StatusBefore">The status that a reinstatement gives back.</param>
/// <param name="SinceBefore">The date from which that status held.</param>
/// <param name="ExemptionBefore">The exemption that the removal ended.</param>
public sealed record Removal(
    DateOnly On,
    string Ground,
    string Article,
    string Case,
    string? Number,
    DateOnly? BanUntil,
    string? Ban,
    GrainId? Banned,
    TitleStatus StatusBefore,
    DateOnly SinceBefore,
    Exemption? ExemptionBefore);
