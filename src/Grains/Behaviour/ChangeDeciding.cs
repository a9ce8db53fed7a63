using Supervision.Grains.Kinds;
using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Filed changes: the city verifies, the province decides, and what follows comes in the same append.</summary>
internal static class ChangeDeciding
{
    private const string ChangeRefused = "change-refused";

    public static Decision Verify(Draft draft, GrainCommand.VerifyChange command, DecisionContext context)
    {
        if (ChangeFiling.Find(draft.Subject, command.Change) is not { } change)
            return ChangeFiling.Missing(draft, command.Change, context);
        if (change.VerifiedAt is not { } level)
            return new Rejection.ChangeNotFiled(change.Id, change.Concerns[0].Article);
        var source = RulesOf(change, rules => rules.VerifiedBy.Value == level, context.Rules)?.VerifiedBy.Article ?? ComingDeadlines.EarlierVersion;
        if (!Acts(context.Actor, level, draft.Subject.Region))
            return new Rejection.NotVerifyingAuthority(AuthorityOf(level, draft.Subject.Region), source);
        if (change.Status != ChangeStatus.Filed)
            return new Rejection.ChangeAlreadyVerified(change.Id, change.Status, source);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < change.FiledOn)
            return new Rejection.DateTooEarly("on", command.On, change.FiledOn.Value, "the day on which it was filed");
        var triggered = command.Confirmed ? Triggered(draft, change, command.On, context) : [];
        draft.Append(new GrainEvent.ChangeVerified(
            command.On, change.Id, command.Confirmed, command.Note, source, triggered.Count == 0 ? null : [.. triggered.Select(begun => begun.ReEvaluation)]));
        foreach (var begun in triggered)
            draft.Append(begun);
        return Decision.Accepted;
    }

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.DecideChange command, DecisionContext context)
    {
        if (ChangeFiling.Find(draft.Subject, command.Change) is not { } change)
            return ChangeFiling.Missing(draft, command.Change, context);
        if (change.DecidedAt is not { } level)
            return new Rejection.ChangeNotFiled(change.Id, change.Concerns[0].Article);
        var rules = RulesOf(change, rules => rules.AggregatedBy.Value == level, context.Rules);
        var source = rules?.AggregatedBy.Article ?? ComingDeadlines.EarlierVersion;
        if (change.Status is ChangeStatus.Accepted or ChangeStatus.Refused)
            return new Rejection.ChangeAlreadyDecided(change.Id, change.Status, source);
        if (!Acts(context.Actor, level, draft.Subject.Region))
            return new Rejection.NotDecidingAuthority(AuthorityOf(level, draft.Subject.Region), source);
        if (change.Status == ChangeStatus.Filed)
            return new Rejection.ChangeNotVerified(change.Id, rules?.VerifiedBy.Article ?? ComingDeadlines.EarlierVersion);
        if (string.Equals(change.VerifiedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A change is decided by another person than verified it.");
        if (command.Outcome == ChangeOutcome.Refused)
        {
            Refuse(draft, change, command, source, context);
            return Decision.Accepted;
        }

        if (change.Confirmed == false)
            return new Rejection.ChangeNotConfirmed(change.Id, source);
        var rename = change.Name is { } name ? new GrainCommand.Rename(name, change.CompletedOn) : null;
        if (rename is not null && Naming.Refuse(draft, rename, context) is { } wrongName)
            return wrongName;
        var pending = Pending(draft, change, context.Rules);
        draft.Append(new GrainEvent.ChangeAccepted(context.Today, change.Id, command.Reason, command.Number, source, pending.Count == 0 ? null : pending));
        if (rename is not null)
            Rename(draft, others, rename, context);
        if (change.Region is { } region && !string.Equals(region, draft.Subject.Region, StringComparison.Ordinal))
            draft.Append(new GrainEvent.EntityRelocated(context.Today, change.Id, draft.Subject.Region, region, Moved(draft.Subject, region, pending)));
        if (change.Successors is { } successors)
            Tell(draft, others, change, successors, context);
        return Decision.Accepted;
    }

    /// <summary>The articles of the policy that a decision rests on.</summary>
    public static ChangeRules? RulesOf(Change change, Func<ChangeRules, bool> which, RuleBook rules) =>
        change.Concerns.Select(concern => rules[concern.Policy].Changes).OfType<ChangeRules>().OrderBy(own => !which(own)).FirstOrDefault();

    /// <summary>The name of the authority of a level for a region: the province where there is no city.</summary>
    public static string AuthorityOf(Level level, string? region) =>
        region is null || level == Level.National ? "national"
        : Authority.IssuingFor(level == Level.Municipal && Region.MunicipalOf(region) is null ? Level.Provincial : level, region);

    private static bool Acts(Actor actor, Level level, string? region) =>
        actor.Issues(AuthorityOf(level, region))
        // A county that its province administers directly acts beside the city below whose code it lies.
        || (level == Level.Municipal && actor.Authority.Level == Level.Municipal && actor.Covers(region));

    private static List<GrainEvent.ReEvaluationTriggered> Triggered(Draft draft, Change change, DateOnly on, DecisionContext context)
    {
        var begun = new List<GrainEvent.ReEvaluationTriggered>();
        foreach (var title in draft.Subject.Titles.Where(title => title.Supervised && title.GrantedOn <= on))
        {
            var late = change.Concerns.FirstOrDefault(concern => concern.Late == LateChange.ReEvaluation && string.Equals(concern.Policy, title.Ref.Policy, StringComparison.Ordinal));
            if (ReEvaluating.TriggeredBy(draft, title, change.Kind, late?.LateArticle, on, begun.Count, context.Rules) is { } triggered)
                begun.Add(triggered);
        }

        return begun;
    }

    private static void Refuse(Draft draft, Change change, GrainCommand.DecideChange command, string source, DecisionContext context)
    {
        draft.Append(new GrainEvent.ChangeRefused(context.Today, change.Id, command.Reason, command.Number, source));
        foreach (var open in draft.Subject.ReEvaluations?.Where(open => open.IsOpen() && (change.ReEvaluations?.Contains(open.Id) ?? false)).ToList() ?? [])
        {
            draft.Append(new GrainEvent.ReEvaluationCancelled(context.Today, open.Id, ChangeRefused));
            foreach (var missed in draft.Subject.Cases.Where(found => found.IsOpen() && string.Equals(found.ReEvaluation, open.Id, StringComparison.Ordinal)).ToList())
                draft.Append(new GrainEvent.CaseWithdrawn(context.Today, missed.Id, ChangeRefused));
        }

        Duties.Schedule(draft, context);
    }

    /// <summary>After a merger or split every title in force, after a relocation those whose policy does not reach the new region.</summary>
    private static List<TitleRef> Pending(Draft draft, Change change, RuleBook rules) => change.Kind switch
    {
        ChangeKind.Merger or ChangeKind.Split => [.. draft.Subject.Titles.Where(title => title.Supervised).Select(title => title.Ref)],
        ChangeKind.Relocation =>
        [
            .. draft.Subject.Titles.Where(title => title.Supervised && rules[title.Ref.Policy].Region is { } scope && !Region.Covers(scope.Value, change.Region!))
                .Select(title => title.Ref),
        ],
        _ => [],
    };

    private static List<MovedTitle>? Moved(GrainState.Subject subject, string region, List<TitleRef> pending)
    {
        List<MovedTitle> moved =
        [
            .. from title in subject.Titles
               // Whoever granted what cannot go along decides about it.
               where title.Supervised && !pending.Contains(title.Ref)
               let authority = Authority.IssuingFor(title.Ref.Level, region)
               where !string.Equals(authority, title.Authority, StringComparison.Ordinal)
               select new MovedTitle(title.Ref, authority),
        ];
        return moved.Count == 0 ? null : moved;
    }

    /// <summary>An entity that bears the name of its enterprise is renamed with it.</summary>
    private static void Rename(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.Rename rename, DecisionContext context)
    {
        var before = draft.Subject.Name;
        Naming.Rename(draft, rename, context);
        var enterprise = Enterprises.Of(draft, others);
        if (enterprise == draft || !EntityKind.Of(draft.Id.Kind).NamedAfterEnterprise || enterprise.State is not GrainState.Subject behind
            || !string.Equals(EntityName.Normalise(behind.Name), EntityName.Normalise(before), StringComparison.Ordinal))
        {
            return;
        }

        Deadlines.Apply(enterprise, context.Now, context.Rules);
        if (Naming.Refuse(enterprise, rename, context) is null)
            Naming.Rename(enterprise, rename, context);
    }

    private static void Tell(Draft draft, Dictionary<GrainId, Draft> others, Change change, IReadOnlyList<GrainId> named, DecisionContext context)
    {
        var from = Enterprises.Of(draft, others);
        var successors = named.Select(id => Enterprises.Follow(draft, others, id)).Distinct().ToList();
        var told = new GrainEvent.SuccessorNamed(context.Today, change.Kind, draft.Id, change.Id, from.Id, [.. successors.Select(successor => successor.Id)]);
        foreach (var enterprise in successors.Prepend(from).Distinct())
        {
            if (enterprise != draft)
                Deadlines.Apply(enterprise, context.Now, context.Rules);
            enterprise.Append(told);
        }

        Successors.Propose(from, successors, change, draft.Id, context);
    }
}
