namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Titles that move from the rules of one policy to those of another.</summary>
public sealed class TransferTests
{
    private static readonly TitleRef New = Scenario.MiitTitle with { Policy = Rules.Miit2024 };

    [Fact]
    public void Count_exemption_open_checks_and_cases_go_along()
    {
        var scenario = Scenario.Listed().Exempted().On("2026-06-01");
        var check = scenario.Ordered(CheckBasis.Directed);
        scenario.Given(Ask.Open(), People.A);
        var before = scenario.Title();

        scenario.When(Ask.Transfer("2024-01-19"), People.B).Then(
            new GrainEvent.TitleTransferred(Ask.Day("2024-01-19"), Scenario.MiitTitle, New),
            new GrainEvent.DeclarationExpected(Ask.Day("2026-06-01"), Rules.Miit2024, "annual", 2026, Ask.Day("2027-01-01"), Ask.Day("2027-04-15")));

        var after = scenario.Title();
        Assert.Equal([new FormerTitle(Scenario.MiitTitle, Ask.Day("2024-01-19"))], after.Formerly!);
        Assert.Equal(before with { Ref = New, Formerly = after.Formerly }, after);
        Assert.All(scenario.Of(Scenario.Factory).Checks, moved => Assert.Equal(New, moved.Title));
        Assert.All(scenario.Of(Scenario.Factory).Cases, moved => Assert.Equal(New, moved.Title));
        scenario.When(Ask.Random("2026-07-01", Rules.Miit2024), People.A).ThenRefused("exempt", "inherited from miit-2016: 五(五)");
        scenario.When(Ask.Result(check, CheckOutcome.Failed, "2026-06-01"), People.A).ThenTypes("check.failed", "exemption.ended", "case.opened");
    }

    [Fact]
    public void After_the_transfer_a_failed_check_is_rectified_before_it_removes()
    {
        var scenario = Scenario.Listed().On("2026-06-01").Given(Ask.Transfer("2026-06-01"), People.B)
            .Checked(CheckOutcome.Failed, "2026-06-01", policy: Rules.Miit2024);
        var id = scenario.Heard("2026-06-02", policy: Rules.Miit2024);

        scenario.When(Ask.Decide(id, CaseOutcome.Remove), People.B).ThenRefused("rectification-first", "第十七条");
        scenario.When(Ask.Decide(id, CaseOutcome.Rectify), People.B).ThenTypes("case.decided", "rectification.ordered");
        scenario.Disclosed().On("2026-07-03").When(new GrainCommand.WakeUp(), Actor.System).ThenTypes("rectification.overdue", "case.opened");

        scenario.Given(Ask.Serve("case-2", "2026-07-03"), People.A).Given(Ask.State("case-2"), People.A)
            .When(Ask.Decide("case-2", CaseOutcome.Remove), People.B)
            .ThenOn(Scenario.Enterprise, new GrainEvent.BanImposed(
                Ask.Day("2026-07-03"), "ban-1", Rules.Miit2024, "第十五条(三)", Scenario.Factory, "case-2", Ask.Day("2029-07-02"), OpenedOn: Ask.Day("2026-07-03")));
    }

    [Fact]
    public void What_was_transferred_is_not_granted_again_by_its_old_list()
    {
        var row = new GrainCommand.ImportListing(Ask.Register(), Ask.Grant("2023-08-23"));
        var scenario = new Scenario().Given(row, People.Bootstrap).On("2026-06-01").Given(Ask.Transfer("2026-06-01"), People.B);

        scenario.When(row, People.Bootstrap).Then();
        scenario.When(Ask.Grant("2023-10-01"), People.A).ThenRefused("title-already-held");
        Assert.Single(scenario.Of(Scenario.Factory).Titles);
    }

    [Fact]
    public void The_policy_has_to_grant_the_honour_to_the_kind_at_the_level()
    {
        var product = GrainId.Of(GrainKind.Product, "N-1-D-0001");
        var scenario = Scenario.Listed(Rules.Trial).On("2026-06-01").Given(Ask.Register("清洁剂") with { EnterpriseName = "甲公司" }, People.A, product)
            .Given(Ask.Grant("2017-08-23"), People.A, product).Given(Ask.Grant("2023-08-23", Rules.Trial, Level.Provincial), People.Hunan);

        scenario.When(Ask.Transfer("2026-06-01"), People.A, product).ThenRefused("honour-not-granted");
        scenario.When(Ask.Transfer("2023-09-01", Rules.Trial, Rules.Miit, Level.Provincial), People.Hunan).ThenRefused("level-not-granted", "四(一)");
        scenario.When(Ask.Transfer("2026-06-01", Rules.Trial, Rules.Miit, Level.National), People.A).ThenRefused("outside-policy-dates");
        scenario.When(Ask.Transfer("2026-06-01", Rules.Trial), People.A).ThenRefused("title-ambiguous");
        scenario.When(Ask.Transfer("2026-06-01", Rules.Trial, level: Level.Provincial), People.A).ThenRefused("not-issuing-authority");
        scenario.When(Ask.Transfer("2026-06-01", Rules.Trial, level: Level.Provincial), People.Hunan).ThenTypes("title.transferred", "declaration.expected");
    }

    [Fact]
    public void Policies_and_dates_have_to_be_right()
    {
        var scenario = Scenario.Listed().On("2026-06-01");

        scenario.When(Ask.Transfer("2026-06-01", to: "no-such"), People.A).ThenRefused("unknown-policy");
        scenario.When(Ask.Transfer("2026-06-01", to: Rules.Miit), People.A).ThenRefused("transfer-to-same-policy");
        scenario.When(Ask.Transfer("2026-06-02"), People.A).ThenRefused("date-in-future");
        scenario.When(Ask.Transfer("2023-08-22"), People.A).ThenRefused("date-too-early");
        scenario.When(Ask.Transfer("2024-01-18"), People.A).ThenRefused("outside-policy-dates", "第二十七条");
        scenario.Given(Ask.Transfer("2026-05-01"), People.A);
        scenario.When(Ask.Transfer("2026-06-01"), People.A).ThenRefused("title-not-held");
        scenario.When(Ask.Transfer("2026-04-30", Rules.Miit2024, Rules.Trial), People.A).ThenRefused("date-too-early");
    }

    [Fact]
    public void An_ordered_rectification_is_not_left_without_its_rules()
    {
        var scenario = Scenario.Listed(Rules.Trial).On("2023-12-01").Decided(CaseOutcome.Rectify, "2023-12-01", policy: Rules.Trial);

        scenario.When(Ask.Transfer("2023-12-01", Rules.Trial, Rules.Miit), People.B).ThenRefused("rectification-under-way");
    }

    [Fact]
    public void A_title_held_under_the_other_policy_is_not_doubled()
    {
        var scenario = Scenario.Listed().Given(Ask.Grant("2023-08-23", Rules.Trial), People.A).On("2026-06-01");

        scenario.When(Ask.Transfer("2026-06-01", to: Rules.Trial), People.A).ThenRefused("title-already-held");
        scenario.Decided(CaseOutcome.Remove, "2026-06-01", policy: Rules.Trial).When(Ask.Transfer("2026-06-01", to: Rules.Trial), People.A).ThenRefused("title-not-in-force");
    }

    [Fact]
    public void A_grant_corrected_after_a_transfer_keeps_to_the_dates_of_the_policy_it_was_granted_under()
    {
        var scenario = Scenario.Listed().On("2026-06-01").Given(Ask.Transfer("2026-06-01"), People.B);
        var version = scenario.Title().GrantVersion;

        scenario.When(Ask.CorrectGrant(version, "2024-01-19"), People.C).ThenRefused("outside-policy-dates");
        scenario.When(Ask.CorrectGrant(version, "2023-08-22"), People.C).ThenTypes("title.corrected");
    }
}
