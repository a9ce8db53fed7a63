using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>The same deadlines that wake a grain, as people see them: who has to act by when, and by which article.</summary>
internal static class ComingDeadlines
{
    private const string OrderedDay = "configuration: the order names the day";

    private const string EndOfPlan = "configuration: a plan ends with its year";

    // An exemption that was earned stays where a later version of the policy has none any more.
    public const string EarlierVersion = "configuration: an earlier version of the policy";

    public static IEnumerable<Deadline> Of(GrainState.Subject subject, RuleBook rules)
    {
        foreach (var check in subject.Checks.Where(Deadlines.AwaitsResult))
            yield return Of(check.DueBy, DeadlineKind.Check, check.Id, DeadlineOwner.Authority, check.Title, OrderedDay);
        foreach (var check in subject.Checks.Where(Deadlines.AwaitsApproval))
        {
            yield return Of(
                check.Emergency!.ApproveBy, DeadlineKind.Approval, check.Id, DeadlineOwner.Authority, check.Title,
                rules[check.Title.Policy].Checks.Inspection?.EmergencyApproval.Article ?? EarlierVersion);
        }

        foreach (var open in subject.Cases.Where(Deadlines.AwaitsStatement))
        {
            var cases = rules[open.Title.Policy].Cases;
            yield return Of(
                open.WindowEnds!.Value, DeadlineKind.StatementWindow, open.Id, DeadlineOwner.Holder, open.Title,
                (open.Urgent ? cases.UrgentWindow : cases.StatementWindow).Article);
        }

        foreach (var rectification in subject.Rectifications.Where(candidate => Deadlines.Runs(candidate, subject)))
        {
            yield return Of(
                rectification.DueBy!.Value, DeadlineKind.Rectification, rectification.Id, DeadlineOwner.Holder, rectification.Title,
                // An order stays an order where a later version of the policy has no rectification any more.
                rules[rectification.Title.Policy].Rectification?.Article ?? subject.Cases.First(decided => string.Equals(decided.Id, rectification.Case, StringComparison.Ordinal)).Article);
        }

        foreach (var title in subject.Titles)
        {
            if (title.Exemption is { } exemption)
            {
                yield return Of(
                    exemption.Until, DeadlineKind.Exemption, title.Ref.ToPath(), owner: null, title.Ref,
                    rules[title.Ref.Policy].Checks.Exemption?.Years.Article ?? EarlierVersion);
            }
        }

        foreach (var ban in subject.Bans.Where(ban => ban.Status == BanStatus.InForce))
            yield return new Deadline(ban.Until, DeadlineKind.Ban, ban.Id, Owner: null, ban.Policy, Honour: null, Level: null, ban.Article);
        foreach (var entry in (subject.EnergyInspections ?? []).Where(EnergyRectifying.IsPending))
        {
            yield return new Deadline(
                entry.DueBy!.Value, DeadlineKind.EnergyInspection, entry.Id, entry.Status == EnergyStatus.Rectifying ? DeadlineOwner.Holder : DeadlineOwner.Authority,
                entry.Policy, Honour: null, Level: null, ArticleOf(entry, rules[entry.Policy].EnergyInspection));
        }

        foreach (var veto in subject.Vetoes ?? [])
        {
            if (veto.CheckAfter is { } lastDay && Vetoes.Looking(veto, lastDay, rules).FirstOrDefault() is { } policy)
                yield return new Deadline(lastDay, DeadlineKind.VetoCheck, veto.Id, Owner: null, policy.Id, Honour: null, Level: null, Vetoes.YearlyRule(policy, veto.Kind)!.Article);
        }

        foreach (var change in (subject.Changes ?? []).Where(ChangeFiling.AwaitsFiling))
        {
            var first = change.Concerns[0];
            yield return new Deadline(first.DueBy, DeadlineKind.ChangeFiling, change.Id, DeadlineOwner.Holder, first.Policy, Honour: null, Level: null, first.Article);
        }

        foreach (var duty in DutyDeadlines.Of(subject, rules))
            yield return duty;
        foreach (var certified in CertificateDeadlines.Of(subject, rules))
            yield return certified;
        foreach (var deadline in Disclosures(subject, rules))
            yield return deadline;
    }

    /// <summary>What the authority has to serve, publish and withdraw from publication.</summary>
    private static IEnumerable<Deadline> Disclosures(GrainState.Subject subject, RuleBook rules)
    {
        foreach (var check in subject.Checks.Where(check => Publishing.IsPending(check.Publication)))
            yield return Of(check.Publication!, check.Id, check.Title, rules);
        foreach (var decided in subject.Cases)
        {
            if (Serving.IsUnserved(decided))
            {
                yield return Of(
                    decided.ServeBy!.Value, DeadlineKind.Service, decided.Id, DeadlineOwner.Authority, decided.Title,
                    rules[decided.Title.Policy].Notices?.DecisionServed.Article ?? EarlierVersion);
            }

            if (Publishing.IsPending(decided.Publication))
                yield return Of(decided.Publication!, decided.Id, decided.Title, rules);
        }
    }

    private static Deadline Of(Publication publication, string id, TitleRef title, RuleBook rules)
    {
        var notices = rules[title.Policy].Notices;
        return publication.On is null
            ? Of(publication.DueBy, DeadlineKind.Publication, id, DeadlineOwner.Authority, title, notices?.ResultPublished.Article ?? EarlierVersion)
            : Of(publication.WithdrawBy!.Value, DeadlineKind.Withdrawal, id, DeadlineOwner.Authority, title, notices?.QuashedWithdrawn.Article ?? EarlierVersion);
    }

    private static string ArticleOf(EnergyInspection entry, EnergyInspectionRules? rules) => entry.Status switch
    {
        EnergyStatus.Listed or EnergyStatus.Notified => EndOfPlan,
        _ when rules is null => EarlierVersion,
        EnergyStatus.Violations => rules.RectificationNotice.Article,
        EnergyStatus.Rectifying => entry.Extended ? rules.Extension.Article : rules.Rectification.Article,
        _ => rules.Recheck.Article,
    };

    private static Deadline Of(DateOnly dueOn, DeadlineKind kind, string id, DeadlineOwner? owner, TitleRef title, string article) =>
        new(dueOn, kind, id, owner, title.Policy, title.Honour, title.Level, article);
}
