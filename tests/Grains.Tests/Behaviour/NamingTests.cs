using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Renames and aliases: every name an entity ever had finds it, and the list's authority says which is official.</summary>
public sealed class NamingTests
{
    private const string NewName = "湖南新名制造有限公司";

    [Fact]
    public void The_authority_of_the_list_makes_a_new_name_the_listed_one()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Rename("2026-06-01"), People.A).Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-01"), NewName, Listed: true));
        scenario.When(Ask.Rename("2026-06-10", "湖南又一名制造有限公司"), People.A).ThenTypes("entity.renamed");

        Assert.Equal(
            [new(Scenario.Name, NameStatus.Former, null, Ask.Day("2026-06-01"), null), new(NewName, NameStatus.Former, Ask.Day("2026-06-01"), Ask.Day("2026-06-10"), null)],
            View(scenario).Names);
        Assert.Equal(["湖南又一名制造有限公司", Scenario.Name, NewName, "N-1-F-0001"], SearchOf(scenario));
    }

    [Fact]
    public void Anyone_else_reports_a_name_and_the_listed_one_stays_until_it_is_published()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Rename("2026-06-01"), People.Hunan).Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-01"), NewName, Listed: false));
        Assert.Equal(Scenario.Name, View(scenario).Name);
        Assert.Equal([NewName], View(scenario).Aliases);
        Assert.Contains(NewName, SearchOf(scenario));
        scenario.When(Ask.Rename("2026-06-01"), People.Hunan).Then();

        scenario.On("2027-03-01").When(Ask.Rename("2026-06-01"), People.A).ThenTypes("entity.renamed");
        Assert.Equal((NewName, Scenario.Name), (View(scenario).Name, Assert.Single(View(scenario).Aliases)));
        Assert.Equal(NameStatus.Former, Assert.Single(View(scenario).Names).Status);
    }

    [Fact]
    public void Without_a_title_in_force_there_is_no_list_to_wait_for() =>
        Scenario.Registered().On("2026-06-15").When(Ask.Rename("2026-06-01"), People.Hunan).Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-01"), NewName, Listed: true));

    [Fact]
    public void A_provincial_officer_does_not_set_the_listed_name_by_correcting_either() =>
        Scenario.Listed().When(Ask.Register(NewName), People.Hunan).ThenRefused("not-issuing-authority");

    [Fact]
    public void A_rename_keeps_to_the_dates_and_to_the_same_name_is_refused()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Rename("2026-06-16"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Rename("2026-06-15", Scenario.Name), People.A).ThenRefused("correction-changes-nothing");
        scenario.When(Ask.Rename("2026-06-15", $" {Scenario.Name}\u3000"), People.A).ThenRefused("correction-changes-nothing");
        scenario.When(Ask.Rename("2026-06-15", Scenario.Name), People.Hunan).ThenRefused("correction-changes-nothing");
        scenario.When(Ask.Rename("2026-06-10", $"{NewName} "), People.A).Then(new GrainEvent.EntityRenamed(Ask.Day("2026-06-10"), NewName, Listed: true));
        scenario.When(Ask.Rename("2026-06-09", "别名"), People.A).ThenRefused("date-too-early");
        // Back to the first name: it is a name in force again, and was one before.
        scenario.Given(Ask.Rename("2026-06-12", Scenario.Name), People.A);
        Assert.Equal([NewName], View(scenario).Aliases);
        Assert.Equal(2, View(scenario).Names.Count);
    }

    [Fact]
    public void A_list_read_again_renames_nothing_back()
    {
        var row = new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2023-08-23"));
        var scenario = new Scenario().Given(row, People.Bootstrap).On("2026-06-15").Given(Ask.Rename("2026-06-15"), People.A);

        scenario.When(row, People.Bootstrap).Then();
    }

    [Fact]
    public void The_name_of_a_removal_notice_is_settled_as_an_alias_with_its_source()
    {
        var park = GrainId.Of(GrainKind.Park, "N-1-P-0001");
        var scenario = new Scenario().Given(Ask.Register("江苏省泰兴经济开发区", "320000"), People.A, park).On("2026-06-15");

        scenario.When(Ask.Alias("泰兴经济技术开发区", from: "2018-01-01"), People.A, park)
            .Then(new GrainEvent.AliasRecorded(Ask.Day("2026-06-15"), "泰兴经济技术开发区", "notice", Ask.Day("2018-01-01"), null));
        scenario.When(Ask.Alias("泰兴经济技术 开发区"), People.A, park).Then();
        Assert.Equal(("泰兴经济技术开发区", "p-a"), (Assert.Single(scenario.Of(park).Names!).Name, scenario.Of(park).Names![0].By));
        Assert.Equal(["江苏省泰兴经济开发区", "泰兴经济技术开发区", "N-1-P-0001"], RegisterColumns.Of(park, scenario.Of(park)).Search!.Split('\n'));
    }

    [Fact]
    public void An_alias_keeps_to_the_dates()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(Ask.Alias("别名", from: "2026-06-16"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Alias("别名", "2026-06-02", "2026-06-01"), People.A).ThenRefused("date-too-early");
        scenario.When(Ask.Alias("别名"), People.Guangdong).ThenRefused("out-of-scope");
    }

    [Fact]
    public void Names_are_bounded()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        for (var i = 0; i < OtherName.CountMax; i++)
            scenario.Given(Ask.Alias($"别名{i}"), People.A);

        scenario.When(Ask.Alias("再一个"), People.A).ThenRefused("too-many-names");
        scenario.When(Ask.Rename("2026-06-15"), People.A).ThenRefused("too-many-names");
        scenario.When(Ask.Alias("别名1"), People.A).Then();
    }

    private static EntityView View(Scenario scenario) => EntityViews.Of(Scenario.Factory, scenario.Of(Scenario.Factory), 1);

    private static string[] SearchOf(Scenario scenario) => RegisterColumns.Of(Scenario.Factory, scenario.Of(Scenario.Factory)).Search!.Split('\n');
}
