namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command of energy-conservation inspection wherever an entry stands, against what <c>energy.md</c> says.</summary>
public sealed class EnergyTableTests
{
    private const string Entry = "energy-inspection-1";

    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["none"] = () => EnergyPaths.Making().On("2026-06-15"),
        ["proposed"] = () => EnergyPaths.Making().Decided(CaseOutcome.Remove, "2026-06-15", to: EnergyPaths.Product),
        ["listed"] = () => EnergyPaths.Making().ListedForEnergy().On("2026-06-15"),
        ["notified"] = () => EnergyPaths.Making().NotifiedOfEnergy().On("2026-06-15"),
        ["violations"] = () => EnergyPaths.Making().Inspected(EnergyOutcome.Violations).On("2026-06-15"),
        ["heard"] = () => EnergyPaths.Making().Heard().On("2026-06-15"),
        ["rectifying"] = () => EnergyPaths.Making().Rectifying().On("2026-06-15"),
        ["extended"] = () => Rectifying().Given(Ask.ExtendEnergy("2026-06-15"), People.A, Scenario.Enterprise),
        ["reported"] = Reported,
        ["compliant"] = () => EnergyPaths.Making().Inspected(EnergyOutcome.Compliant).On("2026-06-15"),
        ["rectified"] = () => Reported().Given(Ask.RecheckEnergy("2026-06-15", rectified: true), People.A, Scenario.Enterprise),
        ["missed"] = () => EnergyPaths.Making().Missed(),
        ["delisted"] = () => EnergyPaths.Making().ListedForEnergy().Given(new GrainCommand.DelistEnergyInspection(Entry, "mistake"), People.A, Scenario.Enterprise).On("2026-06-15"),
    };

    private static readonly Dictionary<string, Func<Scenario, GrainCommand>> Commands = new()
    {
        ["ListEnergyInspection"] = now => Ask.ListEnergy(now.Today.Year),
        ["ListProposed"] = now => new GrainCommand.ListEnergyInspection(now.Today.Year, "reason", Policy: null, Entry),
        ["DelistEnergyInspection"] = _ => new GrainCommand.DelistEnergyInspection(Entry, "mistake"),
        ["NotifyEnergyInspection"] = now => Ask.NotifyEnergy(TodayOf(now), "2026-12-01"),
        ["RecordEnergyResult"] = now => Ask.EnergyResult(EnergyOutcome.Compliant, TodayOf(now)),
        ["SignEnergyRecord"] = now => new GrainCommand.SignEnergyRecord(Entry, now.Today, HolderSigned: true, Reason: null),
        ["HearEnergyOpinion"] = now => Ask.HearEnergy(TodayOf(now)),
        ["OrderEnergyRectification"] = now => Ask.OrderEnergy(TodayOf(now)),
        ["ExtendEnergyRectification"] = now => Ask.ExtendEnergy(TodayOf(now)),
        ["ReportEnergyRectification"] = now => Ask.ReportEnergy(TodayOf(now)),
        ["RecheckEnergyRectification"] = now => Ask.RecheckEnergy(TodayOf(now), rectified: true),
    };

    private static readonly IReadOnlyList<Cell> EnergyCells = OutcomeTable.Of("energy.md");

    public static TheoryData<string, string> Cells => [.. EnergyCells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        EnergyCells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_status_has_a_situation() => Assert.Equal(
        Enum.GetValues<EnergyStatus>(),
        Situations.Where(situation => situation.Key != "none").Select(situation => situation.Value().Entry().Status).Distinct().Order());

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = EnergyCells.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations[situation]();

        var turn = scenario.Send(Commands[command](scenario), People.B, Scenario.Enterprise);

        Assert.Equal(
            (cell.Outcome, cell.Article),
            turn.Rejection is { } rejection ? (rejection.Code, rejection.Article) : (string.Join(", ", turn.Target.Events.Select(acted => acted.Event.Type)), ""));
    }

    private static Scenario Rectifying() => EnergyPaths.Making().Rectifying().On("2026-06-15");

    private static Scenario Reported() => Rectifying().Given(Ask.ReportEnergy("2026-06-15"), People.A, Scenario.Enterprise);

    private static string TodayOf(Scenario scenario) => scenario.Today.ToString("yyyy-MM-dd");
}
