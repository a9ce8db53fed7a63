namespace Supervision.Grains.Policies;

/// <summary>Finds everything that is wrong with the content of a policy whose form is right.</summary>
internal sealed partial class PolicyValidator
{
    /// <summary>Largest number of days of a period, about ten years: beyond it a figure is a slip of the pen.</summary>
    private const int DaysMax = 3_660;

    /// <summary>Largest number of years, checks or inspectors.</summary>
    private const int CountMax = 100;

    /// <summary>Kinds that documents grant honours to.</summary>
    private static readonly IReadOnlyList<string> Kinds = [.. GrainKind.Subjects.Select(kind => kind.Name)];

    private readonly List<PolicyFailure> _failures = [];
    private readonly string _file;
    private readonly Policy _policy;

    private PolicyValidator(string file, Policy policy) => (_file, _policy) = (file, policy);

    /// <summary>Every failure, in the order of the file; empty for a good policy.</summary>
    public static IReadOnlyList<PolicyFailure> Validate(string file, Policy policy)
    {
        var validator = new PolicyValidator(file, policy);
        validator.CheckHead();
        validator.CheckHonours();
        validator.CheckCheckRules(policy.Checks);
        validator.CheckDraws(policy.Draws);
        validator.CheckCases(policy.Cases);
        validator.CheckRectification();
        validator.CheckCount("$.ban.years", policy.Ban?.Years);
        validator.CheckFigure("$.ban.followsSuccessors", policy.Ban?.FollowsSuccessors);
        validator.CheckCertification(policy.Certification);
        validator.CheckDeclarations(policy.Declarations);
        validator.CheckCount("$.goodPractice.everyMonths", policy.GoodPractice?.EveryMonths);
        validator.CheckReEvaluation(policy.ReEvaluation);
        validator.CheckEnergyInspection(policy.EnergyInspection);
        validator.CheckVetoes(policy.Vetoes);
        validator.CheckIncidents(policy.Incidents);
        validator.CheckChanges(policy.Changes);
        validator.CheckCertificates(policy.Certificates);
        validator.CheckWithdrawal(policy.Withdrawal);
        validator.CheckNotices(policy.Notices);
        validator.CheckTransfers(policy.Transfers);
        validator.CheckRecognition(policy.Recognition);
        return validator._failures;
    }

    private void CheckHead()
    {
        CheckName("$.id", _policy.Id);
        Require("$.id", string.Equals(Path.GetFileName(_file), _policy.Id + ".json", StringComparison.Ordinal), $"The file of '{_policy.Id}' has to be named {_policy.Id}.json.");
        Require("$.version", _policy.Version >= 1, $"The version is at least 1, not {_policy.Version}.");
        CheckText("$.title", _policy.Title);
        CheckText("$.document", _policy.Document);
        CheckArticle("$.effectiveFrom", _policy.EffectiveFrom.Article);
        if (_policy.EffectiveTo is { } to)
        {
            Require("$.effectiveTo.value", to.Value >= _policy.EffectiveFrom.Value, $"{to.Value:O} lies before the first day of force, {_policy.EffectiveFrom.Value:O}.");
            CheckArticle("$.effectiveTo", to.Article);
        }

        if (_policy.Region is { } region)
        {
            Require("$.region.value", Region.TryParse(region.Value, out var code) && string.Equals(code, region.Value, StringComparison.Ordinal), $"'{region.Value}' is not a six-digit code of a Chinese region.");
            CheckArticle("$.region", region.Article);
        }

        Require("$.timeZone", string.Equals(_policy.TimeZone, Calendars.CivilTime.TimeZone, StringComparison.Ordinal), $"The time zone is {Calendars.CivilTime.TimeZone}, not '{_policy.TimeZone}'.");
    }

    private void CheckHonours()
    {
        Require("$.honours", _policy.Honours.Count > 0, "A policy grants at least one honour.");
        CheckDistinct("$.honours", _policy.Honours, honour => honour?.Name);
        foreach (var (path, honour) in Items("$.honours", _policy.Honours))
        {
            CheckName($"{path}.name", honour.Name);
            CheckText($"{path}.original", honour.Original);
            Require($"{path}.kind", Kinds.Contains(honour.Kind), $"'{honour.Kind}' is not one of {string.Join(", ", Kinds)}.");
            Require($"{path}.levels", honour.Levels.Count > 0, "An honour is granted at one level at least.");
            CheckDistinct($"{path}.levels", honour.Levels, level => level);
            CheckArticle(path, honour.Article);
            if (honour.GrantedUntil is not { } until)
                continue;
            Require($"{path}.grantedUntil.value", until.Value >= _policy.EffectiveFrom.Value, $"{until.Value:O} lies before the first day of force, {_policy.EffectiveFrom.Value:O}.");
            Require($"{path}.grantedUntil.value", _policy.EffectiveTo is not { } to || until.Value <= to.Value, $"{until.Value:O} lies after the policy's own last day, {_policy.EffectiveTo?.Value:O}.");
            CheckArticle($"{path}.grantedUntil", until.Article);
        }
    }

    private void CheckCheckRules(CheckRules checks)
    {
        CheckCount("$.checks.inspectorsMin", checks.InspectorsMin);
        if (checks.ApprovalFrom is { } approvalFrom)
            CheckArticle("$.checks.approvalFrom", approvalFrom.Article);
        if (checks.Cap is { } cap)
        {
            CheckArticle("$.checks.cap.from", cap.From.Article);
            CheckCount("$.checks.cap.perYear", cap.PerYear);
            CheckArticle("$.checks.cap.counts", cap.Counts.Article);
            Require("$.checks.cap.counts", cap.Counts.Random || cap.Counts.Directed, "A cap counts visits of some kind.");
        }

        if (checks.RegisteredInspectorsFrom is { } registeredFrom)
            CheckArticle("$.checks.registeredInspectorsFrom", registeredFrom.Article);
        if (checks.Inspection is { } inspection)
        {
            CheckArticle("$.checks.inspection.from", inspection.From.Article);
            CheckPeriod("$.checks.inspection.emergencyApproval", inspection.EmergencyApproval);
            CheckPeriod("$.checks.inspection.objection", inspection.Objection);
            CheckDistinct("$.checks.inspection.steps", inspection.Steps, step => step);
            CheckText("$.checks.inspection.stepsArticle", inspection.StepsArticle);
        }

        if (checks.Fields is { } fields)
        {
            CheckDistinct("$.checks.fields", fields, field => field?.Kind);
            foreach (var (path, field) in Items("$.checks.fields", fields))
            {
                Require($"{path}.kind", Kinds.Contains(field.Kind), $"'{field.Kind}' is not one of {string.Join(", ", Kinds)}.");
                CheckText($"{path}.field", field.Field);
                CheckArticle(path, field.Article);
            }
        }

        if (checks.Items is { } items)
        {
            CheckArticle("$.checks.items.from", items.From.Article);
            Require("$.checks.items.published", items.Published.Count > 0, "A policy publishes at least one item.");
            CheckDistinct("$.checks.items.published", items.Published, item => item?.Id);
            foreach (var (path, item) in Items("$.checks.items.published", items.Published))
            {
                CheckName($"{path}.id", item.Id);
                CheckText($"{path}.original", item.Original);
                CheckArticle(path, item.Article);
            }

            Require("$.checks.items.published", items.Published.Any(item => item is { RemoteFirst: false }), "Some item has to be checked on site: a check that names none has them all.");
        }

        CheckCount("$.checks.exemption.cleanChecks", checks.Exemption?.CleanChecks);
        CheckCount("$.checks.exemption.years", checks.Exemption?.Years);
        CheckDistinct("$.checks.resets", checks.Resets, outcome => outcome);
        Require("$.checks.resets", !checks.Resets.Contains(CheckOutcome.Clean), "A clean check does not set the count of clean checks back.");
        CheckDistinct("$.checks.opens", checks.Opens, opening => opening?.Outcome);
        foreach (var (path, opening) in Items("$.checks.opens", checks.Opens))
        {
            Require($"{path}.outcome", opening.Outcome != CheckOutcome.Clean, "A clean check opens no case.");
            CheckGround($"{path}.ground", opening.Ground);
        }
    }

    private void CheckCases(CaseRules cases)
    {
        CheckPeriod("$.cases.statementWindow", cases.StatementWindow);
        CheckPeriod("$.cases.urgentWindow", cases.UrgentWindow);
        if (cases.OverdueRectificationGround is { } overdue)
            CheckGround("$.cases.overdueRectificationGround", overdue);
        CheckDistinct("$.cases.grounds", cases.Grounds, ground => ground?.Name);
        foreach (var (path, ground) in Items("$.cases.grounds", cases.Grounds))
        {
            CheckName($"{path}.name", ground.Name);
            CheckArticle(path, ground.Article);
            Require($"{path}.rectificationFirst", !ground.RectificationFirst || _policy.Rectification is not null, "The policy has no rectification that could come first.");
            Require(
                $"{path}.rectificationFirst",
                !ground.RectificationFirst || !string.Equals(ground.Name, cases.OverdueRectificationGround, StringComparison.Ordinal),
                "An overdue rectification cannot ask for rectification again: the title could never be removed.");
        }
    }

    private void CheckRectification()
    {
        CheckPeriod("$.rectification", _policy.Rectification);
        var hasGround = _policy.Cases.OverdueRectificationGround is not null;
        Require("$.cases.overdueRectificationGround", hasGround || _policy.Rectification is null, "Rectification needs the ground of the case that opens when it is overdue.");
        Require("$.cases.overdueRectificationGround", !hasGround || _policy.Rectification is not null, "The policy has no rectification that could be overdue.");
    }

    private void CheckGround(string path, string name) => Require(
        path,
        _policy.Cases.Grounds.Any(ground => string.Equals(ground?.Name, name, StringComparison.Ordinal)),
        $"'{name}' is not one of the policy's grounds.");

    private void CheckCount(string path, Figure<int>? figure)
    {
        if (figure is null)
            return;
        Require($"{path}.value", figure.Value is >= 1 and <= CountMax, $"The figure is from 1 to {CountMax}, not {figure.Value}.");
        CheckArticle(path, figure.Article);
    }

    private void CheckFigure<T>(string path, Figure<T>? figure)
    {
        if (figure is not null)
            CheckArticle(path, figure.Article);
    }

    private void CheckPeriod(string path, Period? period)
    {
        if (period is null)
            return;
        Require($"{path}.days", period.Days is >= 1 and <= DaysMax, $"A period has from 1 to {DaysMax} days, not {period.Days}.");
        CheckArticle(path, period.Article);
    }

    private void CheckPeriod(string path, OwnedPeriod period, DeadlineOwner owner)
    {
        CheckPeriod(path, period.Period);
        Require($"{path}.owner", period.Owner == owner, $"This is for the {KebabCase<DeadlineOwner>.Word(owner)} to do, not for the {KebabCase<DeadlineOwner>.Word(period.Owner)}.");
    }

    private void CheckArticle(string path, string article) =>
        Require($"{path}.article", !string.IsNullOrWhiteSpace(article), "Name the article, or say 'configuration: …' where the source is silent.");

    private void CheckName(string path, string name) =>
        Require(path, GrainKind.Policy.IsKey(name), $"'{name}' is not a name: {GrainKind.Policy.KeyForm}.");

    private void CheckText(string path, string text) => Require(path, !string.IsNullOrWhiteSpace(text), "The text is blank.");

    private void CheckDistinct<TItem, TKey>(string path, IReadOnlyList<TItem> items, Func<TItem, TKey> keyOf)
    {
        var seen = new HashSet<TKey>();
        for (var i = 0; i < items.Count; i++)
        {
            // An item that is null is reported as such.
            if (keyOf(items[i]) is { } key)
                Require($"{path}[{i}]", seen.Add(key), $"{key} is there twice.");
        }
    }

    /// <summary>The items with their paths; one that is null, which the serializer lets through in lists, is a failure.</summary>
    private IEnumerable<(string Path, TItem Item)> Items<TItem>(string path, IReadOnlyList<TItem> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            Require($"{path}[{i}]", items[i] is not null, "An item of a list is not null.");
            if (items[i] is { } item)
                yield return ($"{path}[{i}]", item);
        }
    }

    private void Require(string path, bool holds, string reason)
    {
        if (!holds)
            _failures.Add(new PolicyFailure(_file, path, reason));
    }
}
