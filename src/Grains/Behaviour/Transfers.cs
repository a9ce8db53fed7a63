using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Moving titles from the rules of one policy to those of another.</summary>
internal static class Transfers
{
    public static Decision Transfer(Draft draft, GrainCommand.TransferTitle command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (!context.Rules.TryFind(command.To, out var policy))
            return new Rejection.UnknownPolicy(command.To, "to");
        var to = title.Ref with { Policy = policy.Id };
        if (to == title.Ref)
            return new Rejection.TransferToSamePolicy(policy.Id);
        if (RefuseHonour(policy, to, draft.Id.Kind) is { } notGranted)
            return notGranted;
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        if (Refuse(draft, title, to, command.On, context) is { } refused)
            return refused;
        draft.Append(new GrainEvent.TitleTransferred(command.On, title.Ref, to));
        return Duties.Schedule(draft, context);
    }

    /// <summary>
    /// Brings a title that is entered now under the rules that took it over on a day before: whoever learns of it later
    /// finds it where it would be if it had been known then.
    /// </summary>
    public static void Follow(Draft draft, TitleRef title, DecisionContext context)
    {
        while (context.Rules.SuccessionOf(title) is { } succession && succession.On <= context.Today)
        {
            Deadlines.Apply(draft, CivilTime.StartOf(succession.On), context.Rules);
            if (Refuse(draft, draft.Subject.Of(title), succession.To, succession.On, context) is not null)
                return;
            draft.AppendDue(new GrainEvent.TitleTransferred(succession.On, title, succession.To));
            title = succession.To;
        }
    }

    /// <summary>Why a title cannot come under another policy on a date.</summary>
    private static Rejection? Refuse(Draft draft, Title title, TitleRef to, DateOnly on, DecisionContext context)
    {
        var policy = context.Rules[to.Policy];
        if (!title.InForce)
            return Titles.NotInForce(title, context.Rules);
        if (draft.Subject.Titles.FirstOrDefault(held => held.Ref == to) is { } held)
            return held.Held ? new Rejection.TitleAlreadyHeld(to) : Titles.NotInForce(held, context.Rules);
        if (Granting.RefuseRegion(to, draft.Subject.Region, context) is { } elsewhere)
            return elsewhere;
        if (RefuseDate(title, to, on, context) is { } wrongDate)
            return wrongDate;
        return policy.Rectification is null && draft.Subject.Rectifications.FirstOrDefault(ordered =>
            ordered.Title == title.Ref && ordered.Status == RectificationStatus.Ordered) is { } underWay
                ? new Rejection.RectificationUnderWay(underWay.Id, policy.Id)
                : null;
    }

    private static Rejection? RefuseHonour(Policy policy, TitleRef to, GrainKind kind)
    {
        var honour = policy.Honours.FirstOrDefault(honour =>
            string.Equals(honour.Name, to.Honour, StringComparison.Ordinal) && string.Equals(honour.Kind, kind.Name, StringComparison.Ordinal));
        if (honour is null)
            return new Rejection.HonourNotGranted(policy.Id, to.Honour, kind, policy.Document);
        return honour.Levels.Contains(to.Level) ? null : new Rejection.LevelNotGranted(policy.Id, to.Honour, to.Level, honour.Article);
    }

    private static Rejection? RefuseDate(Title title, TitleRef to, DateOnly on, DecisionContext context)
    {
        if (on > context.Today)
            return new Rejection.DateInFuture("on", on, context.Today);
        if (on < title.GrantedOn)
            return new Rejection.DateTooEarly("on", on, title.GrantedOn, "the day on which the title was granted");
        if (title.Formerly is [.., { Until: var last }] && on < last)
            return new Rejection.DateTooEarly("on", on, last, "the day of the transfer before");
        return Granting.RefuseDate(to, "on", on, context);
    }
}
