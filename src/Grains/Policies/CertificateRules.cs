namespace Supervision.Grains.Policies;

/// <summary>Certificates (认证证书) of certification bodies.</summary>
public sealed record CertificateRules
{
    /// <summary>The trigger by which a failed surveillance suspends.</summary>
    public const string FailedSurveillance = "failed-surveillance";

    /// <summary>The trigger by which the holder has a certificate suspended.</summary>
    public const string SuspensionAsked = "suspension-asked";

    /// <summary>The trigger by which a suspension ends with revocation.</summary>
    public const string NotCorrected = "not-corrected";

    /// <summary>The trigger by which the end of validity lets a certificate expire.</summary>
    public const string NotRenewed = "not-renewed";

    /// <summary>Years of validity, from the day of issue.</summary>
    public required Figure<int> ValidYears { get; init; }

    /// <summary>Months from one surveillance (监督) by the body to the last day of the next.</summary>
    public required Figure<int> SurveillanceEveryMonths { get; init; }

    /// <summary>How long before the end of validity renewal can be applied for.</summary>
    public required Period Renewal { get; init; }

    /// <summary>The longest suspension, in months; the body revokes what is not corrected by then.</summary>
    public required Figure<int> SuspensionMonthsMax { get; init; }

    /// <summary>How many months before the last day of surveillance the holder has to ask for a suspension.</summary>
    public required Figure<int> SuspensionAskedMonthsBefore { get; init; }

    /// <summary>What makes a certificate what it is then.</summary>
    public required IReadOnlyList<CertificateTrigger> Triggers { get; init; }

    /// <summary>The trigger of that name for that state; null: there is none.</summary>
    public CertificateTrigger? Find(string name, CertificateState state) =>
        Triggers.FirstOrDefault(trigger => trigger.State == state && string.Equals(trigger.Name, name, StringComparison.Ordinal));
}

/// <summary>What makes a certificate lose its validity, for a time or for good.</summary>
/// <param name="Name">For example <c>failed-surveillance</c>.</param>
/// <param name="Original">The words of the source.</param>
/// <param name="State">What the certificate is then.</param>
/// <param name="Article">The article.</param>
public sealed record CertificateTrigger(string Name, string Original, CertificateState State, string Article);
