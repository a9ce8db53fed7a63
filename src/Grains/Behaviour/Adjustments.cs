namespace Supervision.Grains.Behaviour;

/// <summary>
/// A title that was lost at one level has to be considered at the others: their authorities get a proposal each, in the append of the loss, and decide about it. An
/// undecided proposal comes to nothing when the title is held again, or the other one is lost, too.
/// </summary>
internal static class Adjustments
{
    private const string HeldAgain = "title-held-again";

    private const string LostAsWell = "title-lost";

    /// <summary>Proposes what follows from losses, and takes back what is left without a cause.</summary>
    /// <param name="draft">The entity.</param>
    /// <param name="before">Its titles as they were.</param>
    /// <param name="today">The civil date.</param>
    public static void Follow(Draft draft, IReadOnlyList<Title> before, DateOnly today)
    {
        foreach (var undecided in draft.Subject.Adjustments?.Where(proposed => proposed.Status == AdjustmentStatus.Proposed).ToList() ?? [])
        {
            if (Find(draft.Subject, undecided.Lost) is { Held: true } again)
                draft.AppendDue(new GrainEvent.AdjustmentWithdrawn(again.Since <= undecided.LostOn ? undecided.LostOn : today, undecided.Id, HeldAgain));
            else if (Find(draft.Subject, undecided.Title) is not { Held: true })
                draft.AppendDue(new GrainEvent.AdjustmentWithdrawn(today, undecided.Id, LostAsWell));
        }

        foreach (var lost in draft.Subject.Titles.Where(title => IsLost(title, before)).ToList())
        {
            foreach (var other in draft.Subject.Titles.Where(title => IsConcerned(draft.Subject, title, lost)).ToList())
            {
                draft.AppendDue(new GrainEvent.AdjustmentProposed(
                    lost.Since, $"adjustment-{(draft.Subject.Adjustments?.Count ?? 0) + 1}", other.Ref, lost.Ref, lost.Status, lost.Removal?.Ground, lost.Removal?.Case));
            }
        }
    }

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.DecideAdjustment command, DecisionContext context)
    {
        if (draft.Subject.Adjustments?.FirstOrDefault(proposed => string.Equals(proposed.Id, command.Adjustment, StringComparison.Ordinal)) is not { } found)
            return new Rejection.AdjustmentNotFound(command.Adjustment);
        var title = draft.Subject.Of(found.Title);
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        if (found.Status != AdjustmentStatus.Proposed)
            return new Rejection.AdjustmentClosed(found.Id, found.Status);
        if (command.Outcome == AdjustmentOutcome.Dismiss)
        {
            draft.Append(new GrainEvent.AdjustmentDismissed(context.Today, found.Id, command.Reason));
            return Decision.Accepted;
        }

        var policy = context.Rules[title.Ref.Policy];
        if ((command.Ground ?? policy.Cases.Grounds.FirstOrDefault(own => string.Equals(own.Name, found.Ground, StringComparison.Ordinal))?.Name) is not { } ground)
            return new Rejection.GroundNeeded(policy.Id);
        var opening = Hearing.Open(
            draft, others,
            new GrainCommand.OpenCase(new TitleChoice(title.Ref.Policy, title.Ref.Honour, title.Ref.Level), ground, Article: null, command.Reason, command.Urgent), context);
        if (opening.Rejection is not null)
            return opening;
        draft.Append(new GrainEvent.AdjustmentAccepted(context.Today, found.Id, draft.Subject.Cases[^1].Id));
        return opening;
    }

    private static bool IsLost(Title title, IReadOnlyList<Title> before) =>
        title is { Held: false, DerivedFrom: null } && before.Any(was => was.Held && title.Is(was.Ref));

    /// <summary>Whether another title has to be looked at: held at another level, and its authority does not look at it already.</summary>
    private static bool IsConcerned(GrainState.Subject subject, Title other, Title lost)
    {
        if (!other.Held || other.DerivedFrom is not null || other.Ref.Level == lost.Ref.Level || !string.Equals(other.Ref.Honour, lost.Ref.Honour, StringComparison.Ordinal))
            return false;
        if (subject.Adjustments?.Any(known => known.Title == other.Ref && known.Lost == lost.Ref && known.LostOn == lost.Since) ?? false)
            return false;
        // After a merger or split each title has a decision of its own.
        if (subject.Changes?.Any(change => change.Waiting(subject).Contains(other) || (change.Decided?.Any(decided => other.Is(decided.Title)) ?? false)) ?? false)
            return false;
        var removedBy = lost.Removal is { } removal ? subject.Cases.FirstOrDefault(found => string.Equals(found.Id, removal.Case, StringComparison.Ordinal)) : null;
        return removedBy is null || !subject.Cases.Any(found => found.Title == other.Ref
            && ((found.IsOpen() && string.Equals(found.Ground, removedBy.Ground, StringComparison.Ordinal)) || (found.Fact is not null && found.Fact == removedBy.Fact)));
    }

    private static Title? Find(GrainState.Subject subject, TitleRef title) => subject.Titles.FirstOrDefault(held => held.Ref == title);
}
