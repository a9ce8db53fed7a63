namespace Supervision.Grains.Behaviour;

/// <summary>What the events of declarations, grades, re-evaluations and good practice do to the state.</summary>
internal static class DutyEvolution
{
    /// <summary>The state after the event; null: it is another kind of event.</summary>
    public static GrainState.Subject? Evolve(GrainState.Subject subject, GrainEvent @event, string actor) => @event switch
    {
        GrainEvent.DeclarationExpected e => Expect(
            subject, expected => string.Equals(expected.Policy, e.Policy, StringComparison.Ordinal),
            e.Round is null ? null : new ExpectedDeclaration(e.Policy, e.Round, e.Year!.Value, e.Opens!.Value, e.Due!.Value)),
        GrainEvent.DeclarationFiled e => File(subject, e),
        GrainEvent.DeclarationReturned e => subject.WithDeclaration(e.Declaration, found => found with
        {
            Status = DeclarationStatus.Returned,
            ReturnedFor = e.Reason,
            RefileBy = e.DueBy,
        }),
        GrainEvent.DeclarationAccepted e => subject.WithDeclaration(e.Declaration, found => found with
        {
            Status = DeclarationStatus.Accepted,
            Score = e.Score ?? found.Score,
        }),
        GrainEvent.DeclarationOverdue e => Miss(subject, e),
        GrainEvent.DeclarationDemanded e => subject.WithDeclaration(e.Declaration, found => found with
        {
            Demand = new DeclarationDemand(e.EffectiveOn, e.Method, e.DueBy),
        }),
        GrainEvent.DeclarationRefused e => subject.WithDeclaration(e.Declaration, found => found with { Status = DeclarationStatus.Refused }),
        GrainEvent.TitleGraded e => subject.WithTitle(e.Title, title => title with
        {
            Grades = [.. title.Grades ?? [], new TitleGrade(e.Round, e.Year, e.Grade, e.Score, e.Lowest)],
        }),
        GrainEvent.ReEvaluationScheduled e => subject.WithTitle(e.Title, title => title with { ReEvaluation = Scheduled(e.DueOn, e.AnnounceBy) }),
        GrainEvent.ReEvaluationAnnounced e => Begin(subject, new ReEvaluation
        {
            Id = e.ReEvaluation, Title = e.Title, DueOn = e.DueOn, Status = ReEvaluationStatus.Announced, OpenedOn = e.EffectiveOn, ReportBy = e.ReportBy,
        }),
        GrainEvent.ReEvaluationTriggered e => Begin(subject, new ReEvaluation
        {
            Id = e.ReEvaluation, Title = e.Title, Change = e.Change, Status = ReEvaluationStatus.Announced, OpenedOn = e.EffectiveOn, ReportBy = e.ReportBy,
        }),
        GrainEvent.ReEvaluationReported e => subject.WithReEvaluation(e.ReEvaluation, found => found with
        {
            Status = ReEvaluationStatus.Reported,
            ReportedOn = e.EffectiveOn,
            EvaluateBy = e.EvaluateBy,
        }),
        GrainEvent.ReEvaluationMissed e => subject.WithReEvaluation(e.ReEvaluation, found => found with { Status = ReEvaluationStatus.Missed }),
        GrainEvent.ReEvaluationDelayed { ReEvaluation: { } id } => subject.WithReEvaluation(id, found => found with { Delayed = true }),
        GrainEvent.ReEvaluationDelayed e => subject.WithTitle(e.Title, title => title with { ReEvaluation = title.ReEvaluation! with { Delayed = true } }),
        GrainEvent.ReEvaluationPassed e => Conclude(
            subject, e.ReEvaluation, ReEvaluationStatus.Passed, e.EffectiveOn, Scheduled(e.NextDueOn, e.NextAnnounceBy), actor),
        GrainEvent.ReEvaluationFailed e => Conclude(
            subject, e.ReEvaluation, ReEvaluationStatus.Failed, e.EffectiveOn, Scheduled(e.NextDueOn, e.NextAnnounceBy), actor),
        GrainEvent.ReEvaluationCancelled e => subject.WithReEvaluation(e.ReEvaluation, found => found with { Status = ReEvaluationStatus.Cancelled }),
        GrainEvent.GoodPracticeFiled e => subject with
        {
            GoodPractices = [.. subject.GoodPractices ?? [], new GoodPractice(e.GoodPractice, e.Title, e.Text, e.EffectiveOn, actor, GoodPracticeStatus.Filed)],
        },
        GrainEvent.GoodPracticeApproved e => subject.WithGoodPractice(
            e.GoodPractice, found => found with { Status = GoodPracticeStatus.Approved, PublishOn = e.PublishOn }),
        GrainEvent.GoodPracticeDeclined e => subject.WithGoodPractice(e.GoodPractice, found => found with { Status = GoodPracticeStatus.Declined }),
        GrainEvent.GoodPracticePublished e => subject.WithGoodPractice(e.GoodPractice, found => found with { Status = GoodPracticeStatus.Published }),
        _ => null,
    };

    /// <summary>Nothing is asked for under a policy under which no title is in force any more.</summary>
    public static GrainState.Subject WithoutIdle(GrainState.Subject subject) =>
        subject.Expected is { } expected && expected.Any(one => Rounds.Under(subject, one.Policy).Count == 0)
            ? Expect(subject, one => Rounds.Under(subject, one.Policy).Count == 0, next: null)
            : subject;

    private static GrainState.Subject File(GrainState.Subject subject, GrainEvent.DeclarationFiled e)
    {
        var filed = new Declaration
        {
            Id = e.Declaration, Policy = e.Policy, Round = e.Round, Year = e.Year, Due = e.Due, Status = DeclarationStatus.Filed, Number = e.Number,
            FiledOn = e.EffectiveOn, Late = e.Late, Standard = e.Standard, Indicators = e.Indicators, Score = e.Score, Reference = e.Reference,
        };
        return Expect(
            Declaring.Find(subject, e.Declaration) is null
                ? subject with { Declarations = [.. subject.Declarations ?? [], filed] }
                : subject.WithDeclaration(e.Declaration, before => filed with { Demand = before.Demand }),
            expected => Declaring.Is(expected, e.Policy, e.Round, e.Year), e.Next);
    }

    private static GrainState.Subject Miss(GrainState.Subject subject, GrainEvent.DeclarationOverdue e) => Expect(
        Declaring.Find(subject, e.Declaration) is null
            ? subject with
            {
                Declarations =
                [
                    .. subject.Declarations ?? [],
                    new Declaration { Id = e.Declaration, Policy = e.Policy, Round = e.Round, Year = e.Year, Due = e.Due, Status = DeclarationStatus.Overdue },
                ],
            }
            // The demand for what was filed and returned since is fulfilled; another one is needed.
            : subject.WithDeclaration(e.Declaration, found => found with { Status = DeclarationStatus.Overdue, Demand = null }),
        expected => Declaring.Is(expected, e.Policy, e.Round, e.Year), e.Next);

    private static GrainState.Subject Expect(GrainState.Subject subject, Func<ExpectedDeclaration, bool> over, ExpectedDeclaration? next)
    {
        ExpectedDeclaration[] expected = [.. (subject.Expected ?? []).Where(one => !over(one)), .. next is null ? [] : new[] { next }];
        return subject with { Expected = expected.Length == 0 ? null : expected };
    }

    /// <summary>While one is under way no other comes round.</summary>
    private static GrainState.Subject Begin(GrainState.Subject subject, ReEvaluation begun) =>
        subject.WithTitle(begun.Title, title => title with { ReEvaluation = null }) with { ReEvaluations = [.. subject.ReEvaluations ?? [], begun] };

    private static GrainState.Subject Conclude(
        GrainState.Subject subject, string id, ReEvaluationStatus status, DateOnly on, ScheduledReEvaluation? next, string actor)
    {
        var concluded = subject.WithReEvaluation(id, found => found with { Status = status, ConcludedOn = on, ConcludedBy = actor });
        var reference = concluded.ReEvaluations!.First(found => string.Equals(found.Id, id, StringComparison.Ordinal)).Title;
        return concluded.WithTitle(reference, title => title with { ReEvaluation = next });
    }

    private static ScheduledReEvaluation? Scheduled(DateOnly? dueOn, DateOnly? announceBy) =>
        dueOn is { } due ? new ScheduledReEvaluation(due, announceBy!.Value) : null;
}
