namespace Supervision.Grains.Behaviour;

/// <summary>What becomes of titles after a merger, a split, or a relocation out of their policy's region: their issuing authority decides.</summary>
internal static class Successions
{
    private const string Lapsed = "title-lapsed";

    private const string Passed = "title-passed";

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.DecideSuccession command, DecisionContext context)
    {
        if (ChangeFiling.Find(draft.Subject, command.Change) is not { } change)
            return ChangeFiling.Missing(draft, command.Change, context);
        var source = ChangeDeciding.RulesOf(change, _ => true, context.Rules)?.AggregatedBy.Article ?? ComingDeadlines.EarlierVersion;
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (!change.Waiting(draft.Subject).Contains(title))
            return new Rejection.SuccessionNotPending(change.Id, title.Ref.Policy, source);
        if (!context.Actor.Issues(title.Authority))
            return new Rejection.NotIssuingAuthority(title.Authority, context.Rules.ArticleOf(title.Ref));
        return command.Outcome == SuccessionOutcome.Ends
            ? End(draft, change, title, command, source, context)
            : Continue(draft, others, change, title, command, source, context);
    }

    private static Decision End(Draft draft, Change change, Title title, GrainCommand.DecideSuccession command, string source, DecisionContext context)
    {
        if (RefuseOpenCase(draft, title, source) is { } open)
            return open;
        CallOff(draft, title, Lapsed, context.Today);
        draft.Append(new GrainEvent.TitleLapsed(context.Today, title.Ref, change.Id, command.Reason, command.Number, source));
        return Decision.Accepted;
    }

    private static Decision Continue(
        Draft draft, Dictionary<GrainId, Draft> others, Change change, Title title, GrainCommand.DecideSuccession command, string source, DecisionContext context)
    {
        if (change.Successors is not { } named)
            return Granting.RefuseRegion(title.Ref, draft.Subject.Region, context)!;
        var holder = Enterprises.Of(draft, others);
        var candidates = named.Select(id => Enterprises.Follow(draft, others, id)).ToList();
        // In a split the enterprise itself may live on.
        if (change.Kind == ChangeKind.Split)
            candidates.Add(holder);
        var successor = command.Successor is { } wanted ? candidates.Find(candidate => candidate.Id == wanted)
            : candidates.Distinct().Count() == 1 ? candidates[0]
            : null;
        if (successor is null)
            return new Rejection.SuccessorNotOfChange(change.Id, string.Join(", ", candidates.Select(candidate => candidate.Id).Distinct()), source);
        if (holder != draft && change.Decided?.FirstOrDefault(decided => decided.Outcome == SuccessionOutcome.Continues) is { Successor: { } taken } && taken != successor.Id)
            return new Rejection.SuccessorDecided(change.Id, taken, source);
        if (successor == holder)
        {
            Succeed();
            return Decision.Accepted;
        }

        if (RefuseBan(holder, successor, context) is { } banned)
            return banned;
        if (holder == draft)
            return Pass(draft, successor, change, title, command, source, context);
        Succeed();
        return Decision.Accepted;

        void Succeed() => draft.Append(
            new GrainEvent.TitleSucceeded(context.Today, title.Ref, change.Id, holder.Id, successor.Id, command.Reason, command.Number, source));
    }

    /// <summary>A title of the enterprise itself goes to the grain of its successor, with what it has earned.</summary>
    private static Decision Pass(Draft draft, Draft successor, Change change, Title title, GrainCommand.DecideSuccession command, string source, DecisionContext context)
    {
        if (RefuseOpenCase(draft, title, source) is { } open)
            return open;
        if (successor.Subject.Titles.Any(held => held.InForce && held.Is(title.Ref)))
            return new Rejection.TitleAlreadyHeld(title.Ref);
        Deadlines.Apply(successor, context.Now, context.Rules);
        var passed = title with
        {
            Counted = [.. title.Counted.Select(Elsewhere)],
            Exemption = title.Exemption is { } exemption ? exemption with { EarnedBy = [.. exemption.EarnedBy.Select(Elsewhere)] } : null,
            Ended = null,
            ReEvaluation = null,
            Status = TitleStatus.Listed,
            Since = context.Today,
        };
        CallOff(draft, title with { Exemption = null }, Passed, context.Today);
        draft.Append(new GrainEvent.TitleSucceeded(context.Today, title.Ref, change.Id, draft.Id, successor.Id, command.Reason, command.Number, source));
        successor.Append(new GrainEvent.TitleReceived(context.Today, passed, draft.Id, change.Id));
        Duties.Schedule(successor, context);
        if (ReEvaluating.TriggeredBy(successor, successor.Subject.Of(title.Ref), change.Kind, always: null, context.Today, others: 0, context.Rules) is { } triggered)
            successor.Append(triggered);
        return Decision.Accepted;

        // Checks stay where they were made; their numbers say nothing on another grain.
        CountedCheck Elsewhere(CountedCheck counted) => counted with { Check = $"{draft.Id}/{counted.Check}" };
    }

    /// <summary>As with any other enterprise behind an entity: nothing is taken out of reach of a ban.</summary>
    private static Rejection.EnterpriseBanned? RefuseBan(Draft holder, Draft successor, DecisionContext context) =>
        Enterprises.BanOn(holder, context.Today) is { } ban && !(Enterprises.BanOn(successor, context.Today) is { } follows && follows.Until >= ban.Until)
            ? new Rejection.EnterpriseBanned(ban.Article, holder.Id, ban.Until)
            : null;

    private static Rejection.SuccessionBlocked? RefuseOpenCase(Draft draft, Title title, string source) =>
        draft.Subject.Cases.FirstOrDefault(found => found.IsOpen() && found.Title == title.Ref) is { } open ? new Rejection.SuccessionBlocked(open.Id, source)
        : draft.Subject.Rectifications.FirstOrDefault(ordered => ordered.Status == RectificationStatus.Ordered && ordered.Title == title.Ref) is { } ordered
            ? new Rejection.SuccessionBlocked(ordered.Id, source)
            : null;

    /// <summary>What is under way about a title comes to nothing with it.</summary>
    private static void CallOff(Draft draft, Title title, string reason, DateOnly today)
    {
        if (title.Exemption is not null)
            draft.Append(new GrainEvent.ExemptionEnded(today, title.Ref, reason));
        foreach (var check in draft.Subject.Checks.Where(check => check.Title == title.Ref && check.IsOpen()).ToList())
            draft.Append(new GrainEvent.CheckCancelled(today, check.Id, reason));
        foreach (var open in draft.Subject.ReEvaluations?.Where(open => open.Title == title.Ref && open.IsOpen()).ToList() ?? [])
            draft.Append(new GrainEvent.ReEvaluationCancelled(today, open.Id, reason));
    }
}
