namespace Supervision.Grains.Policies;

public static partial class PolicyPage
{
    private static void Draws(PageText page, DrawRules? draws)
    {
        if (draws is null)
            return;
        page.Heading(2, "Draws");
        page.Table(["risk class", "percent", "article"], draws.Rates.Select(rate => new[] { rate.RiskClass ?? "none", Text(rate.Percent.Value), rate.Percent.Article }));
        page.Rules(
            Rule("Left out when checked within months", draws.IntervalMonths), Rule("Visits, from the draw, within", draws.Visits),
            Rule("Public value", draws.PublicSource));
        if (draws.Plans is { Count: > 0 } plans)
            page.Table(["plan", "drawn are", "level", "announced on", "drawn after"], plans.Select(plan => new[] { $"`{plan.Name}`", Word(plan.Purpose), Word(plan.Level), Cited(plan.AnnouncedOn), $"{Text(plan.Lead)} ({plan.Lead.Article})" }));
    }
}
