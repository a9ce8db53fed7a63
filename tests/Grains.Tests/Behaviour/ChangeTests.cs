using Supervision.Grains.Behaviour;
using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Changes: the enterprise files, the city verifies, the province decides, and what follows.</summary>
public sealed class ChangeTests
{
    private static readonly TitleRef Provincial = new(Rules.Miit2024, "green-factory", Level.Provincial);

    private static readonly GrainId Product = GrainId.Of(GrainKind.Product, "H-1-P-0001");

    [Fact]
    public void A_holder_files_by_its_own_key_on_the_day_on_which_it_does()
    {
        var holder = new Actor("p-holder", "holder", Role.Enterprise, Authority.National) { Enterprise = Scenario.Enterprise, Own = [Scenario.Enterprise] };
        var scenario = ChangePaths.Held().On("2026-07-15");

        scenario.When(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01") with { On = Ask.Day("2026-07-13") }, holder).ThenRefused("date-too-early");
        Assert.True(scenario.Given(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01"), holder).Change().Late);
    }

    [Fact]
    public void A_change_is_filed_within_the_working_days_of_the_policy() => ChangePaths.Held().On("2026-07-14")
        .When(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01"), People.A)
        .Then(new GrainEvent.ChangeFiled(
            Ask.Day("2026-07-14"), "change-1", ChangeKind.Restructuring, Ask.Day("2026-06-01"), "as reported",
            [new ChangeConcern(Rules.Miit2024, Ask.Day("2026-07-14"), ChangePaths.FilingArticle)], Ask.Day("2026-07-14"), Late: false, Name: null, Region: null, Successors: null,
            Level.Municipal, Level.Provincial));

    [Fact]
    public void A_change_filed_late_is_recorded_as_late_with_the_consequence()
    {
        var change = ChangePaths.Held().Filed(on: "2026-07-15").Change();

        Assert.True(change.Late);
        Assert.Equal((LateChange.Recorded, "configuration: not stated in the source"), (change.Concerns[0].Late, change.Concerns[0].LateArticle));
    }

    [Fact]
    public void What_was_filed_in_time_and_entered_late_was_filed_in_time() => Assert.False(ChangePaths.Held().On("2026-07-20")
        .Given(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01") with { On = Ask.Day("2026-07-14") }, People.A).Change().Late);

    [Fact]
    public void A_late_change_is_re_evaluated_whatever_it_is_where_the_policy_says_so()
    {
        var scenario = new Scenario().Given(Ask.Register(region: ChangePaths.Changsha), People.A).On("2026-02-02").Given(Ask.Grant("2025-06-15", Rules.Duties), People.A)
            .On("2026-02-10").Given(Ask.FileChange(ChangeKind.Rename, "2026-01-05"), People.A)
            .When(Ask.VerifyChange("2026-02-10"), ChangePaths.City).ThenTypes("change.verified");
        Assert.False(scenario.Change().Late);

        scenario.On("2026-05-06").Given(Ask.FileChange(ChangeKind.Rename, "2026-02-02"), People.A)
            .When(Ask.VerifyChange("2026-05-06") with { Change = "change-2" }, ChangePaths.City)
            .Then(
                new GrainEvent.ChangeVerified(Ask.Day("2026-05-06"), "change-2", Confirmed: true, "seen on site", "责八", ["re-evaluation-1"]),
                new GrainEvent.ReEvaluationTriggered(
                    Ask.Day("2026-05-06"), "re-evaluation-1", new TitleRef(Rules.Duties, "green-factory", Level.National), ChangeKind.Rename, "责八(二)", Ask.Day("2026-06-05")));
    }

    [Fact]
    public void Another_enterprise_does_not_file() => ChangePaths.Held().On("2026-06-10")
        .When(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01") with { Enterprise = ChangePaths.Successor }, People.A)
        .ThenRefused("not-the-holder", ChangePaths.FilingArticle);

    [Theory]
    [InlineData(ChangeKind.Rename)]
    [InlineData(ChangeKind.Relocation)]
    [InlineData(ChangeKind.Merger)]
    [InlineData(ChangeKind.Split)]
    public void Each_kind_needs_what_it_is_about(ChangeKind kind) => ChangePaths.Held().On("2026-06-10")
        .When(new GrainCommand.FileChange(kind, Ask.Day("2026-06-01"), On: null, "as reported"), People.A).ThenRefused("change-incomplete", ChangePaths.FilingArticle);

    [Fact]
    public void Dates_and_successors_have_to_be_real()
    {
        var scenario = ChangePaths.Held().On("2026-06-10");
        var stranger = EntityName.EnterpriseOf("无此公司");

        scenario.When(Ask.FileChange(ChangeKind.Restructuring, "2026-06-11"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01") with { On = Ask.Day("2026-05-31") }, People.A).ThenRefused("date-too-early");
        scenario.When(Ask.FileChange(ChangeKind.Merger, "2026-06-01", null, stranger), People.A).ThenRefused("enterprise-not-registered");
        scenario.Filed().When(Ask.VerifyChange("2026-06-09"), ChangePaths.City).ThenRefused("date-too-early");
    }

    [Fact]
    public void The_city_verifies_its_own_region_and_the_province_decides()
    {
        var scenario = ChangePaths.Held().Filed();

        scenario.When(Ask.VerifyChange("2026-06-10"), ChangePaths.OtherCity).ThenRefused("not-verifying-authority", ChangePaths.VerifyingArticle);
        scenario.When(Ask.VerifyChange("2026-06-10"), People.Hunan).ThenRefused("not-verifying-authority", ChangePaths.VerifyingArticle);
        scenario.When(Ask.DecideChange(), People.Hunan).ThenRefused("change-not-verified", ChangePaths.VerifyingArticle);
        scenario.Verified();
        scenario.When(Ask.DecideChange(), ChangePaths.City).ThenRefused("not-deciding-authority", ChangePaths.DecidingArticle);
        scenario.When(Ask.DecideChange(), People.Guangdong).ThenRefused("not-deciding-authority", ChangePaths.DecidingArticle);
        scenario.When(Ask.DecideChange(), People.OtherKeyOf(ChangePaths.City)).ThenRefused("second-person-needed");
        scenario.When(Ask.DecideChange(), People.Hunan)
            .Then(new GrainEvent.ChangeAccepted(Ask.Day("2026-06-15"), "change-1", "reason", "N-4", ChangePaths.DecidingArticle, Pending: null));
    }

    [Fact]
    public void Where_there_is_no_city_the_province_verifies()
    {
        var scenario = new Scenario().Given(Ask.Register(region: "430000"), People.A).On("2026-05-06").Given(Ask.Grant("2025-06-15", Rules.Miit2024, Level.Provincial), People.Hunan);

        scenario.Filed().When(Ask.VerifyChange("2026-06-10"), People.Hunan).ThenTypes("change.verified");
        scenario.When(Ask.DecideChange(), People.Hunan).ThenRefused("second-person-needed");
    }

    [Fact]
    public void What_the_authority_knows_of_is_overdue_after_the_last_day_and_filed_late_then()
    {
        var scenario = ChangePaths.Held().On("2026-06-22").Given(Ask.NoteChange("2026-06-01"), People.A);
        Assert.Equal(Ask.Day("2026-07-14"), Assert.Single(GrainBehaviour.DeadlinesOf(scenario.Of(Scenario.Factory), Rules.Book), deadline => deadline.Kind == DeadlineKind.ChangeFiling).DueOn);

        scenario.On("2026-08-03").When(new GrainCommand.WakeUp(), Actor.System).Then(new GrainEvent.ChangeOverdue(Ask.Day("2026-07-15"), "change-1"));
        scenario.Given(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01"), People.A);

        Assert.Equal((ChangeStatus.Filed, true, "the register of companies"), (scenario.Change().Status, scenario.Change().Late, scenario.Change().Source));
    }

    [Fact]
    public void What_is_known_after_the_last_day_is_overdue_at_once() => ChangePaths.Held().On("2026-08-03")
        .When(Ask.NoteChange("2026-06-01"), People.A).ThenTypes("change.noted", "change.overdue");

    [Fact]
    public void An_accepted_change_of_name_renames_the_entity_and_its_enterprise()
    {
        ChangePaths.Held().Filed(ChangeKind.Rename).Verified().On("2026-06-22").When(Ask.DecideChange(), People.Hunan)
            .ThenOn(
                Scenario.Factory,
                new GrainEvent.ChangeAccepted(Ask.Day("2026-06-22"), "change-1", "reason", "N-4", ChangePaths.DecidingArticle, Pending: null),
                new GrainEvent.EntityRenamed(Ask.Day("2026-06-01"), "湖南新名制造有限公司", Listed: true))
            .ThenOn(Scenario.Enterprise, new GrainEvent.EntityRenamed(Ask.Day("2026-06-01"), "湖南新名制造有限公司", Listed: true));
    }

    [Fact]
    public void The_name_on_a_national_list_stays_until_the_ministry_publishes_the_new_one()
    {
        var scenario = ChangePaths.Held().Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A).Filed(ChangeKind.Rename).Verified().Accepted();

        Assert.Equal(Scenario.Name, scenario.Of(Scenario.Factory).Name);
        Assert.Equal(NameStatus.Reported, Assert.Single(scenario.Of(Scenario.Factory).Names!).Status);
    }

    [Fact]
    public void A_relocation_moves_jurisdiction_and_what_is_open_with_it()
    {
        var scenario = ChangePaths.Held().Given(Ask.Open(policy: Rules.Miit2024), People.A)
            .Given(Ask.Random("2026-12-31", Rules.Miit2024), People.A)
            .Filed(ChangeKind.Relocation, region: "440300").Verified();

        scenario.On("2026-06-22").When(Ask.DecideChange(), People.Hunan).ThenOn(
            Scenario.Factory,
            new GrainEvent.ChangeAccepted(Ask.Day("2026-06-22"), "change-1", "reason", "N-4", ChangePaths.DecidingArticle, Pending: null),
            new GrainEvent.EntityRelocated(Ask.Day("2026-06-22"), "change-1", ChangePaths.Changsha, "440300", [new MovedTitle(Provincial, "provincial/440300")]));

        var shenzhen = People.Of(Level.Provincial, "440300");
        scenario.When(Ask.Serve("case-1", "2026-06-22"), People.Hunan).ThenRefused("out-of-scope");
        scenario.Given(Ask.Serve("case-1", "2026-06-22"), shenzhen).Given(new GrainCommand.ApproveCheck("check-1"), shenzhen).Given(Ask.State("case-1"), shenzhen)
            .When(Ask.Decide("case-1", CaseOutcome.Dismiss), shenzhen).ThenTypes("case.decided");
    }

    [Fact]
    public void A_title_whose_policy_does_not_reach_the_new_region_ends_by_decision_of_who_granted_it()
    {
        var scenario = Listed().On("2026-06-10").Given(Ask.FileChange(ChangeKind.Relocation, "2026-06-01", "440100"), People.A, Product)
            .Given(Ask.VerifyChange("2026-06-10"), ChangePaths.City, Product);
        var title = scenario.Of(Product).Titles[0].Ref;
        Assert.Equal(ChangeKind.Relocation, Assert.Single(scenario.Of(Product).ReEvaluations!).Change);

        scenario.Given(Ask.DecideChange(), People.Hunan, Product);
        Assert.Equal(["provincial/430000"], EntityViews.Of(Product, scenario.Of(Product), 1).Changes[0].WaitsFor);
        scenario.When(Ask.Succession(SuccessionOutcome.Continues, policy: "hunan-product"), People.Hunan, Product).ThenRefused("outside-policy-region", "制定说明 三");
        scenario.When(Ask.Succession(SuccessionOutcome.Ends, policy: "hunan-product"), People.Guangdong, Product).ThenRefused("not-issuing-authority");
        scenario.When(Ask.Succession(SuccessionOutcome.Ends, policy: "hunan-product"), People.Hunan, Product)
            .ThenTypes("re-evaluation.cancelled", "title.lapsed");

        Assert.Equal((TitleStatus.Lapsed, Standing.Lapsed), (scenario.Of(Product).Titles[0].Status, EntityViews.StandingOf(scenario.Of(Product))));
        Assert.Empty(scenario.Of(Scenario.Enterprise).Bans);
        Assert.Equal((title, SuccessionOutcome.Ends), (scenario.Change(Product).Decided![0].Title, scenario.Change(Product).Decided![0].Outcome));
    }

    [Fact]
    public void A_refused_change_calls_off_what_its_verification_began()
    {
        var scenario = Listed().On("2026-06-10").Given(Ask.FileChange(ChangeKind.Restructuring, "2026-06-01"), People.A, Product)
            .Given(Ask.VerifyChange("2026-06-10"), ChangePaths.City, Product);

        scenario.When(Ask.DecideChange(ChangeOutcome.Refused), People.Hunan, Product).ThenTypes("change.refused", "re-evaluation.cancelled", "re-evaluation.scheduled");
        Assert.NotNull(scenario.Of(Product).Titles[0].ReEvaluation);
    }

    [Fact]
    public void A_merger_is_told_to_both_enterprises_and_the_title_goes_with_the_decided_successor()
    {
        var scenario = ChangePaths.Held().Filed(ChangeKind.Merger, successors: ChangePaths.Successor).Verified().On("2026-06-22");
        var told = new GrainEvent.SuccessorNamed(Ask.Day("2026-06-22"), ChangeKind.Merger, Scenario.Factory, "change-1", Scenario.Enterprise, [ChangePaths.Successor]);

        scenario.When(Ask.DecideChange(), People.Hunan)
            .ThenOn(
                Scenario.Enterprise, told,
                new GrainEvent.SuccessorProposed(Ask.Day("2026-06-22"), "proposal-1", ChangePaths.Successor, ChangeKind.Merger, Scenario.Factory, "change-1"))
            .ThenOn(ChangePaths.Successor, told);
        scenario.When(Ask.Succession(SuccessionOutcome.Continues), People.Guangdong).ThenRefused("not-issuing-authority");
        scenario.When(Ask.Succession(SuccessionOutcome.Continues), People.Hunan).Then(new GrainEvent.TitleSucceeded(
            Ask.Day("2026-06-22"), Provincial, "change-1", Scenario.Enterprise, ChangePaths.Successor, "reason", "N-5", ChangePaths.DecidingArticle));

        Assert.Equal(ChangePaths.Successor, scenario.Of(Scenario.Factory).Enterprise);
        Assert.True(scenario.Title().InForce);
    }

    [Fact]
    public void After_a_split_all_titles_of_an_entity_go_to_one_enterprise_or_end()
    {
        var scenario = ChangePaths.Held().Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A)
            .Filed(ChangeKind.Split, successors: [ChangePaths.Successor, ChangePaths.Successor2]).Verified().Accepted();

        scenario.When(Ask.Succession(SuccessionOutcome.Continues, level: Level.National), People.A).ThenRefused("successor-not-of-change", ChangePaths.DecidingArticle);
        scenario.Given(Ask.Succession(SuccessionOutcome.Continues, ChangePaths.Successor, level: Level.National), People.A);
        scenario.When(Ask.Succession(SuccessionOutcome.Continues, ChangePaths.Successor2, level: Level.Provincial), People.Hunan).ThenRefused("successor-decided", ChangePaths.DecidingArticle);
        scenario.When(Ask.Succession(SuccessionOutcome.Ends, level: Level.Provincial), People.Hunan).ThenTypes("title.lapsed");
        Assert.Null(scenario.Change().Pending);
    }

    [Fact]
    public void An_open_case_is_decided_before_the_title_ends()
    {
        var scenario = ChangePaths.Held().Given(Ask.Open(policy: Rules.Miit2024), People.A).Filed(ChangeKind.Merger, successors: ChangePaths.Successor).Verified().Accepted();

        scenario.When(Ask.Succession(SuccessionOutcome.Ends), People.Hunan).ThenRefused("succession-blocked", ChangePaths.DecidingArticle);
        scenario.When(Ask.Succession(SuccessionOutcome.Continues), People.Hunan).ThenTypes("title.succeeded");
    }

    [Fact]
    public void A_banned_enterprise_does_not_hand_its_titles_on()
    {
        var scenario = ChangePaths.Held().Given(Ask.Grant("2025-06-15", Rules.Miit2024), People.A)
            .Given(Ask.Open(policy: Rules.Miit2024) with { Title = new TitleChoice(Rules.Miit2024, Level: Level.National) }, People.A)
            .Given(Ask.Serve("case-1", "2026-05-06"), People.A).Given(Ask.State("case-1"), People.A).Given(Ask.Decide("case-1", CaseOutcome.Remove), People.B)
            .Filed(ChangeKind.Merger, successors: ChangePaths.Successor).Verified().Accepted();

        scenario.When(Ask.Succession(SuccessionOutcome.Continues, level: Level.Provincial), People.Hunan).ThenRefused("enterprise-banned");
    }

    [Fact]
    public void A_title_of_the_enterprise_itself_passes_to_its_successor_with_what_it_has_earned()
    {
        var (code, heir) = (Scenario.Enterprise, ChangePaths.Successor);
        var scenario = ChangePaths.Held().On("2026-05-06").Given(Ask.Grant("2025-06-15", Rules.Duties, Level.Provincial, honour: "green-enterprise"), People.Hunan, code)
            .Given(Ask.Random("2026-05-29", Rules.Duties), People.Hunan, code).Given(new GrainCommand.ApproveCheck("check-1"), People.B, code)
            .Given(Ask.Result("check-1", CheckOutcome.Clean, "2026-05-06"), People.B, code)
            .On("2026-06-10").Given(Ask.FileChange(ChangeKind.Split, "2026-06-01", null, heir), People.A, code)
            .Given(Ask.VerifyChange("2026-06-10"), ChangePaths.City, code).Given(Ask.DecideChange(), People.Hunan, code);

        scenario.When(Ask.Succession(SuccessionOutcome.Continues, heir, Rules.Duties), People.Hunan, code).ThenOn(
            code,
            new GrainEvent.TitleSucceeded(
                Ask.Day("2026-06-10"), new TitleRef(Rules.Duties, "green-enterprise", Level.Provincial), "change-1", code, heir, "reason", "N-5", "责八"));

        Assert.Equal(TitleStatus.Lapsed, scenario.Of(code).Titles[0].Status);
        var received = Assert.Single(scenario.Of(heir).Titles);
        Assert.True(received.InForce);
        Assert.Equal(Ask.Day("2025-06-15"), received.GrantedOn);
        Assert.Equal($"{code}/check-1", Assert.Single(received.Counted).Check);
    }

    [Fact]
    public void A_merge_of_entities_takes_changes_along()
    {
        var scenario = ChangePaths.Held().Filed().Given(Ask.Register(region: ChangePaths.Changsha), People.A, Scenario.Factory2)
            .Given(Ask.Merge(Scenario.Factory2), People.Bootstrap);

        Assert.Null(scenario.Of(Scenario.Factory).Changes);
        Assert.Equal(ChangeStatus.Filed, scenario.Change(Scenario.Factory2).Status);
    }

    [Fact]
    public void What_waits_for_somebody_is_open_work()
    {
        var scenario = ChangePaths.Merged();
        Assert.Equal("accepted", Assert.Single(OpenWork.Of(scenario.Of(Scenario.Factory)), work => work.Item == WorkColumns.Change).Status);

        scenario.Given(Ask.Succession(SuccessionOutcome.Ends), People.Hunan);
        Assert.DoesNotContain(OpenWork.Of(scenario.Of(Scenario.Factory)), work => work.Item == WorkColumns.Change);
    }

    /// <summary>A product in Changsha with a title of Hunan.</summary>
    private static Scenario Listed() => new Scenario().Given(Ask.Register(region: ChangePaths.Changsha), People.A)
        .Given(Ask.Register("清洁剂", ChangePaths.Changsha) with { EnterpriseName = Scenario.Name }, People.A, Product)
        .On("2026-05-06").Given(Ask.Grant("2025-06-15", "hunan-product", Level.Provincial), People.Hunan, Product);
}
