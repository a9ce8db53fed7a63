using Supervision.Grains.Draws;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What draws bring about in energy-conservation inspection: entries on the list of a year, and visits to some of them.</summary>
public sealed class EnergyDrawTests
{
    private const string Day = "2026-03-10";

    private static readonly VisitRef Visit = new(Scenario.Enterprise, "visit-1");

    private static readonly GrainCommand.ListDrawnEnterprise List = new("list-1", Rules.Miit, 2026);

    private static readonly GrainCommand.OrderDrawnInspection Order = new("visits-1", Rules.Miit, 2026, Ask.Day("2026-06-08"), Ask.TwoInspectors, Unassigned: null, "p-b");

    [Fact]
    public void Who_is_drawn_by_the_rate_of_its_risk_class_comes_onto_the_list_once()
    {
        var scenario = EnergyPaths.Making().On(Day);

        scenario.When(List, Actor.System, Scenario.Enterprise).Then(new GrainEvent.EnergyInspectionListed(
            Ask.Day(Day), "energy-inspection-1", Rules.Miit, 2026, Reason: null, EnergyTrigger.RiskClassRate, "configuration: not stated in the source", Follows: null, Ask.Day("2026-12-31"),
            "list-1"));
        scenario.When(List, Actor.System, Scenario.Enterprise).Then();
        Assert.Equal(
            new Rejection.DrawnTitleRefused(Scenario.Enterprise, EnergyDrawable.Listed), scenario.When(List with { Draw = "list-2" }, Actor.System, Scenario.Enterprise).Turn.Rejection);
    }

    [Fact]
    public void Who_is_drawn_for_a_visit_is_inspected_on_site_which_makes_the_visit()
    {
        var scenario = Drawn();
        Assert.Equal((EnergyStatus.Listed, Ask.Day("2026-06-08")), (scenario.Entry().Status, scenario.Entry().DueBy));

        scenario.On("2026-05-25").When(Ask.NotifyEnergy("2026-05-25", "2026-06-05") with { Method = EnergyMethod.Written }, People.Hunan, Scenario.Enterprise).ThenRefused("energy-visit-drawn");
        scenario.When(Ask.NotifyEnergy("2026-05-25", "2026-06-05") with { Method = EnergyMethod.OnSite }, People.Hunan, Scenario.Enterprise)
            .ThenTypes("energy-inspection.notified", "visit.notified");
        scenario.On("2026-06-05").When(Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05") with { Method = EnergyMethod.Written }, People.Hunan, Scenario.Enterprise)
            .ThenRefused("energy-visit-drawn");
        scenario.When(Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05") with { Method = EnergyMethod.OnSite }, People.Hunan, Scenario.Enterprise)
            .ThenTypes("energy-inspection.concluded", "visit.made");
        Assert.Equal((VisitStatus.Made, true, 2026), (VisitOf(scenario).Status, VisitOf(scenario).Counts, VisitOf(scenario).Year));
    }

    [Fact]
    public void Sent_again_the_visit_is_ordered_once_and_who_is_not_inspected_in_writing_is_not_drawn()
    {
        var scenario = Drawn();
        scenario.When(Order, Actor.System, Scenario.Enterprise).Then();

        Refused(EnergyDrawable.OnSite, scenario);
        Refused(EnergyDrawable.NotListed, EnergyPaths.Making().On(Day));
        Refused(EnergyDrawable.NotListed, Listed().Given(new GrainCommand.DelistEnergyInspection("energy-inspection-1", "mistake"), People.Hunan, Scenario.Enterprise));
        Refused(EnergyDrawable.Inspected, EnergyPaths.Making().Inspected(EnergyOutcome.Compliant));

        static void Refused(string reason, Scenario scenario) => Assert.Equal(
            new Rejection.DrawnTitleRefused(Scenario.Enterprise, reason), scenario.When(Order with { Draw = "visits-2", DueBy = Ask.Day("2026-12-01") }, Actor.System, Scenario.Enterprise).Turn.Rejection);
    }

    [Fact]
    public void What_the_published_cap_allows_is_not_exceeded()
    {
        var scenario = Listed();
        for (var visit = 1; visit <= 4; visit++)
        {
            var check = $"check-{visit}";
            scenario.Given(Ask.Random("2026-09-30") with { Draw = $"draw-{visit}" }, People.A).Given(new GrainCommand.ApproveCheck(check), People.B)
                .Given(Ask.Result(check, CheckOutcome.Minor, Day), People.A);
        }

        Assert.Equal(new Rejection.DrawnTitleRefused(Scenario.Enterprise, Drawable.CapReached), scenario.When(Order, Actor.System, Scenario.Enterprise).Turn.Rejection);
    }

    [Fact]
    public void Where_nobody_was_matched_an_officer_assigns_and_whoever_is_unfit_makes_no_visit()
    {
        var scenario = Listed().Given(Order with { Inspectors = [], Unassigned = "too-few-inspectors" }, Actor.System, Scenario.Enterprise);
        Assert.Equal("too-few-inspectors", VisitOf(scenario).Unassigned);
        Assert.Equal(["assignment/energy-inspection-1"], Tasks(scenario));

        var assign = new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-3", "I-4"], "back from leave");
        scenario.When(assign with { Inspectors = ["I-3", "I-9"] }, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-unfit");
        scenario.When(assign, People.Hunan, Scenario.Enterprise).ThenTypes("visit.assigned");
        Assert.Empty(Tasks(scenario));
        Listed().When(assign, People.Hunan, Scenario.Enterprise).ThenRefused("energy-visit-not-drawn");
    }

    [Fact]
    public void Who_was_drawn_for_a_visit_makes_it_and_nobody_else()
    {
        var scenario = Drawn().On("2026-06-05");
        var result = Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05") with { Method = EnergyMethod.OnSite, WithoutNotice = EnergyWithoutNotice.SpotCheck };

        scenario.When(result with { Inspectors = ["I-1", "I-3"] }, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.Given(new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-1", "I-3"], "ill"), People.Hunan, Scenario.Enterprise);
        scenario.When(result, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(result with { Inspectors = ["I-1", "I-3"] }, People.Hunan, Scenario.Enterprise).ThenTypes("energy-inspection.concluded", "visit.made");
    }

    [Fact]
    public void Entry_and_exit_of_a_visit_without_checks_are_scanned_for_the_visit()
    {
        var scenario = Drawn().On("2026-06-05");
        var now = scenario.Now;
        var (enter, exit) = (new GrainCommand.EnterVisit("visit-1", At: null, Inspector: null), new GrainCommand.ExitVisit("visit-1", At: null));

        scenario.When(exit, People.Inspector1, Scenario.Enterprise).ThenRefused("not-entered");
        scenario.When(enter, People.Inspector3, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(enter with { Inspector = "I-3" }, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(enter with { Visit = "visit-2" }, People.Inspector1, Scenario.Enterprise).ThenRefused("visit-not-found");
        scenario.When(enter with { At = now.AddHours(1) }, People.Inspector1, Scenario.Enterprise).ThenRefused("instant-out-of-order");
        scenario.When(enter, People.Inspector1, Scenario.Factory).ThenRefused("not-an-enterprise");
        scenario.When(enter with { At = now.AddHours(-2) }, People.Inspector1, Scenario.Enterprise)
            .Then(new GrainEvent.VisitEntered(Ask.Day("2026-06-05"), "visit-1", now.AddHours(-2), "I-1"));
        scenario.When(enter with { Inspector = "I-2" }, People.Hunan, Scenario.Enterprise).ThenRefused("already-entered");
        scenario.When(exit, People.Inspector3, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(exit, People.Inspector1, Scenario.Enterprise).Then(new GrainEvent.VisitExited(Ask.Day("2026-06-05"), "visit-1", now));

        scenario.Given(
            Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05") with { Method = EnergyMethod.OnSite, WithoutNotice = EnergyWithoutNotice.SpotCheck }, People.Hunan, Scenario.Enterprise);
        scenario.When(enter, People.Inspector1, Scenario.Enterprise).ThenRefused("visit-not-planned");
    }

    [Fact]
    public void The_enterprise_may_ask_for_another_inspector_once_it_was_told_of_the_visit()
    {
        var scenario = Drawn().On("2026-06-05");
        var holder = CertificatePaths.Holder;
        var ask = new GrainCommand.AskVisitRecusal("visit-1", "I-2", PrivateText.Of("a cousin", new byte[16]));
        var decide = new GrainCommand.DecideVisitRecusal("visit-1", "I-2", Accepted: true, "a cousin indeed", "I-3");
        scenario.When(ask, holder, Scenario.Enterprise).ThenRefused("visit-not-found");
        scenario.Given(Ask.NotifyEnergy("2026-06-05", "2026-06-25") with { Method = EnergyMethod.OnSite }, People.Hunan, Scenario.Enterprise);
        var told = scenario.Entry().Told!;
        Assert.Equal((2026, 0, "I-1,I-2", Recusal.Article), (told.Year, told.Visits, string.Join(',', told.Inspectors), told.Recusal));

        scenario.When(ask with { Inspector = "I-3" }, holder, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(decide, People.Hunan, Scenario.Enterprise).ThenRefused("recusal-not-asked");
        scenario.When(ask, holder, Scenario.Enterprise).Then(new GrainEvent.VisitRecusalAsked(Ask.Day("2026-06-05"), "visit-1", "I-2", ask.Text));
        scenario.When(ask, People.Hunan, Scenario.Enterprise).ThenRefused("recusal-already-asked");
        Assert.Equal(["recusal/visit-1/I-2"], Tasks(scenario));

        scenario.When(decide, People.Hunan with { Person = "I-2" }, Scenario.Enterprise).ThenRefused("second-person-needed");
        scenario.When(decide with { Replacement = null }, People.Hunan, Scenario.Enterprise).ThenRefused("replacement-needed");
        scenario.When(decide with { Accepted = false }, People.Hunan, Scenario.Enterprise).ThenRefused("replacement-needed");
        scenario.When(decide with { Replacement = "I-9" }, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-unfit");
        scenario.When(decide, People.Hunan, Scenario.Enterprise).Then(
            new GrainEvent.VisitRecusalDecided(Ask.Day("2026-06-05"), "visit-1", "I-2", Accepted: true, "a cousin indeed", "I-3"),
            new GrainEvent.VisitAssigned(Ask.Day("2026-06-05"), "visit-1", ["I-1", "I-3"], "a cousin indeed"));
        Assert.Empty(Tasks(scenario));
        Assert.True(Assert.Single(VisitOf(scenario).Recusals!).Accepted);

        // Whoever was recused is not brought back.
        scenario.When(new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-1", "I-2"], "ill"), People.Hunan, Scenario.Enterprise).ThenRefused("inspector-recused");
    }

    [Fact]
    public void Nothing_tells_of_a_drawn_visit_before_its_notice()
    {
        var scenario = Drawn().On("2026-06-05");
        var untold = Untold.Of(scenario.Of(Scenario.Enterprise));
        Assert.Equal((0, "visit-1", "energy-inspection-1"), (untold.Checks.Count, Assert.Single(untold.Visits), Assert.Single(untold.Inspections)));

        Assert.True(OutsideEvents.TellsOf("visit.planned", """{"visit":"visit-1"}""", untold));
        Assert.True(OutsideEvents.TellsOf("energy-visit.ordered", """{"inspection":"energy-inspection-1","visit":{"enterprise":"enterprise/u-1","id":"visit-1"}}""", untold));
        Assert.True(OutsideEvents.TellsOf("energy-inspection.overdue", """{"inspection":"energy-inspection-1"}""", untold));
        Assert.True(OutsideEvents.TellsOf("deadlines.moved", """{"downtime":"d","moved":[{"kind":"ban","id":"ban-1"},{"kind":"energy-inspection","id":"energy-inspection-1"}]}""", untold));
        Assert.False(OutsideEvents.TellsOf("deadlines.moved", """{"downtime":"d","moved":[{"kind":"ban","id":"ban-1"}]}""", untold));
        Assert.False(OutsideEvents.TellsOf("energy-inspection.overdue", """{"inspection":"energy-inspection-2"}""", untold));
        Assert.False(OutsideEvents.IsTold(Scenario.Enterprise, "visit.joined"));

        scenario.Given(Ask.NotifyEnergy("2026-06-05", "2026-06-25") with { Method = EnergyMethod.OnSite }, People.Hunan, Scenario.Enterprise);
        Assert.True(Untold.Of(scenario.Of(Scenario.Enterprise)).IsEmpty);
    }

    [Theory]
    [InlineData("visit.planned", """{"visit":"visit-1","checks":[{"entity":"factory/F-1","check":"check-1"}],"year":2026}""", true, """{"visit":"visit-1","year":2026}""")]
    [InlineData("case.served", """{"case":"case-1","notice":{"number":"1"},"documents":["a"]}""", false, """{"case":"case-1"}""")]
    [InlineData("case.served", """{"case":"case-1","notice":{"number":"1"},"documents":["a"]}""", true, """{"case":"case-1","notice":{"number":"1"},"documents":["a"]}""")]
    [InlineData("case.decided", """{"case":"case-1","documents":["a"]}""", false, """{"case":"case-1","documents":["a"]}""")]
    public void What_is_told_outside_of_an_event_leaves_out_what_others_tell(string type, string data, bool toReceiver, string told) =>
        Assert.Equal(told, OutsideEvents.DataOf(type, data, toReceiver));

    [Fact]
    public void Whoever_was_recused_from_the_visit_makes_no_recheck()
    {
        var scenario = Drawn().On("2026-06-05").Given(new GrainCommand.AskVisitRecusal("visit-1", "I-2", PrivateText.Of("a cousin", new byte[16])), People.Hunan, Scenario.Enterprise)
            .Given(new GrainCommand.DecideVisitRecusal("visit-1", "I-2", Accepted: true, "a cousin indeed", "I-3"), People.Hunan, Scenario.Enterprise)
            .Given(Ask.EnergyResult(EnergyOutcome.Violations, "2026-06-05", EnergyWithoutNotice.SpotCheck) with { Inspectors = ["I-1", "I-3"] }, People.Hunan, Scenario.Enterprise)
            .Given(Ask.HearEnergy("2026-06-05"), People.Hunan, Scenario.Enterprise).Given(Ask.OrderEnergy("2026-06-05"), People.Hunan, Scenario.Enterprise)
            .Given(Ask.ReportEnergy("2026-06-05"), People.Hunan, Scenario.Enterprise);

        scenario.When(Ask.RecheckEnergy("2026-06-05", rectified: true) with { Inspectors = ["I-1", "I-2"] }, People.Hunan, Scenario.Enterprise).ThenRefused("inspector-recused");
        scenario.When(Ask.RecheckEnergy("2026-06-05", rectified: true) with { Inspectors = ["I-1", "I-3"] }, People.Hunan, Scenario.Enterprise).ThenTypes("energy-rectification.rechecked");
    }

    [Fact]
    public void A_recusal_that_is_declined_leaves_who_was_drawn()
    {
        var scenario = Drawn().On("2026-06-05").Given(new GrainCommand.AskVisitRecusal("visit-1", "I-2", PrivateText.Of("strict", new byte[16])), People.Hunan, Scenario.Enterprise);

        scenario.When(new GrainCommand.DecideVisitRecusal("visit-1", "I-2", Accepted: false, "strictness is none", null), People.Hunan, Scenario.Enterprise)
            .ThenTypes("visit-recusal.decided");

        Assert.Equal(["I-1", "I-2"], VisitOf(scenario).Inspectors);
    }

    [Fact]
    public void Whoever_comes_no_more_is_recused_without_a_replacement()
    {
        var scenario = Drawn().On("2026-06-05").Given(new GrainCommand.AskVisitRecusal("visit-1", "I-2", PrivateText.Of("a cousin", new byte[16])), People.Hunan, Scenario.Enterprise)
            .Given(new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-1", "I-3"], "ill"), People.Hunan, Scenario.Enterprise);
        var decide = new GrainCommand.DecideVisitRecusal("visit-1", "I-2", Accepted: true, "a cousin indeed", "I-4");

        scenario.When(decide, People.Hunan, Scenario.Enterprise).ThenRefused("replacement-needed");
        scenario.When(decide with { Replacement = null }, People.Hunan, Scenario.Enterprise).ThenTypes("visit-recusal.decided");
    }

    [Fact]
    public void Where_checks_are_made_on_the_visit_recusal_is_asked_for_on_them()
    {
        var scenario = Drawn().Given(Ask.Directed("2026-06-08") with { Visit = "visit-1" }, People.A);

        scenario.When(new GrainCommand.AskVisitRecusal("visit-1", "I-2", PrivateText.Of("x", new byte[16])), People.Hunan, Scenario.Enterprise).ThenRefused("visit-has-checks");
    }

    [Fact]
    public void The_record_of_an_inspection_on_site_is_signed_once_or_it_is_noted_why_not()
    {
        var scenario = Drawn().On("2026-06-05");
        var sign = new GrainCommand.SignEnergyRecord("energy-inspection-1", Ask.Day("2026-06-05"), HolderSigned: false, Reason: null);

        scenario.When(sign, People.Inspector3, Scenario.Enterprise).ThenRefused("inspector-not-named");
        scenario.When(sign, People.Inspector1, Scenario.Enterprise).ThenRefused("energy-step-out-of-order");
        scenario.Given(new GrainCommand.EnterVisit("visit-1", At: null, Inspector: null), People.Inspector1, Scenario.Enterprise);
        scenario.When(sign, People.Inspector1, Scenario.Enterprise).ThenRefused("reason-needed");
        scenario.When(sign with { On = Ask.Day("2026-06-06") }, People.Inspector1, Scenario.Enterprise).ThenRefused("date-in-future");
        scenario.When(sign with { Reason = "nobody there may sign" }, People.Inspector1, Scenario.Enterprise)
            .Then(new GrainEvent.EnergyRecordSigned(Ask.Day("2026-06-05"), "energy-inspection-1", HolderSigned: false, "nobody there may sign"));
        scenario.When(sign with { HolderSigned = true }, People.Hunan, Scenario.Enterprise).ThenRefused("record-already-signed");
        Listed().When(sign, People.Inspector1, Scenario.Enterprise).ThenRefused("inspector-not-named");
    }

    [Fact]
    public void What_is_struck_off_the_list_is_not_visited()
    {
        var scenario = Drawn();
        scenario.When(new GrainCommand.DelistEnergyInspection("energy-inspection-1", "closed down"), People.Hunan, Scenario.Enterprise)
            .ThenTypes("energy-inspection.delisted", "visit.called-off");
        Assert.Equal(VisitStatus.CalledOff, VisitOf(scenario).Status);
    }

    [Fact]
    public void A_check_that_joined_and_was_called_off_leaves_the_visit_to_the_inspection()
    {
        var scenario = Drawn().Given(Ask.Directed("2026-06-08") with { Visit = "visit-1" }, People.A);
        scenario.Given(new GrainCommand.CancelCheck("check-1", "settled"), People.B);

        scenario.When(new GrainCommand.SettleVisit(Visit), Actor.System, Scenario.Enterprise).Then();
        scenario.When(new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-3", "I-4"], "x"), People.Hunan, Scenario.Enterprise).ThenRefused("visit-has-checks");
    }

    [Fact]
    public void A_merge_of_the_enterprise_takes_the_drawn_visit_along()
    {
        var scenario = Drawn();
        var coded = GrainId.Of(GrainKind.Enterprise, "91350100M000100Y43");
        scenario.Given(Ask.Register(), People.A, coded).Given(Ask.Merge(coded), People.A, Scenario.Enterprise);

        scenario.On("2026-06-05").When(
                Ask.EnergyResult(EnergyOutcome.Compliant, "2026-06-05") with { Method = EnergyMethod.OnSite, WithoutNotice = EnergyWithoutNotice.SpotCheck }, People.Hunan, coded)
            .ThenTypes("energy-inspection.concluded", "visit.made");
        scenario.When(Order, Actor.System, coded).Then();
    }

    private static Scenario Listed() => EnergyPaths.Making().On(Day).Given(List, Actor.System, Scenario.Enterprise);

    private static Scenario Drawn() => Listed().Given(Order, Actor.System, Scenario.Enterprise);

    private static Visit VisitOf(Scenario scenario) => scenario.Of(Scenario.Enterprise).Visits![0];

    private static IEnumerable<string> Tasks(Scenario scenario) =>
        Supervision.Grains.Views.OpenWork.Of(scenario.Of(Scenario.Enterprise)).Where(work => work.Item == WorkColumns.InspectionTask).Select(work => work.Id);
}
