using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>The last days of certificates: those of the certification body, and the end of validity.</summary>
internal static class CertificateDeadlines
{
    /// <summary>The earliest of them, without building what would happen then: this runs after every command.</summary>
    public static DateOnly? Earliest(GrainState.Subject subject)
    {
        DateOnly? earliest = null;
        foreach (var title in subject.Titles)
        {
            if (title.Certified is not { } certificate)
                continue;
            foreach (var (duty, lastDay) in DutiesOf(title))
            {
                if (!certificate.IsOverdue(duty) && (earliest is null || lastDay < earliest))
                    earliest = lastDay;
            }

            if (Ends(title) is { } end && (earliest is null || end < earliest))
                earliest = end;
        }

        return earliest;
    }

    public static IEnumerable<Due> All(GrainState.Subject subject, RuleBook rules)
    {
        foreach (var title in subject.Titles)
        {
            foreach (var (duty, lastDay) in DutiesOf(title))
            {
                if (!title.Certified!.IsOverdue(duty))
                    yield return new Due(lastDay, on => [new GrainEvent.CertificateDutyMissed(on, title.Ref, duty)]);
            }

            if (Ends(title) is { } end)
                yield return new Due(end, on => Expire(subject, title, on, rules));
        }
    }

    /// <summary>The same, as people see them.</summary>
    public static IEnumerable<Deadline> Of(GrainState.Subject subject, RuleBook rules)
    {
        foreach (var title in subject.Titles)
        {
            var own = rules[title.Ref.Policy];
            foreach (var (duty, lastDay) in DutiesOf(title))
            {
                if (!title.Certified!.IsOverdue(duty))
                    yield return Of(title, lastDay, KindOf(duty), DeadlineOwner.Body, ArticleOf(duty, own));
            }

            if (Ends(title) is { } end)
                yield return Of(title, end, DeadlineKind.CertificateValidity, DeadlineOwner.Holder, own.Certificates?.ValidYears.Article);
        }
    }

    /// <summary>What the body has to do about the certificate of a title, with the last day, whether or not that has passed.</summary>
    public static IEnumerable<(CertificateDuty Duty, DateOnly LastDay)> DutiesOf(Title title)
    {
        if (title.Certified is not { } certificate)
            yield break;
        // While it is suspended there is nothing to look at.
        if (title.Held && certificate is { State: null, SurveillanceBy: { } surveillance })
            yield return (CertificateDuty.Surveillance, surveillance);
        if (title.Held && certificate is { State: CertificateState.Suspended, SuspendedUntil: { } until })
            yield return (CertificateDuty.Revocation, until);
        if (certificate.PublishBy is { } publication)
            yield return (CertificateDuty.Publication, publication);
    }

    /// <summary>The end of validity. Who applied for renewal in time does not lose it to the body's delay.</summary>
    private static DateOnly? Ends(Title title) => title is { Held: true, Certified: { RenewalAppliedOn: null } certificate } ? certificate.ValidUntil : null;

    private static IEnumerable<GrainEvent> Expire(GrainState.Subject subject, Title title, DateOnly on, RuleBook rules)
    {
        var trigger = rules[title.Ref.Policy].Certificates?.Find(CertificateRules.NotRenewed, CertificateState.Expired);
        yield return new GrainEvent.CertificateExpired(on, title.Ref, CertificateRules.NotRenewed, trigger?.Article ?? ComingDeadlines.EarlierVersion);
        foreach (var ended in TitleEnding.Of(subject, title.Ref, on, "certificate", "certificate-expired"))
            yield return ended;
    }

    private static DeadlineKind KindOf(CertificateDuty duty) => duty switch
    {
        CertificateDuty.Surveillance => DeadlineKind.Surveillance,
        CertificateDuty.Revocation => DeadlineKind.CertificateRevocation,
        _ => DeadlineKind.CertificatePublication,
    };

    private static string? ArticleOf(CertificateDuty duty, Policy own) => duty switch
    {
        CertificateDuty.Surveillance => own.Certificates?.SurveillanceEveryMonths.Article,
        CertificateDuty.Revocation => own.Certificates?.SuspensionMonthsMax.Article,
        _ => own.Notices?.ResultPublished.Article,
    };

    private static Deadline Of(Title title, DateOnly dueOn, DeadlineKind kind, DeadlineOwner owner, string? article) => new(
        dueOn, kind, title.Ref.ToPath(), owner, title.Ref.Policy, title.Ref.Honour, title.Ref.Level,
        article ?? ComingDeadlines.EarlierVersion);
}
