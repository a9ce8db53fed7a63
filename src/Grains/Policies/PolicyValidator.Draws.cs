namespace Supervision.Grains.Policies;

internal sealed partial class PolicyValidator
{
    private static readonly IReadOnlyList<string> RiskClasses = ["A", "B", "C", "D"];

    private void CheckDraws(DrawRules? draws)
    {
        if (draws is null)
            return;
        CheckRates("$.draws.rates", draws.Rates);
        CheckCount("$.draws.intervalMonths", draws.IntervalMonths);
        CheckPeriod("$.draws.visits", draws.Visits);
        CheckText("$.draws.publicSource.value", draws.PublicSource.Value);
        CheckArticle("$.draws.publicSource", draws.PublicSource.Article);
        CheckDistinct("$.draws.plans", draws.Plans ?? [], plan => plan?.Name);
        foreach (var (path, plan) in Items("$.draws.plans", draws.Plans ?? []))
        {
            CheckName($"{path}.name", plan.Name);
            Require($"{path}.level", _policy.Honours.Any(honour => honour.Levels.Contains(plan.Level)), $"The policy grants nothing at level {KebabCase<Level>.Word(plan.Level)}.");
            CheckArticle($"{path}.announcedOn", plan.AnnouncedOn.Article);
            CheckPeriod($"{path}.lead", plan.Lead);
            Require($"{path}.purpose", plan.Purpose == DrawPurpose.SpotChecks || _policy.EnergyInspection is not null, "The policy has no energy inspection to draw for.");
            Require($"{path}.purpose", plan.Purpose != DrawPurpose.EnergyList || _policy.EnergyInspection?.Rates is not null, "The policy has no rates of enterprises to be listed ($.energyInspection.rates).");
        }
    }

    private void CheckRates(string of, IReadOnlyList<DrawRate> rates)
    {
        Require(of, rates.Count > 0, "Draws need at least one rate.");
        CheckDistinct(of, rates, rate => rate?.RiskClass ?? "none");
        foreach (var (path, rate) in Items(of, rates))
        {
            Require($"{path}.riskClass", rate.RiskClass is null || RiskClasses.Contains(rate.RiskClass), $"'{rate.RiskClass}' is not one of {string.Join(", ", RiskClasses)}.");
            Require($"{path}.percent.value", rate.Percent.Value is >= 0 and <= 100, $"A share is from 0 to 100 percent, not {rate.Percent.Value}.");
            CheckArticle($"{path}.percent", rate.Percent.Article);
        }
    }
}
