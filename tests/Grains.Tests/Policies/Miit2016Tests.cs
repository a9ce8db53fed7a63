using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

public sealed class Miit2016Tests
{
    private static readonly byte[] Bytes = RepositoryFile.Bytes("policies", "miit-2016.json");

    private static readonly LoadedPolicy Loaded = PolicyFile.Parse("miit-2016.json", Bytes);

    [Fact]
    public void Three_clean_checks_exempt_for_five_years()
    {
        Assert.Equal(new ExemptionRule(new(3, "五(五)"), new(5, "五(五)")), Loaded.Policy.Checks.Exemption);
        Assert.Equal([CheckOutcome.Failed, CheckOutcome.Minor], Loaded.Policy.Checks.Resets);
    }

    [Fact]
    public void A_failed_check_opens_a_case_that_removes_without_rectification()
    {
        Assert.Contains(new CaseOpening(CheckOutcome.Failed, "failed-spot-check"), Loaded.Policy.Checks.Opens);
        Assert.Contains(new Ground("failed-spot-check", "五(五)"), Loaded.Policy.Cases.Grounds);
        Assert.Null(Loaded.Policy.Rectification);
    }

    [Fact]
    public void Only_products_are_still_granted_after_the_measures_of_2024()
    {
        Assert.Null(Loaded.Policy.EffectiveTo);
        Assert.Equal(
            [("factory", new DateOnly(2024, 1, 18)), ("product", null), ("park", new DateOnly(2024, 1, 18)), ("supply-chain", new DateOnly(2024, 1, 18))],
            Loaded.Policy.Honours.Select(honour => (honour.Kind, honour.GrantedUntil?.Value)));
    }

    [Fact]
    public void The_hash_is_of_the_bytes_of_the_file() =>
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes)), Loaded.Hash);

    [Fact]
    public void Declarations_were_due_on_the_days_of_the_notices_of_their_years()
    {
        var rounds = Loaded.Policy.Declarations!.Rounds;

        Assert.Equal(
            [
                ("annual", new DateOnly(2020, 4, 30), 2019), ("annual", new DateOnly(2021, 1, 15), 2020), ("first-half", new DateOnly(2021, 7, 15), 2021),
                ("annual", new DateOnly(2022, 1, 15), 2021), ("first-half", new DateOnly(2022, 7, 15), 2022), ("annual", new DateOnly(2023, 4, 30), 2022),
            ],
            Enumerable.Range(2016, 12).SelectMany(year => rounds.Where(round => round.IsHeldIn(year)).Select(round => (round.Name, round.Due.Value.In(year), round.YearCovered(year)))));
    }

    [Fact]
    public void Provinces_recommend_by_30_November() =>
        Assert.Equal(new MonthDay(11, 30), Assert.Single(Loaded.Policy.Certification!.Steps).Due.Value);

    [Fact]
    public void Energy_inspection_gives_notice_of_5_working_days_and_orders_rectification_within_20()
    {
        var energy = Loaded.Policy.EnergyInspection!;

        Assert.Equal((5, DayUnit.Working), (energy.Notice.Days, energy.Notice.Unit));
        Assert.Equal((20, DayUnit.Working), (energy.RectificationNotice.Days, energy.RectificationNotice.Unit));
        Assert.Equal(Enum.GetValues<EnergyWithoutNotice>(), energy.WithoutNotice.For);
        Assert.Equal("energy-rectification-missed", energy.MissedGround);
    }

    [Fact]
    public void Quashed_decisions_are_withdrawn_within_3_working_days_and_results_published_within_20()
    {
        var notices = Loaded.Policy.Notices!;

        Assert.Equal(new Period(3, DayUnit.Working, "行政处罚法 第四十八条"), notices.QuashedWithdrawn);
        Assert.Equal((20, DayUnit.Working), (notices.ResultPublished.Days, notices.ResultPublished.Unit));
        Assert.Equal((7, DayUnit.Working), (notices.DecisionServed.Days, notices.DecisionServed.Unit));
        Assert.Equal(
            [
                new Remedy("administrative-review", "行政复议", new Period(60, DayUnit.Calendar, "行政复议法 第二十条")),
                new Remedy("administrative-litigation", "行政诉讼", Months: new Figure<int>(6, "行政诉讼法 第四十六条")),
            ],
            notices.Remedies);
    }

    [Fact]
    public void It_has_no_vetoes_changes_re_evaluation_or_certificates() => Assert.Equal(
        (null, null, null, null, null),
        (Loaded.Policy.Vetoes, Loaded.Policy.Changes, Loaded.Policy.ReEvaluation, Loaded.Policy.Certificates, Loaded.Policy.Region));
}
