namespace Supervision.Grains.Behaviour;

/// <summary>Granting titles and setting grants right.</summary>
internal static class Granting
{
    public static Decision Grant(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.GrantTitle command, DecisionContext context)
    {
        var title = Resolve(draft.Id.Kind, command, context);
        if (title.Rejection is { } unknown)
            return unknown;
        var enterprise = Enterprises.Of(draft, others);
        if (Refuse(title.Ref!, draft.Subject, draft.Subject.Region, enterprise, command, context, listed: false) is { } rejection)
            return rejection;
        Enter(draft, others, title.Ref!, command, context);
        return Decision.Accepted;
    }

    /// <summary>The title that a grant means.</summary>
    public static (TitleRef? Ref, Rejection? Rejection) Resolve(GrainKind kind, GrainCommand.GrantTitle command, DecisionContext context)
    {
        if (!context.Rules.TryFind(command.Policy, out var policy))
            return (null, new Rejection.UnknownPolicy(command.Policy));
        if (command.GrantedOn > context.Today)
            return (null, new Rejection.DateInFuture("grantedOn", command.GrantedOn, context.Today));
        var honours = policy.Honours.Where(honour =>
            string.Equals(honour.Kind, kind.Name, StringComparison.Ordinal)
            && (command.Honour is null || string.Equals(honour.Name, command.Honour, StringComparison.Ordinal))).ToList();
        if (honours.Count == 0)
            return (null, new Rejection.HonourNotGranted(policy.Id, command.Honour, kind, policy.Document));
        if (honours.Count > 1)
            return (null, new Rejection.HonourAmbiguous(policy.Id, kind));
        var honour = honours[0];
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
            return new Rejection.NotIssuingAuthority(authority, context.Rules.ArticleOf(title));
        if (RefuseRegion(title, subject is null ? region : subject.Region, context) is { } elsewhere)
            return elsewhere;
        var before = subject?.Titles.Where(held => held.Is(title)).ToList() ?? [];
        if (before.Any(held => held.Held))
            return new Rejection.TitleAlreadyHeld(title);
        if (!listed && before.FirstOrDefault(held => held is { Status: TitleStatus.Withdrawn, Withdrawal.Pending: true }) is { } given
            && subject!.Cases.FirstOrDefault(found => found.Title == given.Ref && found.IsOpen()) is { } pending)
        {
            return new Rejection.WithdrawalPending(pending.Id, given.Withdrawal!.Article);
        }

        if ((Enterprises.BanOn(enterprise, command.GrantedOn) ?? (listed ? null : Enterprises.BanOn(enterprise, context.Today))) is { } ban)
            return new Rejection.Banned(ban.Article, enterprise!.Id, ban.Until);

        // A published list is the decision of whoever looked for vetoes; what is decided now is looked at here.
        if (!listed && enterprise?.State is GrainState.Subject behind && RefuseVeto(behind, enterprise.Id, title, command.GrantedOn, context) is { } vetoed)
            return vetoed;

        // What was lost can only be granted anew by a later list.
        if (before.Max(held => (DateOnly?)held.Since) is { } lostOn && command.GrantedOn <= lostOn)
            return new Rejection.DateTooEarly("grantedOn", command.GrantedOn, lostOn.AddDays(1), "the day after the title was lost");
        return RefuseDate(title, "grantedOn", command.GrantedOn, context);
    }

    private static Rejection.Vetoed? RefuseVeto(GrainState.Subject behind, GrainId enterprise, TitleRef title, DateOnly grantedOn, DecisionContext context)
    {
        var policy = context.Rules[title.Policy];
        foreach (var on in new[] { grantedOn, context.Today }.Distinct())
        {
            foreach (var (rule, fact) in EnterpriseFacts.Against(behind, policy, VetoMoment.Grant, on))
                return new Rejection.Vetoed(rule.Article, enterprise, rule.Kind, fact);
        }

        return null;
    }

    public static void Enter(Draft draft, Dictionary<GrainId, Draft> others, TitleRef title, GrainCommand.GrantTitle command, DecisionContext context)
    {
        // What is still pending on a title that was lost has no bearing on the one granted anew.
        foreach (var pending in draft.Subject.Cases.Where(found => found.Title == title && found.IsOpen()).ToList())
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, pending.Id, "title-granted-anew"));
        foreach (var pending in draft.Subject.Rectifications.Where(found => found.Title == title && found.Status == RectificationStatus.Ordered).ToList())
            draft.Append(new GrainEvent.RectificationCancelled(context.Today, pending.Id, "title-granted-anew"));
        draft.Append(new GrainEvent.TitleGranted(
            command.GrantedOn, title, Authority.IssuingFor(title.Level, draft.Subject.Region),
            command.Certificate, command.GrantedOn, command.Evaluator, command.Batch, SupervisedFrom: context.Today));
        Transfers.Follow(draft, title, context);
        EnergyListing.Trigger(EnergyTrigger.ProductProducer, draft, others, context.Rules[title.Policy], decided: null, context);
        Duties.Schedule(draft, context);
    }

    public static Decision Correct(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.CorrectGrant command, DecisionContext context)
    {
        if (draft.Subject.Titles.FirstOrDefault(title => title.GrantVersion == command.Version) is not { } title)
            return new Rejection.NothingToCorrect(command.Version, "grant");
        if (title.DerivedFrom is { } source)
            return new Rejection.TitleIsDerived(source.Title, source.Article);
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        if (string.Equals(title.GrantedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A grant is corrected by another person than recorded it.");
        var (grantedOn, certificate, evaluator, batch) =
            (command.GrantedOn ?? title.GrantedOn, command.Certificate ?? title.Certificate, command.Evaluator ?? title.Evaluator, command.Batch ?? title.Batch);
        if (grantedOn > context.Today)
            return new Rejection.DateInFuture("grant.grantedOn", grantedOn, context.Today);
        // A title that was transferred was granted under the policy that it was transferred from.
        if (RefuseDate(title.Formerly?[0].Ref ?? title.Ref, "grant.grantedOn", grantedOn, context) is { } rejection)
            return rejection;
        var enterprise = Enterprises.Of(draft, others);
        if (grantedOn != title.GrantedOn && Enterprises.BanOn(enterprise, grantedOn) is { } ban)
            return new Rejection.Banned(ban.Article, enterprise.Id, ban.Until);
        if ((grantedOn, certificate, evaluator, batch) == (title.GrantedOn, title.Certificate, title.Evaluator, title.Batch))
            return new Rejection.CorrectionChangesNothing();
        draft.Append(new GrainEvent.TitleCorrected(context.Today, title.Ref, grantedOn, certificate, evaluator, command.Version, command.Reason, command.Batch));
        return Duties.Schedule(draft, context);
    }

    /// <summary>Why a title is not granted, or transferred to its policy, where the entity is.</summary>
    public static Rejection.OutsidePolicyRegion? RefuseRegion(TitleRef title, string? region, DecisionContext context) =>
        context.Rules[title.Policy].Region is { } scope && (region is null || !Region.Covers(scope.Value, region))
            ? new Rejection.OutsidePolicyRegion(title.Policy, scope.Value, region, scope.Article)
            : null;

    /// <summary>Why a title is not granted, or transferred to its policy, on a date.</summary>
    public static Rejection.OutsidePolicyDates? RefuseDate(TitleRef title, string member, DateOnly on, DecisionContext context)
    {
        var policy = context.Rules[title.Policy];
        var honour = policy.Honours.First(honour => string.Equals(honour.Name, title.Honour, StringComparison.Ordinal));
        var until = honour.GrantedUntil ?? policy.EffectiveTo;
        return on < policy.EffectiveFrom.Value || on > until?.Value
            ? new Rejection.OutsidePolicyDates(
                policy.Id, member, on, policy.EffectiveFrom.Value, until?.Value,
                on < policy.EffectiveFrom.Value ? policy.EffectiveFrom.Article : until!.Article)
            : null;
    }
}
