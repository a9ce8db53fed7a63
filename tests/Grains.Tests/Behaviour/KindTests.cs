namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What is particular to each kind: its enterprise, its relations, what it is granted.</summary>
public sealed class KindTests
{
    private static readonly GrainId Product = GrainId.Of(GrainKind.Product, "N-1-D-0001");
    private static readonly GrainId Park = GrainId.Of(GrainKind.Park, "N-1-P-0001");
    private static readonly GrainId Chain = GrainId.Of(GrainKind.SupplyChain, "N-1-S-0001");
    private static readonly GrainId DataCentre = GrainId.Of(GrainKind.DataCentre, "SZ-1");
    private static readonly GrainId Coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");

    public static TheoryData<string, string> Granted => new()
    {
        { "factory/N-1-F-0001", "green-factory" }, { "product/N-1-D-0001", "green-design-product" },
        { "park/N-1-P-0001", "green-park" }, { "supply-chain/N-1-S-0001", "green-supply-chain" },
    };

    [Theory]
    [MemberData(nameof(Granted))]
    public void A_kind_is_granted_the_honour_that_the_policy_has_for_it(string id, string honour)
    {
        Assert.True(GrainId.TryParse(id, out var grain));
        var scenario = new Scenario().Given(Ask.Register() with { EnterpriseName = "某某公司" }, People.A, grain).Given(Ask.Grant("2017-08-23"), People.A, grain);

        Assert.Equal([new TitleRef(Rules.Miit, honour, Level.National)], scenario.Of(grain).Titles.Select(title => title.Ref));
    }

    [Fact]
    public void A_kind_that_a_policy_does_not_name_is_granted_nothing_under_it() =>
        new Scenario().Given(Ask.Register(), People.A, DataCentre).When(Ask.Grant("2017-08-23"), People.A, DataCentre).ThenRefused("honour-not-granted");

    [Fact]
    public void A_list_enters_a_product_with_the_enterprise_that_makes_it()
    {
        var row = new GrainCommand.ImportListing(Ask.Register("威王十效全能厨房清洁剂") with { EnterpriseName = Scenario.Name }, Ask.Grant("2017-08-23"));
        var scenario = Scenario.Listed().Given(row, People.Bootstrap, Product);

        Assert.Equal([new(Relation.EnterpriseType, Scenario.Enterprise), new(Relation.ProducerType, Scenario.Enterprise)], scenario.Of(Product).Relations);
        Assert.Equal(scenario.Of(Product).Enterprise, scenario.Of(Scenario.Factory).Enterprise);
        scenario.When(row, People.Bootstrap, Product).Then();
    }

    [Fact]
    public void A_product_needs_its_enterprise() => new Scenario().When(Ask.Register("清洁剂"), People.A, Product).ThenRefused("enterprise-needed");

    [Fact]
    public void A_product_made_by_another_keeps_its_producer_when_its_enterprise_changes()
    {
        var scenario = Scenario.Registered().Given(Ask.Register("甲公司"), People.A, EntityName.EnterpriseOf("甲公司"));
        scenario.Given(Ask.Register("清洁剂") with { EnterpriseName = Scenario.Name, Relations = [new(Relation.ProducerType, Scenario.Factory)] }, People.A, Product);
        scenario.Given(Ask.Register("清洁剂") with { EnterpriseName = "甲公司" }, People.A, Product);

        Assert.Equal([new(Relation.EnterpriseType, EntityName.EnterpriseOf("甲公司")), new(Relation.ProducerType, Scenario.Factory)], scenario.Of(Product).Relations);
    }

    [Fact]
    public void The_producer_by_default_follows_the_enterprise()
    {
        var scenario = new Scenario().Given(Ask.Register("清洁剂") with { EnterpriseName = "甲公司" }, People.A, Product)
            .Given(Ask.Register("清洁剂") with { EnterpriseName = "乙公司" }, People.A, Product);

        Assert.All(scenario.Of(Product).Relations, relation => Assert.Equal(EntityName.EnterpriseOf("乙公司"), relation.To));
    }

    [Fact]
    public void An_enterprise_is_entered_by_its_credit_code_when_its_name_is_given()
    {
        new Scenario().When(Ask.Register(enterprise: Coded), People.A).ThenRefused("enterprise-not-registered");
        var scenario = new Scenario().Given(Ask.Register(enterprise: Coded) with { EnterpriseName = "甲公司" }, People.A);

        Assert.Equal("甲公司", scenario.Of(Coded).Name);
        Assert.Equal(Coded, scenario.Of(Scenario.Factory).Enterprise);
        Assert.Contains(Coded.Key, Supervision.Grains.Views.RegisterColumns.Of(Scenario.Factory, scenario.Of(Scenario.Factory)).Search!.Split('\n'));
    }

    [Fact]
    public void A_park_has_members_and_a_supply_chain_suppliers_that_are_registered()
    {
        var scenario = Scenario.Registered();
        scenario.When(Ask.Register("某某园区") with { Relations = [new(Relation.MemberType, Scenario.Factory2)] }, People.A, Park).ThenRefused("related-not-registered");

        scenario.Given(Ask.Register("某某园区") with { Relations = [new(Relation.MemberType, Scenario.Factory)] }, People.A, Park);
        scenario.Given(Ask.Register("某某集团") with { Relations = [new(Relation.SupplierType, Scenario.Factory), new(Relation.SupplierType, Scenario.Enterprise)] }, People.A, Chain);
        Assert.Equal([EntityName.EnterpriseOf("某某园区"), Scenario.Factory], scenario.Of(Park).Relations.Select(relation => relation.To));
        Assert.Equal(["enterprise", "supplier", "supplier"], scenario.Of(Chain).Relations.Select(relation => relation.Type));

        scenario.Given(Ask.Register("某某园区", industry: "综合"), People.A, Park);
        Assert.Equal(2, scenario.Of(Park).Relations.Count);
        scenario.Given(Ask.Register("某某园区") with { Relations = [] }, People.A, Park);
        Assert.Single(scenario.Of(Park).Relations);
    }

    [Fact]
    public void Relations_that_a_kind_does_not_have_are_refused()
    {
        var scenario = Scenario.Registered();
        var member = new Relation(Relation.MemberType, Scenario.Factory);

        scenario.When(Ask.Register() with { Relations = [member] }, People.A).ThenRefused("relation-not-allowed");
        scenario.When(Ask.Register("某某园区") with { Relations = [member, member] }, People.A, Park).ThenRefused("relation-not-allowed");
        scenario.When(Ask.Register("某某园区") with { Relations = [new(Relation.MemberType, Product)] }, People.A, Park).ThenRefused("relation-not-allowed");
        scenario.When(Ask.Register("清洁剂") with { EnterpriseName = "甲", Relations = [new(Relation.ProducerType, Scenario.Factory), new(Relation.ProducerType, Scenario.Enterprise)] }, People.A, Product)
            .ThenRefused("relation-not-allowed");
        scenario.When(Ask.Register("某某园区") with { Relations = [.. Enumerable.Range(0, 501).Select(i => new Relation(Relation.MemberType, GrainId.Of(GrainKind.Factory, $"F-{i}")))] }, People.A, Park)
            .ThenRefused("too-many-relations");
    }

    [Fact]
    public void One_of_several_honours_has_to_be_named()
    {
        var scenario = Scenario.Registered();

        scenario.When(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.Hunan, Scenario.Enterprise).ThenRefused("honour-ambiguous");
        scenario.Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial, honour: "green-enterprise"), People.Hunan, Scenario.Enterprise)
            .Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial, honour: "water-efficiency-leader"), People.Hunan, Scenario.Enterprise);
        Assert.Equal(["green-enterprise", "water-efficiency-leader"], scenario.Of(Scenario.Enterprise).Titles.Select(title => title.Ref.Honour));
    }

    [Fact]
    public void Titles_of_one_entity_count_and_are_lost_each_for_itself()
    {
        var scenario = Scenario.Listed().Given(Ask.Grant("2023-08-23", Rules.Trial), People.A)
            .Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.Hunan)
            .Checked(CheckOutcome.Clean, "2024-01-02");

        Assert.Equal([1, 0, 0], scenario.Of(Scenario.Factory).Titles.Select(title => title.CleanChecks));
        scenario.Decided(CaseOutcome.Remove, "2024-02-01");
        Assert.Equal([TitleStatus.Removed, TitleStatus.Listed, TitleStatus.Listed], scenario.Of(Scenario.Factory).Titles.Select(title => title.Status));
        Assert.Equal(Standing.Valid, Supervision.Grains.Views.EntityViews.StandingOf(scenario.Of(Scenario.Factory)));
    }

    [Fact]
    public void What_belongs_to_a_banned_enterprise_stays_with_it()
    {
        var scenario = Scenario.Listed().Given(Ask.Register("清洁剂") with { EnterpriseName = Scenario.Name }, People.A, Product)
            .Decided(CaseOutcome.Remove, "2023-10-09");

        scenario.When(Ask.Register() with { EnterpriseName = "乙公司" }, People.A).ThenRefused("enterprise-banned");
        scenario.When(Ask.Register("清洁剂") with { EnterpriseName = "乙公司" }, People.A, Product).ThenRefused("enterprise-banned");
        scenario.On("2026-10-09").When(Ask.Register("清洁剂") with { EnterpriseName = "乙公司" }, People.A, Product).ThenTypes("entity.corrected");
    }
}
