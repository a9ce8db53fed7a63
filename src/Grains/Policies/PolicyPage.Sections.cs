namespace Supervision.Grains.Policies;

/// <summary>The sections that a policy may have or not.</summary>
public static partial class PolicyPage
{
    private static void Duties(PageText page, Policy policy)
    {
        Declarations(page, policy);
        if (policy.ReEvaluation is { } reEvaluation)
        {
            page.Heading(2, "Re-evaluation");
            page.Rules(
                Rule("Due after years", reEvaluation.EveryYears), Rule("Announced before the due day by", reEvaluation.Announcement),
                Rule("Report", reEvaluation.Report), Rule("Evaluation, from the report", reEvaluation.Evaluation));
            page.Table(["triggered by", "article"], reEvaluation.Triggers.Select(trigger => new[] { Word(trigger.Change), trigger.Article }));
            page.Paragraph($"A failed one opens a case on `{reEvaluation.FailedGround}`, one that is not reported for on `{reEvaluation.MissedGround}`.");
        }

        if (policy.Changes is not { } changes)
            return;
        page.Heading(2, "Changes");
        page.Paragraph($"Filed are: {Words(changes.Kinds)}.");
        page.Rules(
            Rule("Filed, from the formalities, within", changes.Filing), Rule("Verified by the authority at level", changes.VerifiedBy),
            Rule("Put together by the authority at level", changes.AggregatedBy), Rule("Filed late", changes.Late));
    }

    private static void Declarations(PageText page, Policy policy)
    {
        if (policy.Declarations is { } declarations)
        {
            page.Heading(2, "Declarations");
            page.Table(
                ["round", "about", "open from", "due by", "first year", "last year"],
                declarations.Rounds.Select(round => new[]
                {
                    $"`{round.Name}`", Word(round.Covers), Cited(round.Opens), Cited(round.Due), Cited(round.FirstYear), Cited(round.LastYear),
                }));
            page.Rules(
                Rule("Filed again, from the return", declarations.Refiling), Rule("Filed after the written demand, from its service", declarations.Demand),
                Rule("Grades computed anew within months", declarations.Grades?.RecomputedWithinMonths),
                Rule("Lowest scores: share in percent", declarations.LowestScores?.Percent), Rule("Lowest scores: years running", declarations.LowestScores?.Years),
                Rule("Lowest scores: first year that counts", declarations.LowestScores?.FirstYear));
            page.Table(["finding", "opens a case on"], declarations.Opens.Select(opening => new[] { Word(opening.Finding), $"`{opening.Ground}`" }));
            if (declarations.Grades is { } grades)
            {
                page.Paragraph($"Graded are the holders of `{grades.Honour}` at level {Word(grades.Level)} who filed:");
                page.Table(["grade", "percent", "article"], grades.Shares.Select(share => new[] { share.Grade, Text(share.Percent.Value), share.Percent.Article }));
            }

            if (declarations.LowestScores is { } lowest)
                page.Paragraph($"Scores are compared at level {Word(lowest.Level)}, within an honour.");
        }

        if (policy.GoodPractice is not { } practice)
            return;
        page.Heading(2, "Good practice");
        page.Rules(Rule("Published every so many months", practice.EveryMonths));
    }

    private static void Findings(PageText page, Policy policy)
    {
        if (policy.EnergyInspection is { } energy)
        {
            page.Heading(2, "Energy inspection");
            page.Table(["trigger", "effect", "article"], energy.Triggers.Select(trigger => new[] { Word(trigger.Trigger), Word(trigger.Effect), trigger.Article }));
            if (energy.Rates is { } rates)
                page.Table(["risk class", "percent drawn for the list", "article"], rates.Select(rate => new[] { rate.RiskClass ?? "none", Text(rate.Percent.Value), rate.Percent.Article }));
            page.Rules(
                Rule("Written inspections drawn for a visit, in percent", energy.OnSitePercent), Rule("Notice before the inspection", energy.Notice),
                ("Without notice for", Words(energy.WithoutNotice.For), energy.WithoutNotice.Article),
                Rule("Notice of rectification, from the inspection", energy.RectificationNotice), Rule("Rectification, from service", energy.Rectification),
                Rule("Extension, once", energy.Extension), Rule("Re-check, from the report", energy.Recheck));
            page.Paragraph($"What is not rectified in time opens a case on `{energy.MissedGround}`.");
        }

        if (policy.Vetoes is { } vetoes)
        {
            page.Heading(2, "Vetoes");
            page.Table(
                ["veto", "original", "years back", "months that it lasts", "looked for at", "opens a case on", "article"],
                vetoes.Select(veto => new[]
                {
                    Word(veto.Kind), veto.Original, Cited(veto.Years), Cited(veto.Months), Words(veto.CheckedAt), veto.Ground is null ? "" : $"`{veto.Ground}`", veto.Article,
                }));
        }

        if (policy.Incidents is not { } incidents)
            return;
        page.Heading(2, "Incidents");
        page.Paragraph($"Of these kinds: {Words(incidents.Kinds)}. What a department determined opens a case, urgent where the ground may be:");
        page.Table(["level", "opens a case on", "article"], incidents.Levels.Select(level => new[] { Word(level.Level), $"`{level.Ground}`", level.Article }));
    }

    private static void Endings(PageText page, Policy policy)
    {
        if (policy.Certificates is { } certificates)
        {
            page.Heading(2, "Certificates");
            page.Rules(
                Rule("Valid for years", certificates.ValidYears), Rule("Surveillance every so many months", certificates.SurveillanceEveryMonths),
                Rule("Renewal, before the end, from", certificates.Renewal), Rule("Longest suspension, in months", certificates.SuspensionMonthsMax),
                Rule("Suspension asked for before surveillance, in months", certificates.SuspensionAskedMonthsBefore));
            page.Table(
                ["trigger", "original", "certificate is", "article"],
                certificates.Triggers.Select(trigger => new[] { $"`{trigger.Name}`", trigger.Original, Word(trigger.State), trigger.Article }));
        }

        if (policy.Withdrawal is { } withdrawal)
        {
            page.Heading(2, "Withdrawal");
            page.Rules(Rule("Needs a letter", withdrawal.ByLetter), Rule("The ban is imposed all the same during a case", withdrawal.BansDuringCase));
        }

        if (policy.Ban is { } ban)
        {
            page.Heading(2, "Ban after a removal");
            page.Rules(Rule("Years", ban.Years), Rule("Follows the enterprise's successors", ban.FollowsSuccessors));
        }

        if (policy.Notices is not { } notices)
            return;
        page.Heading(2, "Notices and publication");
        page.Rules(
            Rule("Results are published within", notices.ResultPublished), Rule("Quashed decisions are withdrawn from publication within", notices.QuashedWithdrawn),
            Rule("Decisions are served within", notices.DecisionServed));
        page.Table(
            ["remedy", "original", "within, from service", "article"],
            notices.Remedies.Select(remedy => new[] { $"`{remedy.Name}`", remedy.Original, remedy.Within is { } days ? Text(days) : $"{remedy.Months!.Value} months", remedy.Article }));
    }
}
