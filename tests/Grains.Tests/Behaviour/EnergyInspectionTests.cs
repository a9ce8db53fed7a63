using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Energy-conservation inspection from the list to the cases that follow.</summary>
public sealed class EnergyInspectionTests
{
    private static readonly FactRef Fact = new(Scenario.Enterprise, "energy-inspection-1");

    [Fact]
    public void An_officer_lists_an_enterprise_in_the_plan_of_this_year_or_the_next_with_a_reason()
    {
        var scenario = EnergyPaths.Making().On("2026-05-25");

        scenario.When(Ask.ListEnergy(2025), People.Hunan, Scenario.Enterprise).ThenRefused("plan-not-open", "工业节能监察办法");
        scenario.When(Ask.ListEnergy(2028), People.Hunan, Scenario.Enterprise).ThenRefused("plan-not-open");
        scenario.When(Ask.ListEnergy(2026, "trial-2020"), People.Hunan, Scenario.Enterprise).ThenRefused("energy-inspection-not-provided");
        scenario.When(Ask.ListEnergy(2026), People.Guangdong, Scenario.Enterprise).ThenRefused("out-of-scope");
        scenario.When(Ask.ListEnergy(2027), People.Hunan, Scenario.Enterprise).Then(new GrainEvent.EnergyInspectionListed(
            Ask.Day("2026-05-25"), "energy-inspection-1", Rules.Miit, 2027, "makes listed products", null, null, null, Ask.Day("2027-12-31")));
        Assert.Equal("2027-12-31T16:00:00Z", InstantConverter.Format(scenario.NextWakeUp(Scenario.Enterprise)!.Value));
    }

    [Fact]
    public void A_policy_of_a_region_lists_enterprises_of_that_region() => EnergyPaths.Making()
        .Given(Ask.Register("广东公司", "440100"), People.A, EntityName.EnterpriseOf("广东公司"))
        .On("2026-05-25").When(Ask.ListEnergy(2026, "hunan-product"), People.A, EntityName.EnterpriseOf("广东公司")).ThenRefused("outside-policy-region");

    [Fact]
    public void The_removal_of_a_product_proposes_its_enterprise_in_the_same_append()
    {
        var scenario = EnergyPaths.Making();
        var id = scenario.Heard("2026-06-15", to: EnergyPaths.Product);

        var outcome = scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B, EnergyPaths.Product);

        Assert.Contains(outcome.Turn.Others.Single(change => change.Grain == Scenario.Enterprise).Events, acted => acted.Event is GrainEvent.EnergyInspectionProposed);
        var entry = scenario.Entry();
        Assert.Equal((EnergyStatus.Proposed, EnergyTrigger.ProductRemoved, EnergyPaths.Product, id), (entry.Status, entry.Trigger, entry.Cause, entry.Case));
        scenario.Given(new GrainCommand.ListEnergyInspection(2026, "reason", null, entry.Id), People.Hunan, Scenario.Enterprise);
        Assert.Equal((EnergyStatus.Listed, 2026, EnergyTrigger.ProductRemoved), (scenario.Entry().Status, scenario.Entry().Year, scenario.Entry().Trigger));
    }

    [Fact]
    public void The_removal_of_a_factory_proposes_nothing()
    {
        var scenario = EnergyPaths.Making().Decided(CaseOutcome.Remove, "2026-06-15");

        Assert.Null(scenario.Of(Scenario.Enterprise).EnergyInspections);
    }

    [Fact]
    public void A_removal_that_is_quashed_proposes_nothing_any_more()
    {
        var scenario = EnergyPaths.Making().Decided(CaseOutcome.Remove, "2026-06-15", to: EnergyPaths.Product)
            .Given(Ask.Reinstate("case-1"), People.C, EnergyPaths.Product);

        Assert.Equal((EnergyStatus.Delisted, "removal-quashed"), (scenario.Entry().Status, scenario.Entry().EndReason));
    }

    [Fact]
    public void A_product_of_a_factory_proposes_the_enterprise_behind_the_factory()
    {
        var scenario = Scenario.Listed()
            .Given(Ask.Register("清洁剂") with { EnterpriseName = "贸易公司", Relations = [new Relation(Relation.ProducerType, Scenario.Factory)] }, People.A, EnergyPaths.Product)
            .Given(Ask.Grant("2023-08-23", honour: "green-design-product"), People.A, EnergyPaths.Product)
            .Decided(CaseOutcome.Remove, "2026-06-15", to: EnergyPaths.Product);

        Assert.Equal(EnergyTrigger.ProductRemoved, scenario.Entry().Trigger);
    }

    [Fact]
    public void The_first_title_of_a_product_under_a_policy_that_has_it_proposes_its_enterprise_once()
    {
        var scenario = Scenario.Listed();
        foreach (var key in (string[])["H-1-D-0001", "H-1-D-0002"])
        {
            var product = GrainId.Of(GrainKind.Product, key);
            scenario.Given(Ask.Register("清洁剂") with { EnterpriseName = Scenario.Name }, People.A, product)
                .Given(Ask.Grant("2023-08-23", "hunan-product", Level.Provincial), People.Hunan, product);
        }

        Assert.Equal(EnergyTrigger.ProductProducer, Assert.Single(scenario.Of(Scenario.Enterprise).EnergyInspections!).Trigger);
    }

    [Fact]
    public void The_written_notice_leaves_five_working_days()
    {
        var scenario = EnergyPaths.Making().ListedForEnergy().On("2026-06-01");

        scenario.When(Ask.NotifyEnergy("2026-06-01", "2026-06-05"), People.A, Scenario.Enterprise).ThenRefused("energy-notice-too-short", "工业节能监察办法, number of the article not known");
        scenario.Given(Ask.NotifyEnergy("2026-06-01", "2026-06-08"), People.A, Scenario.Enterprise).On("2026-06-05")
            .When(Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05"), People.A, Scenario.Enterprise).ThenRefused("energy-notice-too-short");
        scenario.On("2026-06-08").When(Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-08"), People.A, Scenario.Enterprise)
            .ThenTypes("energy-inspection.concluded", "visit.planned", "visit.made");
        var visit = Assert.Single(scenario.Of(Scenario.Enterprise).Visits!);
        Assert.Equal((VisitStatus.Made, "energy-inspection-1", false), (visit.Status, visit.Reason, visit.Counts));
        Assert.Null(scenario.NextWakeUp(Scenario.Enterprise));
    }

    [Theory]
    [InlineData(EnergyWithoutNotice.Suspicion)]
    [InlineData(EnergyWithoutNotice.Complaint)]
    [InlineData(EnergyWithoutNotice.SpotCheck)]
    public void Suspicion_complaint_and_spot_check_need_no_notice(EnergyWithoutNotice reason) => EnergyPaths.Making().ListedForEnergy()
        .When(Ask.EnergyResult(EnergyOutcome.Compliant, "2026-05-25", reason) with { Method = EnergyMethod.Written }, People.A, Scenario.Enterprise).ThenTypes("energy-inspection.concluded");

    [Fact]
    public void A_result_of_an_enterprise_that_is_not_listed_is_refused_with_the_article()
    {
        EnergyPaths.Making().On("2026-06-15").When(Ask.EnergyResult(EnergyOutcome.Violations, "2026-06-15"), People.A, Scenario.Enterprise)
            .ThenRefused("energy-inspection-not-found", "工业节能监察办法");
        EnergyPaths.Making().Decided(CaseOutcome.Remove, "2026-06-15", to: EnergyPaths.Product)
            .When(Ask.EnergyResult(EnergyOutcome.Violations, "2026-06-15"), People.A, Scenario.Enterprise).ThenRefused("energy-not-listed", "工业节能监察办法");
    }

    [Fact]
    public void The_delay_of_the_notice_of_rectification_is_the_authoritys_own()
    {
        // Twenty working days from 2026-06-10, without the Dragon Boat Festival on 2026-06-19.
        var scenario = EnergyPaths.Making().Heard();
        Assert.Equal(Ask.Day("2026-07-09"), scenario.Entry().DueBy);

        scenario.On("2026-07-20").When(Ask.OrderEnergy("2026-07-20"), People.A, Scenario.Enterprise).ThenTypes("energy-inspection.overdue", "energy-rectification.ordered");

        Assert.Equal(Ask.Day("2026-09-18"), scenario.Entry().RectifyBy);
    }

    [Fact]
    public void An_extension_is_given_once_and_counts_from_the_day_that_it_puts_off()
    {
        var scenario = EnergyPaths.Making().Rectifying().Given(Ask.ExtendEnergy("2026-06-12"), People.A, Scenario.Enterprise);

        Assert.Equal(Ask.Day("2026-10-10"), scenario.Entry().RectifyBy);
        scenario.When(Ask.ExtendEnergy("2026-06-12"), People.A, Scenario.Enterprise).ThenRefused("energy-already-extended");
    }

    [Fact]
    public void What_is_not_rectified_in_time_is_missed_and_listed_for_the_next_year()
    {
        var scenario = EnergyPaths.Making().Rectifying().On("2026-12-01");

        scenario.When(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise).Then(
            new GrainEvent.EnergyRectificationMissed(Ask.Day("2026-08-12"), "energy-inspection-1", ["p-hunan"], "configuration: not stated in the source"),
            new GrainEvent.EnergyInspectionListed(
                Ask.Day("2026-08-12"), "energy-inspection-2", Rules.Miit, 2027, null, EnergyTrigger.ViolatorFollowUp,
                "工信厅节函〔2022〕261号, which lists the violators of the year before", "energy-inspection-1", Ask.Day("2027-12-31")));
    }

    [Fact]
    public void Whom_the_year_before_found_in_violation_is_listed_in_the_next_once()
    {
        var scenario = EnergyPaths.Making().Rectifying().Given(Ask.ReportEnergy("2026-06-12"), People.A, Scenario.Enterprise)
            .Given(Ask.RecheckEnergy("2026-06-12", rectified: true), People.A, Scenario.Enterprise);
        scenario.On("2026-12-31").When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();

        scenario.On("2027-01-01").When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then(new GrainEvent.EnergyInspectionListed(
            Ask.Day("2027-01-01"), "energy-inspection-2", Rules.Miit, 2027, null, EnergyTrigger.ViolatorFollowUp,
            "工信厅节函〔2022〕261号, which lists the violators of the year before", "energy-inspection-1", Ask.Day("2027-12-31")));

        // What an officer strikes off again stays off, and a year that found nothing is followed up by none.
        scenario.Given(new GrainCommand.DelistEnergyInspection("energy-inspection-2", "closed down"), People.A, Scenario.Enterprise);
        scenario.When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
        scenario.On("2028-01-01").When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
    }

    [Fact]
    public void Who_is_in_the_plan_already_or_was_found_clean_is_not_followed_up()
    {
        EnergyPaths.Making().Inspected(EnergyOutcome.Compliant).On("2027-01-01").When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
        EnergyPaths.Making().Inspected(EnergyOutcome.Violations).Given(Ask.ListEnergy(2027), People.Hunan, Scenario.Enterprise).On("2027-01-01")
            .Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise).When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
        // Missed, it is in the next plan since then.
        EnergyPaths.Making().Missed().On("2027-01-01").When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
    }

    [Fact]
    public void An_inspection_that_was_made_after_its_year_is_followed_up_in_the_year_after_that()
    {
        var scenario = EnergyPaths.Making().ListedForEnergy().On("2027-02-01")
            .Given(Ask.EnergyResult(EnergyOutcome.Violations, "2027-02-01", EnergyWithoutNotice.Suspicion), People.A, Scenario.Enterprise);

        scenario.When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).Then();
        scenario.On("2028-01-01").Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise).When(new GrainCommand.ScheduleDuties(), Actor.System, Scenario.Enterprise).ThenTypes("energy-inspection.listed");
        Assert.Equal((2028, "energy-inspection-1"), (scenario.Entry(1).Year, scenario.Entry(1).Follows));
    }

    [Fact]
    public void A_re_check_that_finds_it_not_rectified_leaves_the_rest_of_the_time()
    {
        var scenario = EnergyPaths.Making().Rectifying().On("2026-06-15").Given(Ask.ReportEnergy("2026-06-15"), People.A, Scenario.Enterprise)
            .Given(Ask.RecheckEnergy("2026-06-15", rectified: false), People.A, Scenario.Enterprise);
        Assert.Equal((EnergyStatus.Rectifying, Ask.Day("2026-08-11")), (scenario.Entry().Status, scenario.Entry().DueBy));

        scenario.On("2026-08-11").Given(Ask.ReportEnergy("2026-08-11"), People.A, Scenario.Enterprise).On("2026-08-20")
            .When(Ask.RecheckEnergy("2026-08-20", rectified: false), People.B, Scenario.Enterprise)
            .ThenTypes("energy-rectification.rechecked", "energy-rectification.missed", "energy-inspection.listed");
        Assert.Equal(["p-hunan", "p-a", "p-b"], scenario.Entry().FoundBy!);
    }

    [Fact]
    public void Only_a_rectification_that_was_missed_is_a_ground_against_titles()
    {
        const string ground = "energy-rectification-missed";
        EnergyPaths.Making().Rectifying().When(Ask.Open(ground), People.A).ThenRefused("fact-not-established");

        var scenario = EnergyPaths.Making().Missed();
        foreach (var entity in (GrainId[])[Scenario.Factory, EnergyPaths.Product])
        {
            scenario.Given(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System, entity);
            var opened = Assert.Single(scenario.Of(entity).Cases);
            Assert.Equal((ground, Fact), (opened.Ground, opened.Fact));
        }

        Assert.Equal([Scenario.Factory, EnergyPaths.Product], scenario.Entry().Applied!.Select(applied => applied.Entity));
    }

    [Fact]
    public void A_fact_opens_a_case_once_and_whoever_found_it_does_not_decide_it()
    {
        var scenario = EnergyPaths.Making().Missed().Given(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System);
        scenario.When(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System).Then();
        scenario.Given(Ask.Serve("case-1", "2026-08-12"), People.A).Given(Ask.State("case-1"), People.A);

        scenario.When(Ask.Decide("case-1", CaseOutcome.Dismiss), People.Hunan with { AnyAuthority = true }).ThenRefused("second-person-needed");
        scenario.Given(Ask.Decide("case-1", CaseOutcome.Dismiss), People.B);
        scenario.When(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System).Then();
    }

    [Fact]
    public void What_was_reported_in_time_and_is_recorded_late_was_not_missed()
    {
        var scenario = EnergyPaths.Making().Missed().Given(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System);

        // The violation was found all the same, so the follow-up stays.
        scenario.When(Ask.ReportEnergy("2026-08-10"), People.A, Scenario.Enterprise).ThenTypes("energy-rectification.reported");
        Assert.Equal(EnergyStatus.Listed, scenario.Entry(1).Status);
        scenario.When(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System)
            .ThenOn(Scenario.Factory, new GrainEvent.CaseWithdrawn(Ask.Day("2026-08-12"), "case-1", "fact-withdrawn"))
            .ThenOn(Scenario.Enterprise, new GrainEvent.FactWithdrawn(Ask.Day("2026-08-12"), "energy-inspection-1", Scenario.Factory, ["case-1"]));
    }

    [Fact]
    public void The_plan_and_its_deadlines_follow_from_the_state()
    {
        var scenario = EnergyPaths.Making().Rectifying();

        Assert.Equal(
            new WorkColumns(WorkColumns.EnergyInspection, "energy-inspection-1", "rectifying", Rules.Miit, null, Ask.Day("2026-08-11"), null),
            Assert.Single(OpenWork.Of(scenario.Of(Scenario.Enterprise))));
        var deadline = Assert.Single(GrainBehaviour.DeadlinesOf(scenario.Of(Scenario.Enterprise), Rules.Book));
        Assert.Equal((DeadlineKind.EnergyInspection, DeadlineOwner.Holder, Ask.Day("2026-08-11")), (deadline.Kind, deadline.Owner, deadline.DueOn));
    }

    [Fact]
    public void Entries_go_along_when_their_enterprise_is_merged()
    {
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        var scenario = EnergyPaths.Making().Missed().Given(Ask.Merge(coded), People.A, Scenario.Enterprise)
            .Given(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System);

        Assert.Null(scenario.Of(Scenario.Enterprise).EnergyInspections);
        Assert.Equal([Fact], scenario.Of(coded).EnergyInspections![0].Origins!);
        Assert.Equal("energy-inspection-1", scenario.Of(coded).EnergyInspections![1].Follows);
        Assert.Equal(coded, Assert.Single(scenario.Of(Scenario.Factory).Cases).Fact!.Entity);
        scenario.When(new GrainCommand.ApplyFact(Fact, Ask.Day("2026-08-12")), Actor.System).Then();
    }
}
