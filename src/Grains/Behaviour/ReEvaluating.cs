using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Re-evaluation of titles: announced or triggered, reported on, evaluated.</summary>
internal static class ReEvaluating
{
    public static Decision Announce(Draft draft, GrainCommand.AnnounceReEvaluation command, DecisionContext context)
    {
        var (title, rules, refused) = Find(draft, command.Title, context);
        if (refused is not null)
            return refused;
        if (title!.ReEvaluation is not { } next)
            return new Rejection.ReEvaluationNotDue(title.Ref.Policy);
        if (RefuseDate("on", command.On, title.GrantedOn, "the day on which the title was granted", context) is { } wrongDate)
            return wrongDate;
        // An announcement ahead of its time takes nothing from the time that the holder has.
        var (fromService, fromNotice) = (context.Rules.EndOf(rules!.Report.Period, command.On), context.Rules.EndOf(rules.Report.Period, next.AnnounceBy));
        var id = NextId(draft);
        draft.Append(new GrainEvent.ReEvaluationAnnounced(
            command.On, id, title.Ref, next.DueOn, command.Method, next.Delayed || fromService > fromNotice ? fromService : fromNotice));
        return Decision.Creating($"reevaluations/{id}");
    }

    public static Decision Trigger(Draft draft, GrainCommand.TriggerReEvaluation command, DecisionContext context)
    {
        var (title, rules, refused) = Find(draft, command.Title, context);
        if (refused is not null)
            return refused;
        if (rules!.Triggers.FirstOrDefault(trigger => trigger.Change == command.Change) is not { } trigger)
            return new Rejection.ChangeTriggersNone(command.Change, title!.Ref.Policy);
        if (RefuseDate("on", command.On, title!.GrantedOn, "the day on which the title was granted", context) is { } wrongDate)
            return wrongDate;
        var id = NextId(draft);
        draft.Append(new GrainEvent.ReEvaluationTriggered(
            command.On, id, title.Ref, command.Change, trigger.Article, context.Rules.EndOf(rules.Report.Period, command.On)));
        return Decision.Creating($"reevaluations/{id}");
    }

    /// <summary>The re-evaluation that a verified change begins; null where the policy has none for it or one is under way.</summary>
    /// <param name="draft">The holder.</param>
    /// <param name="title">The title.</param>
    /// <param name="change">The change.</param>
    /// <param name="always">The article by which it begins whatever the change; null: only by the policy's triggers.</param>
    /// <param name="on">The date of the verification.</param>
    /// <param name="others">How many others begin with it.</param>
    /// <param name="rules">The rules.</param>
    public static GrainEvent.ReEvaluationTriggered? TriggeredBy(
        Draft draft, Title title, ChangeKind change, string? always, DateOnly on, int others, RuleBook rules) =>
        rules[title.Ref.Policy].ReEvaluation is { } own && UnderWay(draft, title.Ref) is null
            && (own.Triggers.FirstOrDefault(trigger => trigger.Change == change)?.Article ?? always) is { } article
            ? new GrainEvent.ReEvaluationTriggered(on, NextId(draft, others), title.Ref, change, article, rules.EndOf(own.Report.Period, on))
            : null;

    public static Decision Report(Draft draft, GrainCommand.ReportReEvaluation command, DecisionContext context)
    {
        if (draft.Subject.ReEvaluations?.FirstOrDefault(candidate => string.Equals(candidate.Id, command.ReEvaluation, StringComparison.Ordinal)) is not { } found)
            return new Rejection.ReEvaluationNotFound(command.ReEvaluation);
        // A report that comes late is evaluated all the same, as long as nothing is decided.
        if (found.Status is not (ReEvaluationStatus.Announced or ReEvaluationStatus.Missed))
            return new Rejection.ReEvaluationClosed(found.Id, found.Status);
        if (RefuseDate("on", command.On, found.OpenedOn, "the day from which the time for the report runs", context) is { } wrongDate)
            return wrongDate;
        if (context.Rules[found.Title.Policy].ReEvaluation is not { } rules)
            return new Rejection.ReEvaluationNotProvided(found.Title.Policy);
        draft.Append(new GrainEvent.ReEvaluationReported(command.On, found.Id, command.Evidence, context.Rules.EndOf(rules.Evaluation.Period, command.On)));
        // What came in time and is entered late came in time.
        if (found.Status == ReEvaluationStatus.Missed && command.On <= found.ReportBy
            && draft.Subject.Cases.FirstOrDefault(opened => opened.IsOpen() && string.Equals(opened.ReEvaluation, found.Id, StringComparison.Ordinal)) is { } opened)
        {
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, opened.Id, "reported-in-time"));
        }

        return Decision.Accepted;
    }

    public static Decision Conclude(Draft draft, GrainCommand.ConcludeReEvaluation command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        if (!title.InForce)
            return Titles.NotInForce(title, context.Rules);
        var policy = context.Rules[title.Ref.Policy];
        if (policy.ReEvaluation is not { } rules)
            return new Rejection.ReEvaluationNotProvided(policy.Id);
        if (UnderWay(draft, title.Ref) is not { } found)
            return new Rejection.NoReEvaluationUnderWay(policy.Id);
        if (found is not { Status: ReEvaluationStatus.Reported, ReportedOn: { } reportedOn })
            return new Rejection.ReEvaluationNotReported(found.Id, rules.Report.Article);
        if (RefuseDate("on", command.On, reportedOn, "the day of the holder's report", context) is { } wrongDate)
            return wrongDate;
        var next = rules.EveryYears is { } every ? At(command.On.AddYears(every.Value), rules, context.Today) : null;
        if (command.Outcome == ReEvaluationOutcome.Passed)
        {
            draft.Append(new GrainEvent.ReEvaluationPassed(command.On, found.Id, command.Reason, next?.DueOn, next?.AnnounceBy));
            return Decision.Accepted;
        }

        draft.Append(new GrainEvent.ReEvaluationFailed(command.On, found.Id, command.Reason, next?.DueOn, next?.AnnounceBy));
        draft.Append(CaseFor(draft, found, rules.FailedGround, context.Today, context.Rules));
        return Decision.Accepted;
    }

    /// <summary>What follows when the holder has not reported: a finding.</summary>
    public static IEnumerable<GrainEvent> Miss(Draft draft, ReEvaluation found, DateOnly on, RuleBook rules)
    {
        yield return new GrainEvent.ReEvaluationMissed(on, found.Id);
        if (rules[found.Title.Policy].ReEvaluation is { } own)
            yield return CaseFor(draft, found, own.MissedGround, on, rules);
    }

    /// <summary>The one that comes round next for a title; null where none does.</summary>
    public static ScheduledReEvaluation? Next(GrainState.Subject subject, Title title, Policy policy, DateOnly today)
    {
        if (policy.ReEvaluation is not { EveryYears: { } every } rules)
            return null;
        var last = subject.ReEvaluations?
            .Where(past => past.Title == title.Ref && past.ConcludedOn >= title.GrantedOn && past.Status is ReEvaluationStatus.Passed or ReEvaluationStatus.Failed)
            .Max(past => past.ConcludedOn);
        var due = (last ?? title.GrantedOn).AddYears(every.Value);
        // What was due before the title was supervised here has no consequence.
        while (due < title.SupervisedFrom)
            due = due.AddYears(every.Value);
        return At(due, rules, today);
    }

    private static ScheduledReEvaluation At(DateOnly due, ReEvaluationRules rules, DateOnly today)
    {
        var announceBy = due.AddDays(-rules.Announcement.Days);
        return new ScheduledReEvaluation(due, announceBy < today ? today : announceBy);
    }

    private static (Title? Title, ReEvaluationRules? Rules, Rejection? Rejection) Find(Draft draft, TitleChoice choice, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, choice, context.Rules);
        return title is null ? (null, null, missing)
            : context.Rules[title.Ref.Policy].ReEvaluation is not { } rules ? (title, null, new Rejection.ReEvaluationNotProvided(title.Ref.Policy))
            : !title.InForce ? (title, rules, Titles.NotInForce(title, context.Rules))
            : UnderWay(draft, title.Ref) is { } open ? (title, rules, new Rejection.ReEvaluationUnderWay(open.Id))
            : (title, rules, null);
    }

    private static ReEvaluation? UnderWay(Draft draft, TitleRef title) =>
        draft.Subject.ReEvaluations?.FirstOrDefault(open => open.IsOpen() && open.Title == title);

    private static Rejection? RefuseDate(string member, DateOnly on, DateOnly earliest, string since, DecisionContext context) =>
        on > context.Today ? new Rejection.DateInFuture(member, on, context.Today)
        : on < earliest ? new Rejection.DateTooEarly(member, on, earliest, since)
        : null;

    private static GrainEvent.CaseOpened CaseFor(Draft draft, ReEvaluation found, string groundName, DateOnly on, RuleBook rules)
    {
        var ground = rules[found.Title.Policy].Cases.Grounds.First(candidate => string.Equals(candidate.Name, groundName, StringComparison.Ordinal));
        return new GrainEvent.CaseOpened(
            on, Hearing.NextId(draft), found.Title, ground.Name, ground.Article, Evidence: null, Urgent: false, Check: null, Rectification: null,
            ReEvaluation: found.Id);
    }

    private static string NextId(Draft draft, int others = 0) => $"re-evaluation-{(draft.Subject.ReEvaluations?.Count ?? 0) + others + 1}";
}
