namespace Supervision.Grains.Tests.Behaviour;

/// <summary>Every command in every situation, against what <c>outcomes.md</c> says.</summary>
public sealed class OutcomeTableTests
{
    /// <summary>Each command with its sender. Officer a ordered and opened, b decided, so b or c acts here.</summary>
    private static readonly Dictionary<string, Func<Scenario, (GrainCommand Command, Actor By)>> Commands = new()
    {
        ["Register"] = _ => (Ask.Register(industry: "机械"), People.B),
        ["ImportListing"] = now => (new GrainCommand.ImportListing(Ask.Register(), Ask.Grant(TodayOf(now), Rules.Trial)), People.Bootstrap),
        ["GrantTitle"] = now => (Ask.Grant(TodayOf(now), Rules.Trial), People.B),
        ["TransferTitle"] = now => (Ask.Transfer(TodayOf(now), from: Rules.Trial), People.B),
        ["Rename"] = now => (Ask.Rename(TodayOf(now)), People.B),
        ["RecordAlias"] = _ => (Ask.Alias("湖南某某"), People.B),
        ["Merge"] = now => (Ask.Merge(Sibling(now)), People.B),
        ["Restrict"] = _ => (new GrainCommand.Restrict("defence"), People.B),
        ["Release"] = _ => (new GrainCommand.Release("no longer"), People.B),
        ["OrderCheck"] = now => (Ask.Random(TodayOf(now), Rules.Trial), People.B),
        ["ApproveCheck"] = _ => (new GrainCommand.ApproveCheck("check-1"), People.B),
        ["NotifyCheck"] = now => (new GrainCommand.NotifyCheck("check-1", now.Today, "letter"), People.B),
        ["RecordResult"] = now => (Ask.Result("check-1", CheckOutcome.Clean, TodayOf(now)), People.B),
        ["ConfirmResult"] = _ => (new GrainCommand.ConfirmResult("check-1"), People.B),
        ["CancelCheck"] = _ => (new GrainCommand.CancelCheck("check-1", "mistake"), People.B),
        ["OpenCase"] = _ => (Ask.Open(policy: Rules.Trial), People.B),
        ["ServeCase"] = now => (Ask.Serve("case-1", TodayOf(now)), People.B),
        ["RecordStatement"] = _ => (Ask.State("case-1"), People.B),
        ["DecideCase"] = _ => (Ask.Decide("case-1", CaseOutcome.Remove), People.B),
        ["CompleteRectification"] = now => (Ask.Complete(TodayOf(now)), People.B),
        ["Reinstate"] = _ => (Ask.Reinstate("case-1", Rules.Trial), People.C),
        ["CorrectResult"] = now => (Ask.Correct(ResultVersionOf(now) ?? 99, CheckOutcome.Minor), People.C),
        ["ListEnergyInspection"] = now => (Ask.ListEnergy(now.Today.Year), People.B),
        ["DelistEnergyInspection"] = _ => (new GrainCommand.DelistEnergyInspection("energy-inspection-1", "mistake"), People.B),
        ["NotifyEnergyInspection"] = now => (Ask.NotifyEnergy(TodayOf(now), "2026-12-01"), People.B),
        ["RecordEnergyResult"] = now => (Ask.EnergyResult(EnergyOutcome.Compliant, TodayOf(now)), People.B),
        ["SignEnergyRecord"] = now => (new GrainCommand.SignEnergyRecord("energy-inspection-1", now.Today, HolderSigned: true, Reason: null), People.B),
        ["HearEnergyOpinion"] = now => (Ask.HearEnergy(TodayOf(now)), People.B),
        ["OrderEnergyRectification"] = now => (Ask.OrderEnergy(TodayOf(now)), People.B),
        ["ExtendEnergyRectification"] = now => (Ask.ExtendEnergy(TodayOf(now)), People.B),
        ["ReportEnergyRectification"] = now => (Ask.ReportEnergy(TodayOf(now)), People.B),
        ["RecheckEnergyRectification"] = now => (Ask.RecheckEnergy(TodayOf(now), rectified: true), People.B),
        ["RecordVeto"] = now => (Ask.Veto(VetoKind.TaxEvasion, TodayOf(now)), People.B),
        ["ConfirmVeto"] = _ => (new GrainCommand.ConfirmVeto("veto-1"), People.B),
        ["RejectVeto"] = _ => (new GrainCommand.RejectVeto("veto-1", "another enterprise"), People.B),
        ["EndVeto"] = now => (new GrainCommand.EndVeto("veto-1", now.Today, "taken off the list"), People.B),
        ["ReportIncident"] = now => (Ask.Incident(TodayOf(now)), People.B),
        ["DetermineIncident"] = now => (Ask.Determine(TodayOf(now)), People.B),
        ["CorrectDetermination"] = _ => (new GrainCommand.CorrectDetermination("incident-1", "mistyped", Level: IncidentLevel.General), People.C),
        ["DismissIncident"] = _ => (new GrainCommand.DismissIncident("incident-1", "none"), People.B),
        ["ApplyFact"] = now => (new GrainCommand.ApplyFact(new FactRef(Scenario.Enterprise, "incident-1"), now.Today), Actor.System),
        ["ServeDecision"] = now => (Ask.ServeDecision("case-1", TodayOf(now)), People.B),
        ["Publish"] = now => (Ask.Publish("check-1", TodayOf(now)), People.B),
        ["WithdrawPublication"] = now => (Ask.Unpublish("check-1", TodayOf(now)), People.B),
        ["CorrectGrant"] = now => (Ask.CorrectGrant(GrantVersionOf(now) ?? 99, certificate: "C-1"), People.C),
        ["RecogniseTitles"] = _ => (new GrainCommand.RecogniseTitles(), Actor.System),
        ["DecideAdjustment"] = _ => (new GrainCommand.DecideAdjustment("adjustment-1", AdjustmentOutcome.Dismiss, "another site"), People.B),
        ["FileDeclaration"] = now => (Ask.File(now.Today.Year - 1, Rules.Trial), People.B),
        ["ReturnDeclaration"] = _ => (new GrainCommand.ReturnDeclaration("declaration-1", "mistyped"), People.B),
        ["AcceptDeclaration"] = _ => (new GrainCommand.AcceptDeclaration("declaration-1", Score: null), People.B),
        ["DemandDeclaration"] = now => (Ask.Demand(TodayOf(now)), People.B),
        ["GradeTitle"] = _ => (new GrainCommand.GradeTitle(Scenario.TrialTitle, "annual", 2025, "A", 90, Lowest: false), Actor.System),
        ["ScheduleDuties"] = _ => (new GrainCommand.ScheduleDuties(), Actor.System),
        ["AnnounceReEvaluation"] = now => (Ask.Announce(TodayOf(now), Rules.Trial), People.B),
        ["TriggerReEvaluation"] = now => (Ask.Trigger(TodayOf(now), policy: Rules.Trial), People.B),
        ["ReportReEvaluation"] = now => (Ask.Report(TodayOf(now)), People.B),
        ["ConcludeReEvaluation"] = now => (Ask.Conclude(ReEvaluationOutcome.Passed, TodayOf(now), Rules.Trial), People.B),
        ["TellRelated"] = now => (new GrainCommand.TellRelated(Scenario.Factory2, Scenario.TrialTitle, TitleStatus.Removed, now.Today), Actor.System),
        ["ApplyJointCases"] = _ => (new GrainCommand.ApplyJointCases(Decision: true), Actor.System),
        ["OrderDrawnVisit"] = now => (new GrainCommand.OrderDrawnVisit("draw-1", [], now.Today, [], null, null, "p-b", null), Actor.System),
        ["ListDrawnEnterprise"] = now => (new GrainCommand.ListDrawnEnterprise("draw-1", Rules.Miit, now.Today.Year), Actor.System),
        ["OrderDrawnInspection"] = now => (new GrainCommand.OrderDrawnInspection("draw-1", Rules.Miit, now.Today.Year, now.Today, [], null, "p-b"), Actor.System),
        ["AssignEnergyInspectors"] = _ => (new GrainCommand.AssignEnergyInspectors("energy-inspection-1", ["I-1", "I-3"], "ill"), People.B),
        ["DeclareDowntime"] = now => (new GrainCommand.DeclareDowntime(null, now.Today, now.Today, null, "down"), People.B),
        ["ConfirmDowntime"] = _ => (new GrainCommand.ConfirmDowntime(), People.B),
        ["SettleVisit"] = _ => (new GrainCommand.SettleVisit(new VisitRef(Scenario.Enterprise, "visit-1")), Actor.System),
        ["AssignInspectors"] = _ => (new GrainCommand.AssignInspectors("check-1", ["I-1", "I-3"], "ill"), People.B),
        ["AskRecusal"] = _ => (new GrainCommand.AskRecusal("check-1", "I-1", PrivateText.Of("a cousin", new byte[16])), People.B),
        ["DecideRecusal"] = _ => (new GrainCommand.DecideRecusal("check-1", "I-1", Accepted: true, "a cousin", "I-3"), People.B),
        ["RecordEntry"] = _ => (new GrainCommand.RecordEntry("check-1", At: null, "I-1"), People.B),
        ["RecordExit"] = _ => (new GrainCommand.RecordExit("check-1", At: null), People.B),
        ["SignRecord"] = now => (new GrainCommand.SignRecord("check-1", now.Today, HolderSigned: true, Reason: null), People.B),
        ["ServeResult"] = now => (new GrainCommand.ServeResult("check-1", now.Today, "post"), People.B),
        ["ObjectToResult"] = _ => (new GrainCommand.ObjectToResult("check-1", PrivateText.Of("wrong", new byte[16])), People.B),
        ["DecideObjection"] = _ => (new GrainCommand.DecideObjection("check-1", Upheld: true, "reason"), People.B),
        ["RecordVisit"] = now => (new GrainCommand.RecordVisit("应急管理局", CheckBasis.Random, null, DueBy: null, now.Today), People.B),
        ["EnterVisit"] = _ => (new GrainCommand.EnterVisit("visit-1", At: null, "I-1"), People.B),
        ["ExitVisit"] = _ => (new GrainCommand.ExitVisit("visit-1", At: null), People.B),
        ["AskVisitRecusal"] = _ => (new GrainCommand.AskVisitRecusal("visit-1", "I-1", PrivateText.Of("a cousin", new byte[16])), People.B),
        ["DecideVisitRecusal"] = _ => (new GrainCommand.DecideVisitRecusal("visit-1", "I-1", Accepted: true, "a cousin", "I-3"), People.B),
        ["CompleteVisit"] = now => (new GrainCommand.CompleteVisit("visit-1", now.Today), People.B),
        ["CallOffVisit"] = _ => (new GrainCommand.CallOffVisit("visit-1", "reason"), People.B),
        ["NoteChange"] = now => (Ask.NoteChange(TodayOf(now)), People.B),
        ["FileChange"] = now => (Ask.FileChange(ChangeKind.Rename, TodayOf(now)), People.B),
        ["VerifyChange"] = now => (Ask.VerifyChange(TodayOf(now)), People.B),
        ["DecideChange"] = _ => (Ask.DecideChange(), People.B),
        ["DecideSuccession"] = _ => (Ask.Succession(SuccessionOutcome.Ends, policy: Rules.Trial), People.B),
        ["FileGoodPractice"] = _ => (new GrainCommand.FileGoodPractice(new TitleChoice(Rules.Trial), "heat"), People.B),
        ["ApproveGoodPractice"] = _ => (new GrainCommand.ApproveGoodPractice("good-practice-1"), People.B),
        ["DeclineGoodPractice"] = _ => (new GrainCommand.DeclineGoodPractice("good-practice-1", "reason"), People.B),
        ["RecordSurveillance"] = now => (new GrainCommand.RecordSurveillance(new TitleChoice(Rules.Trial), now.Today, SurveillanceOutcome.Passed, "report"), People.B),
        ["ChangeCertificate"] = now => (
            new GrainCommand.ChangeCertificate(new TitleChoice(Rules.Trial), CertificateState.Suspended, "misused-certificate", now.Today, "reason", "N-1"), People.B),
        ["RestoreCertificate"] = now => (new GrainCommand.RestoreCertificate(new TitleChoice(Rules.Trial), now.Today, "evidence"), People.B),
        ["PublishCertificate"] = now => (new GrainCommand.PublishCertificate(new TitleChoice(Rules.Trial), now.Today, "https://example.org/1"), People.B),
        ["ApplyForRenewal"] = now => (new GrainCommand.ApplyForRenewal(new TitleChoice(Rules.Trial), now.Today), People.B),
        ["RenewCertificate"] = now => (new GrainCommand.RenewCertificate(new TitleChoice(Rules.Trial), now.Today, "C-2"), People.B),
        ["DeclineRenewal"] = now => (new GrainCommand.DeclineRenewal(new TitleChoice(Rules.Trial), now.Today, "reason"), People.B),
        ["WithdrawTitle"] = now => (new GrainCommand.WithdrawTitle(new TitleChoice(Rules.Trial), now.Today, "N-1"), People.B),
        ["RecordSuccessor"] = now => (new GrainCommand.RecordSuccessor(EntityName.EnterpriseOf("继承有限公司"), ChangeKind.Merger, now.Today, "N-1"), People.B),
        ["DismissSuccessor"] = _ => (new GrainCommand.DismissSuccessor("proposal-1", "one site of several"), People.B),
        ["RetractSuccessor"] = _ => (new GrainCommand.RetractSuccessor(EntityName.EnterpriseOf("继承有限公司"), "mistake"), People.B),
        ["RegisterInspector"] = _ => (Ask.RegisterInspector(), People.B),
        ["ChangeInspector"] = _ => (Ask.ChangeInspector(), People.B),
        ["RetireInspector"] = _ => (new GrainCommand.RetireInspector("left"), People.B),
        ["RecordConflict"] = _ => (new GrainCommand.RecordConflict(Scenario.Enterprise, "worked there"), People.B),
        ["EndConflict"] = _ => (new GrainCommand.EndConflict("conflict-1", "over"), People.B),
        ["FollowMerge"] = _ => (new GrainCommand.FollowMerge(Scenario.Enterprise, EntityName.EnterpriseOf("继承有限公司")), Actor.System),
        ["AnnounceDraw"] = _ => (new GrainCommand.AnnounceDraw(DrawTableTests.Announcement), People.B),
        ["ApproveDraw"] = _ => (new GrainCommand.ApproveDraw(), People.B),
        ["ExecuteDraw"] = _ => (DrawTableTests.Execute, Actor.System),
        ["SkipWinners"] = _ => (new GrainCommand.SkipWinners(1, []), Actor.System),
        ["CompleteDraw"] = _ => (DrawTableTests.Complete, Actor.System),
        ["OpenDraw"] = _ => (new GrainCommand.OpenDraw(), Actor.System),
        ["WakeUp"] = _ => (new GrainCommand.WakeUp(), Actor.System),
        ["AdoptRules"] = _ => (new GrainCommand.AdoptRules(1, new string('0', 64)), Actor.System),
    };

    public static TheoryData<string, string> Cells =>
        [.. OutcomeTable.Cells.Select(cell => new TheoryDataRow<string, string>(cell.Command, cell.Situation))];

    [Fact]
    public void The_table_has_every_command_in_every_situation_once()
    {
        var commands = typeof(GrainCommand).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(GrainCommand))).Select(type => type.Name);
        var expected = commands.SelectMany(command => Situations.All.Keys.Select(situation => $"{command}, {situation}")).Order(StringComparer.Ordinal);

        Assert.Equal(expected, OutcomeTable.Cells.Select(cell => $"{cell.Command}, {cell.Situation}").Order(StringComparer.Ordinal));
    }

    /// <summary>Of titles it has those that a decision brings about; the others stand in <c>titles.md</c>.</summary>
    [Fact]
    public void Every_status_has_a_situation()
    {
        var subjects = Situations.All.Values.Select(situation => situation().Known(Scenario.Factory).State).OfType<GrainState.Subject>().ToList();

        Assert.Equal(Enum.GetValues<CheckStatus>(), subjects.SelectMany(subject => subject.Checks).Select(check => check.Status).Distinct().Order());
        Assert.Equal(Enum.GetValues<CaseStatus>(), subjects.SelectMany(subject => subject.Cases).Select(found => found.Status).Distinct().Order());
        Assert.Equal(Enum.GetValues<CaseOutcome>(), subjects.SelectMany(subject => subject.Cases).Select(found => found.Decision?.Outcome).OfType<CaseOutcome>().Distinct().Order());
        Assert.Equal(Enum.GetValues<RectificationStatus>(), subjects.SelectMany(subject => subject.Rectifications).Select(found => found.Status).Distinct().Order());
        Assert.Equal(
            Enum.GetValues<TitleStatus>(),
            subjects.SelectMany(subject => subject.Titles).Select(title => title.Status).Concat(TitleTableTests.Statuses).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_outcome_is_the_one_in_the_table(string command, string situation)
    {
        var cell = OutcomeTable.Cells.Single(cell => cell.Command == command && cell.Situation == situation);
        var scenario = Situations.All[situation]();
        var (sent, by) = Commands[command](scenario);

        Assert.Equal((cell.Outcome, cell.Article), Observe(scenario, sent, by));
    }

    /// <summary>What a command does, in the words of the tables.</summary>
    internal static (string Outcome, string Article) Observe(Scenario scenario, GrainCommand command, Actor by, GrainId? to = null)
    {
        try
        {
            var turn = scenario.Send(command, by, to);
            if (turn.Rejection is { } rejection)
                return turn.Target.Events.Count == 0 ? (rejection.Code, rejection.Article) : ("refused with events", "");
            var other = turn.Others.SelectMany(change => change.Events.Select(acted => $"{(change.Grain.Kind == GrainKind.Enterprise ? "enterprise" : "other")}:{acted.Event.Type}"));
            var own = turn.Target.Events.Select(acted => acted.Event.Type);
            // A registration brings its enterprise with it; a decision brings about what befalls the enterprise.
            var all = command is GrainCommand.Register or GrainCommand.ImportListing ? other.Concat(own) : own.Concat(other);
            return (string.Join(", ", all.DefaultIfEmpty("-")), "");
        }
        catch (ArgumentException)
        {
            return ("throws", "");
        }
    }

    /// <summary>Another site, registered, and without a title in every situation that does not bring it.</summary>
    private static GrainId Sibling(Scenario scenario)
    {
        scenario.Given(Ask.Register(), People.B, Scenario.Factory2);
        return Scenario.Factory2;
    }

    internal static string TodayOf(Scenario scenario) => scenario.Today.ToString("yyyy-MM-dd");

    private static long? ResultVersionOf(Scenario scenario) =>
        scenario.Known(Scenario.Factory).State is GrainState.Subject { Checks: [var check, ..] } ? check.Result?.Version : null;

    private static long? GrantVersionOf(Scenario scenario) =>
        scenario.Known(Scenario.Factory).State is GrainState.Subject { Titles: [var title, ..] } ? title.GrantVersion : null;
}
