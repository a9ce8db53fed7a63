namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command about a certificate wherever it stands, against what <c>certificates.md</c> says.</summary>
public sealed class CertificateTableTests
{
    private static readonly Dictionary<string, Func<Scenario>> Situations = new()
    {
        ["valid"] = CertificatePaths.Valid,
        ["overdue"] = () => CertificatePaths.Issued().On("2026-06-16").Woken(),
        ["ending"] = CertificatePaths.Ending,
        ["applied"] = CertificatePaths.Applied,
        ["suspended"] = CertificatePaths.Suspended,
        ["revoked"] = () => CertificatePaths.Valid().Sent(CertificatePaths.Change(CertificateState.Revoked, "serious-defect", "2026-06-10")),
        ["cancelled"] = () => CertificatePaths.Valid().Sent(CertificatePaths.Change(CertificateState.Cancelled, "no-longer-produced", "2026-06-10")),
        ["expired"] = () => CertificatePaths.Issued().On("2030-06-15").Woken(),
    };

    private static readonly Dictionary<string, Func<string, GrainCommand>> Commands = new()
    {
        ["RecordSurveillance"] = today => CertificatePaths.Surveillance(SurveillanceOutcome.Passed, today),
        ["RecordFailed"] = today => CertificatePaths.Surveillance(SurveillanceOutcome.Failed, today),
        ["Suspend"] = today => CertificatePaths.Change(CertificateState.Suspended, "misused-certificate", today),
        ["Revoke"] = today => CertificatePaths.Change(CertificateState.Revoked, "serious-defect", today),
        ["RevokeNotCorrected"] = today => CertificatePaths.Change(CertificateState.Revoked, "not-corrected", today),
        ["Cancel"] = today => CertificatePaths.Change(CertificateState.Cancelled, "no-longer-produced", today),
        ["RestoreCertificate"] = today => new GrainCommand.RestoreCertificate(CertificatePaths.Choice, Ask.Day(today), "evidence"),
        ["PublishCertificate"] = today => new GrainCommand.PublishCertificate(CertificatePaths.Choice, Ask.Day(today), "https://example.org/1"),
        ["ApplyForRenewal"] = today => new GrainCommand.ApplyForRenewal(CertificatePaths.Choice, Ask.Day(today)),
        ["RenewCertificate"] = today => new GrainCommand.RenewCertificate(CertificatePaths.Choice, Ask.Day(today), "C-2"),
        ["DeclineRenewal"] = today => new GrainCommand.DeclineRenewal(CertificatePaths.Choice, Ask.Day(today), "reason"),
    };

    private static readonly IReadOnlyList<Cell> Table = OutcomeTable.Of("certificates.md");

    public static TheoryData<string, string> Cells => [.. Table.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once() => Assert.Equal(
        Commands.Keys.SelectMany(command => Situations.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal),
        Table.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_state_has_a_situation() => Assert.Equal(
        Enum.GetValues<CertificateState>(),
        Situations.Values.Select(situation => situation().Held().Certified!.State).OfType<CertificateState>().Distinct().Order());

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = Table.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations[situation]();

        var turn = scenario.Send(Commands[command](scenario.Today.ToString("yyyy-MM-dd")), CertificatePaths.Body, CertificatePaths.Product);

        Assert.Equal(
            (cell.Outcome, cell.Article),
            turn.Rejection is { } rejection ? (rejection.Code, rejection.Article) : (string.Join(", ", turn.Target.Events.Select(acted => acted.Event.Type)), ""));
    }
}
