using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The policy in force: what it says itself, and what stays because it leaves it alone.</summary>
public sealed class Miit2024Tests
{
    private static readonly IReadOnlyList<LoadedPolicy> Both = PolicyFile.ParseAll(
    [
        ("miit-2024.json", RepositoryFile.Bytes("policies", "miit-2024.json")),
        ("miit-2016.json", RepositoryFile.Bytes("policies", "miit-2016.json")),
    ]);

    private static readonly Policy Loaded = Both[0].Policy;

    [Fact]
    public void The_exemption_stays_and_is_marked_as_inherited() => Assert.Equal(
        new ExemptionRule(new(3, "inherited from miit-2016: 五(五)"), new(5, "inherited from miit-2016: 五(五)")), Loaded.Checks.Exemption);

    [Fact]
    public void A_failed_check_is_rectified_first_and_a_removal_bans_for_three_years()
    {
        Assert.Contains(new Ground("failed-spot-check", "第十七条", RectificationFirst: true), Loaded.Cases.Grounds);
        Assert.NotNull(Loaded.Rectification);
        Assert.Equal("overdue-rectification", Loaded.Cases.OverdueRectificationGround);
        Assert.Equal(new Figure<int>(3, "第十五条(三)"), Loaded.Ban!.Years);
    }

    [Fact]
    public void It_grants_factories_at_three_levels_from_its_day_on_and_no_products()
    {
        Assert.Equal(new Figure<DateOnly>(new DateOnly(2024, 1, 19), "第二十七条"), Loaded.EffectiveFrom);
        Assert.Equal(["factory", "park", "supply-chain"], Loaded.Honours.Select(honour => honour.Kind));
        Assert.Equal(Enum.GetValues<Level>(), Loaded.Honours[0].Levels);
    }

    [Fact]
    public void Its_base_is_read_as_it_would_be_alone()
    {
        var alone = PolicyFile.Parse("miit-2016.json", RepositoryFile.Bytes("policies", "miit-2016.json"));

        Assert.Equal((alone.Hash, "miit-2016"), (Both[1].Hash, Both[1].Policy.Id));
    }

    [Fact]
    public void Dynamic_tables_are_due_on_15_April_of_every_year()
    {
        var round = Assert.Single(Loaded.Declarations!.Rounds);

        Assert.Equal(new Figure<MonthDay>(new MonthDay(4, 15), "第十六条"), round.Due);
        Assert.Equal((2024, null), (round.FirstYear.Value, round.LastYear));
        Assert.Equal((false, true, 2025), (round.IsHeldIn(2023), round.IsHeldIn(2040), round.YearCovered(2026)));
        Assert.Equal(
            [new(DeclarationFinding.Refused, "report-refused"), new(DeclarationFinding.Falsified, "false-declaration"), new(DeclarationFinding.LowestScores, "lowest-scores")],
            Loaded.Declarations.Opens);
    }

    [Fact]
    public void National_factories_are_graded_5_35_60_within_a_month()
    {
        var grades = Loaded.Declarations!.Grades!;

        Assert.Equal(("green-factory", Level.National, 1), (grades.Honour, grades.Level, grades.RecomputedWithinMonths.Value));
        Assert.Equal([("A+", 5), ("A", 35), ("B", 60)], grades.Shares.Select(share => (share.Grade, share.Percent.Value)));
    }

    [Fact]
    public void Three_years_running_among_the_last_5_percent_open_a_case()
    {
        var lowest = Loaded.Declarations!.LowestScores!;

        Assert.Equal(new Figure<int>(5, "工信厅节函〔2025〕390号"), lowest.Percent);
        Assert.Equal(new Figure<int>(3, "工信厅节函〔2025〕390号"), lowest.Years);
        Assert.Contains(new Ground("lowest-scores", "工信厅节函〔2025〕390号"), Loaded.Cases.Grounds);
    }

    [Fact]
    public void Provinces_recommend_by_31_July_the_list_is_public_for_15_days_and_evaluators_have_15_projects_a_year()
    {
        var certification = Loaded.Certification!;

        Assert.Equal([new CertificationStep("recommendation", StepOwner.Provincial, new(new MonthDay(7, 31), "第十二条"))], certification.Steps);
        Assert.Equal(new Period(15, DayUnit.Calendar, "第十二条"), certification.Publicity);
        Assert.Equal(new Figure<int>(15, "第二十条"), certification.EvaluatorProjectsMax);
    }

    [Fact]
    public void The_vetoes_are_those_of_article_15()
    {
        Assert.Equal(
            [
                (VetoKind.Deregistered, "第十五条(一)", null, null, "not-operating"),
                (VetoKind.Stopped, "第十五条(一)", null, 12, "not-operating"),
                (VetoKind.AbnormalOperation, "第十五条(一)", null, null, "not-operating"),
                (VetoKind.Incident, "第十五条(二)", 3, null, "accident"),
                (VetoKind.TaxEvasion, "第十五条(二)", 3, null, "tax-evasion"),
                (VetoKind.Removed, "第十五条(三)", 3, null, null),
                (VetoKind.SeriousInspectionFinding, "第十五条(四)", 3, null, "serious-inspection-finding"),
                (VetoKind.EnergyRectificationMissed, "第十五条(五)", null, null, "energy-rectification-missed"),
                (VetoKind.DishonestJudgmentDebtor, "第十五条(六)", null, null, "dishonest-judgment-debtor"),
            ],
            Loaded.Vetoes!.Select(veto => (veto.Kind, veto.Article, veto.Years?.Value, veto.Months?.Value, veto.Ground)));
        Assert.All(Loaded.Vetoes!, veto => Assert.Equal(
            veto.Kind == VetoKind.Removed ? [VetoMoment.Application, VetoMoment.Grant] : Enum.GetValues<VetoMoment>(), veto.CheckedAt));
    }

    [Fact]
    public void Only_a_major_incident_is_urgent() => Assert.Equal(
        [(IncidentLevel.General, false), (IncidentLevel.Larger, false), (IncidentLevel.Major, true), (IncidentLevel.EspeciallyMajor, true)],
        Loaded.Incidents!.Levels.Select(level => (level.Level, Loaded.Cases.Grounds.Single(ground => ground.Name == level.Ground).Urgent)));

    [Fact]
    public void National_factories_parks_and_supply_chains_come_under_it_on_its_first_day_and_products_stay()
    {
        var transfer = Assert.Single(Loaded.Transfers!);

        Assert.Equal(("miit-2016", Level.National, new DateOnly(2024, 1, 19)), (transfer.From, transfer.Level, transfer.On.Value));
        Assert.Equal(["green-factory", "green-park", "green-supply-chain"], transfer.Honours);
    }

    [Fact]
    public void Good_practice_energy_inspection_withdrawal_and_notices_stay_as_they_were()
    {
        Assert.StartsWith("inherited from miit-2016: ", Loaded.GoodPractice!.EveryMonths.Article, StringComparison.Ordinal);
        Assert.StartsWith("inherited from miit-2016: 工业节能监察办法", Loaded.EnergyInspection!.Notice.Article, StringComparison.Ordinal);
        Assert.StartsWith("inherited from miit-2016: ", Loaded.Withdrawal!.ByLetter.Article, StringComparison.Ordinal);
        Assert.Equal(new Period(3, DayUnit.Working, "inherited from miit-2016: 行政处罚法 第四十八条"), Loaded.Notices!.QuashedWithdrawn);
        Assert.Equal((null, null), (Loaded.ReEvaluation, Loaded.Certificates));
    }
}
