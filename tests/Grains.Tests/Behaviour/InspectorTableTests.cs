namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command of the register of inspectors wherever an inspector stands, against what <c>inspectors.md</c> says.</summary>
public sealed class InspectorTableTests
{
    private static readonly GrainId Inspector = GrainId.Of(GrainKind.Inspector, "I-9");

    private static readonly GrainId Successor = EntityName.EnterpriseOf("继承有限公司");

    private static readonly GrainCommand Follow = new GrainCommand.FollowMerge(Scenario.Enterprise, Successor);

    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["absent"] = () => new Scenario().On("2026-06-15"),
        ["registered"] = Registered,
        ["changed"] = () => Registered().Given(Ask.ChangeInspector(), People.A, Inspector),
        ["retired"] = () => Registered().Given(new GrainCommand.RetireInspector("left"), People.A, Inspector),
        ["conflict"] = WithConflict,
        ["followed"] = () => WithConflict().Given(Follow, Actor.System, Inspector),
        ["conflict ended"] = () => WithConflict().Given(new GrainCommand.EndConflict("conflict-1", "over"), People.B, Inspector),
    };

    private static readonly Dictionary<string, (GrainCommand Command, Actor By)> Commands = new()
    {
        ["RegisterInspector"] = (Ask.RegisterInspector(), People.B),
        ["ChangeInspector"] = (Ask.ChangeInspector(), People.B),
        ["RetireInspector"] = (new GrainCommand.RetireInspector("left"), People.B),
        ["RecordConflict"] = (new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.B),
        ["EndConflict"] = (new GrainCommand.EndConflict("conflict-1", "over"), People.B),
        ["FollowMerge"] = (Follow, Actor.System),
        ["Register"] = (new GrainCommand.Register(Scenario.Name, "430000", null, null, Scenario.Enterprise), People.B),
    };

    private static readonly IReadOnlyList<Cell> InspectorCells = OutcomeTable.Of("inspectors.md");

    public static TheoryData<string, string> Cells => [.. InspectorCells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        InspectorCells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = InspectorCells.Single(cell => cell.Command == command && cell.Situation == situation);
        var (sent, by) = Commands[command];

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(Situations[situation](), sent, by, Inspector));
    }

    private static Scenario Registered() => new Scenario().On("2026-06-15").Given(Ask.RegisterInspector(), People.A, Inspector);

    private static Scenario WithConflict() => Registered().Given(new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.A, Inspector);
}
