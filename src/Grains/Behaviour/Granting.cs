namespace Supervision.Grains.Behaviour;

/// <summary>Granting titles and setting grants right.</summary>
internal static class Granting
{
    public static Decision Grant(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.GrantTitle command, DecisionContext context)
    {
        var title = Resolve(draft.Id.Kind, command, context);
        if (title.Rejection is { } unknown)
            return unknown;
        var enterprise = draft.Subject.Enterprise is { } id ? others[id] : draft;
        if (Refuse(title.Ref!, draft.Subject, draft.Subject.Region, enterprise, command, context, listed: false) is { } rejection)
            return rejection;
        Enter(draft, title.Ref!, command, context);
        return Decision.Accepted;
    }

    /// <summary>The title that a grant means.</summary>
    public static (TitleRef? Ref, Rejection? Rejection) Resolve(GrainKind kind, GrainCommand.GrantTitle command, DecisionContext context)
    {
        if (!context.Rules.TryFind(command.Policy, out var policy))
            return (null, new Rejection.UnknownPolicy(command.Policy));
        if (command.GrantedOn > context.Today)
            return (null, new Rejection.DateInFuture("grantedOn", command.GrantedOn, context.Today));
        var honour = policy.Honours.FirstOrDefault(honour =>
            string.Equals(honour.Kind, kind.Name, StringComparison.Ordinal)
            && (command.Honour is null || string.Equals(honour.Name, command.Honour, StringComparison.Ordinal)));
        if (honour is null)
            return (null, new Rejection.HonourNotGranted(policy.Id, command.Honour, kind));
        return honour.Levels.Contains(command.Level)
            ? (new TitleRef(policy.Id, honour.Name, command.Level), null)
            : (null, new Rejection.LevelNotGranted(policy.Id, honour.Name, command.Level, honour.Article));
    }

    /// <summary>Why a title is not granted, if it is not.</summary>
    /// <param name="title">The title.</param>
    /// <param name="subject">The entity, if it is registered.</param>
    /// <param name="region">The region that decides which authority issues.</param>
    /// <param name="enterprise">The enterprise that may be banned.</param>
    /// <param name="command">The grant.</param>
    /// <param name="context">The context.</param>
    /// <param name="listed">
    /// Whether the grant was published in a list: then its date alone decides whether it fell into a ban; a decision
    /// taken now must also not fall into one that is in force now.
    /// </param>
    public static Rejection? Refuse(
        TitleRef title, GrainState.Subject? subject, string? region, Draft? enterprise, GrainCommand.GrantTitle command, DecisionContext context, bool listed)
    {
        var authority = Authority.IssuingFor(title.Level, subject is null ? region : subject.Region);
        if (!context.Actor.Issues(authority))
            return new Rejection.NotIssuingAuthority(authority);
        if (subject?.Titles.FirstOrDefault(held => held.Ref == title) is { InForce: true })
            return new Rejection.TitleAlreadyHeld(title);
        if (enterprise?.State is GrainState.Subject { Bans: var bans })
        {
            var ban = bans.FirstOrDefault(ban => ban.Status != BanStatus.Lifted
                && (Within(command.GrantedOn, ban) || (!listed && Within(context.Today, ban))));
            if (ban is not null)
                return new Rejection.Banned(ban.Article, enterprise.Id, ban.Until);
        }

        // What was lost can only be granted anew by a later list.
        if (subject?.Titles.FirstOrDefault(held => held.Ref == title)?.Removal is { } removal && command.GrantedOn <= removal.On)
            return new Rejection.DateTooEarly("grantedOn", command.GrantedOn, removal.On.AddDays(1), "the day after the title was removed");
        return RefuseDate(title, command.GrantedOn, context);
    }

    public static void Enter(Draft draft, TitleRef title, GrainCommand.GrantTitle command, DecisionContext context)
    {
        // What is still pending on a title that was lost has no bearing on the one granted anew.
        foreach (var pending in draft.Subject.Cases.Where(found => found.Title == title && found.IsOpen()).ToList())
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, pending.Id, "title-granted-anew"));
        foreach (var pending in draft.Subject.Rectifications.Where(found => found.Title == title && found.Status == RectificationStatus.Ordered).ToList())
            draft.Append(new GrainEvent.RectificationCancelled(context.Today, pending.Id, "title-granted-anew"));
        draft.Append(new GrainEvent.TitleGranted(
            command.GrantedOn, title, Authority.IssuingFor(title.Level, draft.Subject.Region),
            command.Certificate, command.GrantedOn, command.Evaluator, command.Batch, SupervisedFrom: context.Today));
    }

    public static Decision Correct(Draft draft, GrainCommand.CorrectGrant command, DecisionContext context)
    {
        if (draft.Subject.Titles.FirstOrDefault(title => title.GrantVersion == command.Version) is not { } title)
            return new Rejection.NothingToCorrect(command.Version, "grant");
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority);
        if (string.Equals(title.GrantedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A grant is corrected by another person than recorded it.");
        var (grantedOn, certificate, evaluator) =
            (command.GrantedOn ?? title.GrantedOn, command.Certificate ?? title.Certificate, command.Evaluator ?? title.Evaluator);
        if (grantedOn > context.Today)
            return new Rejection.DateInFuture("grant.grantedOn", grantedOn, context.Today);
        if (RefuseDate(title.Ref, grantedOn, context) is { } rejection)
            return rejection;
        if ((grantedOn, certificate, evaluator) == (title.GrantedOn, title.Certificate, title.Evaluator))
            return new Rejection.CorrectionChangesNothing();
        draft.Append(new GrainEvent.TitleCorrected(context.Today, title.Ref, grantedOn, certificate, evaluator, command.Version, command.Reason));
        return Decision.Accepted;
    }

    private static Rejection.OutsidePolicyDates? RefuseDate(TitleRef title, DateOnly grantedOn, DecisionContext context)
    {
        var policy = context.Rules[title.Policy];
        var honour = policy.Honours.First(honour => string.Equals(honour.Name, title.Honour, StringComparison.Ordinal));
        var until = honour.GrantedUntil ?? policy.EffectiveTo;
        return grantedOn < policy.EffectiveFrom.Value || grantedOn > until?.Value
            ? new Rejection.OutsidePolicyDates(
                policy.Id, grantedOn, policy.EffectiveFrom.Value, until?.Value,
                grantedOn < policy.EffectiveFrom.Value ? policy.EffectiveFrom.Article : until!.Article)
            : null;
    }

    private static bool Within(DateOnly date, Ban ban) => date >= ban.From && date <= ban.Until;
}
