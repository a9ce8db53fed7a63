namespace Supervision.Grains.Policies;

/// <summary>What is found about enterprises and holders: inspection, vetoes, incidents.</summary>
internal sealed partial class PolicyValidator
{
    private void CheckEnergyInspection(EnergyInspectionRules? rules)
    {
        if (rules is null)
            return;
        CheckDistinct("$.energyInspection.triggers", rules.Triggers, trigger => trigger?.Trigger);
        foreach (var (path, trigger) in Items("$.energyInspection.triggers", rules.Triggers))
            CheckArticle(path, trigger.Article);
        if (rules.Rates is { } rates)
            CheckRates("$.energyInspection.rates", rates);
        var drawn = rules.Triggers.FirstOrDefault(trigger => trigger?.Trigger == EnergyTrigger.RiskClassRate);
        Require("$.energyInspection.rates", (drawn is not null) == (rules.Rates is not null), "Rates go with the trigger risk-class-rate.");
        Require("$.energyInspection.triggers", drawn?.Effect != EnergyTriggerEffect.Proposes, "Who is drawn by the rate of a risk class is listed, not proposed.");
        CheckPercent("$.energyInspection.onSitePercent", rules.OnSitePercent);
        CheckPeriod("$.energyInspection.notice", rules.Notice);
        CheckDistinct("$.energyInspection.withoutNotice.for", rules.WithoutNotice.For, reason => reason);
        CheckArticle("$.energyInspection.withoutNotice", rules.WithoutNotice.Article);
        CheckPeriod("$.energyInspection.rectificationNotice", rules.RectificationNotice);
        CheckPeriod("$.energyInspection.rectification", rules.Rectification);
        CheckPeriod("$.energyInspection.extension", rules.Extension);
        CheckPeriod("$.energyInspection.recheck", rules.Recheck);
        CheckGround("$.energyInspection.missedGround", rules.MissedGround);
    }

    private void CheckVetoes(IReadOnlyList<VetoRule>? rules)
    {
        if (rules is null)
            return;
        CheckDistinct("$.vetoes", rules, rule => rule?.Kind);
        foreach (var (path, rule) in Items("$.vetoes", rules))
        {
            CheckText($"{path}.original", rule.Original);
            CheckArticle(path, rule.Article);
            Require($"{path}.checkedAt", rule.CheckedAt.Count > 0, "A veto is looked for at one moment at least.");
            CheckDistinct($"{path}.checkedAt", rule.CheckedAt, moment => moment);
            CheckCount($"{path}.years", rule.Years);
            CheckCount($"{path}.months", rule.Months);
            if (rule.Ground is { } ground)
                CheckGround($"{path}.ground", ground);
            Require(
                $"{path}.ground", (rule.Ground is not null) == rule.CheckedAt.Contains(VetoMoment.Yearly),
                "What is looked for yearly opens a case on a ground; what is not opens none.");
        }
    }

    private void CheckIncidents(IncidentRules? rules)
    {
        if (rules is null)
            return;
        Require("$.incidents.kinds", rules.Kinds.Count > 0, "Incidents are of one kind at least.");
        CheckDistinct("$.incidents.kinds", rules.Kinds, kind => kind);
        Require("$.incidents.levels", rules.Levels.Count > 0, "One level at least opens a case.");
        CheckDistinct("$.incidents.levels", rules.Levels, level => level?.Level);
        foreach (var (path, level) in Items("$.incidents.levels", rules.Levels))
        {
            CheckArticle(path, level.Article);
            CheckGround($"{path}.ground", level.Ground);
        }
    }
}
