using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A lawful inspection from its order to the end of what the holder may say about it (国办发〔2024〕54号).</summary>
public sealed class InspectionTests
{
    private const string Day = "2026-06-15";

    private static readonly Actor Holder = new("p-holder", "holder", Role.Enterprise, new Authority(Level.National, []), AnyAuthority: true)
    {
        Enterprise = Scenario.Enterprise, Own = [Scenario.Enterprise],
    };

    [Fact]
    public void The_notice_tells_how_often_the_firm_was_visited_what_is_checked_by_whom_and_the_right_to_another_inspector()
    {
        var scenario = Ordered().Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Directed, "complaint", null, Ask.Day("2026-02-02")), People.A, Scenario.Enterprise);

        scenario.When(new GrainCommand.NotifyCheck("check-1", Ask.Day(Day), "post", "N-1"), People.A)
            .ThenOn(
                Scenario.Factory,
                new GrainEvent.CheckNotified(
                    Ask.Day(Day), "check-1", "post", new ServedDocument("N-1", "national"),
                    new CheckNotice(2026, 1, 2, ["papers", "meters"], Ask.TwoInspectors, "行政处罚法 第四十三条")))
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitNotified(Ask.Day(Day), "visit-1"));
    }

    [Fact]
    public void Each_step_that_the_policy_asks_for_comes_before_the_result()
    {
        var scenario = Ordered();
        var result = Ask.Result("check-1", CheckOutcome.Clean, Day);

        Assert.Equal(InspectionStep.Notice, Missing(scenario));
        scenario.Given(new GrainCommand.NotifyCheck("check-1", Ask.Day(Day), "post"), People.A);
        Assert.Equal(InspectionStep.Entry, Missing(scenario));
        scenario.Given(new GrainCommand.RecordEntry("check-1", null, null), People.Inspector1);
        Assert.Equal(InspectionStep.Record, Missing(scenario));
        scenario.Given(new GrainCommand.SignRecord("check-1", Ask.Day(Day), HolderSigned: false, "nobody there may sign"), People.Inspector1);
        scenario.When(result, People.Inspector1).ThenOn(Scenario.Enterprise, new GrainEvent.VisitMade(Ask.Day(Day), "visit-1", 2026));

        // Where nobody was found there was nothing to enter or to sign.
        Ordered().Given(new GrainCommand.RecordResult("check-1", CheckOutcome.Unreachable, Ask.Day(Day), Ask.TwoInspectors, []), People.A);

        InspectionStep Missing(Scenario at)
        {
            var missing = Assert.IsType<Rejection.InspectionStepMissing>(at.When(result, People.Inspector1).Turn.Rejection);
            Assert.Equal("检八", missing.Article);
            return missing.Step;
        }
    }

    [Fact]
    public void Entry_and_exit_are_scanned_for_the_visit_as_a_whole_by_its_inspectors()
    {
        var scenario = Ordered();
        var now = scenario.Now;

        scenario.When(new GrainCommand.RecordEntry("check-1", null, null), People.Inspector3).ThenRefused("not-your-check");
        scenario.When(new GrainCommand.RecordEntry("check-1", null, "I-3"), People.A).ThenRefused("inspector-not-named");
        scenario.When(new GrainCommand.RecordExit("check-1", null), People.A).ThenRefused("not-entered");
        scenario.When(new GrainCommand.RecordEntry("check-1", now.AddHours(1), "I-1"), People.A).ThenRefused("instant-out-of-order");
        scenario.When(new GrainCommand.RecordEntry("check-1", now.AddDays(-1), "I-1"), People.A).ThenRefused("instant-out-of-order");
        scenario.When(new GrainCommand.RecordEntry("check-1", now.AddHours(-2), null), People.Inspector1)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitEntered(Ask.Day(Day), "visit-1", now.AddHours(-2), "I-1"));
        scenario.When(new GrainCommand.RecordEntry("check-1", null, null), People.Inspector1).ThenRefused("already-entered");
        scenario.When(new GrainCommand.RecordExit("check-1", now.AddHours(-3)), People.Inspector1).ThenRefused("instant-out-of-order");
        scenario.When(new GrainCommand.RecordExit("check-1", null), People.Inspector1)
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitExited(Ask.Day(Day), "visit-1", now));

        Assert.Equal([new VisitEntry("I-1", now.AddHours(-2), now)], scenario.Of(Scenario.Enterprise).Visits![0].Entries!);
    }

    [Fact]
    public void Whoever_is_recused_is_replaced_on_the_whole_visit_and_enters_no_result()
    {
        var scenario = Ordered().Given(Ask.Register(), People.A, Scenario.Factory2).Given(Ask.Grant("2023-08-23", Rules.Lawful), People.A, Scenario.Factory2)
            .Given(Ask.Random("2026-09-30", Rules.Lawful), People.A, Scenario.Factory2);
        var ask = new GrainCommand.AskRecusal("check-1", "I-2", PrivateText.Of("a cousin", new byte[16]));

        // The holder does not know of the check before it is told.
        scenario.When(ask, Holder).ThenRefused("check-not-found");
        scenario.Given(new GrainCommand.NotifyCheck("check-1", Ask.Day(Day), "post"), People.A);
        scenario.When(ask with { Inspector = "I-9" }, Holder).ThenRefused("inspector-not-named");
        scenario.When(ask, Holder).ThenOn(Scenario.Factory, new GrainEvent.RecusalAsked(Ask.Day(Day), "check-1", "I-2", ask.Text));
        scenario.When(ask, Holder).ThenRefused("recusal-already-asked", "行政处罚法 第四十三条");

        var decide = new GrainCommand.DecideRecusal("check-1", "I-2", Accepted: true, "a cousin indeed", "I-3");
        scenario.When(decide with { Replacement = null }, People.A).ThenRefused("replacement-needed");
        scenario.When(decide with { Replacement = "I-1" }, People.A).ThenRefused("too-few-inspectors");
        scenario.When(decide, People.OtherKeyOf(People.A) with { Person = "I-2" }).ThenRefused("second-person-needed");
        scenario.When(decide, People.A)
            .ThenOn(
                Scenario.Factory, new GrainEvent.RecusalDecided(Ask.Day(Day), "check-1", "I-2", Accepted: true, "a cousin indeed", "I-3"),
                new GrainEvent.InspectorsAssigned(Ask.Day(Day), "check-1", ["I-1", "I-3"], "a cousin indeed", "I-2"))
            .ThenOn(Scenario.Enterprise, new GrainEvent.VisitAssigned(Ask.Day(Day), "visit-1", ["I-1", "I-3"], "a cousin indeed"))
            .ThenOn(Scenario.Factory2, new GrainEvent.InspectorsAssigned(Ask.Day(Day), "check-1", ["I-1", "I-3"], "a cousin indeed", "I-2"));
        scenario.When(new GrainCommand.AssignInspectors("check-1", Ask.TwoInspectors, "back"), People.A).ThenRefused("inspector-recused");
        scenario.When(Ask.Result("check-1", CheckOutcome.Clean, Day, "I-1", "I-2"), People.A).ThenRefused("inspector-recused");
        scenario.When(decide, People.A).ThenRefused("recusal-not-asked");
    }

    [Fact]
    public void A_recusal_that_is_refused_changes_nobody()
    {
        var scenario = Ordered().Given(new GrainCommand.AskRecusal("check-1", "I-2", PrivateText.Of("strict", new byte[16])), People.A);

        scenario.When(new GrainCommand.DecideRecusal("check-1", "I-2", Accepted: false, "no relation", null), People.A).ThenTypes("recusal.decided");

        Assert.Equal(Ask.TwoInspectors, scenario.Of(Scenario.Factory).Checks[0].Inspectors);
    }

    [Fact]
    public void What_cannot_wait_is_approved_afterwards_and_a_delay_of_that_costs_the_holder_nothing()
    {
        var urgent = Ask.Directed("2026-06-30", Rules.Lawful) with { Emergency = "smoke", Items = ["meters"] };
        var scenario = Scenario.Listed(Rules.Lawful).On(Day).Given(urgent, People.A);
        Assert.Equal(new EmergencyOrder("smoke", Ask.Day("2026-06-17")), scenario.Of(Scenario.Factory).Checks[0].Emergency);
        scenario.Given(new GrainCommand.NotifyCheck("check-1", Ask.Day(Day), "on the spot"), People.A).Given(new GrainCommand.RecordEntry("check-1", null, "I-1"), People.A)
            .Given(new GrainCommand.SignRecord("check-1", Ask.Day(Day), HolderSigned: true, null), People.Inspector1).Given(Ask.Result("check-1", CheckOutcome.Clean, Day), People.Inspector1);

        var late = scenario.On("2026-06-18").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.ApprovalOverdue(Ask.Day("2026-06-18"), "check-1"));
        Assert.Equal(CheckStatus.Recorded, late.Of(Scenario.Factory).Checks[0].Status);
        late.When(new GrainCommand.ApproveCheck("check-1"), People.A).ThenRefused("second-person-needed");
        late.When(new GrainCommand.ApproveCheck("check-1"), People.OtherKeyOf(People.B) with { Person = "I-2" }).ThenRefused("second-person-needed");
        late.When(new GrainCommand.ApproveCheck("check-1"), People.B).Then(new GrainEvent.CheckApproved(Ask.Day("2026-06-18"), "check-1"));
        Assert.Equal((CheckStatus.Recorded, "p-b"), (late.Of(Scenario.Factory).Checks[0].Status, late.Of(Scenario.Factory).Checks[0].Emergency!.ApprovedBy));
        late.When(new GrainCommand.ApproveCheck("check-1"), People.B).ThenRefused("check-not-planned");

        // Only what is directed and needs an approval can go before it.
        Scenario.Listed(Rules.Lawful).On(Day).When(Ask.Random("2026-06-30", Rules.Lawful) with { Emergency = "smoke" }, People.A).ThenRefused("emergency-not-provided");
        Scenario.Listed(Rules.Visits).On(Day).When(Ask.Directed("2026-06-30", Rules.Visits) with { Emergency = "smoke" }, People.A).ThenRefused("emergency-not-provided");
    }

    /// <summary>Who orders which list's item where; null: accepted.</summary>
    [Theory]
    [InlineData("330100", Level.National, Level.Provincial, "330000", null)]
    [InlineData("330100", Level.National, Level.Municipal, "330100", null)]
    [InlineData("330100", Level.Provincial, Level.Provincial, "330000", null)]
    // The ministry orders what the list of the province that issued the title has.
    [InlineData("330100", Level.Provincial, Level.National, null, null)]
    [InlineData("330100", Level.National, Level.National, null, "item-not-published")]
    [InlineData("310000", Level.National, Level.Provincial, "310000", "item-not-published")]
    [InlineData("310000", Level.Provincial, Level.National, null, "item-not-published")]
    // A planning city publishes for itself.
    [InlineData("330200", Level.National, Level.Provincial, "330200", "item-not-published")]
    public void What_a_list_publishes_is_ordered_where_its_authority_publishes(string region, Level title, Level level, string? authority, string? code)
    {
        var scenario = new Scenario().Given(Ask.Register(region: region), People.A)
            .Given(Ask.Grant("2023-08-23", Rules.Lawful, title, honour: "green-factory"), title == Level.National ? People.A : People.Of(Level.Provincial, region[..2] + "0000")).On(Day);
        var ordered = scenario.When(Ask.Random("2026-09-30", Rules.Lawful) with { Items = ["zj2017-b18", "zj2017-b18"] }, authority is null ? People.A : People.Of(level, authority));

        if (code is not null)
        {
            ordered.ThenRefused(code, "检九");
            Assert.Contains("浙江省", ordered.Turn.Rejection!.Detail, StringComparison.Ordinal);
            return;
        }

        ordered.ThenTypes("check.ordered");
        Assert.Equal(["zj2017-b18"], scenario.Of(Scenario.Factory).Checks[0].Items);
    }

    [Fact]
    public void Who_acts_for_two_regions_orders_in_each_what_is_published_there()
    {
        var both = People.Hunan with { Authority = new Authority(Level.Provincial, ["310000", "330000"]) };
        Outcome In(string region) => new Scenario().Given(Ask.Register(region: region), People.A).Given(Ask.Grant("2023-08-23", Rules.Lawful), People.A).On(Day)
            .When(Ask.Random("2026-09-30", Rules.Lawful) with { Items = ["zj2017-b18"] }, both);

        In("330100").ThenTypes("check.ordered");
        In("310000").ThenRefused("item-not-published");
        // Who acts for any authority acts for that of the place.
        Scenario.Listed(Rules.Lawful).On(Day).When(Ask.Random("2026-09-30", Rules.Lawful) with { Items = ["zj2017-b18"] }, People.Bootstrap).ThenRefused("item-not-published");
    }

    [Fact]
    public void Only_published_items_are_ordered_and_papers_are_looked_at_from_afar()
    {
        var scenario = Scenario.Listed(Rules.Lawful).On(Day);
        var order = Ask.Random("2026-09-30", Rules.Lawful);

        scenario.When(order with { Items = ["meters", "kitchen"] }, People.A).ThenRefused("item-not-published", "检九");
        scenario.When(order with { Items = ["papers"] }, People.A).ThenRefused("remote-first");
        scenario.When(order with { Items = ["papers", "meters"], Remote = true }, People.A).ThenRefused("item-not-remote");

        // From afar nobody enters, so that no visit is kept.
        var remote = Scenario.Listed(Rules.Lawful).On(Day).Given(order with { Items = ["papers"], Remote = true }, People.A);
        Assert.Null(remote.Of(Scenario.Factory).Checks[0].Visit);
        Assert.Null(remote.Of(Scenario.Enterprise).Visits);
        var onSite = Scenario.Listed(Rules.Lawful).On(Day).Given(order with { Items = ["papers"], OnSite = "the papers are not kept as data" }, People.A);
        Assert.Equal("the papers are not kept as data", onSite.Of(Scenario.Factory).Checks[0].OnSite);

        // Before its day nothing was published.
        Assert.Empty(Scenario.Listed(Rules.Lawful).On("2024-12-02").Given(Ask.Random("2024-12-31", Rules.Lawful), People.A).Of(Scenario.Factory).Checks[0].Items);
    }

    [Fact]
    public void A_served_result_may_be_objected_to_and_another_person_decides()
    {
        var scenario = Scenario.Listed(Rules.Lawful).On("2024-12-02").Given(Ask.Random("2024-12-31", Rules.Lawful), People.A)
            .Given(Ask.Result("check-1", CheckOutcome.Failed, "2024-12-02"), People.A).On("2024-12-05");
        var @object = new GrainCommand.ObjectToResult("check-1", PrivateText.Of("the meter was calibrated", new byte[16]));

        scenario.When(new GrainCommand.DecideObjection("check-1", Upheld: true, "x"), People.B).ThenRefused("objection-not-raised");
        // Five working days from Thursday.
        scenario.When(new GrainCommand.ServeResult("check-1", Ask.Day("2024-12-05"), "post", "N-1"), People.A)
            .Then(new GrainEvent.ResultServed(Ask.Day("2024-12-05"), "check-1", "post", new ServedDocument("N-1", "national"), Ask.Day("2024-12-12")));
        scenario.When(new GrainCommand.ServeResult("check-1", Ask.Day("2024-12-05"), "post"), People.A).ThenRefused("result-already-served");
        scenario.When(@object, Holder).Then(new GrainEvent.ObjectionRaised(Ask.Day("2024-12-05"), "check-1", @object.Text));
        scenario.When(@object, Holder).ThenRefused("objection-already-raised");
        scenario.When(new GrainCommand.DecideObjection("check-1", Upheld: true, "x"), People.A).ThenRefused("second-person-needed");
        scenario.When(new GrainCommand.DecideObjection("check-1", Upheld: true, "it was"), People.B)
            .Then(new GrainEvent.ObjectionDecided(Ask.Day("2024-12-05"), "check-1", Upheld: true, "it was"));
        var version = scenario.Of(Scenario.Factory).Checks[0].Result!.Version;
        scenario.When(Ask.Correct(version, CheckOutcome.Clean), People.B).ThenTypes("result.corrected", "case.withdrawn");
        Assert.Contains(NoticeKind.Result, EntityViews.Of(Scenario.Factory, scenario.Of(Scenario.Factory), 1).Notices.Select(notice => notice.Kind));
    }

    [Fact]
    public void After_its_last_day_nobody_objects()
    {
        var scenario = Scenario.Listed(Rules.Lawful).On("2024-12-02").Given(Ask.Random("2024-12-31", Rules.Lawful), People.A)
            .Given(Ask.Result("check-1", CheckOutcome.Failed, "2024-12-02"), People.A).Given(new GrainCommand.ServeResult("check-1", Ask.Day("2024-12-02"), "post"), People.A);

        scenario.On("2024-12-10").When(new GrainCommand.ObjectToResult("check-1", PrivateText.Of("late", new byte[16])), Holder).ThenRefused("objection-too-late", "检七");
    }

    [Fact]
    public void A_directed_order_joins_a_planned_visit_also_one_of_another_department()
    {
        var scenario = Scenario.Listed(Rules.Lawful).On(Day)
            .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, Ask.Day("2026-07-31"), null), People.A, Scenario.Enterprise);
        var join = Ask.Directed("2026-07-31", Rules.Lawful) with { Visit = "visit-1" };

        scenario.When(join with { Visit = "visit-9" }, People.A).ThenRefused("visit-not-found");
        scenario.When(join, People.A).ThenOn(Scenario.Enterprise, new GrainEvent.VisitJoined(Ask.Day(Day), "visit-1", [new(Scenario.Factory, "check-1")]));
        scenario.Given(new GrainCommand.CompleteVisit("visit-1", Ask.Day(Day)), People.A, Scenario.Enterprise);
        scenario.When(join, People.A).ThenRefused("visit-not-planned");
        scenario.When(new GrainCommand.CallOffVisit("visit-1", "x"), People.A, Scenario.Enterprise).ThenRefused("visit-not-planned");
    }

    [Fact]
    public void Visits_of_other_departments_count_where_the_policy_says_so()
    {
        var scenario = Scenario.Listed(Rules.Lawful).On(Day);
        foreach (var on in new[] { "2026-02-02", "2026-03-02" })
            scenario.Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, null, Ask.Day(on)), People.A, Scenario.Enterprise);

        scenario.When(Ask.Random("2026-09-30", Rules.Lawful), People.A).ThenRefused("inspection-cap-reached");
        // Those of a complaint do not, nor do those of the year before, nor what was called off.
        var other = Scenario.Listed(Rules.Lawful).On(Day)
            .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Directed, "complaint", null, Ask.Day("2026-02-02")), People.A, Scenario.Enterprise)
            .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, null, Ask.Day("2025-12-02")), People.A, Scenario.Enterprise)
            .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, Ask.Day("2026-07-31"), null), People.A, Scenario.Enterprise)
            .Given(new GrainCommand.CallOffVisit("visit-3", "merged"), People.A, Scenario.Enterprise)
            .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, null, Ask.Day("2026-02-02")), People.A, Scenario.Enterprise);
        other.When(Ask.Random("2026-09-30", Rules.Lawful), People.A).ThenOn(Scenario.Factory, other.Recorded().Select(recorded => recorded.Event).OfType<GrainEvent.CheckOrdered>().ToArray());
        other.When(new GrainCommand.CompleteVisit("visit-5", Ask.Day(Day)), People.A, Scenario.Enterprise).ThenRefused("visit-is-own");
    }

    /// <summary>A random check of the published items, approved, with a visit of its own.</summary>
    private static Scenario Ordered() => Scenario.Listed(Rules.Lawful).On(Day).Given(Ask.Random("2026-09-30", Rules.Lawful), People.A)
        .Given(new GrainCommand.ApproveCheck("check-1"), People.B);
}
