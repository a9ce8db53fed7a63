namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command about changes wherever a change stands, against what <c>changes.md</c> says.</summary>
public sealed class ChangeTableTests
{
    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["none"] = () => ChangePaths.Held().On("2026-06-22"),
        ["noted"] = () => ChangePaths.Held().On("2026-06-22").Given(Ask.NoteChange("2026-06-01"), People.A),
        ["overdue"] = () => ChangePaths.Held().On("2026-06-22").Given(Ask.NoteChange("2026-06-01"), People.A).On("2026-07-15").Given(new GrainCommand.WakeUp(), Actor.System),
        ["filed"] = () => ChangePaths.Held().Filed().On("2026-06-22"),
        ["filed late"] = () => ChangePaths.Held().Filed(on: "2026-07-15"),
        ["verified"] = () => ChangePaths.Held().Filed().Verified().On("2026-06-22"),
        ["unconfirmed"] = () => ChangePaths.Held().Filed().Verified(confirmed: false).On("2026-06-22"),
        ["accepted"] = () => ChangePaths.Held().Filed().Verified().Accepted(),
        ["refused"] = () => ChangePaths.Held().Filed().Verified().On("2026-06-22").Given(Ask.DecideChange(ChangeOutcome.Refused), People.Hunan),
        ["merged"] = ChangePaths.Merged,
        ["succeeded"] = () => ChangePaths.Merged().Given(Ask.Succession(SuccessionOutcome.Continues), People.Hunan),
        ["lapsed"] = () => ChangePaths.Merged().Given(Ask.Succession(SuccessionOutcome.Ends), People.Hunan),
    };

    private static readonly Dictionary<string, Func<Scenario, (GrainCommand Command, Actor By)>> Commands = new()
    {
        ["NoteChange"] = _ => (Ask.NoteChange("2026-06-01"), People.A),
        ["FileChange"] = _ => (Ask.FileChange(ChangeKind.Restructuring, "2026-06-01"), People.A),
        ["VerifyChange"] = now => (Ask.VerifyChange(OutcomeTableTests.TodayOf(now)), ChangePaths.City),
        ["AcceptChange"] = _ => (Ask.DecideChange(), People.Hunan),
        ["RefuseChange"] = _ => (Ask.DecideChange(ChangeOutcome.Refused), People.Hunan),
        ["LetContinue"] = _ => (Ask.Succession(SuccessionOutcome.Continues), People.Hunan),
        ["LetEnd"] = _ => (Ask.Succession(SuccessionOutcome.Ends), People.Hunan),
    };

    private static readonly IReadOnlyList<Cell> ChangeCells = OutcomeTable.Of("changes.md");

    public static TheoryData<string, string> Cells => [.. ChangeCells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        ChangeCells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_status_has_a_situation() => Assert.Equal(
        Enum.GetValues<ChangeStatus>(),
        Situations.Where(situation => situation.Key != "none").Select(situation => situation.Value().Change().Status).Distinct().Order());

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = ChangeCells.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations[situation]();
        var (sent, by) = Commands[command](scenario);

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(scenario, sent, by));
    }
}
