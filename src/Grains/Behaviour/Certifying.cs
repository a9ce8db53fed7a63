using Supervision.Grains.Calendars;
using System.Diagnostics;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// Certificates of certification bodies. The body that certified acts, or an officer of the issuing authority records what it decided;
/// the holder applies for renewal.
/// </summary>
internal static class Certifying
{
    /// <summary>Whether a command is about a certificate.</summary>
    public static bool Concerns(GrainCommand command) => Choice(command) is not null;

    public static Decision Decide(Draft draft, GrainCommand command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, Choice(command)!, context.Rules);
        if (title is null)
            return missing;
        var policy = context.Rules[title.Ref.Policy];
        if (policy.Certificates is not { } rules)
            return new Rejection.CertificatesNotProvided(policy.Id);
        if (RefuseActor(draft.Id, title, command, context) is { } foreign)
            return foreign;
        // A title that is held since before certificates were watched has one since it was granted.
        if (title.Held)
            Schedule(draft, title, rules, context.Today);
        title = draft.Subject.Of(title.Ref);
        if (title.Certified is not { } certificate)
            return Titles.NotInForce(title, context.Rules);
        return command switch
        {
            GrainCommand.ApplyForRenewal apply => Apply(draft, title, certificate, apply, rules, context),
            GrainCommand.PublishCertificate publish => Publish(draft, title, certificate, publish, context),
            _ when !title.Held => certificate is { State: { } state and not CertificateState.Suspended, Article: { } article }
                ? new Rejection.CertificateNotValid(state, article)
                : Titles.NotInForce(title, context.Rules),
            GrainCommand.RecordSurveillance record => Record(draft, title, certificate, record, policy, rules, context),
            GrainCommand.ChangeCertificate change => Change(draft, title, certificate, change, policy, rules, context),
            GrainCommand.RestoreCertificate restore => Restore(draft, title, certificate, restore, context),
            GrainCommand.RenewCertificate renew => Renew(draft, title, certificate, renew, rules, context),
            GrainCommand.DeclineRenewal decline => Decline(draft, title, certificate, decline, rules, context),
            _ => throw new UnreachableException($"{command.GetType().Name} was not decided."),
        };
    }

    /// <summary>Makes the days of a certificate facts: once it is granted, or its grant was set right. Without rules for certificates there is none.</summary>
    public static void Schedule(Draft draft, Title title, CertificateRules? rules, DateOnly today)
    {
        if (rules is null)
        {
            if (title.Certified is not null)
                draft.Append(new GrainEvent.CertificateLapsed(today, title.Ref));
            return;
        }

        if (title.Certified is { } before && (before.IssuedOn == title.GrantedOn || before.RenewedOn is not null))
            return;
        var validUntil = LastDay.OfYears(title.GrantedOn, rules.ValidYears.Value);
        var next = (title.Certified?.Surveillances?[^1].On ?? title.GrantedOn).AddMonths(rules.SurveillanceEveryMonths.Value);
        // What was due before the title was supervised here has no consequence.
        while (next < title.SupervisedFrom)
            next = next.AddMonths(rules.SurveillanceEveryMonths.Value);
        draft.Append(new GrainEvent.CertificateIssued(title.GrantedOn, title.Ref, validUntil, Within(next, validUntil)));
    }

    private static Decision Record(
        Draft draft, Title title, TitleCertificate certificate, GrainCommand.RecordSurveillance command, Policy policy, CertificateRules rules, DecisionContext context)
    {
        var last = certificate.Surveillances?.Max(surveillance => surveillance.On) ?? certificate.IssuedOn;
        if (RefuseDate(command.On, last, "the day of the last surveillance, or of issue", context) is { } wrongDate)
            return wrongDate;
        draft.Append(new GrainEvent.SurveillanceRecorded(
            command.On, title.Ref, command.Outcome, command.Report, Within(command.On.AddMonths(rules.SurveillanceEveryMonths.Value), certificate.ValidUntil)));
        // The body has to suspend what does not conform any more.
        if (command.Outcome == SurveillanceOutcome.Failed && certificate.State is null)
        {
            var trigger = rules.Find(CertificateRules.FailedSurveillance, CertificateState.Suspended)!;
            draft.Append(Suspension(title, trigger, command.On, command.Report, number: null, policy, rules, context));
        }

        return Decision.Accepted;
    }

    private static Decision Change(
        Draft draft, Title title, TitleCertificate certificate, GrainCommand.ChangeCertificate command, Policy policy, CertificateRules rules, DecisionContext context)
    {
        if (command.State == CertificateState.Expired || rules.Find(command.Trigger, command.State) is not { } trigger)
        {
            return new Rejection.UnknownTrigger(
                command.Trigger, command.State, policy.Id, string.Join(", ", rules.Triggers.Where(known => known.State == command.State).Select(known => known.Name)));
        }

        if (command.State == CertificateState.Suspended && certificate is { State: { } state, Article: { } article })
            return new Rejection.CertificateNotValid(state, article);
        if (string.Equals(trigger.Name, CertificateRules.NotCorrected, StringComparison.Ordinal) && certificate.State != CertificateState.Suspended)
            return new Rejection.CertificateNotSuspended();
        if (RefuseDate(command.On, certificate.Since, "the day since which the certificate is what it is", context) is { } wrongDate)
            return wrongDate;
        if (string.Equals(trigger.Name, CertificateRules.SuspensionAsked, StringComparison.Ordinal) && certificate.SurveillanceBy is { } surveillance)
        {
            var lastDay = surveillance.AddMonths(-rules.SuspensionAskedMonthsBefore.Value);
            if (command.On > lastDay)
                return new Rejection.SuspensionAskedTooLate(lastDay, rules.SuspensionAskedMonthsBefore.Value, rules.SuspensionAskedMonthsBefore.Article);
        }

        draft.Append(command.State switch
        {
            CertificateState.Suspended => Suspension(title, trigger, command.On, command.Reason, command.Number, policy, rules, context),
            CertificateState.Revoked => new GrainEvent.CertificateRevoked(
                command.On, title.Ref, trigger.Name, trigger.Article, command.Reason, command.Number, PublishBy(policy, command.On, context)),
            _ => new GrainEvent.CertificateCancelled(
                command.On, title.Ref, trigger.Name, trigger.Article, command.Reason, command.Number, PublishBy(policy, command.On, context)),
        });
        if (command.State != CertificateState.Suspended)
        {
            foreach (var ended in TitleEnding.Of(draft.Subject, title.Ref, context.Today, "certificate", $"certificate-{KebabCase<CertificateState>.Word(command.State)}").ToList())
                draft.Append(ended);
        }

        return Decision.Accepted;
    }

    private static Decision Restore(Draft draft, Title title, TitleCertificate certificate, GrainCommand.RestoreCertificate command, DecisionContext context)
    {
        if (certificate.State != CertificateState.Suspended)
            return new Rejection.CertificateNotSuspended();
        if (RefuseDate(command.On, certificate.Since, "the first day of the suspension", context) is { } wrongDate)
            return wrongDate;
        // A surveillance that fell into the suspension is due at once.
        var next = certificate.SurveillanceBy is { } due && due < command.On ? command.On : certificate.SurveillanceBy;
        draft.Append(new GrainEvent.CertificateRestored(command.On, title.Ref, command.Evidence, next));
        return Duties.Schedule(draft, context);
    }

    private static Decision Publish(Draft draft, Title title, TitleCertificate certificate, GrainCommand.PublishCertificate command, DecisionContext context)
    {
        if (certificate is not { PublishBy: not null, State: { } state })
            return new Rejection.CertificateNotToPublish();
        if (RefuseDate(command.On, certificate.Since, "the day since which the certificate is what it is", context) is { } wrongDate)
            return wrongDate;
        draft.Append(new GrainEvent.CertificatePublished(command.On, title.Ref, state, command.Place));
        return Decision.Accepted;
    }

    private static Decision Apply(
        Draft draft, Title title, TitleCertificate certificate, GrainCommand.ApplyForRenewal command, CertificateRules rules, DecisionContext context)
    {
        // What came in time and is recorded late came in time.
        if (!title.Held && title.Status != TitleStatus.Expired)
            return Titles.NotInForce(title, context.Rules);
        if (certificate.RenewalAppliedOn is { } applied)
            return new Rejection.RenewalAlreadyApplied(applied, rules.Renewal.Article);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var from = certificate.ValidUntil.AddDays(-rules.Renewal.Days);
        if (command.On < from)
            return new Rejection.RenewalTooEarly(command.On, from, certificate.ValidUntil, rules.Renewal.Article);
        // What a holder files itself comes in when it is filed.
        if (command.On > certificate.ValidUntil || (title.Status == TitleStatus.Expired && context.Actor.Role == Role.Enterprise))
            return new Rejection.CertificateNotValid(CertificateState.Expired, certificate.Article ?? rules.Renewal.Article);
        draft.Append(new GrainEvent.RenewalApplied(command.On, title.Ref));
        return Duties.Schedule(draft, context);
    }

    private static Decision Renew(
        Draft draft, Title title, TitleCertificate certificate, GrainCommand.RenewCertificate command, CertificateRules rules, DecisionContext context)
    {
        if (certificate.RenewalAppliedOn is not { } applied)
            return new Rejection.RenewalNotApplied(rules.Renewal.Article);
        if (certificate is { State: { } state, Article: { } article })
            return new Rejection.CertificateNotValid(state, article);
        if (RefuseDate(command.On, applied, "the day of the application", context) is { } wrongDate)
            return wrongDate;
        // The validity goes on without a gap, whenever the body answers.
        var validUntil = LastDay.OfYears(certificate.ValidUntil.AddDays(1), rules.ValidYears.Value);
        draft.Append(new GrainEvent.CertificateRenewed(
            command.On, title.Ref, command.Certificate, validUntil, Within(command.On.AddMonths(rules.SurveillanceEveryMonths.Value), validUntil)));
        return Decision.Accepted;
    }

    private static Decision Decline(
        Draft draft, Title title, TitleCertificate certificate, GrainCommand.DeclineRenewal command, CertificateRules rules, DecisionContext context)
    {
        if (certificate.RenewalAppliedOn is not { } applied)
            return new Rejection.RenewalNotApplied(rules.Renewal.Article);
        if (RefuseDate(command.On, applied, "the day of the application", context) is { } wrongDate)
            return wrongDate;
        // Until it is told, the holder may rely on the certificate.
        draft.Append(new GrainEvent.RenewalDeclined(
            command.On, title.Ref, command.Reason, certificate.ValidUntil > context.Today ? certificate.ValidUntil : context.Today));
        return Decision.Accepted;
    }

    private static TitleChoice? Choice(GrainCommand command) => command switch
    {
        GrainCommand.RecordSurveillance c => c.Title,
        GrainCommand.ChangeCertificate c => c.Title,
        GrainCommand.RestoreCertificate c => c.Title,
        GrainCommand.PublishCertificate c => c.Title,
        GrainCommand.ApplyForRenewal c => c.Title,
        GrainCommand.RenewCertificate c => c.Title,
        GrainCommand.DeclineRenewal c => c.Title,
        _ => null,
    };

    /// <summary>A body acts on what it certified; an officer of the issuing authority records what the body decided; the holder applies.</summary>
    private static Rejection? RefuseActor(GrainId grain, Title title, GrainCommand command, DecisionContext context) => context.Actor.Role switch
    {
        Role.Enterprise when command is GrainCommand.ApplyForRenewal => null,
        Role.CertificationBody when context.Actor.Body is { } body && title.Evaluator is { } evaluator && EntityName.Normalise(evaluator) == EntityName.Normalise(body) => null,
        _ when context.Actor.IsParty() => new Rejection.NotYourCertificate(grain),
        _ => context.Actor.Issues(title.Authority) ? null : new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref)),
    };

    private static GrainEvent.CertificateSuspended Suspension(
        Title title, CertificateTrigger trigger, DateOnly on, string reason, string? number, Policy policy, CertificateRules rules, DecisionContext context) => new(
            on, title.Ref, trigger.Name, trigger.Article, reason, number, LastDay.OfMonths(on, rules.SuspensionMonthsMax.Value), PublishBy(policy, on, context));

    private static DateOnly? PublishBy(Policy policy, DateOnly on, DecisionContext context) =>
        policy.Notices is { } notices ? context.Rules.EndOf(notices.ResultPublished, on) : null;

    private static DateOnly? Within(DateOnly surveillance, DateOnly validUntil) => surveillance <= validUntil ? surveillance : null;

    private static Rejection? RefuseDate(DateOnly on, DateOnly earliest, string since, DecisionContext context) =>
        on > context.Today ? new Rejection.DateInFuture("on", on, context.Today)
        : on < earliest ? new Rejection.DateTooEarly("on", on, earliest, since)
        : null;
}
