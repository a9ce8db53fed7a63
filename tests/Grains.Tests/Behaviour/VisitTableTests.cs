namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command about a visit wherever it stands, against what <c>visits.md</c> says.</summary>
public sealed class VisitTableTests
{
    private const string Day = "2026-06-15";

    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["none"] = Listed,
        ["planned"] = Planned,
        ["entered"] = () => Planned().Given(new GrainCommand.RecordEntry("check-1", At: null, "I-1"), People.A),
        ["made"] = () => Planned().Given(Ask.Result("check-1", CheckOutcome.Clean, Day), People.A),
        ["called off"] = () => Planned().Given(new GrainCommand.CancelCheck("check-1", "mistake"), People.A)
            .Given(new GrainCommand.SettleVisit(Visit), Actor.System, Scenario.Enterprise),
        ["of a department"] = Department,
        ["of a department and made"] = () => Department().Given(new GrainCommand.CompleteVisit("visit-1", Ask.Day(Day)), People.A, Scenario.Enterprise),
        ["of a department and called off"] = () => Department().Given(new GrainCommand.CallOffVisit("visit-1", "reason"), People.A, Scenario.Enterprise),
    };

    private static readonly Dictionary<string, (GrainCommand Command, Actor By, GrainId To)> Commands = new()
    {
        ["RecordVisit"] = (new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, DueBy: null, Ask.Day(Day)), People.B, Scenario.Enterprise),
        ["EnterVisit"] = (new GrainCommand.EnterVisit("visit-1", At: null, "I-1"), People.B, Scenario.Enterprise),
        ["ExitVisit"] = (new GrainCommand.ExitVisit("visit-1", At: null), People.B, Scenario.Enterprise),
        ["AskVisitRecusal"] = (new GrainCommand.AskVisitRecusal("visit-1", "I-1", PrivateText.Of("a cousin", new byte[16])), People.B, Scenario.Enterprise),
        ["DecideVisitRecusal"] = (new GrainCommand.DecideVisitRecusal("visit-1", "I-1", Accepted: true, "a cousin", "I-3"), People.B, Scenario.Enterprise),
        ["CompleteVisit"] = (new GrainCommand.CompleteVisit("visit-1", Ask.Day(Day)), People.B, Scenario.Enterprise),
        ["CallOffVisit"] = (new GrainCommand.CallOffVisit("visit-1", "reason"), People.B, Scenario.Enterprise),
        ["SettleVisit"] = (new GrainCommand.SettleVisit(Visit), Actor.System, Scenario.Enterprise),
        ["JoinVisit"] = (Ask.Directed("2026-07-31", Rules.Visits) with { Visit = "visit-1" }, People.B, Scenario.Factory),
        ["RecordEntry"] = (new GrainCommand.RecordEntry("check-1", At: null, "I-1"), People.B, Scenario.Factory),
        ["RecordExit"] = (new GrainCommand.RecordExit("check-1", At: null), People.B, Scenario.Factory),
    };

    private static readonly IReadOnlyList<Cell> Table = OutcomeTable.Of("visits.md");

    public static TheoryData<string, string> Cells => [.. Table.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    private static VisitRef Visit => new(Scenario.Enterprise, "visit-1");

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        Table.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_status_has_a_situation() => Assert.Equal(
        Enum.GetValues<VisitStatus>(),
        Situations.Values.SelectMany(situation => situation().Of(Scenario.Enterprise).Visits ?? []).Select(visit => visit.Status).Distinct().Order());

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = Table.Single(cell => cell.Command == command && cell.Situation == situation);
        var (sent, by, to) = Commands[command];

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(Situations[situation](), sent, by, to));
    }

    private static Scenario Listed() => Scenario.Listed(Rules.Visits).On(Day);

    private static Scenario Planned() => Listed().Given(Ask.Random("2026-07-31", Rules.Visits), People.A).Given(new GrainCommand.ApproveCheck("check-1"), People.C);

    private static Scenario Department() => Listed()
        .Given(new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, Ask.Day("2026-07-31"), On: null), People.A, Scenario.Enterprise);
}
