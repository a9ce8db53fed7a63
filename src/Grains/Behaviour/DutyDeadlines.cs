using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>The last days of declarations, re-evaluations and publications.</summary>
internal static class DutyDeadlines
{
    /// <summary>The earliest of them, without building what would happen then: this runs after every command.</summary>
    public static DateOnly? Earliest(GrainState.Subject subject)
    {
        DateOnly? earliest = null;
        foreach (var expected in subject.Expected ?? [])
            Take(expected.Due);
        foreach (var declaration in subject.Declarations ?? [])
            Take(LastDayOf(declaration, subject));
        foreach (var title in subject.Titles)
            Take(LastDayOf(title));
        foreach (var open in subject.ReEvaluations ?? [])
            Take(LastDayOf(open, subject));
        foreach (var approved in subject.GoodPractices ?? [])
            Take(LastDayOf(approved, subject));
        return earliest;

        void Take(DateOnly? lastDay)
        {
            if (lastDay is not null && (earliest is null || lastDay < earliest))
                earliest = lastDay;
        }
    }

    public static IEnumerable<Due> All(Draft draft, GrainState.Subject subject, RuleBook rules)
    {
        foreach (var expected in subject.Expected ?? [])
            yield return new Due(expected.Due, on => [Overdue(subject, expected, on, rules)]);
        foreach (var declaration in subject.Declarations ?? [])
        {
            if (LastDayOf(declaration, subject) is not { } lastDay)
                continue;
            yield return declaration.Status == DeclarationStatus.Returned
                ? new Due(lastDay, on => [new GrainEvent.DeclarationOverdue(on, declaration.Id, declaration.Policy, declaration.Round, declaration.Year, declaration.Due, Next: null)])
                : new Due(lastDay, on => Declaring.Refuse(draft, declaration, on, rules));
        }

        foreach (var title in subject.Titles)
        {
            if (LastDayOf(title) is { } lastDay)
                yield return new Due(lastDay, on => [new GrainEvent.ReEvaluationDelayed(on, title.Ref, ReEvaluation: null)]);
        }

        foreach (var open in subject.ReEvaluations ?? [])
        {
            if (LastDayOf(open, subject) is not { } lastDay)
                continue;
            yield return open.Status == ReEvaluationStatus.Announced
                ? new Due(lastDay, on => ReEvaluating.Miss(draft, open, on, rules))
                : new Due(lastDay, on => [new GrainEvent.ReEvaluationDelayed(on, open.Title, open.Id)]);
        }

        foreach (var approved in subject.GoodPractices ?? [])
        {
            if (LastDayOf(approved, subject) is { } lastDay)
                yield return new Due(lastDay, on => [new GrainEvent.GoodPracticePublished(on, approved.Id)]);
        }
    }

    /// <summary>The same, as people see them.</summary>
    public static IEnumerable<Deadline> Of(GrainState.Subject subject, RuleBook rules)
    {
        foreach (var expected in subject.Expected ?? [])
        {
            yield return new Deadline(
                expected.Due, DeadlineKind.Declaration, $"{expected.Policy}/{expected.Round}/{expected.Year}", DeadlineOwner.Holder, expected.Policy, Honour: null, Level: null,
                ArticleOf(expected, rules));
        }

        foreach (var declaration in subject.Declarations ?? [])
        {
            if (LastDayOf(declaration, subject) is not { } lastDay)
                continue;
            var own = Declaring.RulesOf(subject, declaration, rules);
            yield return declaration.Status == DeclarationStatus.Returned
                ? Of(DeadlineKind.DeclarationRefiling, own?.Refiling.Article)
                : Of(DeadlineKind.DeclarationDemand, own?.Demand.Article);

            Deadline Of(DeadlineKind kind, string? article) =>
                new(lastDay, kind, declaration.Id, DeadlineOwner.Holder, declaration.Policy, Honour: null, Level: null, article ?? ComingDeadlines.EarlierVersion);
        }

        foreach (var title in subject.Titles)
        {
            if (LastDayOf(title) is { } lastDay)
            {
                yield return Of(
                    lastDay, DeadlineKind.ReEvaluationAnnouncement, title.Ref.ToPath(),
                    DeadlineOwner.Authority, title.Ref, rules[title.Ref.Policy].ReEvaluation?.Announcement.Article);
            }
        }

        foreach (var open in subject.ReEvaluations ?? [])
        {
            if (LastDayOf(open, subject) is not { } lastDay)
                continue;
            var own = rules[open.Title.Policy].ReEvaluation;
            yield return open.Status == ReEvaluationStatus.Announced
                ? Of(lastDay, DeadlineKind.ReEvaluationReport, open.Id, DeadlineOwner.Holder, open.Title, own?.Report.Article)
                : Of(lastDay, DeadlineKind.ReEvaluation, open.Id, DeadlineOwner.Authority, open.Title, own?.Evaluation.Article);
        }

        foreach (var approved in subject.GoodPractices ?? [])
        {
            if (LastDayOf(approved, subject) is { } lastDay)
            {
                yield return Of(
                    lastDay, DeadlineKind.GoodPractice, approved.Id, owner: null, approved.Title,
                    rules[approved.Title.Policy].GoodPractice?.EveryMonths.Article);
            }
        }
    }

    private static Deadline Of(DateOnly dueOn, DeadlineKind kind, string id, DeadlineOwner? owner, TitleRef title, string? article) =>
        new(dueOn, kind, id, owner, title.Policy, title.Honour, title.Level, article ?? ComingDeadlines.EarlierVersion);

    private static string ArticleOf(ExpectedDeclaration expected, RuleBook rules) =>
        rules[expected.Policy].Declarations is { } own
        && Rounds.About(own, expected.Year).FirstOrDefault(held => string.Equals(held.Round.Name, expected.Round, StringComparison.Ordinal)).Round is { } round
            ? round.Due.Article
            : ComingDeadlines.EarlierVersion;

    private static GrainEvent.DeclarationOverdue Overdue(GrainState.Subject subject, ExpectedDeclaration expected, DateOnly on, RuleBook rules) => new(
        on, Declaring.NextId(subject), expected.Policy, expected.Round, expected.Year, expected.Due,
        // Two rounds may end on one day.
        Rounds.Next(rules[expected.Policy], subject, expected.Due, (expected.Round, expected.Year)));

    private static DateOnly? LastDayOf(Declaration declaration, GrainState.Subject subject)
    {
        var lastDay = declaration switch
        {
            { Status: DeclarationStatus.Returned } => declaration.RefileBy,
            { Status: DeclarationStatus.Overdue, Demand: { } demand } => demand.DueBy,
            _ => null,
        };
        // Nothing follows where no title is left that it is about.
        return lastDay is not null && Rounds.Concerned(subject, declaration).Any() ? lastDay : null;
    }

    private static DateOnly? LastDayOf(Title title) =>
        title is { InForce: true, ReEvaluation: { Delayed: false } next } ? next.AnnounceBy : null;

    private static DateOnly? LastDayOf(ReEvaluation open, GrainState.Subject subject) => open switch
    {
        { Status: ReEvaluationStatus.Announced } when subject.Of(open.Title).InForce => open.ReportBy,
        { Status: ReEvaluationStatus.Reported, Delayed: false } when subject.Of(open.Title).InForce => open.EvaluateBy,
        _ => null,
    };

    private static DateOnly? LastDayOf(GoodPractice approved, GrainState.Subject subject) =>
        approved is { Status: GoodPracticeStatus.Approved, PublishOn: { } on } && subject.Of(approved.Title).InForce ? on.AddDays(-1) : null;
}
