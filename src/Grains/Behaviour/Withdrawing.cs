namespace Supervision.Grains.Behaviour;

/// <summary>The holder gives a title up (放弃), by letter.</summary>
internal static class Withdrawing
{
    private const string Reason = "title-withdrawn";

    public static Decision Withdraw(Draft draft, GrainCommand.WithdrawTitle command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (context.Rules[title.Ref.Policy].Withdrawal is not { } rules)
            return new Rejection.WithdrawalNotProvided(title.Ref.Policy);
        var isHolder = context.Actor.Role == Role.Enterprise;
        if (!isHolder && !context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        if (!title.Held)
            return Titles.NotInForce(title, context.Rules);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        // What a holder files itself comes in when it is filed.
        var (earliest, since) = isHolder ? (context.Today, "the day on which it is filed") : (title.GrantedOn, "the day on which the title was granted");
        if (command.On < earliest)
            return new Rejection.DateTooEarly("on", command.On, earliest, since);
        if (rules.ByLetter.Value && command is { Letter: null, Documents: not { Count: > 0 } })
            return new Rejection.LetterNeeded(rules.ByLetter.Article);

        var cases = draft.Subject.Cases.Where(found => found.Title == title.Ref && found.IsOpen()).ToList();
        var rectifications = draft.Subject.Rectifications.Where(found => found.Title == title.Ref && found.Status == RectificationStatus.Ordered).ToList();
        var isPending = rules.BansDuringCase.Value && cases.Count + rectifications.Count > 0;
        draft.Append(new GrainEvent.TitleWithdrawn(command.On, title.Ref, command.Letter, rules.ByLetter.Article, isPending));
        foreach (var ended in TitleEnding.Of(draft.Subject, title.Ref, context.Today, "withdrawal", Reason).ToList())
            draft.Append(ended);
        if (isPending)
            return Decision.Accepted;
        foreach (var open in cases)
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, open.Id, Reason));
        foreach (var ordered in rectifications)
            draft.Append(new GrainEvent.RectificationCancelled(context.Today, ordered.Id, Reason));
        return Decision.Accepted;
    }
}
