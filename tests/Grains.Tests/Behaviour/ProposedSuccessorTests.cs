namespace Supervision.Grains.Tests.Behaviour;

/// <summary>A merger or split of one entity proposes successors of the whole enterprise; whether its bans bind them, an officer says.</summary>
public sealed class ProposedSuccessorTests
{
    [Fact]
    public void Recording_the_successor_settles_the_proposal()
    {
        var scenario = ChangePaths.Merged();

        scenario.When(Record(), People.Hunan, Scenario.Enterprise)
            .ThenOn(Scenario.Enterprise, new GrainEvent.SuccessorRecorded(Ask.Day("2026-06-22"), ChangePaths.Successor, ChangeKind.Merger, "N-7", ["proposal-1"]));

        Assert.Equal((ProposalStatus.Recorded, Ask.Day("2026-06-22")), Stands(scenario));
        scenario.When(Dismiss(), People.Hunan, Scenario.Enterprise).ThenRefused("successor-proposal-closed");
    }

    [Fact]
    public void One_site_of_several_is_dismissed_and_may_be_recorded_all_the_same()
    {
        var scenario = ChangePaths.Merged();

        scenario.When(Dismiss(), People.Hunan, Scenario.Enterprise).Then(new GrainEvent.SuccessorDismissed(Ask.Day("2026-06-22"), "proposal-1", "one site of several"));
        Assert.Equal((ProposalStatus.Dismissed, Ask.Day("2026-06-22")), Stands(scenario));
        scenario.When(Dismiss() with { Proposal = "proposal-2" }, People.Hunan, Scenario.Enterprise).ThenRefused("successor-proposal-not-found");
        scenario.When(Record(), People.Hunan, Scenario.Enterprise).ThenTypes("successor.recorded");
    }

    [Fact]
    public void Who_is_a_successor_already_is_not_proposed()
    {
        var scenario = ChangePaths.Held().Filed(ChangeKind.Split, successors: [ChangePaths.Successor, ChangePaths.Successor2]).Verified()
            .On("2026-06-22").Given(Record(), People.Hunan, Scenario.Enterprise).Accepted();

        Assert.Equal([ChangePaths.Successor2], scenario.Of(Scenario.Enterprise).ProposedSuccessors!.Select(proposed => proposed.Enterprise));
    }

    [Fact]
    public void A_proposal_goes_along_when_the_enterprise_is_merged_into_its_credit_code()
    {
        var coded = GrainId.Of(GrainKind.Enterprise, "91430100MA4L16JQ9D");
        var scenario = ChangePaths.Merged().Given(Ask.Register(region: ChangePaths.Changsha), People.A, coded).Given(Ask.Merge(coded), People.A, Scenario.Enterprise);

        Assert.Equal("proposal-1", Assert.Single(scenario.Of(coded).ProposedSuccessors!).Id);
        scenario.When(Record(), People.Hunan, coded).ThenTypes("successor.recorded");
        Assert.Equal(ProposalStatus.Recorded, scenario.Of(coded).ProposedSuccessors![0].Status);
    }

    private static GrainCommand.RecordSuccessor Record() => new(ChangePaths.Successor, ChangeKind.Merger, Ask.Day("2026-06-22"), "N-7");

    private static GrainCommand.DismissSuccessor Dismiss() => new("proposal-1", "one site of several");

    private static (ProposalStatus, DateOnly?) Stands(Scenario scenario) =>
        scenario.Of(Scenario.Enterprise).ProposedSuccessors![0] is var proposed ? (proposed.Status, proposed.DecidedOn) : default;
}
