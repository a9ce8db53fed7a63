using Supervision.Grains.Policies;

namespace Supervision.Grains.Tests.Policies;

/// <summary>The policies of provinces and cities, figure by figure against their sources.</summary>
public sealed class LocalPoliciesTests
{
    [Fact]
    public void Hunan_2017_grants_four_provincial_honours_from_2017_to_2020()
    {
        var policy = RealPolicies.Of("hunan-2017");

        Assert.Equal((new DateOnly(2017, 1, 6), new DateOnly(2020, 12, 31), "430000"), (policy.EffectiveFrom.Value, policy.EffectiveTo!.Value, policy.Region!.Value));
        Assert.Equal(["factory", "product", "park", "supply-chain"], policy.Honours.Select(honour => honour.Kind));
        Assert.All(policy.Honours, honour => Assert.Equal((Level.Provincial, "三.4"), (honour.Levels.Single(), honour.Article)));
    }

    [Fact]
    public void Hunan_2017_has_its_steps_on_the_last_days_of_months_and_five_working_days_of_publicity()
    {
        var certification = RealPolicies.Of("hunan-2017").Certification!;

        Assert.Equal(
            [
                ("application", StepOwner.Applicant, "01-31", "三.1"), ("aggregation", StepOwner.Municipal, "02-29", "三.1"),
                ("report", StepOwner.Applicant, "06-30", "三.3"), ("review", StepOwner.Municipal, "07-31", "三.3"),
                ("on-site-assessment", StepOwner.Provincial, "10-31", "三.4"), ("recommendation", StepOwner.Provincial, "11-30", "三.5"),
            ],
            certification.Steps.Select(step => (step.Name, step.Owner, step.Due.Value.ToString(), step.Due.Article)));
        Assert.Equal(new MonthDay(8, 1), certification.Steps[4].From!.Value);
        Assert.Equal(new Period(5, DayUnit.Working, "三.4"), certification.Publicity);
        Assert.Equal((new DateOnly(2018, 2, 28), new DateOnly(2020, 2, 29)), (certification.Steps[1].Due.Value.In(2018), certification.Steps[1].Due.Value.In(2020)));
    }

    [Fact]
    public void Hunan_2017_has_neither_exemption_nor_ban_nor_declarations_and_rectifies_first()
    {
        var policy = RealPolicies.Of("hunan-2017");

        Assert.Equal((null, null, null), (policy.Checks.Exemption, policy.Ban, policy.Declarations));
        Assert.True(policy.Cases.Grounds.Single(ground => ground.Name == "failed-spot-check").RectificationFirst);
    }

    [Theory]
    [InlineData("hunan-2017", 3)]
    [InlineData("hunan-product", 3)]
    [InlineData("shenzhen-2022", null)]
    public void Re_evaluation_has_an_owner_for_each_of_its_deadlines(string id, int? years)
    {
        var rules = RealPolicies.Of(id).ReEvaluation!;

        Assert.Equal(years, rules.EveryYears?.Value);
        Assert.Equal(
            (DeadlineOwner.Authority, DeadlineOwner.Holder, DeadlineOwner.Authority), (rules.Announcement.Owner, rules.Report.Owner, rules.Evaluation.Owner));
        Assert.Equal(("failed-re-evaluation", "missed-re-evaluation"), (rules.FailedGround, rules.MissedGround));
    }

    [Theory]
    [InlineData("hunan-product")]
    [InlineData("shenzhen-2022")]
    public void Relocation_restructuring_merger_and_split_are_evaluated_anew_and_a_rename_is_not(string id) => Assert.Equal(
        [ChangeKind.Relocation, ChangeKind.Restructuring, ChangeKind.Merger, ChangeKind.Split],
        RealPolicies.Of(id).ReEvaluation!.Triggers.Select(trigger => trigger.Change));

    [Fact]
    public void Hunans_products_bring_their_producers_under_energy_inspection_and_a_serious_problem_concerns_all_of_them()
    {
        var policy = RealPolicies.Of("hunan-product");

        Assert.Equal((new DateOnly(2020, 4, 8), null, "430000"), (policy.EffectiveFrom.Value, policy.EffectiveTo, policy.Region!.Value));
        Assert.Equal(("product", "绿色设计产品"), policy.Honours.Select(honour => (honour.Kind, honour.Original)).Single());
        Assert.Contains(new EnergyTriggerRule(EnergyTrigger.ProductProducer, EnergyTriggerEffect.Proposes, "制定说明 三.5"), policy.EnergyInspection!.Triggers);
        Assert.Contains(new Ground("serious-problem", "制定说明 三.5", Urgent: true, EnterpriseWide: true), policy.Cases.Grounds);
        Assert.Contains(new Ground("not-conforming", "制定说明 三.5", RectificationFirst: true), policy.Cases.Grounds);
        Assert.All(policy.Incidents!.Levels, level => Assert.Equal("serious-problem", level.Ground));
    }

    [Fact]
    public void Shenzhen_2022_grants_eight_honours_until_the_measures_of_2024()
    {
        var policy = RealPolicies.Of("shenzhen-2022");

        Assert.Equal(
            (new DateOnly(2022, 7, 21), new DateOnly(2024, 7, 18), "440300"), (policy.EffectiveFrom.Value, policy.EffectiveTo!.Value, policy.Region!.Value));
        Assert.Equal(
            [
                ("green-park", "park"), ("green-enterprise", "enterprise"), ("green-supply-chain", "supply-chain"), ("green-factory", "factory"),
                ("green-design-product", "product"), ("green-data-centre", "data-centre"), ("energy-efficiency-leader", "enterprise"),
                ("water-efficiency-leader", "enterprise"),
            ],
            policy.Honours.Select(honour => (honour.Name, honour.Kind)));
        Assert.All(policy.Honours, honour => Assert.Equal([Level.Municipal], honour.Levels));
    }

    [Fact]
    public void Shenzhen_2022_has_changes_filed_and_ways_out()
    {
        var policy = RealPolicies.Of("shenzhen-2022");

        Assert.NotNull(policy.Changes);
        Assert.NotNull(policy.Withdrawal);
        Assert.Equal((3, true), (policy.Ban!.Years.Value, policy.Ban.FollowsSuccessors.Value));
        Assert.Equal((null, null), (policy.Checks.Exemption, policy.Declarations));
    }

    [Fact]
    public void Shenzhen_2024_keeps_three_honours_for_five_years_and_recognises_national_factories_of_batches_1_to_8()
    {
        var policy = RealPolicies.Of("shenzhen-2024");

        Assert.Equal((new DateOnly(2024, 7, 19), new DateOnly(2029, 7, 18)), (policy.EffectiveFrom.Value, policy.EffectiveTo!.Value));
        Assert.Equal(["factory", "park", "supply-chain"], policy.Honours.Select(honour => honour.Kind));
        var recognition = Assert.Single(policy.Recognition!);
        Assert.Equal((Level.National, Level.Municipal, 8), (recognition.FromLevel, recognition.Level, recognition.BatchMax!.Value));
        Assert.Equal(["miit-2016", "miit-2024"], recognition.From);
        Assert.Equal(["green-factory"], recognition.Honours);
    }

    [Fact]
    public void Shenzhen_2024_has_from_the_national_rule_what_it_does_not_say_itself()
    {
        var policy = RealPolicies.Of("shenzhen-2024");

        Assert.Equal(new Figure<int>(3, "inherited from miit-2024: 第十五条(三)"), policy.Ban!.Years);
        Assert.Equal(9, policy.Vetoes!.Count);
        Assert.Equal(new MonthDay(4, 15), Assert.Single(policy.Declarations!.Rounds).Due.Value);
        Assert.Equal((null, null, null, null), (policy.Declarations.Grades, policy.Declarations.LowestScores, policy.Checks.Exemption, policy.Certification));
        Assert.Null(policy.Transfers);
    }

    [Fact]
    public void Huzhous_certificates_are_valid_for_five_years_watched_yearly_and_renewed_from_90_days_before()
    {
        var policy = RealPolicies.Of("huzhou-product");
        var certificates = policy.Certificates!;

        Assert.Equal(("330500", "product"), (policy.Region!.Value, policy.Honours.Single().Kind));
        Assert.Equal((5, 12), (certificates.ValidYears.Value, certificates.SurveillanceEveryMonths.Value));
        Assert.Equal(new Period(90, DayUnit.Calendar, "绿色产品认证实施规则"), certificates.Renewal);
        Assert.Equal(
            [
                (CertificateState.Suspended, "misused-certificate rules-breached failed-surveillance suspension-asked"),
                (CertificateState.Revoked, "not-corrected serious-defect major-accident"),
                (CertificateState.Cancelled, "rules-changed no-longer-produced cancellation-asked"),
                (CertificateState.Expired, "not-renewed"),
            ],
            certificates.Triggers.GroupBy(trigger => trigger.State).Select(group => (group.Key, string.Join(' ', group.Select(trigger => trigger.Name)))));
        Assert.Equal("认证认可条例 第二十六条", certificates.Triggers.Single(trigger => trigger.Name == "failed-surveillance").Article);
    }

    [Fact]
    public void Only_Huzhou_has_certificates() =>
        Assert.Equal(["huzhou-product"], RealPolicies.All.Where(loaded => loaded.Policy.Certificates is not null).Select(loaded => loaded.Policy.Id));

    [Fact]
    public void What_a_policy_does_not_state_does_not_exist_under_it()
    {
        Assert.Equal(["miit-2024", "shenzhen-2024"], With(policy => policy.Vetoes));
        Assert.Equal(["miit-2016", "miit-2024", "shenzhen-2024"], With(policy => policy.Declarations));
        Assert.Equal(["miit-2016", "miit-2024", "shenzhen-2024"], With(policy => policy.GoodPractice));
        Assert.Equal(["hunan-2017", "hunan-product", "shenzhen-2022"], With(policy => policy.ReEvaluation));
        Assert.Equal(["hunan-product", "miit-2016", "miit-2024", "shenzhen-2024"], With(policy => policy.EnergyInspection));
        Assert.Equal(["hunan-product", "miit-2024", "shenzhen-2022", "shenzhen-2024"], With(policy => policy.Changes));
        Assert.Equal(["hunan-2017", "hunan-product", "miit-2016", "miit-2024", "shenzhen-2022", "shenzhen-2024"], With(policy => policy.Incidents));
        Assert.Equal(["miit-2016", "miit-2024", "shenzhen-2022", "shenzhen-2024"], With(policy => policy.Ban));
        Assert.Equal(["miit-2016", "miit-2024", "shenzhen-2022", "shenzhen-2024"], With(policy => policy.Withdrawal));
        Assert.Equal(["miit-2024"], With(policy => policy.Transfers));
        Assert.Equal(["shenzhen-2024"], With(policy => policy.Recognition));
        Assert.Equal(RealPolicies.All.Select(loaded => loaded.Policy.Id), With(policy => policy.Notices));
    }

    private static IEnumerable<string> With(Func<Policy, object?> section) =>
        RealPolicies.All.Select(loaded => loaded.Policy).Where(policy => section(policy) is not null).Select(policy => policy.Id);
}
