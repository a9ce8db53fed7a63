namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Titles that come under other rules on a day (工信部节〔2024〕13号, from 2024-01-19), and are entered after it.</summary>
public sealed class SuccessionTests
{
    private static readonly TitleRef New = Scenario.MiitTitle with { Policy = Rules.Miit2024 };

    private static readonly GrainEvent.TitleTransferred Transferred = new(Ask.Day("2024-01-19"), Scenario.MiitTitle, New);

    [Theory]
    [InlineData("factory", "green-factory")]
    [InlineData("park", "green-park")]
    [InlineData("supply-chain", "green-supply-chain")]
    public void A_list_of_before_entered_after_the_day_brings_its_titles_under_the_rules_of_after(string kind, string honour)
    {
        var id = GrainId.Of(GrainKind.Of(kind), "N-1-0001");
        var scenario = new Scenario().On("2026-06-15").Given(Row("2018-02-11"), People.Bootstrap, id);

        Assert.Equal(["entity.registered", "title.granted", "title.transferred", "declaration.expected"], scenario.Log(id).Select(line => line.Type));
        Assert.Equal(("2024-01-19", Actor.System.Id), (scenario.Log(id)[2].EffectiveOn.ToString("yyyy-MM-dd"), scenario.Log(id)[2].Actor));
        var title = Assert.Single(scenario.Of(id).Titles);
        Assert.Equal(new TitleRef(Rules.Miit2024, honour, Level.National), title.Ref);
        Assert.Equal((Ask.Day("2018-02-11"), TitleStatus.Listed), (title.GrantedOn, title.Status));
    }

    [Fact]
    public void Before_the_day_and_of_a_product_it_stays()
    {
        var product = GrainId.Of(GrainKind.Product, "N-1-D-0001");
        var entity = Ask.Register("清洁剂") with { EnterpriseName = "甲公司" };

        new Scenario().On("2024-01-18").When(Row("2018-02-11"), People.Bootstrap).ThenTypes("entity.registered", "title.granted");
        new Scenario().On("2026-06-15").When(new GrainCommand.ImportListing(entity, Ask.Grant("2018-02-11")), People.Bootstrap, product)
            .ThenTypes("entity.registered", "title.granted");
    }

    [Fact]
    public void From_the_first_minute_of_the_day_it_comes_under_them() =>
        new Scenario().At(Supervision.Grains.Calendars.CivilTime.StartOf(Ask.Day("2024-01-19")))
            .When(Row("2018-02-11"), People.Bootstrap).ThenTypes("entity.registered", "title.granted", "title.transferred", "declaration.expected");

    [Fact]
    public void A_grant_of_before_that_an_officer_enters_goes_the_same_way() =>
        Scenario.Registered().On("2026-06-15").When(Ask.Grant("2018-02-11"), People.A).ThenTypes("title.granted", "title.transferred", "declaration.expected");

    [Fact]
    public void A_list_of_after_that_names_what_was_granted_before_grants_it_as_it_was()
    {
        var row = new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2018-02-11", Rules.Miit2024));
        var scenario = new Scenario().On("2026-06-15").Given(row, People.Bootstrap);

        Assert.Equal([new FormerTitle(Scenario.MiitTitle, Ask.Day("2024-01-19"))], scenario.Title(New).Formerly!);
        scenario.When(row, People.Bootstrap).Then();
        scenario.When(Row("2018-02-11"), People.Bootstrap).Then();
        // Nobody but a list means the rules of before when naming those of after.
        Scenario.Registered().On("2026-06-15").When(Ask.Grant("2018-02-11", Rules.Miit2024), People.A).ThenRefused("outside-policy-dates", "第二十七条");
    }

    [Fact]
    public void A_list_of_after_changes_nothing_for_what_is_not_moved_yet()
    {
        var scenario = Scenario.Listed().On("2026-06-15");

        scenario.When(new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2023-08-23", Rules.Miit2024)), People.Bootstrap).Then();
    }

    [Fact]
    public void Where_no_list_of_before_could_have_granted_it_the_row_is_refused() =>
        new Scenario().On("2026-06-15").When(new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2015-02-11", Rules.Miit2024)), People.Bootstrap)
            .ThenRefused("outside-policy-dates", "configuration: not stated in the source, which gives the year 2016 only");

    [Fact]
    public void What_is_held_under_the_rules_of_after_already_keeps_the_other_where_it_is()
    {
        var scenario = Scenario.Registered().On("2026-06-15").Given(Ask.Grant("2025-01-22", Rules.Miit2024), People.A);

        scenario.When(Ask.Grant("2018-02-11"), People.A).ThenTypes("title.granted");
        Assert.Equal([New, Scenario.MiitTitle], scenario.Of(Scenario.Factory).Titles.Select(title => title.Ref));
    }

    [Fact]
    public void A_removal_of_before_that_is_quashed_after_goes_under_them_in_the_order_of_dates()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2023-10-10").On("2026-06-15");

        scenario.When(Ask.Reinstate("case-1"), People.C).ThenOn(
            Scenario.Factory,
            new GrainEvent.TitleReinstated(Ask.Day("2023-10-10"), Scenario.MiitTitle, "case-1", "quashed", "N-2", TitleStatus.Listed, null, Ask.Day("2026-06-18")), Transferred,
            new GrainEvent.DeclarationExpected(Ask.Day("2026-06-15"), Rules.Miit2024, "annual", 2026, Ask.Day("2027-01-01"), Ask.Day("2027-04-15")));
    }

    [Fact]
    public void A_removal_of_before_stays_under_the_rules_by_which_it_was_made()
    {
        var scenario = Scenario.Listed().Decided(CaseOutcome.Remove, "2023-10-10").On("2026-06-15");

        scenario.When(Ask.Transfer("2024-01-19"), People.A).ThenRefused("title-not-in-force");
        Assert.Equal(Scenario.MiitTitle, scenario.Title().Ref);
    }

    private static GrainCommand.ImportListing Row(string grantedOn) => new(Ask.Register(), Ask.Grant(grantedOn));
}
