namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command about a title that ended otherwise than by removal, or is suspended, against what <c>titles.md</c> says.</summary>
public sealed class TitleTableTests
{
    private const string Day = "2026-06-15";

    private static readonly TitleChoice Choice = new(Rules.Endings);

    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["suspended"] = () => Certificate(CertificateState.Suspended, "misused-certificate"),
        ["revoked"] = () => Certificate(CertificateState.Revoked, "serious-defect"),
        ["cancelled"] = () => Certificate(CertificateState.Cancelled, "no-longer-produced"),
        ["expired"] = () => Ordered().On("2031-06-02").Given(new GrainCommand.WakeUp(), Actor.System),
        ["withdrawn"] = () => Ordered().Given(Withdraw(Day), People.A).On("2026-06-16"),
        ["withdrawn under a case"] = UnderACase,
        ["lapsed"] = Lapsed,
    };

    private static readonly Dictionary<string, Func<string, (GrainCommand Command, Actor By)>> Commands = new()
    {
        ["ImportListing"] = today => (new GrainCommand.ImportListing(Ask.Register(), Ask.Grant(today, Rules.Endings)), People.Bootstrap),
        ["GrantTitle"] = today => (Ask.Grant(today, Rules.Endings), People.B),
        ["TransferTitle"] = today => (Ask.Transfer(today, from: Rules.Endings), People.B),
        ["CorrectGrant"] = _ => (Ask.CorrectGrant(2, certificate: "C-1"), People.C),
        ["OrderRandomCheck"] = _ => (Ask.Random("2031-12-31", Rules.Endings), People.B),
        ["OrderDirectedCheck"] = _ => (Ask.Directed("2031-12-31", Rules.Endings), People.B),
        ["RecordFailed"] = today => (Ask.Result("check-1", CheckOutcome.Failed, today), People.B),
        ["CancelCheck"] = _ => (new GrainCommand.CancelCheck("check-1", "mistake"), People.B),
        ["OpenCase"] = _ => (Ask.Open(policy: Rules.Endings), People.B),
        ["ServeCase"] = today => (Ask.Serve("case-1", today), People.B),
        ["DecideRemoval"] = _ => (Ask.Decide("case-1", CaseOutcome.Remove), People.B),
        ["DecideRectification"] = _ => (Ask.Decide("case-1", CaseOutcome.Rectify), People.B),
        ["DecideDismissal"] = _ => (Ask.Decide("case-1", CaseOutcome.Dismiss), People.B),
        ["Reinstate"] = _ => (Ask.Reinstate("case-1", Rules.Endings), People.C),
        ["WithdrawTitle"] = today => (Withdraw(today), People.B),
        ["GradeTitle"] = _ => (new GrainCommand.GradeTitle(new TitleRef(Rules.Endings, "green-factory", Level.National), "annual", 2025, "A", 90, Lowest: false), Actor.System),
        ["FileChange"] = today => (Ask.FileChange(ChangeKind.Merger, today, successors: ChangePaths.Successor), People.B),
        ["RestoreCertificate"] = today => (new GrainCommand.RestoreCertificate(Choice, Ask.Day(today), "evidence"), People.B),
        ["RecordSurveillance"] = today => (new GrainCommand.RecordSurveillance(Choice, Ask.Day(today), SurveillanceOutcome.Passed, "report"), People.B),
    };

    private static readonly IReadOnlyList<Cell> Table = OutcomeTable.Of("titles.md");

    public static TheoryData<string, string> Cells => [.. Table.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    internal static IEnumerable<TitleStatus> Statuses => Situations.Values.Select(situation => situation().Title().Status);

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        Table.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Fact]
    public void A_situation_is_named_after_its_status() =>
        Assert.All(Situations, situation => Assert.StartsWith(KebabCase<TitleStatus>.Word(situation.Value().Title().Status), situation.Key, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = Table.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations[situation]();
        var (sent, by) = Commands[command](OutcomeTableTests.TodayOf(scenario));

        Assert.Equal((cell.Outcome, cell.Article), OutcomeTableTests.Observe(scenario, sent, by));
    }

    /// <summary>Granted on 2026-06-01; a check is approved on 2026-06-15.</summary>
    private static Scenario Ordered() => Scenario.Registered().On("2026-06-01").Given(Ask.Grant("2026-06-01", Rules.Endings), People.A)
        .On(Day).Given(Ask.Random("2026-07-31", Rules.Endings), People.A).Given(new GrainCommand.ApproveCheck("check-1"), People.C);

    private static Scenario Certificate(CertificateState state, string trigger) =>
        Ordered().Given(new GrainCommand.ChangeCertificate(Choice, state, trigger, Ask.Day(Day), "reason", "N-1"), People.A).On("2026-06-16");

    private static GrainCommand.WithdrawTitle Withdraw(string on) => new(Choice, Ask.Day(on), "N-1");

    private static Scenario UnderACase()
    {
        var scenario = Ordered();
        scenario.Heard(Day, policy: Rules.Endings);
        return scenario.Given(Withdraw(Day), People.A).On("2026-06-16");
    }

    private static Scenario Lapsed() => Ordered().Given(Ask.Register("湖南存续股份有限公司"), People.A, ChangePaths.Successor)
        .Given(Ask.FileChange(ChangeKind.Merger, "2026-06-10", successors: ChangePaths.Successor), People.A).Given(Ask.VerifyChange(Day), People.A)
        .Given(Ask.DecideChange(), People.B).Given(Ask.Succession(SuccessionOutcome.Ends, policy: Rules.Endings), People.B).On("2026-06-16");
}
