using System.Globalization;

namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Commands with everything filled in that a test does not care about.</summary>
internal static class Ask
{
    public static readonly string[] TwoInspectors = ["I-1", "I-2"];

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static GrainCommand.Register Register(string name = Scenario.Name, string? region = "430000", string? industry = "电子", GrainId? enterprise = null) =>
        new(name, region, industry, "B", enterprise);

    public static GrainCommand.GrantTitle Grant(
        string grantedOn, string policy = Rules.Miit, Level level = Level.National, string? certificate = null, string? honour = null) =>
        new(policy, honour, level, certificate, Day(grantedOn), Evaluator: null);

    public static GrainCommand.TransferTitle Transfer(string on, string from = Rules.Miit, string to = Rules.Miit2024, Level? level = null) =>
        new(new TitleChoice(from, Level: level), to, Day(on));

    public static GrainCommand.Rename Rename(string on, string name = "湖南新名制造有限公司") => new(name, Day(on));

    public static GrainCommand.RecordAlias Alias(string name, string? from = null, string? until = null) =>
        new(name, "notice", from is null ? null : Day(from), until is null ? null : Day(until));

    public static GrainCommand.Merge Merge(GrainId into) => new(into, "certificate");

    public static GrainCommand.OrderCheck Random(string dueBy, string policy = Rules.Miit, Level? level = null) =>
        new(new TitleChoice(policy, Level: level), CheckBasis.Random, Reason: null, "draw-1", Day(dueBy), TwoInspectors, []);

    public static GrainCommand.OrderCheck Directed(string dueBy, string policy = Rules.Miit) =>
        new(new TitleChoice(policy), CheckBasis.Directed, "complaint", Draw: null, Day(dueBy), TwoInspectors, []);

    public static GrainCommand.RecordResult Result(string check, CheckOutcome outcome, string on, params string[] inspectors) =>
        new(check, outcome, Day(on), inspectors.Length == 0 ? TwoInspectors : inspectors, []);

    public static GrainCommand.OpenCase Open(string ground = "false-declaration", string policy = Rules.Miit, bool urgent = false) =>
        new(new TitleChoice(policy), ground, Article: null, "evidence", urgent);

    public static GrainCommand.ServeCase Serve(string @case, string on) => new(@case, Day(on), "post");

    public static GrainCommand.RecordStatement State(string @case) => new(@case, PrivateText.Of("statement", new byte[16]));

    public static GrainCommand.DecideCase Decide(string @case, CaseOutcome outcome) => new(@case, outcome, "reason", "N-1");

    public static GrainCommand.ServeDecision ServeDecision(string @case, string on) => new(@case, Day(on), "post");

    public static GrainCommand.Publish Publish(string of, string on) => new(of, Day(on), "https://example.org/1");

    public static GrainCommand.WithdrawPublication Unpublish(string of, string on) => new(of, Day(on), "set right");

    public static GrainCommand.CompleteRectification Complete(string on, string rectification = "rectification-1") => new(rectification, Day(on), "evidence");

    public static GrainCommand.Reinstate Reinstate(string @case, string policy = Rules.Miit) => new(new TitleChoice(policy), @case, "quashed", "N-2");

    public static GrainCommand.CorrectResult Correct(long version, CheckOutcome? outcome = null, string? on = null) =>
        new(version, "mistyped", outcome, on is null ? null : Day(on));

    public static GrainCommand.ListEnergyInspection ListEnergy(int year, string policy = Rules.Miit) => new(year, "makes listed products", policy);

    public static GrainCommand.NotifyEnergyInspection NotifyEnergy(string on, string plannedOn, string inspection = "energy-inspection-1") =>
        new(inspection, Day(on), "post", Day(plannedOn), EnergyMethod.Written);

    public static GrainCommand.RecordEnergyResult EnergyResult(
        EnergyOutcome outcome, string on, EnergyWithoutNotice? withoutNotice = null, string inspection = "energy-inspection-1") =>
        new(inspection, outcome, Day(on), EnergyMethod.OnSite, TwoInspectors, [], withoutNotice);

    public static GrainCommand.HearEnergyOpinion HearEnergy(string on) => new("energy-inspection-1", Day(on), PrivateText.Of("none", new byte[16]));

    public static GrainCommand.OrderEnergyRectification OrderEnergy(string on) => new("energy-inspection-1", Day(on), "N-1");

    public static GrainCommand.ExtendEnergyRectification ExtendEnergy(string requestedOn) => new("energy-inspection-1", Day(requestedOn), "delivery of the motors");

    public static GrainCommand.ReportEnergyRectification ReportEnergy(string on) => new("energy-inspection-1", Day(on), "invoices");

    public static GrainCommand.RecheckEnergyRectification RecheckEnergy(string on, bool rectified) => new("energy-inspection-1", Day(on), rectified, TwoInspectors, []);

    public static GrainCommand.RecordVeto Veto(VetoKind kind, string on, string? reference = "X-1") => new(kind, Day(on), "信用中国", reference);

    public static GrainCommand.ReportIncident Incident(string on, IncidentKind kind = IncidentKind.Safety) => new(kind, Day(on), "a neighbour's call");

    public static GrainCommand.DetermineIncident Determine(
        string on, IncidentLevel level = IncidentLevel.Major, string? document = "应急〔2026〕1号", string unit = Scenario.Name) =>
        new("incident-1", Day(on), "应急管理局", document, unit, level);

    public static GrainCommand.FileDeclaration File(int year, string policy = Rules.Duties, string? round = "annual", decimal? score = null, params DeclaredIndicator[] indicators) =>
        new(policy, round, year, Enterprise: null, Standard: null, indicators, score, "N-3");

    public static GrainCommand.DemandDeclaration Demand(string on) => new("declaration-1", Day(on), "post");

    public static GrainCommand.AnnounceReEvaluation Announce(string on, string policy = Rules.Duties) => new(new TitleChoice(policy), Day(on), "post");

    public static GrainCommand.TriggerReEvaluation Trigger(string on, ChangeKind change = ChangeKind.Relocation, string policy = Rules.Duties) =>
        new(new TitleChoice(policy), change, Day(on));

    public static GrainCommand.ReportReEvaluation Report(string on) => new("re-evaluation-1", Day(on), "report");

    public static GrainCommand.ConcludeReEvaluation Conclude(ReEvaluationOutcome outcome, string on, string policy = Rules.Duties) =>
        new(new TitleChoice(policy), outcome, Day(on), "reason");

    public static GrainCommand.NoteChange NoteChange(string completedOn, ChangeKind kind = ChangeKind.Restructuring) => new(kind, Day(completedOn), "the register of companies");

    /// <summary>A change with what its kind needs: a new name, the city of Zhuzhou, one successor.</summary>
    public static GrainCommand.FileChange FileChange(ChangeKind kind, string completedOn, string? region = null, params GrainId[] successors) => new(
        kind, Day(completedOn), On: null, "as reported", Name: kind == ChangeKind.Rename ? "湖南新名制造有限公司" : null,
        Region: kind == ChangeKind.Relocation ? region ?? "430200" : null, Successors: successors.Length == 0 ? null : successors);

    public static GrainCommand.VerifyChange VerifyChange(string on, bool confirmed = true) => new("change-1", Day(on), confirmed, "seen on site");

    public static GrainCommand.DecideChange DecideChange(ChangeOutcome outcome = ChangeOutcome.Accepted) => new("change-1", outcome, "reason", "N-4");

    public static GrainCommand.DecideSuccession Succession(SuccessionOutcome outcome, GrainId? successor = null, string policy = Rules.Miit2024, Level? level = null) =>
        new("change-1", new TitleChoice(policy, Level: level), outcome, successor, "reason", "N-5");

    public static GrainCommand.RegisterInspector RegisterInspector(string? region = "430000", string validUntil = "2030-12-31", params GrainId[] conflicts) =>
        new(PrivateText.Of("张三", new byte[16]), region is null ? [] : [region], Day(validUntil), ["节能"], conflicts);

    public static GrainCommand.ChangeInspector ChangeInspector(string? region = "430000", string validUntil = "2032-12-31", params GrainId[] conflicts) =>
        new(PrivateText.Of("张三", new byte[16]), region is null ? [] : [region], Day(validUntil), ["节能"], conflicts);

    public static GrainCommand.CorrectGrant CorrectGrant(long version, string? grantedOn = null, string? certificate = null) =>
        new(version, "mistyped", grantedOn is null ? null : Day(grantedOn), certificate, Evaluator: null);
}
