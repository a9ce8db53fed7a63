using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Entering entities, by hand and from lists.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void An_entity_brings_the_enterprise_of_its_name_with_it() =>
        new Scenario().When(Ask.Register(), People.A)
            .ThenOn(Scenario.Factory, new GrainEvent.EntityRegistered(
                Ask.Day("2023-09-01"), Scenario.Name, "430000", "电子", "B", [new Relation(Relation.EnterpriseType, Scenario.Enterprise)]))
            .ThenOn(Scenario.Enterprise, new GrainEvent.EntityRegistered(Ask.Day("2023-09-01"), Scenario.Name, "430000", null, null, []));

    [Fact]
    public void A_second_site_finds_its_enterprise() =>
        Assert.Single(Scenario.Registered().When(Ask.Register(), People.A, Scenario.Factory2).ThenTypes("entity.registered").Log(Scenario.Enterprise));

    [Fact]
    public void Registering_the_same_again_changes_nothing() => Scenario.Registered().When(Ask.Register(), People.A).Then();

    [Fact]
    public void An_enterprise_named_by_its_key_has_to_be_there() =>
        new Scenario().When(Ask.Register(enterprise: EntityName.EnterpriseOf("别的公司")), People.A).ThenRefused("enterprise-not-registered");

    [Fact]
    public void A_key_made_of_a_name_fits_the_name() =>
        new Scenario().When(Ask.Register("别的公司"), People.A, Scenario.Enterprise).ThenRefused("key-not-of-name");

    [Fact]
    public void A_list_read_again_does_not_take_back_what_an_officer_changed()
    {
        var row = new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2023-08-23"));
        var scenario = new Scenario().Given(row, People.Bootstrap).Given(Ask.Register("湖南新名制造有限公司"), People.A);

        scenario.When(row, People.Bootstrap).Then();
        Assert.Equal("湖南新名制造有限公司", scenario.Of(Scenario.Factory).Name);
    }

    [Fact]
    public void A_refused_row_registers_nothing()
    {
        var scenario = new Scenario();

        scenario.When(new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2024-01-19")), People.Bootstrap).ThenRefused("date-in-future");
        Assert.Empty(scenario.Grains);
    }

    [Fact]
    public void Rules_are_adopted_once_and_only_newer_ones_after_that()
    {
        var policy = GrainId.Of(GrainKind.Policy, "miit-2016");
        var scenario = new Scenario();

        scenario.When(new GrainCommand.AdoptRules(1, "aa"), Actor.System, policy).Then(new GrainEvent.RulesAdopted(Ask.Day("2023-09-01"), 1, "aa"));
        scenario.When(new GrainCommand.AdoptRules(1, "aa"), Actor.System, policy).Then();
        scenario.When(new GrainCommand.AdoptRules(1, "bb"), Actor.System, policy).ThenRefused("rules-not-newer");
        scenario.When(new GrainCommand.AdoptRules(2, "bb"), Actor.System, policy).ThenTypes("rules.adopted");
        scenario.When(new GrainCommand.AdoptRules(1, "aa"), Actor.System, policy).ThenRefused("rules-not-newer");
        scenario.When(Ask.Register(), People.A, policy).ThenRefused("not-a-subject");
        Assert.Null(GrainBehaviour.NextWakeUp(scenario.Known(policy).State));
    }
}
