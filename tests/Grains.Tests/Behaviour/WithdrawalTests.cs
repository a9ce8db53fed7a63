using Supervision.Grains.Views;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Titles that their holders give up.</summary>
public sealed class WithdrawalTests
{
    private const string Article = "configuration: not stated in the source; Shenzhen's district of Luohu asked for a letter in 2025";

    private static readonly DateOnly Day = Ask.Day("2023-10-09");

    private static readonly Actor Holder = CertificatePaths.Holder;

    [Fact]
    public void The_holder_gives_a_title_up_by_letter()
    {
        var scenario = Scenario.Listed().On("2023-10-09");

        scenario.When(Withdraw(letter: null), Holder).ThenRefused("letter-needed", Article);
        scenario.When(Withdraw(), Holder).Then(new GrainEvent.TitleWithdrawn(Day, Scenario.MiitTitle, "N-1", Article, Pending: false));
        Assert.Equal((TitleStatus.Withdrawn, Standing.Withdrawn), (scenario.Title().Status, EntityViews.StandingOf(scenario.Of(Scenario.Factory))));
        Assert.Empty(scenario.Of(Scenario.Enterprise).Bans);
        scenario.When(Withdraw(), Holder).ThenRefused("title-not-in-force");
        scenario.When(Ask.Grant("2023-10-09"), People.A).ThenRefused("date-too-early");
        scenario.On("2023-10-10").When(Ask.Grant("2023-10-10"), People.A).ThenTypes("title.granted");
    }

    [Fact]
    public void The_letter_may_be_a_document() =>
        Scenario.Listed().On("2023-10-09").When(Withdraw(letter: null) with { Documents = [new string('a', 64)] }, Holder).ThenTypes("title.withdrawn");

    [Fact]
    public void What_the_holder_files_comes_in_today_and_an_officer_may_record_it_later()
    {
        Scenario.Listed().On("2023-10-10").When(Withdraw(), Holder).ThenRefused("date-too-early");
        Scenario.Listed().On("2023-10-08").When(Withdraw(), People.A).ThenRefused("date-in-future");
        Scenario.Listed().On("2023-10-10").When(Withdraw(), People.Hunan).ThenRefused("not-issuing-authority");
        Scenario.Listed().On("2023-10-10").When(Withdraw(), People.A).ThenTypes("title.withdrawn");
    }

    [Fact]
    public void A_policy_without_withdrawal_has_none() =>
        Scenario.Listed(Rules.Trial).On("2023-10-09").When(new GrainCommand.WithdrawTitle(new TitleChoice(Rules.Trial), Day, "N-1"), Holder).ThenRefused("withdrawal-not-provided");

    [Fact]
    public void What_is_under_way_is_called_off() =>
        Scenario.Listed().On("2023-10-09").Given(Ask.Directed("2026-07-31"), People.A).When(Withdraw(), People.A).ThenTypes("title.withdrawn", "check.cancelled");

    [Fact]
    public void During_a_case_it_does_not_avoid_the_ban()
    {
        var scenario = Scenario.Listed().On("2023-10-09").Given(Ask.Open(), People.A).Given(Withdraw(), Holder);
        scenario.When(Ask.Grant("2023-10-09"), People.A).ThenRefused("withdrawal-pending", Article);

        scenario.Decided(CaseOutcome.Remove, "2023-10-10");

        Assert.Equal((TitleStatus.Removed, TitleStatus.Withdrawn), (scenario.Title().Status, scenario.Title().Removal!.StatusBefore));
        Assert.Equal(BanStatus.InForce, Assert.Single(scenario.Of(Scenario.Enterprise).Bans).Status);
        scenario.Given(Ask.Reinstate("case-1"), People.C);
        Assert.Equal((TitleStatus.Withdrawn, BanStatus.Lifted), (scenario.Title().Status, scenario.Of(Scenario.Enterprise).Bans[0].Status));
    }

    [Fact]
    public void A_case_that_is_dismissed_leaves_the_title_given_up() => Assert.Equal(
        TitleStatus.Withdrawn,
        Scenario.Listed().On("2023-10-09").Given(Ask.Open(), People.A).Given(Withdraw(), Holder).Decided(CaseOutcome.Dismiss, "2023-10-10").Title().Status);

    [Fact]
    public void What_was_given_up_during_a_case_need_not_be_rectified_first()
    {
        var scenario = Scenario.Listed().On("2026-06-15").Given(Ask.Transfer("2024-01-19"), People.A)
            .Given(Ask.Open(policy: Rules.Miit2024), People.A)
            .Given(new GrainCommand.WithdrawTitle(new TitleChoice(Rules.Miit2024), Ask.Day("2026-06-15"), "N-1"), Holder);
        var id = scenario.Heard("2026-06-16", policy: Rules.Miit2024);

        scenario.When(Ask.Decide(id, CaseOutcome.Rectify), People.B).ThenRefused("title-not-in-force");
        scenario.Given(Ask.Decide(id, CaseOutcome.Remove), People.B);
        Assert.Single(scenario.Of(Scenario.Enterprise).Bans);
    }

    private static GrainCommand.WithdrawTitle Withdraw(string? letter = "N-1") => new(new TitleChoice(Rules.Miit), Day, letter);
}
