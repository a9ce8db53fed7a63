namespace Supervision;

public abstract partial record Rejection
{
    /// <summary>Who certifies also watches, suspends, revokes and publishes.</summary>
    private const string CertificationRegulations = "认证认可条例 第二十六条";

    /// <summary>The policy has no certificates.</summary>
    public sealed record CertificatesNotProvided(string Policy)
        : Rejection(RejectionClass.Conflict, "certificates-not-provided", Contract, $"{Policy} knows no certificates; only where a policy does can they be watched, suspended, revoked or renewed.", "policy");

    /// <summary>A body acts on its own certificates only.</summary>
    public sealed record NotYourCertificate(GrainId? Grain)
        : Rejection(RejectionClass.Forbidden, "not-your-certificate", CertificationRegulations, Grain is { } grain
            ? $"The certificate of {grain} is not one of the body that your key is bound to; each body acts on what it certified."
            : "Your key is bound to another body; each body sees what it certified.");

    /// <summary>The certificate is suspended, or over.</summary>
    public sealed record CertificateNotValid(CertificateState State, string Source)
        : Rejection(RejectionClass.Conflict, "certificate-not-valid", Source, $"The certificate is {KebabCase<CertificateState>.Word(State)}.");

    /// <summary>The certificate is not suspended.</summary>
    public sealed record CertificateNotSuspended()
        : Rejection(RejectionClass.Conflict, "certificate-not-suspended", CertificationRegulations, "The certificate is not suspended.");

    /// <summary>The policy has no such trigger for that.</summary>
    public sealed record UnknownTrigger(string Trigger, CertificateState State, string Policy, string Expected)
        : Rejection(RejectionClass.Invalid, "unknown-trigger", CertificationRegulations, $"Under {Policy} '{Trigger}' does not make a certificate {KebabCase<CertificateState>.Word(State)}; this does: {Expected}.", "trigger");

    /// <summary>The holder asks for a suspension too shortly before the surveillance.</summary>
    public sealed record SuspensionAskedTooLate(DateOnly Last, int Months, string Source)
        : Rejection(RejectionClass.Conflict, "suspension-asked-too-late", Source, $"A suspension is asked for by {Last:yyyy-MM-dd}, {Months} months before the last day of surveillance.", "on");

    /// <summary>Renewal cannot be applied for yet.</summary>
    public sealed record RenewalTooEarly(DateOnly On, DateOnly From, DateOnly Until, string Source)
        : Rejection(RejectionClass.Conflict, "renewal-too-early", Source, $"Renewal can be applied for from {From:yyyy-MM-dd} to {Until:yyyy-MM-dd}, not on {On:yyyy-MM-dd}.", "on");

    /// <summary>An application waits for its answer.</summary>
    public sealed record RenewalAlreadyApplied(DateOnly On, string Source)
        : Rejection(RejectionClass.Conflict, "renewal-already-applied", Source, $"Renewal was applied for on {On:yyyy-MM-dd}.");

    /// <summary>No application for renewal is open.</summary>
    public sealed record RenewalNotApplied(string Source)
        : Rejection(RejectionClass.Conflict, "renewal-not-applied", Source, "The holder has not applied for renewal.");

    /// <summary>Nothing waits for publication.</summary>
    public sealed record CertificateNotToPublish()
        : Rejection(RejectionClass.Conflict, "certificate-not-to-publish", CertificationRegulations, "Nothing about the certificate waits for its publication.");
}
