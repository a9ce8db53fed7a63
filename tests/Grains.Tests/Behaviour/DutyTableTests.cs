namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command about duties in every situation of theirs, against what <c>duties.md</c> says.</summary>
public sealed class DutyTableTests
{
    private static readonly Dictionary<string, Func<Scenario, (GrainCommand Command, Actor By)>> Commands = new()
    {
        ["FileDeclaration"] = _ => (Ask.File(2025), People.B),
        ["ReturnDeclaration"] = _ => (new GrainCommand.ReturnDeclaration("declaration-1", "mistyped"), People.B),
        ["AcceptDeclaration"] = _ => (new GrainCommand.AcceptDeclaration("declaration-1", Score: 90), People.B),
        ["DemandDeclaration"] = now => (Ask.Demand(OutcomeTableTests.TodayOf(now)), People.B),
        ["GradeTitle"] = _ => (new GrainCommand.GradeTitle(DutySituations.Title, "annual", 2025, "A", 90, Lowest: false), Actor.System),
        ["ScheduleDuties"] = _ => (new GrainCommand.ScheduleDuties(), Actor.System),
        ["AnnounceReEvaluation"] = now => (Ask.Announce(OutcomeTableTests.TodayOf(now)), People.B),
        ["TriggerReEvaluation"] = now => (Ask.Trigger(OutcomeTableTests.TodayOf(now)), People.B),
        ["ReportReEvaluation"] = now => (Ask.Report(OutcomeTableTests.TodayOf(now)), People.B),
        ["ConcludeReEvaluation"] = now => (Ask.Conclude(ReEvaluationOutcome.Passed, OutcomeTableTests.TodayOf(now)), People.B),
        ["FileGoodPractice"] = _ => (new GrainCommand.FileGoodPractice(new TitleChoice(Rules.Duties), "heat"), People.B),
        ["ApproveGoodPractice"] = _ => (new GrainCommand.ApproveGoodPractice("good-practice-1"), People.B),
        ["DeclineGoodPractice"] = _ => (new GrainCommand.DeclineGoodPractice("good-practice-1", "reason"), People.B),
    };

    private static readonly IReadOnlyList<Cell> Table = OutcomeTable.Of("duties.md");

    public static TheoryData<string, string> Cells => [.. Table.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => DutySituations.All.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        Table.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = Table.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = DutySituations.All[situation]();
        var (sent, by) = Commands[command](scenario);

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(scenario, sent, by));
    }
}
