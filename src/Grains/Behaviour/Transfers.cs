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
        var honour = policy.Honours.FirstOrDefault(honour =>
            string.Equals(honour.Name, to.Honour, StringComparison.Ordinal) && string.Equals(honour.Kind, draft.Id.Kind.Name, StringComparison.Ordinal));
        if (honour is null)
            return new Rejection.HonourNotGranted(policy.Id, to.Honour, draft.Id.Kind);
        if (!honour.Levels.Contains(to.Level))
            return new Rejection.LevelNotGranted(policy.Id, to.Honour, to.Level, honour.Article);
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority);
        if (!title.InForce)
            return new Rejection.TitleNotInForce(title.Status);
        if (draft.Subject.Titles.FirstOrDefault(held => held.Ref == to) is { } held)
            return held.InForce ? new Rejection.TitleAlreadyHeld(to) : new Rejection.TitleNotInForce(held.Status);
        if (Granting.RefuseRegion(to, draft.Subject.Region, context) is { } elsewhere)
            return elsewhere;
        if (RefuseDate(title, to, command.On, context) is { } wrongDate)
            return wrongDate;
        if (policy.Rectification is null && draft.Subject.Rectifications.FirstOrDefault(ordered =>
            ordered.Title == title.Ref && ordered.Status == RectificationStatus.Ordered) is { } underWay)
        {
            return new Rejection.RectificationUnderWay(underWay.Id, policy.Id);
        }

        draft.Append(new GrainEvent.TitleTransferred(command.On, title.Ref, to));
        return Duties.Schedule(draft, context);
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
