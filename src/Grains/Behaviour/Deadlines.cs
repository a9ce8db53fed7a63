using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// What time alone brings about. Nothing is registered anywhere: the deadlines are read from the state, so they cannot
/// be forgotten or fire for something that is over.
/// </summary>
internal static class Deadlines
{
    public static DateTimeOffset? Next(GrainState? state) => state switch
    {
        GrainState.Subject subject when Earliest(subject) is { } lastDay => CivilTime.AfterLastDay(lastDay),
        _ => null,
    };

    /// <summary>
    /// Applies everything due at an instant in the order of the deadlines, each with its own effective date, so that a
    /// grain woken a month late remembers the same as one woken in time.
    /// </summary>
    public static void Apply(Draft draft, DateTimeOffset now, RuleBook rules)
    {
        while (draft.State is GrainState.Subject subject && Earliest(subject) is { } lastDay && CivilTime.AfterLastDay(lastDay) <= now)
        {
            if (DeadlineMoving.Apply(draft, lastDay, rules))
                continue;
            var due = All(draft, subject, rules).MinBy(deadline => deadline.LastDay);
            foreach (var @event in due.Events(due.LastDay.AddDays(1)))
                draft.AppendDue(@event);
            TitleConsequences.Follow(draft, subject, due.LastDay.AddDays(1), rules);
        }
    }

    /// <summary>The earliest last day, without building what would happen then: this runs after every command.</summary>
    private static DateOnly? Earliest(GrainState.Subject subject)
    {
        DateOnly? earliest = null;
        foreach (var check in subject.Checks)
        {
            Take(check.DueBy, AwaitsResult(check));
            Take(check.Publication?.NextBy(), Publishing.IsPending(check.Publication));
            Take(check.Emergency?.ApproveBy, AwaitsApproval(check));
        }

        foreach (var open in subject.Cases)
        {
            Take(open.WindowEnds, AwaitsStatement(open));
            Take(open.ServeBy, Serving.IsUnserved(open));
            Take(open.Publication?.NextBy(), Publishing.IsPending(open.Publication));
        }

        foreach (var rectification in subject.Rectifications)
            Take(rectification.DueBy, Runs(rectification, subject));
        foreach (var title in subject.Titles)
            Take(title.Exemption?.Until, title.Exemption is not null);
        foreach (var ban in subject.Bans)
            Take(ban.Until, ban.Status == BanStatus.InForce);
        foreach (var entry in subject.EnergyInspections ?? [])
            Take(entry.DueBy, EnergyRectifying.IsPending(entry));
        foreach (var veto in subject.Vetoes ?? [])
            Take(veto.CheckAfter, veto.CheckAfter is not null);
        foreach (var change in subject.Changes ?? [])
            Take(change.DueBy, ChangeFiling.AwaitsFiling(change));
        Take(DutyDeadlines.Earliest(subject), pending: true);
        Take(CertificateDeadlines.Earliest(subject), pending: true);
        return earliest;

        void Take(DateOnly? lastDay, bool pending)
        {
            if (pending && lastDay is not null && (earliest is null || lastDay < earliest))
                earliest = lastDay;
        }
    }

    private static IEnumerable<Due> All(Draft draft, GrainState.Subject subject, RuleBook rules)
    {
        foreach (var check in subject.Checks.Where(AwaitsResult))
            yield return new Due(check.DueBy, on => [new GrainEvent.CheckOverdue(on, check.Id)]);
        foreach (var open in subject.Cases.Where(AwaitsStatement))
            yield return new Due(open.WindowEnds!.Value, on => [new GrainEvent.WindowEnded(on, open.Id)]);
        foreach (var rectification in subject.Rectifications.Where(candidate => Runs(candidate, subject)))
            yield return new Due(rectification.DueBy!.Value, on => Missed(draft, rectification, on, rules));
        foreach (var title in subject.Titles.Where(title => title.Exemption is not null))
            yield return new Due(title.Exemption!.Until, on => [new GrainEvent.ExemptionEnded(on, title.Ref, "expired")]);
        foreach (var ban in subject.Bans.Where(ban => ban.Status == BanStatus.InForce))
            yield return new Due(ban.Until, on => [new GrainEvent.BanEnded(on, ban.Id)]);
        foreach (var entry in (subject.EnergyInspections ?? []).Where(EnergyRectifying.IsPending))
            yield return new Due(entry.DueBy!.Value, on => EnergyRectifying.Passed(draft, entry, on, rules));
        foreach (var veto in (subject.Vetoes ?? []).Where(veto => veto.CheckAfter is not null))
            yield return new Due(veto.CheckAfter!.Value, on => Vetoes.Check(veto, on, rules));
        foreach (var change in (subject.Changes ?? []).Where(ChangeFiling.AwaitsFiling))
            yield return new Due(change.DueBy, on => [new GrainEvent.ChangeOverdue(on, change.Id)]);
        foreach (var duty in DutyDeadlines.All(draft, subject, rules))
            yield return duty;
        foreach (var check in subject.Checks.Where(check => Publishing.IsPending(check.Publication)))
            yield return new Due(check.Publication!.NextBy()!.Value, on => [new GrainEvent.PublicationOverdue(on, check.Id, Case: null)]);
        foreach (var decided in subject.Cases.Where(Serving.IsUnserved))
            yield return new Due(decided.ServeBy!.Value, on => [new GrainEvent.ServiceOverdue(on, decided.Id)]);
        foreach (var decided in subject.Cases.Where(decided => Publishing.IsPending(decided.Publication)))
            yield return new Due(decided.Publication!.NextBy()!.Value, on => [new GrainEvent.PublicationOverdue(on, Check: null, decided.Id)]);
        foreach (var certified in CertificateDeadlines.All(subject, rules))
            yield return certified;
        foreach (var check in subject.Checks.Where(AwaitsApproval))
            yield return new Due(check.Emergency!.ApproveBy, on => [new GrainEvent.ApprovalOverdue(on, check.Id)]);
    }

    public static bool AwaitsResult(Check check) => !check.Overdue && IsToBeMade(check);

    /// <summary>Whether the check is still to be made, also when its last day has passed.</summary>
    public static bool IsToBeMade(Check check) => check.Status is (CheckStatus.Planned or CheckStatus.Approved or CheckStatus.Notified);

    /// <summary>Whether a check that could not wait for its approval still lacks it.</summary>
    public static bool AwaitsApproval(Check check) => check is { Status: not CheckStatus.Cancelled, Emergency: { ApprovedOn: null, Overdue: false } };

    public static bool AwaitsStatement(Case open) => open is { Status: CaseStatus.Served, WindowEnded: false };

    public static bool Runs(Rectification rectification, GrainState.Subject subject) =>
        rectification is { Status: RectificationStatus.Ordered, DueBy: not null }
        && subject.Of(rectification.Title) is { Held: true } or { Status: TitleStatus.Withdrawn, Withdrawal.Pending: true };

    /// <summary>A rectification not done in time is a finding, not yet a decision: it opens a case.</summary>
    private static IEnumerable<GrainEvent> Missed(Draft draft, Rectification rectification, DateOnly on, RuleBook rules)
    {
        yield return new GrainEvent.RectificationOverdue(on, rectification.Id);
        var cases = rules[rectification.Title.Policy].Cases;
        var ground = cases.Grounds.First(candidate => string.Equals(candidate.Name, cases.OverdueRectificationGround, StringComparison.Ordinal));
        yield return new GrainEvent.CaseOpened(
            on, Hearing.NextId(draft), rectification.Title, ground.Name, ground.Article, Evidence: null, Urgent: false, Check: null, rectification.Id);
    }
}
