using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Decisions of cases and what becomes of them: removal, rectification, reinstatement.</summary>
internal static class CaseDeciding
{
    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.DecideCase command, DecisionContext context)
    {
        if (Hearing.Find(draft, command.Case) is not { } found)
            return new Rejection.CaseNotFound(command.Case);
        // One over all titles of an enterprise is about titles of other grains.
        var title = found.Joint is null || draft.Subject.Enterprise is not null ? draft.Subject.Of(found.Title) : null;
        var policy = context.Rules[found.Title.Policy];
        var authority = found.Joint ?? title!.Authority;
        if (!context.Actor.Issues(authority))
            return new Rejection.NotIssuingAuthority(authority, context.Rules.ArticleOf(found.Title));
        if (!found.IsOpen())
            return new Rejection.CaseClosed(found.Id, found.Status);
        if (JointCases.Refuse(draft, found) is { } joint)
            return joint;
        if (IsParty(draft.Subject, found, context.Actor))
            return new Rejection.SecondPersonNeeded("A case is decided by another person than opened it, made the check or entered its result.");
        if (found.Status == CaseStatus.Opened)
            return new Rejection.CaseNotServed(found.Id);
        if (found is { Status: CaseStatus.Served, WindowEnded: false, WindowEnds: { } until })
            return new Rejection.WindowStillOpen(found.Id, until);
        if (title is not null && !TakesEffect(title, command.Outcome))
            return Titles.NotInForce(title, context.Rules);
        // What was given up cannot be rectified.
        if (command.Outcome == CaseOutcome.Remove && title is not { Status: TitleStatus.Withdrawn } && MustRectifyFirst(found, policy) is { } ground)
            return new Rejection.RectificationFirst(ground.Name, ground.Article);
        if (command.Outcome == CaseOutcome.Rectify && policy.Rectification is null)
            return new Rejection.RectificationNotProvided(policy.Id, found.Article);
        Conclude(draft, others, title, found, command, context);
        return Decision.Accepted;
    }

    /// <summary>Whether a decision can be about a title as it is: giving it up during a case does not avoid what the case leads to.</summary>
    public static bool TakesEffect(Title title, CaseOutcome outcome) =>
        outcome == CaseOutcome.Dismiss || title.Held || (outcome == CaseOutcome.Remove && title is { Status: TitleStatus.Withdrawn, Withdrawal.Pending: true });

    /// <summary>The decision and what follows for the title; of a joint case, on the enterprise, the decision alone.</summary>
    public static void Conclude(Draft draft, Dictionary<GrainId, Draft> others, Title? title, Case found, GrainCommand.DecideCase command, DecisionContext context)
    {
        var policy = context.Rules[found.Title.Policy];
        // Of a joint case, the decisions on the titles are served and published, each by itself.
        draft.Append(new GrainEvent.CaseDecided(
            context.Today, found.Id, command.Outcome, command.Reason, command.Number,
            title is null ? null : Serving.ServeBy(policy, command.Outcome, context),
            title is not null && command.Outcome == CaseOutcome.Remove ? Publishing.PublishBy(draft, policy, context) : null));
        if (title is null)
            return;
        switch (command.Outcome)
        {
            case CaseOutcome.Remove:
                Remove(draft, others, title, found, command, policy, context);
                break;
            case CaseOutcome.Rectify:
                draft.Append(new GrainEvent.RectificationOrdered(
                    context.Today, $"rectification-{draft.Subject.Rectifications.Count + 1}", title.Ref, found.Id,
                    Serving.RectifyBy(policy, context)));
                break;
            default:
                // That it was not rectified in time does not hold, so the order to rectify is over.
                if (found.Rectification is { } rectification)
                    draft.Append(new GrainEvent.RectificationCompleted(context.Today, rectification, command.Reason));
                break;
        }
    }

    public static Decision Complete(Draft draft, GrainCommand.CompleteRectification command, DecisionContext context)
    {
        if (draft.Subject.Rectifications.FirstOrDefault(candidate => string.Equals(candidate.Id, command.Rectification, StringComparison.Ordinal)) is not { } found)
            return new Rejection.RectificationNotFound(command.Rectification);
        // What was done in time and is recorded late was done in time, as long as nothing is decided.
        var overdueCase = draft.Subject.Cases.FirstOrDefault(opened => string.Equals(opened.Rectification, found.Id, StringComparison.Ordinal));
        if (found.Status != RectificationStatus.Ordered && !(overdueCase is not null && overdueCase.IsOpen() && command.On <= found.DueBy))
            return new Rejection.RectificationClosed(found.Id, found.Status);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var orderedOn = Hearing.Find(draft, found.Case)!.Decision!.On;
        if (command.On < orderedOn)
            return new Rejection.DateTooEarly("on", command.On, orderedOn, "the day on which the rectification was ordered");
        draft.Append(new GrainEvent.RectificationCompleted(command.On, found.Id, command.Evidence));
        if (overdueCase is not null)
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, overdueCase.Id, "rectified-in-time"));
        return Decision.Accepted;
    }

    public static Decision Reinstate(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Reinstate command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        if (title.Removal is not { } removal)
            return new Rejection.TitleNotRemoved(title.Status);
        if (!string.Equals(removal.Case, command.Case, StringComparison.Ordinal))
            return new Rejection.CaseDidNotRemove(command.Case, removal.Case);

        // A quashed decision never was: it takes effect on the day of the removal.
        draft.Append(new GrainEvent.TitleReinstated(
            removal.On, title.Ref, removal.Case, command.Reason, command.Number, removal.StatusBefore, removal.ExemptionBefore,
            Publishing.WithdrawBy(Hearing.Find(draft, removal.Case)?.Publication, context.Rules[title.Ref.Policy], context)));
        if (removal is { Ban: not null, Banned: { } banned })
        {
            var enterprise = Enterprises.Follow(draft, others, banned);
            Deadlines.Apply(enterprise, context.Now, context.Rules);
            // A merge numbers bans anew; what stays is which case on which entity a ban comes from.
            var imposed = enterprise.Subject.Bans.First(imposed =>
                string.Equals(imposed.Case, removal.Case, StringComparison.Ordinal)
                && (imposed.Cause == draft.Id || (draft.Subject.Absorbed?.Contains(imposed.Cause) ?? false)));
            if (imposed.Status != BanStatus.Lifted)
                enterprise.Append(new GrainEvent.BanLifted(removal.On, imposed.Id, command.Reason));
            Successors.Release(draft, others, enterprise, imposed, command.Reason, context);
        }

        Transfers.Follow(draft, title.Ref, context);
        EnergyListing.Quash(draft, others, removal.Case, context);

        // What the exemption given back has outlived since then is over at once.
        Deadlines.Apply(draft, context.Now, context.Rules);
        return Duties.Schedule(draft, context);
    }

    private static void Remove(
        Draft draft, Dictionary<GrainId, Draft> others, Title title, Case found, GrainCommand.DecideCase command, Policy policy, DecisionContext context)
    {
        var enterprise = Enterprises.Of(draft, others);
        if (enterprise != draft)
            Deadlines.Apply(enterprise, context.Now, context.Rules);
        DateOnly? banUntil = policy.Ban is { } rules ? LastDay.OfYears(context.Today, rules.Years.Value) : null;
        var ban = banUntil is null ? null : $"ban-{enterprise.Subject.Bans.Count + 1}";
        draft.Append(new GrainEvent.TitleRemoved(context.Today, title.Ref, found.Id, found.Ground, found.Article, command.Number, banUntil, ban, ban is null ? null : enterprise.Id));
        foreach (var ended in TitleEnding.Of(draft.Subject, title.Ref, context.Today, "removal", "title-removed").ToList())
            draft.Append(ended);
        EnergyListing.Trigger(EnergyTrigger.ProductRemoved, draft, others, policy, found.Id, context);
        if (banUntil is { } until)
        {
            enterprise.Append(new GrainEvent.BanImposed(
                context.Today, ban!, policy.Id, policy.Ban!.Years.Article, draft.Id, found.Id, until, OpenedOn: found.OpenedOn));
            Successors.Bind(draft, others, enterprise, enterprise.Subject.Bans[^1], found.OpenedOn, context);
        }
    }

    private static Ground? MustRectifyFirst(Case found, Policy policy) =>
        policy.Cases.Grounds.FirstOrDefault(ground => ground.RectificationFirst && string.Equals(ground.Name, found.Ground, StringComparison.Ordinal));

    /// <summary>Whoever found it does not decide it: persons are compared, not keys.</summary>
    private static bool IsParty(GrainState.Subject subject, Case found, Actor actor)
    {
        if (string.Equals(found.OpenedBy, actor.Id, StringComparison.Ordinal) || (found.FoundBy?.Contains(actor.Id, StringComparer.Ordinal) ?? false))
            return true;
        if (subject.ReEvaluations?.FirstOrDefault(evaluated => string.Equals(evaluated.Id, found.ReEvaluation, StringComparison.Ordinal)) is { ConcludedBy: { } evaluator }
            && string.Equals(evaluator, actor.Id, StringComparison.Ordinal))
            return true;
        var result = found.Check is null ? null : subject.Checks.First(check => string.Equals(check.Id, found.Check, StringComparison.Ordinal)).Result;
        return result is not null && (CheckResults.IsBy(result, actor) || result.Inspectors.Contains(actor.Person, StringComparer.Ordinal));
    }
}
