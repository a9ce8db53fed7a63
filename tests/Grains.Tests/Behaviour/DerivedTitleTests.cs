using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>National titles of the first eight batches count as municipal ones in Shenzhen by themselves (深工信规〔2024〕9号), as long as they are in force.</summary>
public sealed class DerivedTitleTests
{
    private static readonly TitleRef Municipal = DerivedPaths.Derived;

    [Fact]
    public void What_was_granted_before_the_policy_counts_from_its_first_day()
    {
        var scenario = DerivedPaths.Listed("2024-07-18");

        scenario.When(new GrainCommand.RecogniseTitles(), Actor.System).Then();
        scenario.On("2024-07-19").When(new GrainCommand.RecogniseTitles(), Actor.System).Then(Derived("2024-07-19"));
        scenario.When(new GrainCommand.RecogniseTitles(), Actor.System).Then();

        var title = DerivedPaths.Of(scenario);
        Assert.Equal(new Derivation(DerivedPaths.Source, DerivedPaths.Article), title.DerivedFrom);
        Assert.Equal(("municipal/440300", TitleStatus.Listed, true, false), (title.Authority, title.Status, title.InForce, title.Supervised));
    }

    [Fact]
    public void What_is_learned_later_counts_from_the_same_day_as_if_it_had_been_known()
    {
        var scenario = DerivedPaths.Listed("2026-06-15");

        Assert.Equal(["entity.registered", "title.granted", "title.transferred", "declaration.expected", "title.derived"], scenario.Log().Select(line => line.Type));
        Assert.Equal(("2024-07-19", Actor.System.Id), (scenario.Log()[^1].EffectiveOn.ToString("yyyy-MM-dd"), scenario.Log()[^1].Actor));
        Assert.DoesNotContain(scenario.AsOf("2024-07-18")!.Titles, title => title.Ref == Municipal);
        Assert.Contains(scenario.AsOf("2024-07-19")!.Titles, title => title.Ref == Municipal && title.InForce);
        Assert.Empty(scenario.AsOf("2024-07-19", knownAt: "2026-06-14")!.Titles);
    }

    [Fact]
    public void What_is_granted_after_the_first_day_counts_from_its_grant() =>
        DerivedPaths.Registered().On("2026-06-15").When(Ask.Grant("2024-11-08", Rules.Miit2024) with { Batch = "8" }, People.A)
            .ThenTypes("title.granted", "declaration.expected", "title.derived").When(new GrainCommand.RecogniseTitles(), Actor.System).Then();

    [Theory]
    [InlineData("9", "440300")]
    [InlineData(null, "440300")]
    [InlineData("第八批", "440300")]
    [InlineData("8", "440100")]
    public void What_is_of_a_later_or_no_batch_or_of_another_city_does_not_count(string? batch, string region)
    {
        var scenario = new Scenario().Given(Ask.Register(region: region), People.A).On("2026-06-15").Given(Ask.Grant("2023-08-23") with { Batch = batch }, People.A);

        Assert.Single(scenario.Of(Scenario.Factory).Titles);
    }

    [Fact]
    public void A_list_of_its_own_stands_by_itself_whatever_becomes_of_the_other_title()
    {
        var scenario = DerivedPaths.Registered().On("2024-08-20").Given(Ask.Grant("2024-08-16", DerivedPaths.Policy, Level.Municipal), DerivedPaths.City)
            .Given(Ask.Grant("2023-08-23") with { Batch = "8" }, People.A);

        Assert.Null(DerivedPaths.Of(scenario).DerivedFrom);
        scenario.Decided(CaseOutcome.Remove, "2026-06-15", policy: Rules.Miit2024);
        Assert.True(DerivedPaths.Of(scenario).InForce);
    }

    [Fact]
    public void A_removal_takes_it_along_on_its_day_and_bans_once()
    {
        var scenario = DerivedPaths.Listed();
        var id = scenario.Heard("2026-06-15", policy: Rules.Miit2024);

        scenario.Given(Ask.Decide(id, CaseOutcome.Remove), People.B);

        var title = DerivedPaths.Of(scenario);
        Assert.Equal((TitleStatus.Removed, Ask.Day("2026-06-15"), (Removal?)null), (title.Status, title.Since, title.Removal));
        Assert.Single(scenario.Of(Scenario.Enterprise).Bans);
        Assert.Empty(scenario.Of(Scenario.Factory).Adjustments ?? []);
        Assert.Equal(Standing.Removed, Views.EntityViews.StandingOf(scenario.Of(Scenario.Factory)));
        scenario.Disclosed().On("2026-09-01").When(Ask.Reinstate(id, Rules.Miit2024), People.C).ThenTypes("title.reinstated", "declaration.expected", "title.derived");
        Assert.Equal((TitleStatus.Listed, Ask.Day("2024-07-19"), Ask.Day("2024-07-19")), Where(scenario));
        Assert.Contains(scenario.AsOf("2026-07-01")!.Titles, held => held.Ref == Municipal && held.InForce);
        Assert.Contains(scenario.AsOf("2026-07-01", knownAt: "2026-08-31")!.Titles, held => held.Ref == Municipal && held.Status == TitleStatus.Removed);
    }

    [Fact]
    public void It_is_back_from_a_later_grant_on_the_day_of_that()
    {
        var scenario = DerivedPaths.Removed().On("2029-06-15").Given(new GrainCommand.WakeUp(), Actor.System, Scenario.Enterprise);

        // Granted anew three years later; that the batch is the eighth is what this test is not about.
        scenario.When(Ask.Grant("2029-06-15", Rules.Miit2024) with { Batch = "8" }, People.A).ThenTypes("title.granted", "declaration.expected", "title.derived");
        Assert.Equal((TitleStatus.Listed, Ask.Day("2029-06-15"), Ask.Day("2029-06-15")), Where(scenario));
    }

    [Fact]
    public void A_source_that_comes_under_other_rules_is_followed()
    {
        // Entered before the day on which the rules change, and recognised after it.
        var scenario = DerivedPaths.Listed("2023-09-01").On("2024-07-19").Given(Ask.Transfer("2024-01-19"), People.A);
        Assert.Equal(DerivedPaths.Source, DerivedPaths.Of(scenario).DerivedFrom!.Title);
        Assert.Equal("title.derived", scenario.Log()[^1].Type);

        // Entered under the rules of before, from which it follows as well, and moved late.
        var late = DerivedPaths.Listed("2023-09-01").On("2024-07-20").Given(new GrainCommand.RecogniseTitles(), Actor.System);
        Assert.Equal(Rules.Miit, DerivedPaths.Of(late).DerivedFrom!.Title.Policy);
        late.Given(Ask.Transfer("2024-01-19"), People.A);
        Assert.Equal((DerivedPaths.Source, TitleStatus.Listed), (DerivedPaths.Of(late).DerivedFrom!.Title, DerivedPaths.Of(late).Status));
        late.When(new GrainCommand.RecogniseTitles(), Actor.System).Then();

        // Under rules from which nothing follows, it has lapsed since then.
        late.On("2026-06-15").Given(Ask.Transfer("2026-06-10", Rules.Miit2024, Rules.Trial), People.A);
        Assert.Equal((TitleStatus.Lapsed, Ask.Day("2026-06-10")), (DerivedPaths.Of(late).Status, DerivedPaths.Of(late).Since));
    }

    [Fact]
    public void A_grant_that_is_set_right_sets_right_what_follows_from_it()
    {
        var scenario = DerivedPaths.Registered().On("2026-06-15").Given(Ask.Grant("2024-11-08", Rules.Miit2024) with { Batch = "8" }, People.A);
        var version = scenario.Title(DerivedPaths.Source).GrantVersion;
        var derived = DerivedPaths.Of(scenario).GrantVersion;

        scenario.When(Ask.CorrectGrant(version, grantedOn: "2025-03-01"), People.C).ThenTypes("title.corrected", "title.derived");

        Assert.Equal(derived, Assert.IsType<GrainEvent.TitleDerived>(scenario.Recorded()[^1].Event).Corrects);
        Assert.Equal((TitleStatus.Listed, Ask.Day("2025-03-01"), Ask.Day("2025-03-01")), Where(scenario));
        Assert.DoesNotContain(scenario.AsOf("2025-02-28")?.Titles ?? [], title => title.Ref == Municipal);
        Assert.Contains(scenario.AsOf("2025-03-01")!.Titles, title => title.Ref == Municipal && title.InForce);

        scenario.Given(new GrainCommand.CorrectGrant(version, "mistyped", null, null, null, "9"), People.C);
        Assert.Equal((TitleStatus.Lapsed, Ask.Day("2025-03-01"), Ask.Day("2025-03-01")), Where(scenario));
        Assert.DoesNotContain(scenario.AsOf("2025-03-01")!.Titles, title => title.Ref == Municipal && title.InForce);
    }

    [Fact]
    public void A_merge_takes_it_along_and_leaves_it_behind_outside_the_city()
    {
        var scenario = DerivedPaths.Listed().Given(Ask.Register(region: DerivedPaths.Shenzhen), People.A, Scenario.Factory2);

        scenario.Given(Ask.Merge(Scenario.Factory2), People.A);
        Assert.Equal(2, scenario.Of(Scenario.Factory2).Titles.Count(title => title.InForce));

        var elsewhere = DerivedPaths.Listed().Given(Ask.Register(region: "440100"), People.A, Scenario.Factory2);
        elsewhere.Given(Ask.Merge(Scenario.Factory2), People.A);
        Assert.Equal([true, false], elsewhere.Of(Scenario.Factory2).Titles.Select(title => title.InForce));
    }

    [Fact]
    public void A_relocation_out_of_the_city_ends_it_and_one_into_it_brings_it_about()
    {
        var scenario = DerivedPaths.Listed().Given(Ask.FileChange(ChangeKind.Relocation, "2026-06-01", "440100"), People.A)
            .Given(Ask.VerifyChange("2026-06-15"), DerivedPaths.City).Given(Ask.DecideChange(), People.Of(Level.Provincial, DerivedPaths.Shenzhen) with { Id = "p-other" });

        Assert.Null(scenario.Of(Scenario.Factory).Changes![0].Pending);
        Assert.Equal((TitleStatus.Lapsed, Ask.Day("2026-06-15")), (DerivedPaths.Of(scenario).Status, DerivedPaths.Of(scenario).Since));
        Assert.True(scenario.Title(DerivedPaths.Source).InForce);
        scenario.On("2026-07-01").When(Ask.Register(region: "440300"), People.A).ThenTypes("entity.corrected", "title.derived");
        Assert.True(DerivedPaths.Of(scenario).InForce);
    }

    [Fact]
    public void It_has_no_duties_and_is_neither_drawn_nor_listed_for_itself()
    {
        var scenario = DerivedPaths.Listed();
        var subject = scenario.Of(Scenario.Factory);

        Assert.Equal([Rules.Miit2024], subject.Expected!.Select(expected => expected.Policy));
        Assert.Equal(Drawable.NotInForce, Drawable.Exclusion(subject, Municipal, intervalMonths: null, scenario.Today));
        Assert.Null(Drawable.Exclusion(subject, DerivedPaths.Source, intervalMonths: null, scenario.Today));
        Assert.Equal(["national"], Views.RegisterColumns.TitlesOf(subject).Select(title => title.Level));
    }

    [Fact]
    public void An_incident_opens_its_case_on_the_title_that_it_follows_from()
    {
        var scenario = DerivedPaths.Listed().Given(Ask.Incident("2026-06-14"), People.A, Scenario.Enterprise).Given(Ask.Determine("2026-06-15"), People.B, Scenario.Enterprise)
            .Given(new GrainCommand.ApplyFact(new FactRef(Scenario.Enterprise, "incident-1"), Ask.Day("2026-06-15")), Actor.System);

        Assert.Equal(DerivedPaths.Source, Assert.Single(scenario.Of(Scenario.Factory).Cases).Title);
    }

    private static (TitleStatus Status, DateOnly Since, DateOnly GrantedOn) Where(Scenario scenario) =>
        (DerivedPaths.Of(scenario).Status, DerivedPaths.Of(scenario).Since, DerivedPaths.Of(scenario).GrantedOn);

    private static GrainEvent.TitleDerived Derived(string on) => new(
        Ask.Day(on), Municipal, DerivedPaths.Source, "municipal/440300", Ask.Day(on), Ask.Day(on), Ask.Day("2024-07-18"), DerivedPaths.Article);
}
