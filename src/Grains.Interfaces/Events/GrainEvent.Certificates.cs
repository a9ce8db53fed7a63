using System.Text.Json.Serialization;

namespace Supervision;

public abstract partial record GrainEvent
{
    /// <summary>The certificate behind a title runs until a day; once more when the date of the grant was set right.</summary>
    public sealed record CertificateIssued(DateOnly EffectiveOn, TitleRef Title, DateOnly ValidUntil, DateOnly? SurveillanceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.issued";
    }

    /// <summary>The title is under rules that know no certificates any more.</summary>
    public sealed record CertificateLapsed(DateOnly EffectiveOn, TitleRef Title) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.lapsed";
    }

    /// <summary>The body has looked at what it certified.</summary>
    public sealed record SurveillanceRecorded(DateOnly EffectiveOn, TitleRef Title, SurveillanceOutcome Outcome, string Report, DateOnly? NextBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "surveillance.recorded";
    }

    /// <summary>The body suspended the certificate, until a day at most.</summary>
    public sealed record CertificateSuspended(DateOnly EffectiveOn, TitleRef Title, string Trigger, string Article, string Reason, string? Number, DateOnly Until, DateOnly? PublishBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.suspended";
    }

    /// <summary>What was wrong is corrected; the certificate is valid again.</summary>
    public sealed record CertificateRestored(DateOnly EffectiveOn, TitleRef Title, string Evidence, DateOnly? SurveillanceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.restored";
    }

    /// <summary>The body took the certificate away.</summary>
    public sealed record CertificateRevoked(DateOnly EffectiveOn, TitleRef Title, string Trigger, string Article, string Reason, string? Number, DateOnly? PublishBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.revoked";
    }

    /// <summary>The certificate was given back, or has no object any more.</summary>
    public sealed record CertificateCancelled(DateOnly EffectiveOn, TitleRef Title, string Trigger, string Article, string Reason, string? Number, DateOnly? PublishBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.cancelled";
    }

    /// <summary>The validity ended and nobody had applied for renewal.</summary>
    public sealed record CertificateExpired(DateOnly EffectiveOn, TitleRef Title, string Trigger, string Article) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.expired";
    }

    /// <summary>The body published what the certificate has become.</summary>
    public sealed record CertificatePublished(DateOnly EffectiveOn, TitleRef Title, CertificateState State, string Place) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.published";
    }

    /// <summary>The body let a day pass. It costs the holder nothing.</summary>
    public sealed record CertificateDutyMissed(DateOnly EffectiveOn, TitleRef Title, CertificateDuty Duty) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate-duty.missed";
    }

    /// <summary>The holder applied for renewal; until the answer the certificate does not expire.</summary>
    public sealed record RenewalApplied(DateOnly EffectiveOn, TitleRef Title) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "renewal.applied";
    }

    /// <summary>The certificate was renewed.</summary>
    public sealed record CertificateRenewed(DateOnly EffectiveOn, TitleRef Title, string? Certificate, DateOnly ValidUntil, DateOnly? SurveillanceBy) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "certificate.renewed";
    }

    /// <summary>The application was refused; the certificate ends with a day.</summary>
    public sealed record RenewalDeclined(DateOnly EffectiveOn, TitleRef Title, string Reason, DateOnly ValidUntil) : GrainEvent(EffectiveOn)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Type => "renewal.declined";
    }
}
