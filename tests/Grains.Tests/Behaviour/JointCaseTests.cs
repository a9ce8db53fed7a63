namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A serious problem of an enterprise: one case over all its products that Hunan listed, one decision.</summary>
public sealed class JointCaseTests
{
    private static readonly GrainId Product = GrainId.Of(GrainKind.Product, "H-1-P-0001");

    private static readonly GrainId Product2 = GrainId.Of(GrainKind.Product, "H-1-P-0002");

    private static readonly FactRef Incident = new(Scenario.Enterprise, "incident-1");

    private static readonly Actor Decider = People.Hunan with { Id = "p-hunan-2", Person = "hunan-2" };

    [Fact]
    public void A_serious_problem_opens_one_case_on_the_enterprise_and_one_on_each_title_that_follows_it()
    {
        var scenario = Opened();

        var joint = Assert.Single(scenario.Of(Scenario.Enterprise).Cases);
        Assert.Equal(("joint-case-1", "serious-problem", true, "provincial/430000"), (joint.Id, joint.Ground, joint.Urgent, joint.Joint));
        Assert.All([Product, Product2], product => Assert.Equal(("case-1", "provincial/430000"), (scenario.Of(product).Cases.Single().Id, scenario.Of(product).Cases[0].Joint)));
        scenario.When(new GrainCommand.ApplyFact(Incident, scenario.Today), Actor.System, Product).Then();
    }

    [Fact]
    public void The_cases_on_the_titles_are_not_gone_through_by_themselves()
    {
        var scenario = Opened();

        scenario.When(Ask.Serve("case-1", "2026-06-15"), People.Hunan, Product).ThenRefused("case-is-joint", "制定说明 三.5; configuration: from which level on");
        scenario.When(Ask.State("case-1"), People.Hunan, Product).ThenRefused("case-is-joint");
        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), Decider, Product).ThenRefused("case-is-joint");
    }

    [Fact]
    public void One_decision_removes_every_title_once_and_both_histories_show_it()
    {
        var scenario = Opened().Given(Ask.Serve("joint-case-1", "2026-06-15"), People.Hunan, Scenario.Enterprise);
        scenario.When(Ask.Decide("joint-case-1", CaseOutcome.Remove), Decider, Scenario.Enterprise).ThenRefused("window-still-open");
        scenario.When(new GrainCommand.ApplyJointCases(Decision: false), People.Hunan, Product).ThenTypes("case.served");
        scenario.Given(Ask.State("joint-case-1"), People.Hunan, Scenario.Enterprise)
            .When(Ask.Decide("joint-case-1", CaseOutcome.Remove), People.Guangdong, Scenario.Enterprise).ThenRefused("out-of-scope");
        scenario.When(Ask.Decide("joint-case-1", CaseOutcome.Remove), People.B, Scenario.Enterprise).ThenRefused("not-issuing-authority");
        scenario.Given(Ask.Decide("joint-case-1", CaseOutcome.Remove), Decider, Scenario.Enterprise);

        // Carried over after a night: what was decided took effect on its day.
        scenario.On("2026-06-16");
        foreach (var product in new[] { Product, Product2, Product })
            scenario.Given(new GrainCommand.ApplyJointCases(Decision: true), Decider, product);

        foreach (var product in new[] { Product, Product2 })
        {
            Assert.Equal((TitleStatus.Removed, Ask.Day("2026-06-15"), "N-1"), (scenario.Of(product).Titles[0].Status, scenario.Of(product).Titles[0].Since, scenario.Of(product).Titles[0].Removal!.Number));
            Assert.Equal("p-hunan-2", scenario.Of(product).Cases[0].Decision!.By);
        }

        Assert.Equal(2, scenario.Log(Scenario.Enterprise).Count(line => line.Type == "decision.applied"));
        Assert.Equal(2, scenario.Of(Scenario.Enterprise).EnergyInspections!.Count(entry => entry.Trigger == EnergyTrigger.ProductRemoved));
    }

    [Fact]
    public void A_dismissal_and_an_order_to_rectify_concern_every_title_as_well()
    {
        var scenario = Opened().Given(Ask.Serve("joint-case-1", "2026-06-15"), People.Hunan, Scenario.Enterprise).Given(Ask.State("joint-case-1"), People.Hunan, Scenario.Enterprise)
            .Given(Ask.Decide("joint-case-1", CaseOutcome.Rectify), Decider, Scenario.Enterprise);

        scenario.When(new GrainCommand.ApplyJointCases(Decision: true), Decider, Product).ThenTypes("case.served", "case.decided", "rectification.ordered");
        Assert.Equal(TitleStatus.Listed, scenario.Of(Product2).Titles[0].Status);
    }

    [Fact]
    public void A_merge_of_the_enterprise_takes_the_case_along()
    {
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        var scenario = Opened().Given(Ask.Merge(coded), People.A, Scenario.Enterprise)
            .Given(Ask.Serve("joint-case-1", "2026-06-15"), People.Hunan, coded).Given(Ask.State("joint-case-1"), People.Hunan, coded)
            .Given(Ask.Decide("joint-case-1", CaseOutcome.Remove), Decider, coded);

        scenario.Given(new GrainCommand.ApplyJointCases(Decision: true), Decider, Product);
        Assert.Equal(TitleStatus.Removed, scenario.Of(Product).Titles[0].Status);
        Assert.Contains(scenario.Log(coded), line => line.Type == "decision.applied");
    }

    /// <summary>Two products with titles of Hunan, and a determined major incident that the reader of effects has carried over.</summary>
    private static Scenario Opened()
    {
        var scenario = new Scenario().Given(Ask.Register(), People.A).On("2026-05-06");
        foreach (var (product, name) in new[] { (Product, "清洁剂"), (Product2, "洗涤剂") })
        {
            scenario.Given(Ask.Register(name) with { EnterpriseName = Scenario.Name }, People.A, product)
                .Given(Ask.Grant("2025-06-15", "hunan-product", Level.Provincial), People.Hunan, product);
        }

        scenario.On("2026-06-15").Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise);
        foreach (var grain in new[] { Scenario.Enterprise, Product, Product2 })
            scenario.Given(new GrainCommand.ApplyFact(Incident, scenario.Today), Actor.System, grain);
        return scenario;
    }
}
