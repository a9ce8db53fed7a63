using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Views;

/// <summary>What is shown of certificates, and what their bodies have to do.</summary>
internal static class CertificateViews
{
    public static CertificateView Of(TitleCertificate certificate) => new(
        certificate.State, certificate.Since, certificate.Trigger, certificate.Article, certificate.Reason, certificate.Number, certificate.IssuedOn, certificate.RenewedOn,
        certificate.ValidUntil, certificate.SurveillanceBy, certificate.Surveillances ?? [], certificate.SuspendedUntil, certificate.RenewalAppliedOn, certificate.PublishBy,
        certificate.Overdue ?? []);

    /// <summary>What waits for the bodies, each with its body as the one who carries it out.</summary>
    public static IEnumerable<WorkColumns> WorkOf(GrainState.Subject subject)
    {
        foreach (var title in subject.Titles)
        {
            if (title.Certified is null)
                continue;
            foreach (var (duty, lastDay) in CertificateDeadlines.DutiesOf(title))
            {
                yield return new WorkColumns(
                    WorkColumns.Certificate, WorkColumns.CertificateId(title.Ref, duty), KebabCase<CertificateDuty>.Word(duty), title.Ref.Policy,
                    KebabCase<Level>.Word(title.Ref.Level), lastDay, title.Evaluator is { } body ? EntityName.Normalise(body) : null);
            }
        }
    }

    /// <summary>Whether that is the same in two states, without building it where there are no certificates.</summary>
    public static bool SameWork(GrainState.Subject before, GrainState.Subject after) =>
        ReferenceEquals(before.Titles, after.Titles) || (!before.Titles.Any(IsCertified) && !after.Titles.Any(IsCertified));

    private static bool IsCertified(Title title) => title.Certified is not null;
}
