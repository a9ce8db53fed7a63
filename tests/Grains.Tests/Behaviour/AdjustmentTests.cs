namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A title that was lost at one level has to be considered at the others: a proposal each, never a decision.</summary>
public sealed class AdjustmentTests
{
    private static readonly TitleRef National = new(Rules.Miit2024, "green-factory", Level.National);

    private static readonly TitleRef Provincial = new(Rules.Miit2024, "green-factory", Level.Provincial);

    [Fact]
    public void A_removal_is_proposed_at_the_other_level_once()
    {
        var scenario = Held();
        var id = Heard(scenario);

        scenario.Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        Assert.Equal(
            [new Adjustment("adjustment-1", Provincial, National, Ask.Day("2026-06-15"), TitleStatus.Removed, "report-refused", id, AdjustmentStatus.Proposed)],
            scenario.Of(Scenario.Factory).Adjustments!);
        Assert.True(scenario.Title(Provincial).InForce);
        scenario.When(Ask.Rename("2026-06-15"), People.A).ThenTypes("entity.renamed");
        Assert.Single(scenario.Of(Scenario.Factory).Adjustments!);
    }

    [Fact]
    public void Its_authority_opens_a_case_with_the_ground_which_another_person_decides()
    {
        var scenario = Removed();

        scenario.When(Open(), People.A).ThenRefused("not-issuing-authority");
        scenario.When(Open(), People.Hunan).Then(
            new GrainEvent.CaseOpened(
                Ask.Day("2026-06-15"), "case-2", Provincial, "report-refused", "第十六条", "removed from the national list", Urgent: false, Check: null, Rectification: null),
            new GrainEvent.AdjustmentAccepted(Ask.Day("2026-06-15"), "adjustment-1", "case-2"));
        scenario.When(Open(), People.Hunan).ThenRefused("adjustment-closed");
        scenario.Given(Ask.Serve("case-2", "2026-06-15"), People.Hunan).Given(Ask.State("case-2"), People.Hunan);
        scenario.When(Ask.Decide("case-2", CaseOutcome.Remove), People.Hunan).ThenRefused("second-person-needed");
    }

    [Fact]
    public void Or_says_why_the_title_stays()
    {
        var scenario = Removed();

        scenario.When(Dismiss(), People.Hunan).Then(new GrainEvent.AdjustmentDismissed(Ask.Day("2026-06-15"), "adjustment-1", "reason"));
        scenario.When(Dismiss(), People.Hunan).ThenRefused("adjustment-closed");
        scenario.When(Dismiss() with { Adjustment = "adjustment-9" }, People.Hunan).ThenRefused("adjustment-not-found");
    }

    [Fact]
    public void A_ground_that_the_policy_does_not_have_has_to_be_another()
    {
        var scenario = Held("hunan-2017", "2018-06-15");
        scenario.Given(Ask.Decide(Heard(scenario, "lowest-scores"), CaseOutcome.Remove), People.B);

        scenario.When(Open(), People.Hunan).ThenRefused("ground-needed");
        scenario.When(Open() with { Ground = "lowest-scores" }, People.Hunan).ThenRefused("unknown-ground");
        scenario.When(Open() with { Ground = "false-declaration" }, People.Hunan).ThenTypes("case.opened", "adjustment.accepted");
    }

    [Fact]
    public void A_quashed_removal_takes_back_what_is_undecided()
    {
        var scenario = Removed();

        scenario.When(Quash(), People.C).ThenTypes("title.reinstated", "adjustment.withdrawn");
        Assert.Equal((AdjustmentStatus.Withdrawn, Ask.Day("2026-06-15"), "title-held-again"), Stands(scenario));

        Removed().Given(Dismiss(), People.Hunan).When(Quash(), People.C).ThenTypes("title.reinstated");
    }

    [Fact]
    public void A_title_that_is_lost_as_well_leaves_nothing_to_decide()
    {
        var scenario = Removed();
        scenario.Given(Ask.Open("false-declaration") with { Title = Choice(Provincial) }, People.Hunan).Given(Ask.Serve("case-2", "2026-06-15"), People.Hunan)
            .Given(Ask.State("case-2"), People.Hunan).Given(Ask.Decide("case-2", CaseOutcome.Remove), People.Of(Level.Provincial, "430000"));

        Assert.Equal((AdjustmentStatus.Withdrawn, Ask.Day("2026-06-15"), "title-lost"), Stands(scenario));
        Assert.Single(scenario.Of(Scenario.Factory).Adjustments!);
    }

    [Fact]
    public void Where_a_case_on_the_same_fact_is_open_nothing_has_to_be_proposed()
    {
        var scenario = Held().Given(Ask.Incident("2026-06-14"), People.C, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.C, Scenario.Enterprise)
            .Given(new GrainCommand.ApplyFact(new FactRef(Scenario.Enterprise, "incident-1"), Ask.Day("2026-06-15")), Actor.System)
            .Given(Ask.Serve("case-1", "2026-06-15"), People.A).Given(Ask.State("case-1"), People.A);

        scenario.Given(Ask.Decide("case-1", CaseOutcome.Remove), People.B);

        Assert.Null(scenario.Of(Scenario.Factory).Adjustments);
    }

    [Fact]
    public void A_proposal_goes_along_with_transfers_and_merges()
    {
        var scenario = Removed().Given(Ask.Register(), People.A, Scenario.Factory2).Given(Ask.Merge(Scenario.Factory2), People.A with { AnyAuthority = true });

        Assert.Equal("adjustment-1", Assert.Single(scenario.Of(Scenario.Factory2).Adjustments!).Id);
        scenario.When(Dismiss(), People.Hunan, Scenario.Factory2).ThenTypes("adjustment.dismissed");
    }

    /// <summary>A national title, and a provincial one.</summary>
    private static Scenario Held(string provincial = Rules.Miit2024, string grantedOn = "2025-06-15") => Scenario.Registered().On("2026-06-15")
        .Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A).Given(Ask.Grant(grantedOn, provincial, Level.Provincial), People.Hunan);

    private static Scenario Removed()
    {
        var scenario = Held();
        return scenario.Given(Ask.Decide(Heard(scenario), CaseOutcome.Remove), People.B);
    }

    private static string Heard(Scenario scenario, string ground = "report-refused")
    {
        scenario.Given(Ask.Open(ground, Rules.Miit2024) with { Title = Choice(National) }, People.A).Given(Ask.Serve("case-1", "2026-06-15"), People.A).Given(Ask.State("case-1"), People.A);
        return "case-1";
    }

    private static TitleChoice Choice(TitleRef title) => new(title.Policy, title.Honour, title.Level);

    private static GrainCommand.Reinstate Quash() => new(Choice(National), "case-1", "quashed", "N-2");

    private static GrainCommand.DecideAdjustment Open() => new("adjustment-1", AdjustmentOutcome.OpenCase, "removed from the national list");

    private static GrainCommand.DecideAdjustment Dismiss() => new("adjustment-1", AdjustmentOutcome.Dismiss, "reason");

    private static (AdjustmentStatus, DateOnly?, string?) Stands(Scenario scenario) =>
        scenario.Of(Scenario.Factory).Adjustments![0] is var proposed ? (proposed.Status, proposed.DecidedOn, proposed.Reason) : default;
}
