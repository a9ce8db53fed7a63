using Supervision.Grains.Tests.Behaviour;

namespace Supervision.Grains.Tests.Schemes;

/// <summary>《湖南省绿色设计产品评价管理办法》制定说明, 三.5: what happens to a green-design product after it was listed.</summary>
public sealed class HunanProductSchemeTests
{
    private const string Policy = "hunan-product";

    private static readonly GrainId Product = GrainId.Of(GrainKind.Product, "H-1-P-0001");

    private static readonly GrainId Product2 = GrainId.Of(GrainKind.Product, "H-1-P-0002");

    private static readonly Actor Second = People.Hunan with { Id = "p-hunan-2", Person = "hunan-2" };

    private static readonly Actor Third = People.Hunan with { Id = "p-hunan-3", Person = "hunan-3" };

    [Fact]
    public void Green_design_products_are_managed_dynamically()
    {
        var scenario = Failed();

        Assert.Equal(("not-conforming", "制定说明 三.5"), (scenario.Of(Product).Cases[0].Ground, scenario.Of(Product).Cases[0].Article));
    }

    [Fact]
    public void They_are_evaluated_again()
    {
        var scenario = Listed();
        Assert.Equal(Ask.Day("2029-03-02"), scenario.Of(Product).Titles[0].ReEvaluation!.DueOn);

        scenario.On("2029-01-05").Given(Ask.Announce("2029-01-05", Policy), People.Hunan, Product).Given(Ask.Report("2029-01-05"), People.Hunan, Product)
            .Given(Ask.Conclude(ReEvaluationOutcome.Failed, "2029-01-05", Policy), People.Hunan, Product);
        Assert.Equal("failed-re-evaluation", scenario.Of(Product).Cases[0].Ground);
    }

    [Fact]
    public void Their_producers_are_put_under_energy_inspection_where_needed()
    {
        var scenario = Listed();
        var proposed = scenario.Entry();
        Assert.Equal((EnergyStatus.Proposed, EnergyTrigger.ProductProducer, "制定说明 三.5"), (proposed.Status, proposed.Trigger, proposed.Article));

        scenario.Given(new GrainCommand.ListEnergyInspection(2026, "uses much energy", null, proposed.Id), People.Hunan, Scenario.Enterprise);
        Assert.Equal(EnergyStatus.Listed, scenario.Entry().Status);
    }

    [Fact]
    public void What_does_not_meet_the_requirements_loses_the_qualification()
    {
        var scenario = Heard(Failed(), "case-1");
        scenario.When(Ask.Decide("case-1", CaseOutcome.Remove), Third, Product).ThenRefused("rectification-first", "制定说明 三.5");

        scenario.Given(Ask.Decide("case-1", CaseOutcome.Rectify), Third, Product).Given(Ask.ServeDecision("case-1", "2026-06-15"), People.Hunan, Product);
        Heard(scenario.On("2026-07-20").Given(new GrainCommand.WakeUp(), Actor.System, Product), "case-2")
            .Given(Ask.Decide("case-2", CaseOutcome.Remove), Third, Product);
        Assert.Equal((TitleStatus.Removed, "overdue-rectification"), (scenario.Of(Product).Titles[0].Status, scenario.Of(Product).Titles[0].Removal!.Ground));
    }

    [Fact]
    public void An_enterprise_with_a_serious_problem_loses_the_qualification_of_all_of_them()
    {
        var scenario = Listed().Given(Ask.Register("洗衣液") with { EnterpriseName = Scenario.Name }, People.A, Product2)
            .Given(Ask.Grant("2026-03-02", Policy, Level.Provincial), People.Hunan, Product2)
            .On("2026-06-15").Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise);
        foreach (var product in new[] { Product, Product2 })
            scenario.Given(new GrainCommand.ApplyFact(new FactRef(Scenario.Enterprise, "incident-1"), scenario.Today), Actor.System, product);

        scenario.Given(Ask.Serve("joint-case-1", "2026-06-15"), People.Hunan, Scenario.Enterprise).Given(Ask.State("joint-case-1"), People.Hunan, Scenario.Enterprise)
            .Given(Ask.Decide("joint-case-1", CaseOutcome.Remove), Third, Scenario.Enterprise);
        foreach (var product in new[] { Product, Product2 })
            scenario.Given(new GrainCommand.ApplyJointCases(Decision: true), Third, product);
        Assert.All([Product, Product2], product => Assert.Equal(("serious-problem", "N-1"), (scenario.Of(product).Titles[0].Removal!.Ground, scenario.Of(product).Titles[0].Removal!.Number)));
    }

    private static Scenario Listed() => new Scenario().On("2026-03-02")
        .Given(Ask.Register("清洁剂") with { EnterpriseName = Scenario.Name }, People.A, Product)
        .Given(Ask.Grant("2026-03-02", Policy, Level.Provincial), People.Hunan, Product);

    private static Scenario Failed() => Listed().On("2026-06-15").Given(Ask.Directed("2026-07-15", Policy), People.Hunan, Product)
        .Given(new GrainCommand.ApproveCheck("check-1"), Second, Product).Given(Ask.Result("check-1", CheckOutcome.Failed, "2026-06-15"), People.Hunan, Product);

    private static Scenario Heard(Scenario scenario, string id) =>
        scenario.Given(Ask.Serve(id, scenario.Today.ToString("yyyy-MM-dd")), People.Hunan, Product).Given(Ask.State(id), People.Hunan, Product);
}
