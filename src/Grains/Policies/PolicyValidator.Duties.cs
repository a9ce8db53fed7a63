namespace Supervision.Grains.Policies;

/// <summary>What holders have to do by themselves, and the calendar by which they came to their titles.</summary>
internal sealed partial class PolicyValidator
{
    private const int YearMin = 2000;

    private const int YearMax = 2200;

    private void CheckCertification(CertificationRules? rules)
    {
        if (rules is null)
            return;
        CheckDistinct("$.certification.steps", rules.Steps, step => step?.Name);
        MonthDay? before = null;
        foreach (var (path, step) in Items("$.certification.steps", rules.Steps))
        {
            CheckName($"{path}.name", step.Name);
            CheckFigure($"{path}.due", step.Due);
            CheckFigure($"{path}.from", step.From);
            Require($"{path}.from.value", step.From is not { } from || from.Value <= step.Due.Value, $"{step.From?.Value} lies after the last day, {step.Due.Value}.");
            Require($"{path}.due.value", before is not { } last || last <= step.Due.Value, $"{step.Due.Value} lies before the last day of the step before, {before}.");
            before = step.Due.Value;
        }

        CheckPeriod("$.certification.publicity", rules.Publicity);
        CheckCount("$.certification.evaluatorProjectsMax", rules.EvaluatorProjectsMax);
    }

    private void CheckDeclarations(DeclarationRules? rules)
    {
        if (rules is null)
            return;
        Require("$.declarations.rounds", rules.Rounds.Count > 0, "Declarations need a round in which they are due.");
        foreach (var (path, round) in Items("$.declarations.rounds", rules.Rounds))
            CheckRound(path, round, rules.Rounds);
        CheckPeriod("$.declarations.refiling", rules.Refiling);
        CheckPeriod("$.declarations.demand", rules.Demand);
        CheckDistinct("$.declarations.opens", rules.Opens, opening => opening?.Finding);
        foreach (var (path, opening) in Items("$.declarations.opens", rules.Opens))
            CheckGround($"{path}.ground", opening.Ground);
        CheckGrades(rules.Grades);
        var opensOnScores = rules.Opens.Any(opening => opening?.Finding == DeclarationFinding.LowestScores);
        Require("$.declarations.lowestScores", opensOnScores == rules.LowestScores is not null, "A case for the lowest scores and the figures for them are there together or not at all.");
        if (rules.LowestScores is not { } lowest)
            return;
        CheckPercent("$.declarations.lowestScores.percent", lowest.Percent);
        CheckCount("$.declarations.lowestScores.years", lowest.Years);
        CheckYear("$.declarations.lowestScores.firstYear", lowest.FirstYear);
        Require("$.declarations.lowestScores.level", Grants(honour: null, lowest.Level), "The policy grants nothing at this level.");
    }

    private void CheckRound(string path, DeclarationRound round, IReadOnlyList<DeclarationRound> rounds)
    {
        CheckName($"{path}.name", round.Name);
        CheckFigure($"{path}.opens", round.Opens);
        CheckFigure($"{path}.due", round.Due);
        Require($"{path}.opens.value", round.Opens.Value <= round.Due.Value, $"{round.Opens.Value} lies after the last day, {round.Due.Value}.");
        CheckYear($"{path}.firstYear", round.FirstYear);
        CheckYear($"{path}.lastYear", round.LastYear);
        Require($"{path}.lastYear.value", round.LastYear is not { } last || last.Value >= round.FirstYear.Value, $"{round.LastYear?.Value} lies before the first year, {round.FirstYear.Value}.");

        // A declaration is known by the name of its round and the year, so a round that was changed goes on where the one before ended.
        Require(
            $"{path}.name",
            !rounds.TakeWhile(other => other != round).Any(other => other is not null && string.Equals(other.Name, round.Name, StringComparison.Ordinal)
                && other.FirstYear.Value <= (round.LastYear?.Value ?? YearMax) && round.FirstYear.Value <= (other.LastYear?.Value ?? YearMax)),
            $"Another round '{round.Name}' is held in the same years.");
    }

    private void CheckGrades(GradeRules? grades)
    {
        if (grades is null)
            return;
        Require("$.declarations.grades.honour", Grants(grades.Honour, grades.Level), $"The policy does not grant '{grades.Honour}' at this level.");
        CheckDistinct("$.declarations.grades.shares", grades.Shares, share => share?.Grade);
        foreach (var (path, share) in Items("$.declarations.grades.shares", grades.Shares))
        {
            CheckText($"{path}.grade", share.Grade);
            CheckPercent($"{path}.percent", share.Percent);
        }

        var sum = grades.Shares.Sum(share => share?.Percent.Value ?? 0);
        Require("$.declarations.grades.shares", sum == 100, $"The shares are 100 percent together, not {sum}.");
        CheckCount("$.declarations.grades.recomputedWithinMonths", grades.RecomputedWithinMonths);
    }

    private void CheckReEvaluation(ReEvaluationRules? rules)
    {
        if (rules is null)
            return;
        CheckCount("$.reEvaluation.everyYears", rules.EveryYears);
        CheckPeriod("$.reEvaluation.announcement", rules.Announcement, DeadlineOwner.Authority);
        CheckPeriod("$.reEvaluation.report", rules.Report, DeadlineOwner.Holder);
        CheckPeriod("$.reEvaluation.evaluation", rules.Evaluation, DeadlineOwner.Authority);
        Require("$.reEvaluation.triggers", rules.Triggers.Count > 0 || rules.EveryYears is not null, "A re-evaluation comes round after years or is triggered by a change.");
        CheckDistinct("$.reEvaluation.triggers", rules.Triggers, trigger => trigger?.Change);
        foreach (var (path, trigger) in Items("$.reEvaluation.triggers", rules.Triggers))
        {
            CheckArticle(path, trigger.Article);
            Require($"{path}.change", _policy.Changes?.Kinds.Contains(trigger.Change) ?? false, "No such change is filed under the policy.");
        }

        CheckGround("$.reEvaluation.failedGround", rules.FailedGround);
        CheckGround("$.reEvaluation.missedGround", rules.MissedGround);
    }

    private void CheckChanges(ChangeRules? rules)
    {
        if (rules is null)
            return;
        Require("$.changes.kinds", rules.Kinds.Count > 0, "At least one kind of change is filed.");
        CheckDistinct("$.changes.kinds", rules.Kinds, kind => kind);
        CheckPeriod("$.changes.filing", rules.Filing, DeadlineOwner.Holder);
        CheckFigure("$.changes.verifiedBy", rules.VerifiedBy);
        CheckFigure("$.changes.aggregatedBy", rules.AggregatedBy);
        CheckFigure("$.changes.late", rules.Late);
        Require("$.changes.late.value", rules.Late.Value != LateChange.ReEvaluation || _policy.ReEvaluation is not null, "The policy has no re-evaluation.");
    }

    private bool Grants(string? honour, Level level) => _policy.Honours.Any(granted =>
        granted is not null && (honour is null || string.Equals(granted.Name, honour, StringComparison.Ordinal)) && granted.Levels.Contains(level));

    private void CheckPercent(string path, Figure<int> figure)
    {
        Require($"{path}.value", figure.Value is >= 1 and <= 100, $"A share is from 1 to 100 percent, not {figure.Value}.");
        CheckArticle(path, figure.Article);
    }

    private void CheckYear(string path, Figure<int>? figure)
    {
        if (figure is null)
            return;
        Require($"{path}.value", figure.Value is >= YearMin and <= YearMax, $"A year is from {YearMin} to {YearMax}, not {figure.Value}.");
        CheckArticle(path, figure.Article);
    }
}
