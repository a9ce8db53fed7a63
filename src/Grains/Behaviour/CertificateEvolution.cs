namespace Supervision.Grains.Behaviour;

/// <summary>What the events of certificates do to the state.</summary>
internal static class CertificateEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event) => @event switch
    {
        GrainEvent.CertificateIssued e => subject.WithTitle(e.Title, title => title with
        {
            Certified = (title.Certified ?? new TitleCertificate { IssuedOn = e.EffectiveOn, ValidUntil = e.ValidUntil, Since = e.EffectiveOn }) with
            {
                IssuedOn = e.EffectiveOn,
                ValidUntil = e.ValidUntil,
                SurveillanceBy = e.SurveillanceBy,
                Since = title.Certified is { } before && before.Since != before.IssuedOn ? before.Since : e.EffectiveOn,
            },
        }),
        GrainEvent.CertificateLapsed e => subject.WithTitle(e.Title, title => title with { Certified = null }),
        GrainEvent.SurveillanceRecorded e => Change(subject, e.Title, certificate => certificate with
        {
            Surveillances = [.. certificate.Surveillances ?? [], new Surveillance(e.EffectiveOn, e.Outcome, e.Report)],
            SurveillanceBy = e.NextBy,
            Overdue = Without(certificate, CertificateDuty.Surveillance),
        }),
        GrainEvent.CertificateSuspended e => Become(subject, e.Title, TitleStatus.Suspended, e.EffectiveOn, certificate => certificate with
        {
            State = CertificateState.Suspended,
            Since = e.EffectiveOn,
            Trigger = e.Trigger,
            Article = e.Article,
            Reason = e.Reason,
            Number = e.Number,
            SuspendedUntil = e.Until,
            PublishBy = e.PublishBy,
            Overdue = Without(certificate, CertificateDuty.Publication),
        }),
        GrainEvent.CertificateRestored e => Restore(subject, e),
        GrainEvent.CertificateRevoked e => DutyEvolution.WithoutIdle(Become(
            subject, e.Title, TitleStatus.Revoked, e.EffectiveOn,
            certificate => Ended(certificate, CertificateState.Revoked, e.EffectiveOn, e.Trigger, e.Article, e.Reason, e.Number, e.PublishBy))),
        GrainEvent.CertificateCancelled e => DutyEvolution.WithoutIdle(Become(
            subject, e.Title, TitleStatus.Cancelled, e.EffectiveOn,
            certificate => Ended(certificate, CertificateState.Cancelled, e.EffectiveOn, e.Trigger, e.Article, e.Reason, e.Number, e.PublishBy))),
        GrainEvent.CertificateExpired e => DutyEvolution.WithoutIdle(Become(
            subject, e.Title, TitleStatus.Expired, e.EffectiveOn,
            // What was to be published of a suspension still is.
            certificate => Ended(certificate, CertificateState.Expired, e.EffectiveOn, e.Trigger, e.Article, reason: null, number: null, certificate.PublishBy))),
        GrainEvent.CertificatePublished e => Change(subject, e.Title, certificate => certificate with
        {
            PublishBy = null,
            Overdue = Without(certificate, CertificateDuty.Publication),
        }),
        GrainEvent.CertificateDutyMissed e => Change(subject, e.Title, certificate => certificate with { Overdue = [.. certificate.Overdue ?? [], e.Duty] }),
        GrainEvent.RenewalApplied e => subject.WithTitle(e.Title, title => Apply(subject, title, e.EffectiveOn)),
        GrainEvent.CertificateRenewed e => subject.WithTitle(e.Title, title => title with
        {
            Certificate = e.Certificate ?? title.Certificate,
            Certified = title.Certified! with
            {
                RenewedOn = e.EffectiveOn,
                ValidUntil = e.ValidUntil,
                SurveillanceBy = e.SurveillanceBy,
                RenewalAppliedOn = null,
                Overdue = Without(title.Certified, CertificateDuty.Surveillance),
            },
        }),
        GrainEvent.RenewalDeclined e => Change(subject, e.Title, certificate => certificate with { RenewalAppliedOn = null, ValidUntil = e.ValidUntil }),
        _ => null,
    };

    private static GrainState.Subject Change(GrainState.Subject subject, TitleRef title, Func<TitleCertificate, TitleCertificate> change) =>
        subject.WithTitle(title, held => held with { Certified = change(held.Certified!) });

    private static GrainState.Subject Become(
        GrainState.Subject subject, TitleRef title, TitleStatus status, DateOnly on, Func<TitleCertificate, TitleCertificate> change) =>
        subject.WithTitle(title, held => held with { Status = status, Since = on, Certified = change(held.Certified!) });

    private static GrainState.Subject Restore(GrainState.Subject subject, GrainEvent.CertificateRestored e) => Become(
        subject, e.Title, StatusOf(subject, e.Title), e.EffectiveOn, certificate => Valid(certificate, e.EffectiveOn) with
        {
            SurveillanceBy = e.SurveillanceBy,
            Overdue = Without(certificate, CertificateDuty.Revocation),
        });

    /// <summary>An application that came in time and is recorded late: the certificate never expired.</summary>
    private static Title Apply(GrainState.Subject subject, Title title, DateOnly on)
    {
        var certificate = title.Certified! with { RenewalAppliedOn = on };
        return title.Status == TitleStatus.Expired
            ? title with { Status = StatusOf(subject, title.Ref), Since = certificate.RenewedOn ?? certificate.IssuedOn, Certified = Valid(certificate, certificate.RenewedOn ?? certificate.IssuedOn) }
            : title with { Certified = certificate };
    }

    private static TitleStatus StatusOf(GrainState.Subject subject, TitleRef title) =>
        subject.Rectifications.Any(found => found.Title == title && found.Status == RectificationStatus.Ordered) ? TitleStatus.Rectifying : TitleStatus.Listed;

    private static TitleCertificate Valid(TitleCertificate certificate, DateOnly since) => certificate with
    {
        State = null,
        Since = since,
        Trigger = null,
        Article = null,
        Reason = null,
        Number = null,
        SuspendedUntil = null,
    };

    private static TitleCertificate Ended(
        TitleCertificate certificate, CertificateState state, DateOnly on, string trigger, string article, string? reason, string? number, DateOnly? publishBy) => certificate with
        {
            State = state,
            Since = on,
            Trigger = trigger,
            Article = article,
            Reason = reason,
            Number = number,
            SuspendedUntil = null,
            PublishBy = publishBy,
            Overdue = state == CertificateState.Expired && certificate.IsOverdue(CertificateDuty.Publication) ? [CertificateDuty.Publication] : null,
        };

    private static CertificateDuty[]? Without(TitleCertificate certificate, CertificateDuty done)
    {
        CertificateDuty[] left = [.. (certificate.Overdue ?? []).Where(duty => duty != done)];
        return left.Length == 0 ? null : left;
    }
}
