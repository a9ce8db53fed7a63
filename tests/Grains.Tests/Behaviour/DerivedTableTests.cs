namespace Supervision.Grains.Tests.Behaviour;

/// <summary>What befalls a title that follows from another, and what nobody can do to it, against what <c>derived.md</c> says.</summary>
public sealed class DerivedTableTests
{
    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["before the first day"] = () => DerivedPaths.Listed("2024-07-18"),
        ["not recognised"] = () => DerivedPaths.Listed(batch: "9"),
        ["derived"] = () => DerivedPaths.Listed(),
        ["under a case"] = () => DerivedPaths.Listed().Given(Ask.Open(policy: Rules.Miit2024), People.A),
        ["fallen"] = () => DerivedPaths.Removed(),
        ["back"] = () => DerivedPaths.Removed().On("2026-09-01").Given(Ask.Reinstate("case-1", Rules.Miit2024), People.C),
    };

    private static readonly Dictionary<string, Func<Scenario, (GrainCommand Command, Actor By)>> Commands = new()
    {
        ["Recognise"] = _ => (new GrainCommand.RecogniseTitles(), Actor.System),
        ["ImportSource"] = _ => (new GrainCommand.ImportListing(Ask.Register(region: DerivedPaths.Shenzhen), Ask.Grant("2023-08-23") with { Batch = "8" }), People.Bootstrap),
        ["RemoveSource"] = now => (Ask.Decide(Heard(now), CaseOutcome.Remove), People.B),
        ["WithdrawSource"] = now => (new GrainCommand.WithdrawTitle(new TitleChoice(SourceOf(now)), now.Today, "N-1"), People.A),
        ["ReinstateSource"] = _ => (Ask.Reinstate("case-1", Rules.Miit2024), People.C),
        ["TransferSource"] = _ => (Ask.Transfer("2026-06-15", Rules.Miit2024, Rules.Miit), People.A),
        ["CorrectBatch"] = now => (CorrectBatch(now), People.C),
        ["MoveAway"] = _ => (Ask.Register(region: "440100"), People.A),
        ["GrantMunicipal"] = now => (Ask.Grant(OutcomeTableTests.TodayOf(now), DerivedPaths.Policy, Level.Municipal), DerivedPaths.City),
        ["OrderCheck"] = now => (Ask.Random(now.Today.AddDays(30).ToString("yyyy-MM-dd"), DerivedPaths.Policy), DerivedPaths.City),
        ["OpenCase"] = _ => (Ask.Open(policy: DerivedPaths.Policy), DerivedPaths.City),
        ["Withdraw"] = now => (new GrainCommand.WithdrawTitle(new TitleChoice(DerivedPaths.Policy), now.Today, "N-1"), DerivedPaths.City),
        ["Reinstate"] = _ => (Ask.Reinstate("case-1", DerivedPaths.Policy), DerivedPaths.City),
        ["CorrectGrant"] = now => (Ask.CorrectGrant(VersionOf(now), certificate: "C-1"), DerivedPaths.City),
        ["FileDeclaration"] = _ => (Ask.File(2025, DerivedPaths.Policy), DerivedPaths.City),
    };

    private static readonly IReadOnlyList<Cell> DerivedCells = OutcomeTable.Of("derived.md");

    public static TheoryData<string, string> Cells => [.. DerivedCells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        DerivedCells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = DerivedCells.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations[situation]();
        var (sent, by) = Commands[command](scenario);

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(scenario, sent, by));
    }

    private static string SourceOf(Scenario scenario) => scenario.Title(DerivedPaths.Source).Ref.Policy;

    /// <summary>The case that is open, heard; one that is not there where there is nothing to be heard.</summary>
    private static string Heard(Scenario scenario) => scenario.Title(DerivedPaths.Source).InForce
        ? scenario.Heard(OutcomeTableTests.TodayOf(scenario), policy: Rules.Miit2024)
        : "case-1";

    private static GrainCommand.CorrectGrant CorrectBatch(Scenario scenario)
    {
        var title = scenario.Title(DerivedPaths.Source);
        return new GrainCommand.CorrectGrant(title.GrantVersion, "mistyped", GrantedOn: null, Certificate: null, Evaluator: null, title.Batch == "8" ? "9" : "8");
    }

    private static long VersionOf(Scenario scenario) =>
        scenario.Of(Scenario.Factory).Titles.FirstOrDefault(title => title.Ref == DerivedPaths.Derived)?.GrantVersion ?? 99;
}
