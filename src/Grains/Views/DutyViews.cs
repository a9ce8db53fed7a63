namespace Supervision.Grains.Views;

/// <summary>What is shown of declarations, grades, re-evaluations and good practice.</summary>
internal static class DutyViews
{
    public static ReportView Of(Declaration declared) => new(
        declared.Id, declared.Policy, declared.Round, declared.Year, declared.Status, declared.Due, declared.Number, declared.FiledOn, declared.Late, declared.Standard,
        declared.Indicators, declared.Score, declared.Reference, declared.ReturnedFor, declared.Status == DeclarationStatus.Returned ? declared.RefileBy : null,
        declared.Demand?.ServedOn, declared.Demand?.DueBy);

    public static ReEvaluationView Of(ReEvaluation found) => new(
        found.Id, found.Title.Policy, found.Title.Honour, found.Title.Level, found.Change, found.DueOn, found.Status, found.OpenedOn, found.ReportBy, found.ReportedOn,
        found.EvaluateBy, found.Delayed, found.ConcludedOn);

    public static GoodPracticeView Of(GoodPractice found) =>
        new(found.Id, found.Title.Policy, found.Title.Honour, found.Title.Level, found.Text, found.FiledOn, found.Status, found.PublishOn);

    /// <summary>The grade after the latest round in which the title was ranked; null where nothing was filed in it.</summary>
    public static GradeView? GradeOf(Title title) => title is { InForce: true, Grades: [.., { Grade: { } grade } latest] } ? new GradeView(grade, latest.Year, latest.Score) : null;

    /// <summary>The day on which the title is re-evaluated: of the one that comes round, or that is under way.</summary>
    public static DateOnly? ReEvaluationDue(Title title, GrainState.Subject subject) =>
        title.ReEvaluation?.DueOn ?? subject.ReEvaluations?.FirstOrDefault(open => open.IsOpen() && open.Title == title.Ref)?.DueOn;
}
