using System.Globalization;

namespace Supervision.Grains.Policies;

/// <summary>A policy as a page for people, in Markdown: every figure with its article.</summary>
public static partial class PolicyPage
{
    /// <summary>The folder of the pages, below the repository's own; each is named after its policy.</summary>
    public const string Folder = "docs/policies";

    /// <summary>The page of a policy.</summary>
    /// <param name="policy">The policy, whole.</param>
    public static string Of(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var page = new PageText();
        page.Heading(1, $"{policy.Title}");
        page.Paragraph($"`{policy.Id}`, version {policy.Version}: {policy.Document}. Made from `policies/{policy.Id}.json`; change that, not this page.");
        if (policy.Extends is { } extended)
            page.Paragraph($"Extends [`{extended}`]({extended}.md): what it does not say itself it has from there, and the article says so.");
        page.Rules(
            Rule("In force from", policy.EffectiveFrom), Rule("Grants until", policy.EffectiveTo),
            Rule("For entities of", policy.Region, region => $"{Region.NameOf(region)} ({region})"));
        Grants(page, policy);
        Checks(page, policy.Checks);
        Draws(page, policy.Draws);
        Cases(page, policy);
        Duties(page, policy);
        Findings(page, policy);
        Endings(page, policy);
        return page.ToString();
    }

    private static void Grants(PageText page, Policy policy)
    {
        page.Heading(2, "What it grants");
        page.Table(
            ["honour", "original", "to", "levels", "until", "article"],
            policy.Honours.Select(honour => new[]
            {
                $"`{honour.Name}`", honour.Original, honour.Kind, Words(honour.Levels), Cited(honour.GrantedUntil), honour.Article,
            }));
        if (policy.Transfers is { } transfers)
        {
            page.Heading(3, "Titles that come under it");
            page.Table(
                ["from", "honours", "level", "on", "article"],
                transfers.Select(rule => new[] { $"`{rule.From}`", Names(rule.Honours), Word(rule.Level), Text(rule.On.Value), rule.On.Article }));
        }

        if (policy.Recognition is { } recognition)
        {
            page.Heading(3, "Titles that follow from others by themselves");
            page.Table(
                ["from", "at level", "honours", "are granted at level", "up to batch", "article"],
                recognition.Select(rule => new[]
                {
                    Names(rule.From), Word(rule.FromLevel), Names(rule.Honours), Word(rule.Level), Cited(rule.BatchMax), rule.Article,
                }));
        }

        if (policy.Certification is not { } certification)
            return;
        page.Heading(3, "The calendar of certification");
        page.Table(
            ["step", "who", "from", "by"],
            certification.Steps.Select(step => new[] { $"`{step.Name}`", Word(step.Owner), Cited(step.From), Cited(step.Due) }));
        page.Rules(Rule("The list is public for", certification.Publicity), Rule("Projects an evaluator may have in a year", certification.EvaluatorProjectsMax));
    }

    private static void Checks(PageText page, CheckRules checks)
    {
        page.Heading(2, "Spot checks");
        page.Rules(
            Rule("Inspectors, at least", checks.InspectorsMin), Rule("Orders need a second person's approval from", checks.ApprovalFrom),
            Rule("Inspectors have to be registered and fit for the check from", checks.RegisteredInspectorsFrom),
            Rule("Consecutive clean random checks that exempt", checks.Exemption?.CleanChecks), Rule("Years of exemption", checks.Exemption?.Years));
        if (checks.Exemption is null)
            page.Paragraph("Clean checks exempt from nothing.");
        if (checks.Cap is { } cap)
        {
            page.Rules(Rule("Visits are counted from", cap.From), Rule("Visits to one enterprise in a calendar year, at most", cap.PerYear));
            var counted = new[] { (cap.Counts.Random, "random"), (cap.Counts.Directed, "directed"), (cap.Counts.OtherDepartments, "those of other departments") };
            page.Paragraph($"Visits that count: {string.Join(", ", counted.Where(kind => kind.Item1).Select(kind => kind.Item2))} ({cap.Counts.Article}). Others may exceed it.");
        }

        if (checks.Inspection is { } inspection)
        {
            page.Rules(
                Rule("Inspections are made by these rules from", inspection.From), Rule("Approval of what could not wait, from the order", inspection.EmergencyApproval),
                Rule("Objection to a result, from service", inspection.Objection));
            page.Paragraph($"Before a result is entered there has to be: {(inspection.Steps.Count == 0 ? "nothing else" : Words(inspection.Steps))} ({inspection.StepsArticle}).");
        }

        if (checks.Fields is { } fields)
            page.Table(["kind", "field of expertise of its inspectors", "article"], fields.Select(field => new[] { field.Kind, field.Field, field.Article }));

        if (checks.Items is { } items)
        {
            page.Rules(Rule("Nothing but published items is checked from", items.From));
            page.Table(
                ["item", "original", "from afar first", "article"],
                items.Published.Select(item => new[] { $"`{item.Id}`", item.Original, item.RemoteFirst ? "yes" : "", item.Article }));
        }

        if (checks.Resets.Count > 0)
            page.Paragraph($"Begin the count of clean checks anew: {Words(checks.Resets)}.");
        page.Table(["result", "opens a case on"], checks.Opens.Select(opening => new[] { Word(opening.Outcome), $"`{opening.Ground}`" }));
    }

    private static void Cases(PageText page, Policy policy)
    {
        page.Heading(2, "Cases");
        page.Rules(
            Rule("Window for the statement, from service", policy.Cases.StatementWindow), Rule("Window of an urgent case", policy.Cases.UrgentWindow),
            Rule("Rectification, from the order", policy.Rectification));
        if (policy.Rectification is null)
            page.Paragraph("There is no rectification.");
        if (policy.Cases.OverdueRectificationGround is { } overdue)
            page.Paragraph($"A rectification that is overdue opens a case on `{overdue}`.");
        page.Table(
            ["ground", "article", "particular"],
            policy.Cases.Grounds.Select(ground => new[]
            {
                $"`{ground.Name}`", ground.Article,
                string.Join(", ", new[]
                {
                    ground.RectificationFirst ? "rectification first" : null, ground.Urgent ? "may be urgent" : null, ground.EnterpriseWide ? "over the whole enterprise" : null,
                }.OfType<string>()),
            }));
    }

    private static (string What, string Figure, string Article)? Rule<T>(string what, Figure<T>? figure, Func<T, string>? format = null) =>
        figure is null ? null : (what, format is null ? Text(figure.Value) : format(figure.Value), figure.Article);

    private static (string What, string Figure, string Article)? Rule(string what, Period? period) =>
        period is null ? null : (what, Text(period), period.Article);

    private static (string What, string Figure, string Article)? Rule(string what, OwnedPeriod period) =>
        (what, $"{Text(period.Period)}, for the {Word(period.Owner)}", period.Article);

    /// <summary>A figure with its article, where several stand in a row.</summary>
    private static string Cited<T>(Figure<T>? figure) => figure is null ? "" : $"{Text(figure.Value)} ({figure.Article})";

    private static string Text<T>(T value) => value switch
    {
        bool holds => holds ? "yes" : "no",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Level level => Word(level),
        LateChange late => Word(late),
        MonthDay { Month: 2, Day: 29 } => "the last day of February",
        _ => $"{value}",
    };

    private static string Text(Period period) =>
        $"{period.Days} {(period.Unit == DayUnit.Working ? "working " : "")}{(period.Days == 1 ? "day" : "days")}";

    private static string Word<T>(T value)
        where T : struct, Enum => KebabCase<T>.Word(value);

    private static string Words<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(", ", values.Select(KebabCase<T>.Word));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));
}
