using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What a draw orders at one enterprise: one visit for all of its titles that were drawn.</summary>
public sealed class DrawnVisitTests
{
    private const string Day = "2026-06-15";

    private static readonly TitleRef Title = new(Rules.Visits, "green-factory", Level.National);

    private static readonly VisitRef Visit = new(Scenario.Enterprise, "visit-1");

    [Fact]
    public void Titles_of_one_enterprise_are_one_visit_in_one_append()
    {
        Drawn(Two(), Scenario.Factory, Scenario.Factory2)
            .ThenOn(
                Scenario.Enterprise,
                new GrainEvent.VisitPlanned(
                    Ask.Day(Day), "visit-1", CheckBasis.Random, null, "draw-7", Ask.Day("2026-09-30"),
                    [new(Scenario.Factory, "check-1"), new(Scenario.Factory2, "check-1")], Ask.TwoInspectors, null, Counts: true, 2026))
            .ThenOn(Scenario.Factory, Ordered("check-1"))
            .ThenOn(Scenario.Factory2, Ordered("check-1"));
    }

    [Fact]
    public void Sent_again_it_changes_nothing_and_further_titles_join_with_its_inspectors()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory).ThenOn(Scenario.Factory, Ordered("check-1"));

        Drawn(scenario, Scenario.Factory).ThenOn(Scenario.Enterprise).ThenOn(Scenario.Factory);
        scenario.When(Order(Scenario.Factory, Scenario.Factory2) with { Inspectors = ["I-8", "I-9"] }, Actor.System, Scenario.Enterprise)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory2, "check-1")]))
            .ThenOn(Scenario.Factory)
            .ThenOn(Scenario.Factory2, Ordered("check-1"));

        Assert.Equal(2, Assert.Single(scenario.Of(Scenario.Enterprise).Visits!).Checks.Count);
    }

    [Fact]
    public void Drawn_items_go_along_where_they_are_published_and_elsewhere_those_of_the_policy_are_checked()
    {
        var title = new TitleRef(Rules.Lawful, "green-factory", Level.National);
        IReadOnlyList<string> ItemsIn(string region)
        {
            var scenario = new Scenario().Given(Ask.Register(region: region), People.A).Given(Ask.Grant("2023-08-23", Rules.Lawful), People.A).On(Day)
                .Given(Order(Scenario.Factory) with { Titles = [new DrawnTitle(Scenario.Factory, title)], Items = ["zj2017-b18"] }, Actor.System, Scenario.Enterprise);
            return Assert.Single(scenario.Of(Scenario.Factory).Checks).Items;
        }

        Assert.Equal(["zj2017-b18"], ItemsIn("330100"));
        Assert.Equal(["papers", "meters"], ItemsIn("310000"));
    }

    [Fact]
    public void Nobody_assigned_stays_so_with_the_reason()
    {
        var scenario = Two();
        scenario.Given(Order(Scenario.Factory) with { Inspectors = [], Unassigned = "too-few" }, Actor.System, Scenario.Enterprise);

        Assert.Equal(("too-few", 0), (Entry(scenario).Unassigned, scenario.Of(Scenario.Factory).Checks[0].Inspectors.Count));
    }

    [Fact]
    public void Who_comes_to_a_visit_makes_the_check_that_joins_it()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory);
        var join = Ask.Directed("2026-09-30", Rules.Visits) with { Visit = "visit-1" };

        Assert.Equal(
            new Rejection.InspectorNotNamed("visit-1", "I-8"),
            scenario.When(join with { Inspectors = ["I-1", "I-8"] }, People.A, Scenario.Factory2).Turn.Rejection);
        scenario.When(join with { Inspectors = [] }, People.A, Scenario.Factory2)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory2, "check-1")]));
        scenario.Given(join with { Inspectors = ["I-2", "I-1"] }, People.A, Scenario.Factory2);
        // An order by the reference of the draw joins its visit, too.
        scenario.When(Ask.Random("2026-09-30", Rules.Visits) with { Draw = "draw-7", Inspectors = ["I-8", "I-9"] }, People.A, Scenario.Factory2).ThenRefused("inspector-not-named");

        Assert.All(scenario.Of(Scenario.Factory2).Checks, check => Assert.Equal(Ask.TwoInspectors, check.Inspectors));
        Assert.Equal(2, scenario.Of(Scenario.Factory2).Checks.Count);
    }

    [Fact]
    public void The_first_check_that_names_somebody_says_who_comes_to_a_visit()
    {
        var scenario = Two();
        scenario.Given(Order(Scenario.Factory) with { Inspectors = [], Unassigned = "too-few" }, Actor.System, Scenario.Enterprise);
        var join = Ask.Directed("2026-09-30", Rules.Visits) with { Visit = "visit-1" };

        scenario.Given(join with { Inspectors = [] }, People.A, Scenario.Factory2);
        Assert.Empty(Entry(scenario).Inspectors);

        scenario.When(join with { Inspectors = ["I-8", "I-9"] }, People.A, Scenario.Factory2)
            .ThenOn(
                Scenario.Enterprise, new GrainEvent.VisitAssigned(Ask.Day(Day), "visit-1", ["I-8", "I-9"], "complaint"),
                new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory2, "check-2")]))
            .ThenOn(Scenario.Factory, new GrainEvent.InspectorsAssigned(Ask.Day(Day), "check-1", ["I-8", "I-9"], "complaint", null));
        Assert.Equal(["I-8", "I-9"], Entry(scenario).Inspectors);
        Assert.Null(Entry(scenario).Unassigned);
        Assert.All(scenario.Of(Scenario.Factory2).Checks, check => Assert.Equal(["I-8", "I-9"], check.Inspectors));
    }

    [Fact]
    public void Another_departments_visit_leaves_a_check_that_joins_it_those_whom_it_names()
    {
        var scenario = Two().Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, Ask.Day("2026-09-30"), On: null), People.A, Scenario.Enterprise);

        scenario.When(Ask.Directed("2026-09-30", Rules.Visits) with { Visit = "visit-1" }, People.A)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory, "check-1")]));
        Assert.Equal((0, 2), (Entry(scenario).Inspectors.Count, scenario.Of(Scenario.Factory).Checks[0].Inspectors.Count));
    }

    [Fact]
    public void A_title_that_cannot_be_checked_refuses_them_all_with_its_reason()
    {
        Refused(Drawable.Exempt, Two().Exempted(Rules.Trial) is var exempt ? exempt.On(Day) : exempt, Scenario.TrialTitle);
        Refused(Drawable.OpenCheck, Two().Given(Ask.Directed("2026-09-30", Rules.Visits), People.A));
        Refused(Drawable.CheckedWithinInterval, Two().On("2025-06-16").Given(Ask.Random("2025-07-31", Rules.Visits), People.A)
            .Given(new GrainCommand.ApproveCheck("check-1"), People.B).Given(Ask.Result("check-1", CheckOutcome.Clean, "2025-06-16"), People.A).On(Day));
        Refused(Drawable.NotInForce, Two(), Title with { Level = Level.Provincial });
        Refused(Drawable.NotInForce, Two().Decided(CaseOutcome.Remove, Day, policy: Rules.Visits));
        Refused(Drawable.Moved, Two().Given(Ask.Register() with { EnterpriseName = "乙公司" }, People.A));
        var other = GrainId.Of(GrainKind.Factory, "N-9-F-0009");
        Refused(Drawable.Merged, Two().Given(Ask.Register(), People.A, other).Given(Ask.Merge(other), People.A));

        static void Refused(string reason, Scenario scenario, TitleRef? title = null)
        {
            var visits = scenario.Of(Scenario.Enterprise).Visits?.Count;
            var outcome = scenario.When(
                Order(Scenario.Factory2) with { Titles = [new(Scenario.Factory2, Title), new(Scenario.Factory, title ?? Title)] }, Actor.System, Scenario.Enterprise);
            Assert.Equal(new Rejection.DrawnTitleRefused(Scenario.Factory, reason), outcome.Turn.Rejection);
            Assert.Equal(visits, scenario.Of(Scenario.Enterprise).Visits?.Count);
            Assert.Empty(scenario.Of(Scenario.Factory2).Checks);
        }
    }

    [Fact]
    public void Beyond_the_cap_of_the_year_nothing_is_drawn_and_a_check_of_a_visit_that_is_planned_counts_no_second_time()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory);
        scenario.Given(Order(Scenario.Factory2) with { Draw = "draw-8" }, Actor.System, Scenario.Enterprise);

        var third = GrainId.Of(GrainKind.Factory, "N-1-F-0003");
        scenario.Given(Ask.Register(), People.A, third).Given(Ask.Grant("2023-08-23", Rules.Visits), People.A, third);
        Assert.Equal(
            new Rejection.DrawnTitleRefused(third, Drawable.CapReached),
            scenario.When(Order(third) with { Draw = "draw-9" }, Actor.System, Scenario.Enterprise).Turn.Rejection);
        // What is due in the next year may be made in this one.
        Assert.Equal(
            new Rejection.DrawnTitleRefused(third, Drawable.CapReached),
            scenario.When(Order(third) with { Draw = "draw-9", DueBy = Ask.Day("2027-01-31") }, Actor.System, Scenario.Enterprise).Turn.Rejection);
        scenario.When(Ask.Random("2026-09-30", Rules.Visits) with { Draw = "draw-9" }, People.A, third).ThenRefused("inspection-cap-reached", "检四");
        // What comes from a complaint may exceed it, and what joins a visit is no further one.
        Drawn(scenario, third).ThenOn(third, Ordered("check-1"));
        scenario.Given(Ask.Directed("2026-09-30", Rules.Visits), People.A, third);
        Assert.Equal(["visit-1", "visit-2", "visit-3"], scenario.Of(Scenario.Enterprise).Visits!.Select(visit => visit.Id));
    }

    [Fact]
    public void What_is_planned_for_the_next_year_may_be_made_in_this_one_and_takes_its_room()
    {
        var scenario = Two().On("2026-11-02");
        foreach (var (entity, draw) in new[] { (Scenario.Factory, "draw-7"), (Scenario.Factory2, "draw-8") })
            scenario.Given(Order(entity) with { Draw = draw, DueBy = Ask.Day("2027-01-31") }, Actor.System, Scenario.Enterprise);
        var third = GrainId.Of(GrainKind.Factory, "N-1-F-0003");
        scenario.Given(Ask.Register(), People.A, third).Given(Ask.Grant("2023-08-23", Rules.Visits), People.A, third);

        Assert.Equal(
            new Rejection.DrawnTitleRefused(third, Drawable.CapReached),
            scenario.When(Order(third) with { Draw = "draw-9", DueBy = Ask.Day("2026-12-31") }, Actor.System, Scenario.Enterprise).Turn.Rejection);
    }

    [Fact]
    public void What_was_to_be_made_in_the_last_year_and_was_not_takes_the_room_of_this_one()
    {
        var scenario = Two();
        scenario.Given(Order(Scenario.Factory) with { DueBy = Ask.Day("2026-08-31") }, Actor.System, Scenario.Enterprise).On("2027-02-01");
        scenario.Given(Order(Scenario.Factory2) with { Draw = "draw-8", DueBy = Ask.Day("2027-06-30") }, Actor.System, Scenario.Enterprise);
        var third = GrainId.Of(GrainKind.Factory, "N-1-F-0003");
        scenario.Given(Ask.Register(), People.A, third).Given(Ask.Grant("2023-08-23", Rules.Visits), People.A, third);
        var more = Order(third) with { Draw = "draw-9", DueBy = Ask.Day("2027-06-30") };

        Assert.Equal(new Rejection.DrawnTitleRefused(third, Drawable.CapReached), scenario.When(more, Actor.System, Scenario.Enterprise).Turn.Rejection);
        scenario.When(Ask.Random("2027-06-30", Rules.Visits) with { Draw = "draw-9" }, People.A, third).ThenRefused("inspection-cap-reached");
        // What came to nothing gives its room back.
        scenario.Given(new GrainCommand.CancelCheck("check-1", "closed"), People.A).Given(new GrainCommand.SettleVisit(Visit), Actor.System, Scenario.Enterprise)
            .Given(more, Actor.System, Scenario.Enterprise);
    }

    [Fact]
    public void What_was_drawn_is_ordered_also_when_that_is_taken_up_after_the_last_day()
    {
        var scenario = Two().On("2026-10-01");

        Assert.Null(Drawn(scenario, Scenario.Factory).Turn.Rejection);
        Assert.Equal(Ask.Day("2026-09-30"), Assert.Single(scenario.Of(Scenario.Factory).Checks).DueBy);
    }

    [Fact]
    public void Who_was_drawn_makes_the_check_unless_others_were_assigned_with_a_reason()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory);
        var byAnother = Ask.Result("check-1", CheckOutcome.Clean, Day) with { Inspectors = ["I-1", "I-3"] };

        scenario.When(byAnother, People.A).ThenRefused("inspector-not-named");
        scenario.Given(new GrainCommand.AssignInspectors("check-1", ["I-1", "I-3"], "ill"), People.B)
            .When(byAnother, People.A).ThenOn(Scenario.Enterprise, new GrainEvent.VisitMade(Ask.Day(Day), "visit-1", 2026));
    }

    [Fact]
    public void The_first_result_makes_the_visit_and_the_others_leave_the_enterprise_alone()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory, Scenario.Factory2);

        scenario.On("2026-06-22").When(Ask.Result("check-1", CheckOutcome.Refused, "2026-06-20"), People.Inspector1)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitMade(Ask.Day("2026-06-20"), "visit-1", 2026));
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, "2026-06-22"), People.A, Scenario.Factory2).ThenOn(Scenario.Enterprise);

        Assert.Equal((VisitStatus.Made, Ask.Day("2026-06-20")), (Entry(scenario).Status, Entry(scenario).On));
    }

    [Fact]
    public void A_visit_comes_to_nothing_when_all_of_its_checks_do()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory, Scenario.Factory2);
        var settle = new GrainCommand.SettleVisit(Visit);

        scenario.Given(new GrainCommand.CancelCheck("check-1", "closed"), People.A).When(settle, Actor.System, Scenario.Enterprise).ThenOn(Scenario.Enterprise);
        scenario.Given(Ask.Result("check-1", CheckOutcome.Unreachable, Day), People.A, Scenario.Factory2).When(settle, Actor.System, Scenario.Enterprise)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitCalledOff(Ask.Day(Day), "visit-1"));
        scenario.When(settle, Actor.System, Scenario.Enterprise).ThenOn(Scenario.Enterprise);

        // Somebody was found after all: the result was mistyped.
        var version = scenario.Of(Scenario.Factory2).Checks[0].Result!.Version;
        scenario.Given(Ask.Correct(version, CheckOutcome.Clean), People.C, Scenario.Factory2).When(settle, Actor.System, Scenario.Enterprise)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitMade(Ask.Day(Day), "visit-1", 2026));
    }

    [Fact]
    public void A_merge_of_the_enterprise_takes_its_visits_along_and_results_find_them()
    {
        var scenario = Two();
        Drawn(scenario, Scenario.Factory);
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        scenario.Given(Ask.Register(), People.A, coded).Given(Ask.Merge(coded), People.A, Scenario.Enterprise);

        Assert.Equal([Visit], Assert.Single(scenario.Of(coded).Visits!).Origins!);
        Assert.Null(scenario.Of(Scenario.Enterprise).Visits);
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, Day), People.A).ThenOn(coded, new GrainEvent.VisitMade(Ask.Day(Day), "visit-1", 2026));
        // What the draw has ordered it does not order again, and others of its titles join.
        scenario.When(Order(Scenario.Factory, Scenario.Factory2), Actor.System, coded)
            .ThenOn(coded, new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory2, "check-1")]));
    }

    private static Visit Entry(Scenario scenario) => scenario.Of(Scenario.Enterprise).Visits![0];

    /// <summary>Two factories of one enterprise, each with a title under the policy with a cap; the first with one under another policy, too.</summary>
    private static Scenario Two() => Scenario.Listed(Rules.Visits)
        .Given(Ask.Grant("2023-08-23", Rules.Trial), People.A)
        .Given(Ask.Register(), People.A, Scenario.Factory2).Given(Ask.Grant("2023-08-23", Rules.Visits), People.A, Scenario.Factory2).On(Day);

    private static Outcome Drawn(Scenario scenario, params GrainId[] entities) => scenario.When(Order(entities), Actor.System, Scenario.Enterprise);

    private static GrainCommand.OrderDrawnVisit Order(params GrainId[] entities) => new(
        "draw-7", [.. entities.Select(entity => new DrawnTitle(entity, Title))], Ask.Day("2026-09-30"), Ask.TwoInspectors, Unassigned: null, Items: null, "p-b",
        IntervalMonths: 12);

    private static GrainEvent.CheckOrdered Ordered(string check) => new(
        Ask.Day(Day), check, Title, CheckBasis.Random, null, "draw-7", Ask.Day("2026-09-30"), Ask.TwoInspectors, [], CheckStatus.Approved, null, Visit, "p-b");
}
