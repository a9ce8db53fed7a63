using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Self-declarations: asked for, filed, returned, overdue, demanded, refused, verified by checks.</summary>
public sealed class DeclarationTests
{
    private static readonly DeclaredIndicator Energy = new("energy-use", 120.5m, "tce");

    private static readonly ExpectedDeclaration FirstHalf = new(Rules.Duties, "first-half", 2026, Ask.Day("2026-07-01"), Ask.Day("2026-07-15"));

    [Fact]
    public void A_title_is_asked_for_the_next_declaration_from_its_grant_on() =>
        Scenario.Registered().On("2026-03-02").When(Ask.Grant("2026-03-02", Rules.Duties), People.A)
            .ThenTypes("title.granted", "declaration.expected", "re-evaluation.scheduled");

    [Fact]
    public void What_is_not_filed_by_its_last_day_is_overdue_on_the_next_and_the_title_stays_as_it_is()
    {
        var scenario = DutySituations.Expected().On("2026-05-04");

        scenario.When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.DeclarationOverdue(
            Ask.Day("2026-05-01"), "declaration-1", Rules.Duties, "annual", 2025, Ask.Day("2026-04-30"), FirstHalf));

        Assert.True(scenario.Title().InForce);
        Assert.Empty(scenario.Of(Scenario.Factory).Cases);
    }

    [Fact]
    public void A_grain_that_sleeps_for_years_remembers_each_overdue_declaration_on_its_own_day()
    {
        var scenario = DutySituations.Woken(DutySituations.Expected(), "2028-06-01");

        Assert.Equal(
            ["2026-05-01 annual 2025", "2026-07-16 first-half 2026", "2027-05-01 annual 2026", "2028-05-01 annual 2027"],
            scenario.Recorded().Where(recorded => recorded.Event is GrainEvent.DeclarationOverdue)
                .Select(recorded => (GrainEvent.DeclarationOverdue)recorded.Event).Select(overdue => $"{overdue.EffectiveOn:yyyy-MM-dd} {overdue.Round} {overdue.Year}"));
    }

    [Fact]
    public void A_declaration_filed_in_time_leaves_the_next_round_to_be_asked_for() =>
        DutySituations.Expected().When(Ask.File(2025, score: 90.5m, indicators: Energy), People.A).Then(new GrainEvent.DeclarationFiled(
            Ask.Day("2026-04-15"), "declaration-1", Rules.Duties, "annual", 2025, Ask.Day("2026-04-30"), 1, Late: false, "试标准", [Energy], 90.5m, "N-3", FirstHalf));

    [Fact]
    public void Each_filing_is_a_version_and_one_after_the_last_day_is_late()
    {
        var scenario = DutySituations.Overdue().Given(Ask.File(2025), People.A)
            .Given(new GrainCommand.ReturnDeclaration("declaration-1", "mistyped"), People.B).Given(Ask.File(2025, indicators: Energy), People.A);

        var declaration = Assert.Single(scenario.Of(Scenario.Factory).Declarations!);
        Assert.Equal((2, DeclarationStatus.Filed), (declaration.Number, declaration.Status));
        Assert.Equal([true, false], scenario.Recorded().Select(recorded => recorded.Event).OfType<GrainEvent.DeclarationFiled>().Select(filed => filed.Late));
    }

    [Fact]
    public void What_was_returned_is_filed_again_by_the_rounds_own_last_day_at_the_earliest()
    {
        var scenario = DutySituations.Filed();
        scenario.When(new GrainCommand.ReturnDeclaration("declaration-1", "mistyped"), People.B)
            .Then(new GrainEvent.DeclarationReturned(Ask.Day("2026-04-15"), "declaration-1", "mistyped", Ask.Day("2026-04-30")));

        scenario.On("2026-05-04").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.DeclarationOverdue(
            Ask.Day("2026-05-01"), "declaration-1", Rules.Duties, "annual", 2025, Ask.Day("2026-04-30"), Next: null));

        Assert.Equal(FirstHalf, Assert.Single(scenario.Of(Scenario.Factory).Expected!));
    }

    [Fact]
    public void Refusal_after_the_written_demand_opens_a_case()
    {
        var scenario = DutySituations.Demanded().On("2026-05-18");

        scenario.When(new GrainCommand.WakeUp(), Actor.System).Then(
            new GrainEvent.DeclarationRefused(Ask.Day("2026-05-15"), "declaration-1"),
            new GrainEvent.CaseOpened(
                Ask.Day("2026-05-15"), "case-1", DutySituations.Title, "report-refused", "责六(四)", Evidence: null, Urgent: false, Check: null, Rectification: null,
                Declaration: "declaration-1"));
    }

    [Fact]
    public void What_is_filed_after_the_demand_is_not_refused()
    {
        var scenario = DutySituations.Demanded().Given(Ask.File(2025), People.A).On("2026-05-18");

        scenario.When(new GrainCommand.WakeUp(), Actor.System).Then();
    }

    [Theory]
    [InlineData(2026, "annual", "declaration-not-open", "责二(一)")]
    [InlineData(2019, "annual", "declaration-not-open", "责二(四)")]
    [InlineData(2024, "annual", "declaration-not-open", "责二(二)")]
    [InlineData(2025, "monthly", "unknown-round", "contract")]
    public void A_year_that_is_not_open_is_refused(int year, string round, string code, string article) =>
        DutySituations.Expected().When(Ask.File(year, round: round), People.A).ThenRefused(code, article);

    [Fact]
    public void Of_several_rounds_about_a_year_one_has_to_be_named() =>
        DutySituations.Expected().On("2027-02-01").When(Ask.File(2026, round: null), People.A).ThenRefused("round-needed");

    [Fact]
    public void Another_enterprise_is_refused() =>
        DutySituations.Expected().When(Ask.File(2025) with { Enterprise = EntityName.EnterpriseOf("别的公司") }, People.A).ThenRefused("not-the-holder", "责二(四)");

    [Fact]
    public void An_unknown_indicator_or_unit_is_refused_with_the_article()
    {
        var scenario = DutySituations.Expected();

        scenario.When(Ask.File(2025, indicators: new DeclaredIndicator("noise", 1, "dB")), People.A).ThenRefused("unknown-indicator", "责二(七)");
        scenario.When(Ask.File(2025, indicators: Energy with { Unit = "kWh" }), People.A).ThenRefused("unknown-unit", "责二(七)1");
        scenario.When(Ask.File(2025, indicators: [Energy, Energy]), People.A).ThenRefused("indicator-twice");
        scenario.When(Ask.File(2025) with { Standard = "别的标准" }, People.A).ThenRefused("unknown-standard");
        scenario.When(Ask.File(2025, score: 101), People.A).ThenRefused("score-out-of-range");
    }

    [Fact]
    public void A_spot_check_records_declared_and_verified_value_and_evidence_of_the_declaration_that_it_names()
    {
        var scenario = DutySituations.Expected();
        scenario.When(Ask.Directed("2026-06-30", Rules.Duties) with { Declaration = "declaration-1" }, People.A).ThenRefused("declaration-not-of-title");
        scenario.Given(Ask.File(2025, indicators: Energy), People.A).Given(Ask.Directed("2026-06-30", Rules.Duties) with { Declaration = "declaration-1" }, People.A)
            .Given(new GrainCommand.ApproveCheck("check-1"), People.B);
        var result = Ask.Result("check-1", CheckOutcome.Clean, "2026-04-15", "I-1", "I-2");

        scenario.When(result with { Verified = [new FoundValue("water-use", 3, "meter")] }, People.Inspector1).ThenRefused("indicator-not-declared");
        scenario.Given(result with { Verified = [new FoundValue("energy-use", 130, "meter")] }, People.Inspector1)
            .Given(new GrainCommand.ConfirmResult("check-1"), People.B);

        Assert.Equal([new VerifiedIndicator("energy-use", "tce", 120.5m, 130, "meter")], scenario.Of(Scenario.Factory).Checks[0].Result!.Verified);
    }

    [Fact]
    public void A_check_that_verifies_nothing_has_no_verified_values() =>
        DutySituations.Filed().Given(Ask.Directed("2026-06-30", Rules.Duties), People.A).Given(new GrainCommand.ApproveCheck("check-1"), People.B)
            .When(Ask.Result("check-1", CheckOutcome.Clean, "2026-04-15") with { Verified = [new FoundValue("energy-use", 1, "meter")] }, People.A)
            .ThenRefused("nothing-to-verify");

    [Fact]
    public void A_false_declaration_is_named_by_its_case()
    {
        var scenario = DutySituations.Filed().Given(Ask.Open(policy: Rules.Duties) with { Declaration = "declaration-1" }, People.A);

        Assert.Equal("declaration-1", scenario.Of(Scenario.Factory).Cases[0].Declaration);
    }

    [Fact]
    public void What_was_filed_under_the_policy_before_is_not_asked_for_again_and_what_was_demanded_still_runs()
    {
        var filed = DutySituations.Filed().Given(Ask.Transfer("2026-04-15", from: Rules.Duties, to: Rules.Miit2024), People.A);
        // What miit-2024 asks for about 2025 is in; that about 2026 is due on 2027-04-15.
        Assert.Equal((Rules.Miit2024, 2026), Assert.Single(filed.Of(Scenario.Factory).Expected!) is var next ? (next.Policy, next.Year) : default);

        var demanded = DutySituations.Demanded().Given(Ask.Transfer("2026-05-04", from: Rules.Duties, to: Rules.Miit2024), People.A);
        DutySituations.Woken(demanded, "2026-05-18");
        Assert.Equal(("report-refused", "第十六条"), demanded.Of(Scenario.Factory).Cases is [var opened] ? (opened.Ground, opened.Article) : default);
    }

    [Fact]
    public void Nothing_is_asked_of_a_title_that_was_lost_and_after_a_reinstatement_only_what_is_due_from_then_on()
    {
        var scenario = DutySituations.Expected().Decided(CaseOutcome.Remove, "2026-04-15", policy: Rules.Duties);
        Assert.Null(scenario.Of(Scenario.Factory).Expected);

        scenario.On("2026-06-01").Given(Ask.Reinstate("case-1", Rules.Duties), People.C);

        Assert.Equal(FirstHalf, Assert.Single(scenario.Of(Scenario.Factory).Expected!));
    }

    [Fact]
    public void A_title_of_before_these_rules_is_scheduled_when_the_policy_is_adopted()
    {
        var scenario = DutySituations.Expected();
        var before = scenario.Known(Scenario.Factory);
        var subject = (GrainState.Subject)before.State!;
        var old = before with { State = subject with { Expected = null, Titles = [.. subject.Titles.Select(title => title with { ReEvaluation = null })] } };

        var turn = GrainBehaviour.Decide(
            Scenario.Factory, old, new GrainCommand.ScheduleDuties(), expectedVersion: null,
            new DecisionContext(scenario.Now, Actor.System, Rules.Book, new Dictionary<GrainId, KnownGrain>()));

        Assert.Equal(["declaration.expected", "re-evaluation.scheduled"], turn.Target.Events.Select(acted => acted.Event.Type));
        Assert.Equal(before.State is GrainState.Subject { Expected: var expected } ? expected : null, ((GrainState.Subject)turn.Target.After.State!).Expected);
    }

    [Fact]
    public void The_lowest_scores_of_three_years_running_open_a_case_and_each_round_is_graded_once()
    {
        var scenario = DutySituations.Expected();
        foreach (var year in new[] { 2021, 2022, 2024, 2025 })
            scenario.Given(Grade(year, lowest: true), Actor.System);
        Assert.Empty(scenario.Of(Scenario.Factory).Cases);
        scenario.When(Grade(2025, lowest: false), Actor.System).Then();

        scenario.When(Grade(2026, lowest: true), Actor.System).ThenTypes("title.graded", "case.opened");

        Assert.Equal(("lowest-scores", "责六(五)"), scenario.Of(Scenario.Factory).Cases is [var opened] ? (opened.Ground, opened.Article) : default);
    }

    [Fact]
    public void Approved_good_practice_is_published_on_the_policys_next_day()
    {
        var scenario = DutySituations.All["practice approved"]();
        scenario.On("2026-12-31").When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("declaration.overdue", "declaration.overdue");

        scenario.On("2027-01-01").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.GoodPracticePublished(Ask.Day("2027-01-01"), "good-practice-1"));
    }

    [Fact]
    public void Good_practice_is_not_approved_by_whoever_filed_it() =>
        DutySituations.All["practice filed"]().When(new GrainCommand.ApproveGoodPractice("good-practice-1"), People.A).ThenRefused("second-person-needed");

    private static GrainCommand.GradeTitle Grade(int year, bool lowest) => new(DutySituations.Title, "annual", year, "B", 40, lowest);
}
