using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Entities that are withheld from all who do not supervise.</summary>
public sealed class RestrictionTests
{
    private static readonly GrainCommand.Restrict Restrict = new("defence");

    [Fact]
    public void A_restriction_is_ended_by_another_person_than_made_it()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Restrict, People.A);

        scenario.When(new GrainCommand.Release("no longer"), People.A).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.Release("no longer"), People.OtherKeyOf(People.A)).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.Release("no longer"), People.B).Then(new GrainEvent.EntityReleased(Ask.Day("2026-06-15"), "no longer"));
        Assert.Null(scenario.Of(Scenario.Factory).Restriction);
    }

    [Fact]
    public void Only_an_officer_of_the_region_restricts() =>
        Scenario.Listed().On("2026-06-15").When(Restrict, People.Guangdong).ThenRefused("out-of-scope");

    [Fact]
    public void A_restricted_entity_is_supervised_as_any_other() =>
        Scenario.Listed().On("2026-06-15").Given(Restrict, People.A).When(Ask.Directed("2026-07-31"), People.A).ThenTypes("check.ordered");

    [Fact]
    public void What_absorbs_a_restricted_entity_is_restricted_under_every_identity()
    {
        var scenario = Scenario.Registered().Given(Ask.Register(), People.A, Scenario.Factory2).On("2026-06-15").Given(Restrict, People.A);

        scenario.When(Ask.Merge(Scenario.Factory2), People.B)
            .ThenOn(
                Scenario.Factory, new GrainEvent.EntityMerged(Ask.Day("2026-06-15"), Scenario.Factory2, "certificate"),
                new GrainEvent.EntityReleased(Ask.Day("2026-06-15"), "merged"));

        Assert.Equal(new Restriction(Ask.Day("2026-06-15"), "defence", "p-b"), scenario.Of(Scenario.Factory2).Restriction);
        Assert.Empty(Withheld.By(Scenario.Factory, scenario.Of(Scenario.Factory)));
        Assert.Equal([Scenario.Factory2, Scenario.Factory], Withheld.By(Scenario.Factory2, scenario.Of(Scenario.Factory2)));
    }

    [Fact]
    public void What_a_restricted_entity_absorbs_is_withheld_with_it_and_the_reason_stays()
    {
        var scenario = Scenario.Registered().Given(Ask.Register(), People.A, Scenario.Factory2).On("2026-06-15").Given(Restrict, People.A, Scenario.Factory2);

        scenario.On("2026-06-16").Given(Ask.Merge(Scenario.Factory2), People.B);

        Assert.Equal(new Restriction(Ask.Day("2026-06-15"), "defence", "p-a"), scenario.Of(Scenario.Factory2).Restriction);
        var stored = Assert.IsType<GrainEvent.EntityRestricted>(scenario.Recorded(Scenario.Factory2)[^1].Event);
        Assert.Equal([Scenario.Factory], stored.Absorbed!);
    }
}
