using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>What a certificate can become.</summary>
[JsonConverter(typeof(KebabCase<CertificateState>))]
public enum CertificateState
{
    /// <summary>暂停: invalid until what is wrong is corrected.</summary>
    Suspended,

    /// <summary>撤销: taken away for a fault.</summary>
    Revoked,

    /// <summary>注销: given back, or without an object.</summary>
    Cancelled,

    /// <summary>到期: its validity ended.</summary>
    Expired,
}

/// <summary>What a certification body has to do about a certificate by a day (认证认可条例 第二十六条).</summary>
[JsonConverter(typeof(KebabCase<CertificateDuty>))]
public enum CertificateDuty
{
    /// <summary>监督: look at what it certified.</summary>
    Surveillance,

    /// <summary>撤销: decide about a suspension that has lasted as long as it can.</summary>
    Revocation,

    /// <summary>公布: publish that it suspended, revoked or cancelled.</summary>
    Publication,
}

/// <summary>How a surveillance ends.</summary>
[JsonConverter(typeof(KebabCase<SurveillanceOutcome>))]
public enum SurveillanceOutcome
{
    /// <summary>What was certified still conforms.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,
}

/// <summary>The certificate (认证证书) behind a title. Its number and its body are the title's certificate and evaluator.</summary>
public sealed record TitleCertificate
{
    /// <summary>The day of issue, from which the validity runs.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>The day of the last renewal; null: never renewed.</summary>
    public DateOnly? RenewedOn { get; init; }

    /// <summary>The last day of validity.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The last day of the next surveillance; null where none comes round before the validity ends.</summary>
    public DateOnly? SurveillanceBy { get; init; }

    /// <summary>The surveillances, in the order in which they were recorded; null without any.</summary>
    public IReadOnlyList<Surveillance>? Surveillances { get; init; }

    /// <summary>What it has become; null while it is valid.</summary>
    public CertificateState? State { get; init; }

    /// <summary>The day from which that holds.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>What brought that about, as the policy names it; null while it is valid.</summary>
    public string? Trigger { get; init; }

    /// <summary>The article behind it.</summary>
    public string? Article { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the body's decision.</summary>
    public string? Number { get; init; }

    /// <summary>The last day of the suspension.</summary>
    public DateOnly? SuspendedUntil { get; init; }

    /// <summary>The day of the application for renewal, until it is answered.</summary>
    public DateOnly? RenewalAppliedOn { get; init; }

    /// <summary>The last day for publishing what it has become; null where nothing waits for it.</summary>
    public DateOnly? PublishBy { get; init; }

    /// <summary>What the body has let pass and not done since; null: nothing.</summary>
    public IReadOnlyList<CertificateDuty>? Overdue { get; init; }

    /// <summary>Whether the body let the day of that duty pass.</summary>
    public bool IsOverdue(CertificateDuty duty) => Overdue?.Contains(duty) ?? false;
}

/// <summary>A surveillance (监督) of what was certified.</summary>
/// <param name="On">Its date.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Report">What the body reports.</param>
public sealed record Surveillance(DateOnly On, SurveillanceOutcome Outcome, string Report);
