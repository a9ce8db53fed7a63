namespace Supervision.Grains.Policies;

/// <summary>How titles come, end and are told of.</summary>
internal sealed partial class PolicyValidator
{
    private void CheckCertificates(CertificateRules? rules)
    {
        if (rules is null)
            return;
        CheckCount("$.certificates.validYears", rules.ValidYears);
        CheckCount("$.certificates.surveillanceEveryMonths", rules.SurveillanceEveryMonths);
        CheckPeriod("$.certificates.renewal", rules.Renewal);
        CheckCount("$.certificates.suspensionMonthsMax", rules.SuspensionMonthsMax);
        CheckCount("$.certificates.suspensionAskedMonthsBefore", rules.SuspensionAskedMonthsBefore);
        Require(
            "$.certificates.surveillanceEveryMonths.value", rules.SurveillanceEveryMonths.Value <= 12L * rules.ValidYears.Value,
            "Surveillance comes round within the validity.");
        CheckDistinct("$.certificates.triggers", rules.Triggers, trigger => trigger?.Name);
        foreach (var (path, trigger) in Items("$.certificates.triggers", rules.Triggers))
        {
            CheckName($"{path}.name", trigger.Name);
            CheckText($"{path}.original", trigger.Original);
            CheckArticle(path, trigger.Article);
        }

        foreach (var state in Enum.GetValues<CertificateState>())
        {
            Require(
                "$.certificates.triggers", rules.Triggers.Any(trigger => trigger?.State == state),
                $"Nothing makes a certificate {KebabCase<CertificateState>.Word(state)}.");
        }

        // What follows by itself is named by the trigger.
        foreach (var (name, state) in ((string, CertificateState)[])[
            (CertificateRules.FailedSurveillance, CertificateState.Suspended), (CertificateRules.NotRenewed, CertificateState.Expired)])
        {
            Require(
                "$.certificates.triggers",
                rules.Triggers.All(trigger => trigger?.State != state) || rules.Triggers.Any(trigger => trigger?.State == state && string.Equals(trigger.Name, name, StringComparison.Ordinal)),
                $"Has to have '{name}', which makes a certificate {KebabCase<CertificateState>.Word(state)}.");
        }
    }

    private void CheckWithdrawal(WithdrawalRules? rules)
    {
        CheckFigure("$.withdrawal.byLetter", rules?.ByLetter);
        CheckFigure("$.withdrawal.bansDuringCase", rules?.BansDuringCase);
        Require("$.withdrawal.bansDuringCase.value", rules is not { BansDuringCase.Value: true } || _policy.Ban is not null, "The policy has no ban.");
    }

    private void CheckNotices(NoticeRules? rules)
    {
        if (rules is null)
            return;
        CheckPeriod("$.notices.resultPublished", rules.ResultPublished);
        CheckPeriod("$.notices.quashedWithdrawn", rules.QuashedWithdrawn);
        CheckPeriod("$.notices.decisionServed", rules.DecisionServed);
        CheckDistinct("$.notices.remedies", rules.Remedies, remedy => remedy?.Name);
        foreach (var (path, remedy) in Items("$.notices.remedies", rules.Remedies))
        {
            CheckName($"{path}.name", remedy.Name);
            CheckText($"{path}.original", remedy.Original);
            Require($"{path}.within", remedy.Within is null != remedy.Months is null, "A remedy has either days or months.");
            if (remedy.Within is { } within)
                CheckPeriod($"{path}.within", within);
            CheckFigure($"{path}.months", remedy.Months);
            Require($"{path}.months.value", remedy.Months is not { Value: < 1 or > 120 }, "Has to be from 1 to 120.");
        }
    }

    private void CheckTransfers(IReadOnlyList<TransferRule>? rules)
    {
        foreach (var (path, rule) in Items("$.transfers", rules ?? []))
        {
            Require($"{path}.from", !string.Equals(rule.From, _policy.Id, StringComparison.Ordinal), "Titles are transferred from another policy.");
            CheckHonours(path, rule.Honours, rule.Level);
            CheckFigure($"{path}.on", rule.On);
            foreach (var honour in rule.Honours)
            {
                var until = _policy.Honours.FirstOrDefault(granted => string.Equals(granted?.Name, honour, StringComparison.Ordinal))?.GrantedUntil ?? _policy.EffectiveTo;
                Require(
                    $"{path}.on.value", rule.On.Value >= _policy.EffectiveFrom.Value && !(rule.On.Value > until?.Value),
                    $"{rule.On.Value:O} does not lie within the days on which the policy grants '{honour}'.");
            }

            // Each title has one way to go.
            Require(
                $"{path}.honours",
                !rules!.TakeWhile(other => other != rule).Any(other => other is not null && other.Level == rule.Level
                    && string.Equals(other.From, rule.From, StringComparison.Ordinal) && other.Honours.Intersect(rule.Honours).Any()),
                "One of these honours is transferred from that policy already.");
        }
    }

    private void CheckRecognition(IReadOnlyList<RecognitionRule>? rules)
    {
        foreach (var (path, rule) in Items("$.recognition", rules ?? []))
        {
            Require($"{path}.from", rule.From.Count > 0, "Titles follow from those of one policy at least.");
            CheckDistinct($"{path}.from", rule.From, from => from);
            Require($"{path}.from", !rule.From.Contains(_policy.Id), "Titles follow from those of another policy.");
            CheckHonours(path, rule.Honours, rule.Level);
            CheckArticle(path, rule.Article);
            CheckCount($"{path}.batchMax", rule.BatchMax);
        }
    }

    private void CheckHonours(string path, IReadOnlyList<string> honours, Level level)
    {
        Require($"{path}.honours", honours.Count > 0, "One honour at least is named.");
        CheckDistinct($"{path}.honours", honours, honour => honour);
        foreach (var (item, honour) in Items($"{path}.honours", honours))
            Require(item, Grants(honour, level), $"The policy does not grant '{honour}' at the level {KebabCase<Level>.Word(level)}.");
    }
}
