namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Documents that are served, and what runs from their service.</summary>
public sealed class NoticeTests
{
    private static readonly OpenRemedy[] Remedies =
    [
        new("administrative-review", Ask.Day("2026-08-16"), "行政复议法 第二十条"), new("administrative-litigation", Ask.Day("2026-12-17"), "行政诉讼法 第四十六条"),
    ];

    [Fact]
    public void A_served_notice_is_recorded_with_number_authority_and_document()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Open(), People.A);
        var command = Ask.Serve("case-1", "2026-06-15") with { Number = "告字〔2026〕1号", Documents = [new string('d', 64)] };

        scenario.Given(command, People.Hunan);

        Assert.Equivalent(
            new Notice(new ServedDocument("告字〔2026〕1号", "provincial/430000"), Ask.Day("2026-06-15"), "post", [new string('d', 64)]),
            scenario.Of(Scenario.Factory).Cases[0].Notice, strict: true);
    }

    [Fact]
    public void A_notice_of_a_check_is_recorded()
    {
        var scenario = Scenario.Listed().On("2026-06-15");
        var check = scenario.Ordered();

        scenario.Given(new GrainCommand.NotifyCheck(check, Ask.Day("2026-06-15"), "letter", "检字1号"), People.A);

        Assert.Equal(("检字1号", "national"), (scenario.Of(Scenario.Factory).Checks[0].Notice!.Document.Number, scenario.Of(Scenario.Factory).Checks[0].Notice!.Document.Authority));
    }

    [Fact]
    public void The_remedies_of_a_decision_run_from_its_service() => Removed().On("2026-06-20")
        .When(Ask.ServeDecision("case-1", "2026-06-17"), People.A)
        .Then(new GrainEvent.DecisionServed(Ask.Day("2026-06-17"), "case-1", "post", new ServedDocument("N-1", "national", Remedies), null, null));

    [Fact]
    public void A_dismissal_has_no_remedy_and_need_not_be_served()
    {
        var scenario = Decided(CaseOutcome.Dismiss);

        Assert.Null(scenario.Of(Scenario.Factory).Cases[0].ServeBy);
        scenario.When(Ask.ServeDecision("case-1", "2026-06-15"), People.A)
            .Then(new GrainEvent.DecisionServed(Ask.Day("2026-06-15"), "case-1", "post", new ServedDocument("N-1", "national"), null, null));
    }

    [Fact]
    public void A_rectification_runs_from_service_and_the_delay_of_the_authority_does_not_count()
    {
        var scenario = Rectifying();
        Assert.Null(scenario.Of(Scenario.Factory).Rectifications[0].DueBy);

        // Nobody served it for months: that is the authority's delay alone.
        scenario.On("2026-12-01").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.ServiceOverdue(Ask.Day("2026-06-26"), "case-1"));
        var due = Rules.Book.EndOf(Rules.Book[Rules.Miit2024].Rectification!, Ask.Day("2026-11-30"));
        scenario.When(Ask.ServeDecision("case-1", "2026-11-30"), People.A).Then(
            new GrainEvent.DecisionServed(
                Ask.Day("2026-11-30"), "case-1", "post",
                new ServedDocument("N-1", "national", [Inherited(Remedies[0], "2027-01-29"), Inherited(Remedies[1], "2027-05-30")]), "rectification-1", due));

        scenario.At(Scenario.NoonOf("2026-12-01").AddYears(1)).When(new GrainCommand.WakeUp(), Actor.System)
            .ThenTypes("rectification.overdue", "case.opened", "declaration.overdue");
        Assert.Equal(due.AddDays(1), scenario.Of(Scenario.Factory).Cases[1].OpenedOn);
    }

    [Fact]
    public void A_service_recorded_long_after_lets_what_ran_out_since_happen() => Rectifying().At(Scenario.NoonOf("2027-06-15"))
        .When(Ask.ServeDecision("case-1", "2026-06-16"), People.A).ThenTypes("service.overdue", "declaration.overdue", "decision.served", "rectification.overdue", "case.opened");

    [Fact]
    public void What_is_rectified_before_service_is_rectified() =>
        Rectifying().On("2026-06-17").When(Ask.Complete("2026-06-17"), People.A).ThenTypes("rectification.completed");

    [Fact]
    public void A_decision_is_served_once_after_it_was_made_and_not_tomorrow()
    {
        var scenario = Removed().On("2026-06-18");

        scenario.When(Ask.ServeDecision("case-9", "2026-06-17"), People.A).ThenRefused("case-not-found");
        scenario.When(Ask.ServeDecision("case-1", "2026-06-19"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.ServeDecision("case-1", "2026-06-14"), People.A).ThenRefused("date-too-early");
        scenario.When(Ask.ServeDecision("case-1", "2026-06-17"), People.Guangdong).ThenRefused("out-of-scope");
        scenario.Given(Ask.ServeDecision("case-1", "2026-06-17"), People.A);
        scenario.When(Ask.ServeDecision("case-1", "2026-06-17"), People.A).ThenRefused("decision-already-served", "行政处罚法 第六十一条");
        Scenario.Listed().On("2026-06-18").Given(Ask.Open(), People.A).When(Ask.ServeDecision("case-1", "2026-06-18"), People.A).ThenRefused("case-not-decided");
    }

    [Fact]
    public void A_decision_that_was_quashed_need_not_be_served()
    {
        var scenario = Removed().Given(Ask.Reinstate("case-1"), People.C);

        scenario.On("2026-07-20").When(new GrainCommand.WakeUp(), Actor.System).Then();
    }

    [Fact]
    public void Notices_of_energy_conservation_inspection_are_recorded()
    {
        var entry = EnergyPaths.Making().Rectifying().Entry();

        Assert.Equal(("N-1", "provincial/430000"), (entry.RectificationNotice!.Document.Number, entry.RectificationNotice.Document.Authority));
    }

    [Fact]
    public void An_event_of_before_documents_were_recorded_makes_no_notice()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Open(), People.A);
        var old = LedgerJson.ReadEvent("case.served", """{"case":"case-1","method":"post","windowEnds":"2026-06-24"}""", Ask.Day("2026-06-15"));

        var served = (GrainState.Subject)Grains.Behaviour.GrainBehaviour.Evolve(scenario.Known(Scenario.Factory).State, old, 9, "p-a");

        Assert.Equal((CaseStatus.Served, null), (served.Cases[0].Status, served.Cases[0].Notice));
    }

    private static OpenRemedy Inherited(OpenRemedy remedy, string until) => remedy with { Until = Ask.Day(until), Article = $"inherited from {Rules.Miit}: {remedy.Article}" };

    private static Scenario Removed() => Decided(CaseOutcome.Remove);

    private static Scenario Decided(CaseOutcome outcome)
    {
        var scenario = Scenario.Listed();
        return scenario.Given(Ask.Decide(scenario.Heard("2026-06-15"), outcome), People.B);
    }

    private static Scenario Rectifying()
    {
        var scenario = Scenario.Listed().On("2024-02-01").Given(Ask.Transfer("2024-01-19"), People.A).Checked(CheckOutcome.Failed, "2026-06-15", policy: Rules.Miit2024);
        var of = scenario.Heard("2026-06-15", policy: Rules.Miit2024);
        return scenario.Given(Ask.Decide(of, CaseOutcome.Rectify), People.B);
    }
}
