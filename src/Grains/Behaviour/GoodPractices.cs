namespace Supervision.Grains.Behaviour;

/// <summary>Good practice: filed, approved, published at the policy's interval.</summary>
internal static class GoodPractices
{
    public static Decision File(Draft draft, GrainCommand.FileGoodPractice command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (context.Rules[title.Ref.Policy].GoodPractice is null)
            return new Rejection.GoodPracticeNotProvided(title.Ref.Policy);
        if (!title.InForce)
            return Titles.NotInForce(title, context.Rules);
        var id = $"good-practice-{(draft.Subject.GoodPractices?.Count ?? 0) + 1}";
        draft.Append(new GrainEvent.GoodPracticeFiled(context.Today, id, title.Ref, command.Text));
        return Decision.Creating($"good-practices/{id}");
    }

    public static Decision Approve(Draft draft, GrainCommand.ApproveGoodPractice command, DecisionContext context)
    {
        var (found, refused) = Find(draft, command.GoodPractice, context);
        if (refused is not null)
            return refused;
        if (string.Equals(found!.FiledBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("Good practice is approved by another person than filed it.");
        if (draft.Subject.Of(found.Title) is { InForce: false } lost)
            return Titles.NotInForce(lost, context.Rules);
        var policy = context.Rules[found.Title.Policy];
        if (policy.GoodPractice is not { } rules)
            return new Rejection.GoodPracticeNotProvided(policy.Id);
        draft.Append(new GrainEvent.GoodPracticeApproved(context.Today, found.Id, NextPublication(policy.EffectiveFrom.Value, rules.EveryMonths.Value, context.Today)));
        return Decision.Accepted;
    }

    public static Decision Decline(Draft draft, GrainCommand.DeclineGoodPractice command, DecisionContext context)
    {
        var (found, refused) = Find(draft, command.GoodPractice, context);
        if (refused is not null)
            return refused;
        draft.Append(new GrainEvent.GoodPracticeDeclined(context.Today, found!.Id, command.Reason));
        return Decision.Accepted;
    }

    /// <summary>The next day of publication after a day; they come round from the first day of the policy.</summary>
    private static DateOnly NextPublication(DateOnly first, int months, DateOnly after)
    {
        var passed = (((after.Year - first.Year) * 12) + after.Month - first.Month) / months;
        // The month may be begun and the day not reached.
        var next = first.AddMonths(Math.Max(0, passed) * months);
        return next > after ? next : first.AddMonths((Math.Max(0, passed) + 1) * months);
    }

    /// <summary>What is published in the name of an authority is its decision.</summary>
    private static (GoodPractice? Found, Rejection? Rejection) Find(Draft draft, string id, DecisionContext context)
    {
        if (draft.Subject.GoodPractices?.FirstOrDefault(candidate => string.Equals(candidate.Id, id, StringComparison.Ordinal)) is not { } found)
            return (null, new Rejection.GoodPracticeNotFound(id));
        if (draft.Subject.Of(found.Title).Authority is var authority && !context.Actor.Issues(authority))
            return (null, new Rejection.NotIssuingAuthority(authority, context.Rules.ArticleOf(found.Title)));
        return found.Status == GoodPracticeStatus.Filed ? (found, null) : (null, new Rejection.GoodPracticeClosed(found.Id, found.Status));
    }
}
