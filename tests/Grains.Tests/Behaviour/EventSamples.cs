namespace Supervision.Grains.Tests.Behaviour;

/// <summary>One event of each stored name with every member filled in, and where members may be absent, one without them.</summary>
internal static class EventSamples
{
    private static readonly DateOnly Day = Ask.Day("2026-06-15");
    private static readonly DateOnly Later = Ask.Day("2029-06-14");
    private static readonly TitleRef Title = new("miit-2016", "green-factory", Level.National);
    private static readonly GrainId Enterprise = GrainId.FromStored("enterprise/u-0123456789abcdef");
    private static readonly GrainId Factory = GrainId.FromStored("factory/N-1-F-0001");
    private static readonly GrainId Product = GrainId.FromStored("product/N-1-P-0001");
    private static readonly Relation[] Relations = [new("enterprise", Enterprise)];
    private static readonly DrawAnnouncement Announcement = new()
    {
        Rule = DrawAnnouncement.RuleV1, Policy = "miit-2016", Scope = new DrawScope(["factory"], Level.National, "430000"), Plan = "annual", Size = 40,
        Strata = [new DrawStratum("A", 0.01m, 100, 1), new DrawStratum(null, null, 50, 39)], Excluded = [new DrawExclusion("exempt", 3)], RosterSize = 153,
        RosterRoot = new string('5', 64), PoolSize = 20, PoolRoot = new string('6', 64), Commitment = new string('7', 64), PublicSource = "双色球",
        PublicAt = new DateTimeOffset(2026, 6, 20, 2, 0, 0, TimeSpan.Zero), NotBefore = new DateTimeOffset(2026, 6, 21, 2, 0, 0, TimeSpan.Zero), InspectorsPerVisit = 2, DueBy = Later,
        IntervalMonths = 12, Items = ["declared-indicators"], Purpose = DrawPurpose.EnergyVisits, Fields = [new NeededField("enterprise", "节能监察")],
    };

    private static readonly string Document = new('d', 64);
    private static readonly string[] Two = ["I-1", "I-2"];
    private static readonly Finding[] Findings = [new("能耗", "超标 \"5%\" <10%>")];
    private static readonly CountedCheck[] Counted = [new("check-1", Day, true), new("check-2", Later, false)];

    private static readonly ServedDocument Served = new("N-1", "provincial/430000", [new("administrative-review", Later, "行政复议法 第二十条")]);

    private static readonly Title AbsorbedTitle = new()
    {
        Ref = Title, Authority = "national", GrantedOn = Day, SupervisedFrom = Day, GrantedBy = "p-a", GrantVersion = 2, Since = Day,
        Formerly = [new(Title with { Policy = "trial-2020" }, Day)], Counted = Counted, Ended = new(new(Day, Later, Counted), Later, Day),
    };

    private static readonly Check AbsorbedCheck = new()
    {
        Id = "check-1", Title = Title, Basis = CheckBasis.Random, Status = CheckStatus.Approved, OrderedOn = Day, DueBy = Later, OrderedBy = "p-a",
    };

    private static readonly Case AbsorbedCase = new()
    {
        Id = "case-1", Title = Title, Ground = "failed-spot-check", Article = "五(五)", OpenedOn = Day, OpenedBy = "p-a",
    };

    private static readonly EnergyInspection AbsorbedInspection = new()
    {
        Id = "energy-inspection-1", Policy = "miit-2016", Status = EnergyStatus.Missed, AddedOn = Day, AddedBy = "p-a", Year = 2026, MissedOn = Later,
        Applied = [new(Factory, ["case-1"])], Origins = [new(Enterprise, "energy-inspection-2")], Draw = "draw-1",
        OnSite = new DrawnInspection("draw-2", new VisitRef(Enterprise, "visit-1"), Day, "p-b"),
    };

    private static readonly Veto AbsorbedVeto = new()
    {
        Id = "veto-1", Kind = VetoKind.Deregistered, On = Day, Source = "信用中国", Status = VetoStatus.Confirmed, RecordedOn = Day, RecordedBy = "p-a", CheckAfter = Later,
    };

    private static readonly Incident AbsorbedIncident = new()
    {
        Id = "incident-1", Kind = IncidentKind.Environment, On = Day, Report = "report", Status = IncidentStatus.Determined, ReportedOn = Day, ReportedBy = "p-a",
        Determination = new(Later, "生态环境局", "环〔2026〕1号", "湖南某某制造有限公司", IncidentLevel.Larger, Attributed: true, "p-b"),
    };

    private static readonly DeclaredIndicator[] Declared = [new("energy-use", 12.50m, "tce")];

    private static readonly VerifiedIndicator[] Verified = [new("energy-use", "tce", 12.50m, 13m, "meter")];

    private static readonly ExpectedDeclaration Next = new("miit-2024", "annual", 2026, Day, Later);

    private static readonly Declaration AbsorbedDeclaration = new()
    {
        Id = "declaration-1", Policy = "miit-2024", Round = "annual", Year = 2025, Due = Day, Status = DeclarationStatus.Returned, Number = 2, FiledOn = Day, Late = true,
        Standard = "动态管理表", Indicators = Declared, Reference = "N-3", Score = 90.5m, ReturnedFor = "mistyped", RefileBy = Later, Demand = new(Day, "post", Later),
    };

    private static readonly ReEvaluation AbsorbedReEvaluation = new()
    {
        Id = "re-evaluation-1", Title = Title, Change = ChangeKind.Split, DueOn = Day, Status = ReEvaluationStatus.Passed, OpenedOn = Day, ReportBy = Later, ReportedOn = Day,
        EvaluateBy = Later, Delayed = true, ConcludedOn = Later, ConcludedBy = "p-a",
    };

    private static readonly ChangeConcern[] Concerns = [new("hunan-product", Later, "article", LateChange.ReEvaluation, "article of late")];

    private static readonly DateTimeOffset Instant = new(2026, 6, 15, 1, 30, 0, 250, TimeSpan.Zero);

    private static readonly Visit AbsorbedVisit = new()
    {
        Id = "visit-2", Basis = CheckBasis.Directed, Reason = "complaint", Draw = "draw-1", Department = "应急管理局", Status = VisitStatus.Made, PlannedOn = Day, DueBy = Later,
        On = Later, Checks = [new(Factory, "check-1")], Inspectors = Two, Unassigned = "too-few", Counts = true, Year = 2029, NotifiedOn = Day,
        Entries = [new("I-1", Instant, Instant.AddHours(2))], Origins = [new(Enterprise, "visit-1")],
    };

    private static readonly Change AbsorbedChange = new()
    {
        Id = "change-1", Kind = ChangeKind.Merger, Status = ChangeStatus.Accepted, CompletedOn = Day, Concerns = Concerns, DueBy = Later, Late = true, Source = "notice",
        Description = "合并", Successors = [Enterprise], FiledOn = Day, FiledBy = "p-a", VerifiedAt = Level.Municipal, DecidedAt = Level.Provincial, VerifiedOn = Day,
        VerifiedBy = "p-b", Confirmed = true, Note = "as filed", ReEvaluations = ["re-evaluation-1"], DecidedOn = Later, Reason = "reason", Number = "N-1", Pending = [Title],
        Decided = [new(Title, SuccessionOutcome.Continues, Enterprise, Later, "reason", "N-2", "p-c")],
    };

    public static IReadOnlyDictionary<string, GrainEvent> All { get; } = Full().Select(@event => (Name: @event.Type, Event: @event))
        .Concat(Sparse().Select(@event => (Name: $"{@event.Type} (sparse)", Event: @event)))
        .Append((Name: "case.decided (documents)", Event: new GrainEvent.CaseDecided(Day, "case-1", CaseOutcome.Remove, "reason", "N-1") { Documents = [Document] }))
        .ToDictionary(sample => sample.Name, sample => sample.Event);

    private static IEnumerable<GrainEvent> Full() =>
    [
        new GrainEvent.EntityRegistered(Day, "湖南某某制造有限公司", "430000", "电子", "B", Relations),
        new GrainEvent.EntityCorrected(Day, "湖南某某制造有限公司", "430000", "电子", "B", Relations),
        new GrainEvent.EntityRenamed(Day, "湖南新名制造有限公司", Listed: true),
        new GrainEvent.AliasRecorded(Day, "湖南某某", "notice", Day, Later),
        new GrainEvent.EntityMerged(Day, Enterprise, "certificate"),
        new GrainEvent.EntityAbsorbed(
            Day, Enterprise, "certificate", [Enterprise], [new("湖南某某", NameStatus.Former, Day, Later, "notice", "p-a")], Relations,
            [new("ban-1", "miit-2016", "article", Factory, "case-1", Day, Later, BanStatus.InForce)], AbsorbedTitle, AbsorbedCheck, AbsorbedCase,
            new("rectification-1", Title, "case-1", Later, RectificationStatus.Ordered), [new(Document, "case.opened", 3, "case-1")], AbsorbedInspection, AbsorbedVeto,
            AbsorbedIncident, AbsorbedDeclaration, AbsorbedReEvaluation,
            new("good-practice-1", Title, "余热回收", Day, "p-a", GoodPracticeStatus.Approved, Later), AbsorbedChange,
            [new(Enterprise, ChangeKind.Merger, Day, "N-1", "p-a")], [new(Enterprise, ChangeKind.Split, Day, "N-1", "p-a")], AbsorbedVisit,
            new("adjustment-1", Title, Title with { Level = Level.Provincial }, Day, TitleStatus.Removed, "false-declaration", "case-1", AdjustmentStatus.Accepted, Later, "p-a", "reason", "case-2"),
            new("proposal-1", Enterprise, ChangeKind.Split, Factory, "change-1", Day, ProposalStatus.Dismissed, Later, "reason")),
        new GrainEvent.EntityRestricted(Day, "defence", [Enterprise]),
        new GrainEvent.EntityReleased(Day, "no longer"),
        new GrainEvent.TitleTransferred(Day, Title, Title with { Policy = "miit-2024" }),
        new GrainEvent.TitleGranted(Day, Title, "national", "C-1", Day, "某某认证中心", "1", Later),
        new GrainEvent.TitleCorrected(Day, Title, Day, "C-1", "某某认证中心", 3, "mistyped", "8"),
        new GrainEvent.TitleDerived(Later, Title, Title with { Policy = "miit-2024" }, "municipal/440300", Day, Later, Day, "article", 4),
        new GrainEvent.TitleFallen(Day, Title, Title with { Policy = "miit-2024" }, TitleStatus.Withdrawn, "withdrawn", "article"),
        new GrainEvent.AdjustmentProposed(Day, "adjustment-1", Title, Title with { Level = Level.Provincial }, TitleStatus.Removed, "false-declaration", "case-1"),
        new GrainEvent.AdjustmentAccepted(Day, "adjustment-1", "case-2"),
        new GrainEvent.AdjustmentDismissed(Day, "adjustment-1", "reason"),
        new GrainEvent.AdjustmentWithdrawn(Day, "adjustment-1", "title-held-again"),
        new GrainEvent.TitleRemoved(Day, Title, "case-1", "failed-spot-check", "五(五)", "N-1", Later, "ban-1", Enterprise),
        new GrainEvent.TitleReinstated(Day, Title, "case-1", "quashed", "N-2", TitleStatus.Listed, new Exemption(Day, Later, Counted), Later),
        new GrainEvent.CheckOrdered(Day, "check-1", Title, CheckBasis.Random, "complaint", "draw-1", Later, Two, ["能耗"], CheckStatus.Planned, "declaration-1", new VisitRef(Enterprise, "visit-1"), "p-b",
            new EmergencyOrder("smoke", Later, Later, "p-b", Overdue: true), Remote: true, "first visit"),
        new GrainEvent.CheckApproved(Day, "check-1"),
        new GrainEvent.InspectorRegistered(Day, PrivateText.Of("张三", new byte[16]), ["430000"], Later, ["节能"]),
        new GrainEvent.InspectorChanged(Day, PrivateText.Of("张三", new byte[16]), ["430000"], Later, ["节能"]),
        new GrainEvent.InspectorRetired(Day, "moved to another department"),
        new GrainEvent.InspectorConflictRecorded(Day, "conflict-1", Enterprise, [Enterprise], "worked there", "article"),
        new GrainEvent.InspectorConflictFollowed(Day, "conflict-1", Enterprise),
        new GrainEvent.InspectorConflictEnded(Day, "conflict-1", "three years have passed"),
        new GrainEvent.CheckNotified(Day, "check-1", "letter", Served, new CheckNotice(2026, 1, 4, ["meters"], Two, "行政处罚法 第四十三条")),
        new GrainEvent.ResultRecorded(Day, "check-1", CheckOutcome.NotOperating, Two, Findings, Verified),
        .. new[] { CheckOutcome.Clean, CheckOutcome.Minor, CheckOutcome.Failed, CheckOutcome.Refused, CheckOutcome.Unreachable }
            .Select(outcome => new GrainEvent.CheckConcluded(Day, "check-1", outcome, Two, Findings, Later, Counts: true, Later, Verified)),
        new GrainEvent.CheckCancelled(Day, "check-1", "mistake"),
        new GrainEvent.CheckOverdue(Day, "check-1"),
        new GrainEvent.ResultCorrected(Day, "check-1", CheckOutcome.NotApplicable, Later, 7, "mistyped", Counted, Later),
        new GrainEvent.ExemptionGranted(Day, Title, Later, "五(五)"),
        new GrainEvent.ExemptionEnded(Day, Title, "expired"),
        new GrainEvent.ExemptionRestored(Day, Title, new Exemption(Day, Later, Counted), Counted, "mistyped"),
        new GrainEvent.CaseOpened(Day, "case-1", Title, "failed-spot-check", "五(五)", "evidence", Urgent: true, "check-1", "rectification-1",
            new FactRef(Enterprise, "incident-1"), ["p-a"], "declaration-1", "re-evaluation-1", "provincial/430000"),
        new GrainEvent.CaseServed(Day, "case-1", "post", Later, Served),
        new GrainEvent.StatementReceived(Day, "case-1", new PrivateText(new string('a', 64))),
        new GrainEvent.WindowEnded(Day, "case-1"),
        new GrainEvent.CaseDecided(Day, "case-1", CaseOutcome.Remove, "reason", "N-1", Later, Later),
        new GrainEvent.CaseWithdrawn(Day, "case-1", "mistyped"),
        new GrainEvent.RectificationOrdered(Day, "rectification-1", Title, "case-1", Later),
        new GrainEvent.RectificationCompleted(Day, "rectification-1", "evidence"),
        new GrainEvent.RectificationOverdue(Day, "rectification-1"),
        new GrainEvent.RectificationCancelled(Day, "rectification-1", "title-granted-anew"),
        new GrainEvent.DeclarationExpected(Day, "miit-2024", "annual", 2025, Day, Later),
        new GrainEvent.DeclarationFiled(Day, "declaration-1", "miit-2024", "annual", 2025, Later, 2, Late: true, "动态管理表", Declared, 90.5m, "N-3", Next),
        new GrainEvent.DeclarationReturned(Day, "declaration-1", "mistyped", Later),
        new GrainEvent.DeclarationAccepted(Day, "declaration-1", 90m),
        new GrainEvent.DeclarationOverdue(Day, "declaration-1", "miit-2024", "annual", 2025, Later, Next),
        new GrainEvent.DeclarationDemanded(Day, "declaration-1", "post", Later),
        new GrainEvent.DeclarationRefused(Day, "declaration-1"),
        new GrainEvent.TitleGraded(Day, Title, "annual", 2025, "A+", 98.5m, Lowest: false),
        new GrainEvent.ReEvaluationScheduled(Day, Title, Later, Day),
        new GrainEvent.ReEvaluationAnnounced(Day, "re-evaluation-1", Title, Later, "post", Later),
        new GrainEvent.ReEvaluationTriggered(Day, "re-evaluation-1", Title, ChangeKind.Relocation, "article", Later),
        new GrainEvent.ReEvaluationReported(Day, "re-evaluation-1", "report", Later),
        new GrainEvent.ReEvaluationMissed(Day, "re-evaluation-1"),
        new GrainEvent.ReEvaluationDelayed(Day, Title, "re-evaluation-1"),
        new GrainEvent.ReEvaluationPassed(Day, "re-evaluation-1", "reason", Later, Day),
        new GrainEvent.ReEvaluationFailed(Day, "re-evaluation-1", "reason", Later, Day),
        new GrainEvent.ReEvaluationCancelled(Day, "re-evaluation-1", "title-removed"),
        new GrainEvent.GoodPracticeFiled(Day, "good-practice-1", Title, "余热回收"),
        new GrainEvent.GoodPracticeApproved(Day, "good-practice-1", Later),
        new GrainEvent.GoodPracticeDeclined(Day, "good-practice-1", "reason"),
        new GrainEvent.GoodPracticePublished(Day, "good-practice-1"),
        new GrainEvent.RelationAffected(Day, "supplier", Factory, Title, TitleStatus.Removed),
        new GrainEvent.DecisionApplied(Day, "joint-case-1", Product, "case-1"),
        new GrainEvent.VisitPlanned(Day, "visit-1", CheckBasis.Random, "complaint", "draw-1", Later, [new(Factory, "check-1")], Two, "too-few", Counts: true, 2029),
        new GrainEvent.VisitJoined(Day, "visit-1", [new(Factory, "check-2")]),
        new GrainEvent.VisitMade(Day, "visit-1", 2026),
        new GrainEvent.VisitCalledOff(Day, "visit-1", "reason"),
        new GrainEvent.VisitRecorded(Day, "visit-1", "应急管理局", CheckBasis.Directed, "complaint", Later, Day, 2026),
        new GrainEvent.VisitNotified(Day, "visit-1"),
        new GrainEvent.VisitAssigned(Day, "visit-1", Two, "reason"),
        new GrainEvent.VisitRecusalAsked(Day, "visit-1", "I-1", new PrivateText(new string('a', 64))),
        new GrainEvent.VisitRecusalDecided(Day, "visit-1", "I-1", Accepted: true, "reason", "I-3"),
        new GrainEvent.VisitEntered(Day, "visit-1", Instant, "I-1"),
        new GrainEvent.VisitExited(Day, "visit-1", Instant),
        new GrainEvent.InspectorsAssigned(Day, "check-1", Two, "reason", "I-3"),
        new GrainEvent.ApprovalOverdue(Day, "check-1"),
        new GrainEvent.RecusalAsked(Day, "check-1", "I-1", new PrivateText(new string('a', 64))),
        new GrainEvent.RecusalDecided(Day, "check-1", "I-1", Accepted: true, "reason", "I-3"),
        new GrainEvent.RecordSigned(Day, "check-1", HolderSigned: false, "refused"),
        new GrainEvent.ResultServed(Day, "check-1", "post", Served, Later),
        new GrainEvent.ObjectionRaised(Day, "check-1", new PrivateText(new string('a', 64))),
        new GrainEvent.ObjectionDecided(Day, "check-1", Upheld: true, "reason"),
        new GrainEvent.ChangeNoted(Day, "change-1", ChangeKind.Merger, Day, "notice", Concerns, Later),
        new GrainEvent.ChangeOverdue(Day, "change-1"),
        new GrainEvent.ChangeFiled(
            Day, "change-1", ChangeKind.Relocation, Day, "搬迁", Concerns, Later, Late: true, "湖南新名制造有限公司", "430200", [Enterprise], Level.Municipal, Level.Provincial),
        new GrainEvent.ChangeVerified(Day, "change-1", Confirmed: true, "as filed", "article", ["re-evaluation-1"]),
        new GrainEvent.ChangeAccepted(Day, "change-1", "reason", "N-1", "article", [Title]),
        new GrainEvent.ChangeRefused(Day, "change-1", "reason", "N-1", "article"),
        new GrainEvent.EntityRelocated(Day, "change-1", "430100", "440300", [new(Title, "provincial/440300")]),
        new GrainEvent.TitleSucceeded(Day, Title, "change-1", Enterprise, Enterprise, "reason", "N-2", "article"),
        new GrainEvent.TitleReceived(Day, AbsorbedTitle, Enterprise, "change-1"),
        new GrainEvent.TitleLapsed(Day, Title, "change-1", "reason", "N-2", "article"),
        new GrainEvent.SuccessorNamed(Day, ChangeKind.Split, Factory, "change-1", Enterprise, [Enterprise]),
        new GrainEvent.BanImposed(Day, "ban-1", "miit-2016", "article", Factory, "case-1", Later, Enterprise, Day),
        new GrainEvent.BanLifted(Day, "ban-1", "quashed"),
        new GrainEvent.BanEnded(Day, "ban-1"),
        new GrainEvent.EnergyInspectionProposed(Day, "energy-inspection-1", "miit-2016", EnergyTrigger.ProductRemoved, "article", Product, "case-1", "energy-inspection-2"),
        new GrainEvent.EnergyInspectionListed(
            Day, "energy-inspection-1", "miit-2016", 2026, "reason", EnergyTrigger.ViolatorFollowUp, "article", "energy-inspection-2", Later, "draw-1"),
        new GrainEvent.EnergyVisitOrdered(Day, "energy-inspection-1", "draw-1", new VisitRef(Enterprise, "visit-1"), Later, "p-b"),
        new GrainEvent.DowntimeDeclared(Day, "430000", Day, Later, Later, "reason"),
        new GrainEvent.DowntimeConfirmed(Day, Announcement.NotBefore),
        new GrainEvent.DeadlinesMoved(Day, "d-1", Later, [new MovedDeadline(DeadlineKind.StatementWindow, "case-1")]),
        new GrainEvent.EnergyInspectionDelisted(Day, "energy-inspection-1", "mistake"),
        new GrainEvent.EnergyInspectionNotified(Day, "energy-inspection-1", EnergyMethod.OnSite, Later, "post", "article", Served, new CheckNotice(2026, 1, 4, [], Two, "行政处罚法 第四十三条")),
        new GrainEvent.EnergyInspectionConcluded(
            Day, "energy-inspection-1", EnergyOutcome.Violations, EnergyMethod.Written, Two, Findings, EnergyWithoutNotice.SpotCheck, Later, "article"),
        new GrainEvent.EnergyInspectionOverdue(Day, "energy-inspection-1"),
        new GrainEvent.EnergyRecordSigned(Day, "energy-inspection-1", HolderSigned: false, "refused"),
        new GrainEvent.EnergyOpinionHeard(Day, "energy-inspection-1", new PrivateText(new string('a', 64))),
        new GrainEvent.EnergyRectificationOrdered(Day, "energy-inspection-1", "N-1", Later, "article", Served),
        new GrainEvent.EnergyRectificationExtended(Day, "energy-inspection-1", Day, Later, "reason", "article"),
        new GrainEvent.EnergyRectificationReported(Day, "energy-inspection-1", "evidence", Later, "article"),
        new GrainEvent.EnergyRectificationRechecked(Day, "energy-inspection-1", Rectified: true, Two, Findings),
        new GrainEvent.EnergyRectificationMissed(Day, "energy-inspection-1", ["p-a"], "article"),
        new GrainEvent.VetoRecorded(Day, "veto-1", VetoKind.TaxEvasion, Day, "信用中国", "X-1"),
        new GrainEvent.VetoConfirmed(Day, "veto-1", Later),
        new GrainEvent.VetoRejected(Day, "veto-1", "another enterprise"),
        new GrainEvent.VetoEnded(Day, "veto-1", "taken off the list"),
        new GrainEvent.VetoChecked(Day, "veto-1", ["miit-2024"], Later),
        new GrainEvent.IncidentReported(Day, "incident-1", IncidentKind.DataSecurity, Day, "report"),
        new GrainEvent.IncidentDetermined(Day, "incident-1", "应急管理局", "应急〔2026〕1号", "湖南某某制造有限公司", IncidentLevel.EspeciallyMajor, Attributed: true),
        new GrainEvent.DeterminationCorrected(Later, "incident-1", Day, "应急管理局", "应急〔2026〕2号", "施工公司", IncidentLevel.General, Attributed: false, "mistyped"),
        new GrainEvent.IncidentDismissed(Day, "incident-1", "none"),
        new GrainEvent.FactApplied(Day, "incident-1", Factory, ["case-1"]),
        new GrainEvent.FactWithdrawn(Day, "veto-1", Factory, ["case-1"]),
        new GrainEvent.DecisionServed(Day, "case-1", "post", Served, "rectification-1", Later),
        new GrainEvent.ServiceOverdue(Day, "case-1"),
        new GrainEvent.ResultPublished(Day, "check-1", "case-1", "https://example.org/1"),
        new GrainEvent.PublicationWithdrawn(Day, "check-1", "case-1", 7, "quashed", Later),
        new GrainEvent.PublicationOverdue(Day, "check-1", "case-1"),
        new GrainEvent.RulesAdopted(Day, 2, new string('b', 64)),
        new GrainEvent.DrawAnnounced(Day, Announcement, ApprovalNeeded: true),
        new GrainEvent.DrawApproved(Day),
        new GrainEvent.DrawExecuted(Day, new DrawExecution(Announcement.NotBefore, new string('1', 64), ["07"], 12, new string('2', 64), new string('3', 64))),
        new GrainEvent.DrawInspectorsSkipped(Day, [new DrawSkip("I-1", "retired")]),
        new GrainEvent.DrawWinnerSkipped(Day, 1, Factory, "exempt"),
        new GrainEvent.DrawCompleted(Day, new DrawCompletion(40, 2, 0, 35, 1, new string('4', 64))),
        new GrainEvent.DrawOpened(Day),
        new GrainEvent.CertificateIssued(Day, Title, Later, Day),
        new GrainEvent.CertificateLapsed(Day, Title),
        new GrainEvent.SurveillanceRecorded(Day, Title, SurveillanceOutcome.Failed, "report", Later),
        new GrainEvent.CertificateSuspended(Day, Title, "failed-surveillance", "认证认可条例 第二十六条", "reason", "N-1", Later, Later),
        new GrainEvent.CertificateRestored(Day, Title, "evidence", Later),
        new GrainEvent.CertificateRevoked(Day, Title, "not-corrected", "认证认可条例 第二十六条", "reason", "N-1", Later),
        new GrainEvent.CertificateCancelled(Day, Title, "no-longer-produced", "article", "reason", "N-1", Later),
        new GrainEvent.CertificateExpired(Day, Title, "not-renewed", "article"),
        new GrainEvent.CertificatePublished(Day, Title, CertificateState.Revoked, "https://example.org/1"),
        new GrainEvent.CertificateDutyMissed(Day, Title, CertificateDuty.Surveillance),
        new GrainEvent.RenewalApplied(Day, Title),
        new GrainEvent.CertificateRenewed(Day, Title, "C-2", Later, Day),
        new GrainEvent.RenewalDeclined(Day, Title, "reason", Later),
        new GrainEvent.TitleWithdrawn(Day, Title, "N-1", "article", Pending: true),
        new GrainEvent.SuccessorProposed(Day, "proposal-1", Enterprise, ChangeKind.Merger, Factory, "change-1"),
        new GrainEvent.SuccessorDismissed(Day, "proposal-1", "one site of several"),
        new GrainEvent.SuccessorRecorded(Day, Enterprise, ChangeKind.Merger, "N-1", ["proposal-1"]),
        new GrainEvent.PredecessorRecorded(Day, Enterprise, ChangeKind.Split, "N-1"),
        new GrainEvent.SuccessorRetracted(Day, Enterprise, "mistake"),
        new GrainEvent.PredecessorRetracted(Day, Enterprise, "mistake"),
    ];

    private static IEnumerable<GrainEvent> Sparse() =>
    [
        new GrainEvent.EntityRegistered(Day, "湖南某某制造有限公司", null, null, null, []),
        new GrainEvent.EntityCorrected(Day, "湖南某某制造有限公司", null, null, null, []),
        new GrainEvent.AliasRecorded(Day, "湖南某某", "notice", null, null),
        new GrainEvent.EntityAbsorbed(Day, Enterprise, "certificate", null, null, null, null, null, null, null, null),
        new GrainEvent.EntityRestricted(Day, "defence", null),
        new GrainEvent.TitleGranted(Day, Title, "national", null, Day, null, null, Later),
        new GrainEvent.TitleCorrected(Day, Title, Day, null, null, 3, "mistyped"),
        new GrainEvent.TitleRemoved(Day, Title, "case-1", "failed-spot-check", "五(五)", null, null, null, null),
        new GrainEvent.TitleDerived(Day, Title, Title with { Policy = "miit-2024" }, "municipal/440300", Day, Day, Day, "article"),
        new GrainEvent.AdjustmentProposed(Day, "adjustment-1", Title, Title with { Level = Level.Provincial }, TitleStatus.Lapsed, null, null),
        new GrainEvent.SuccessorRecorded(Day, Enterprise, ChangeKind.Merger, "N-1"),
        new GrainEvent.TitleReinstated(Day, Title, "case-1", "quashed", null, TitleStatus.Rectifying, null),
        new GrainEvent.CheckOrdered(Day, "check-1", Title, CheckBasis.Directed, null, null, Later, [], [], CheckStatus.Approved),
        new GrainEvent.ResultRecorded(Day, "check-1", CheckOutcome.Clean, Two, []),
        new GrainEvent.CheckConcluded(Day, "check-1", CheckOutcome.NotApplicable, Two, [], Later, Counts: null),
        new GrainEvent.ResultCorrected(Day, "check-1", CheckOutcome.Clean, Later, 7, "mistyped", []),
        new GrainEvent.CaseOpened(Day, "case-1", Title, "failed-spot-check", "五(五)", null, Urgent: false, null, null),
        new GrainEvent.CaseDecided(Day, "case-1", CaseOutcome.Dismiss, "reason", null),
        new GrainEvent.EnergyInspectionProposed(Day, "energy-inspection-1", "miit-2016", EnergyTrigger.ProductProducer, "article", Product, null),
        new GrainEvent.EnergyInspectionListed(Day, "energy-inspection-1", "miit-2016", 2026, null, null, null, null, Later),
        new GrainEvent.EnergyInspectionConcluded(Day, "energy-inspection-1", EnergyOutcome.Compliant, EnergyMethod.OnSite, Two, [], null, null, "article"),
        new GrainEvent.VetoRecorded(Day, "veto-1", VetoKind.Stopped, Day, "信用中国", null),
        new GrainEvent.VetoConfirmed(Day, "veto-1", null),
        new GrainEvent.VetoChecked(Day, "veto-1", [], null),
        new GrainEvent.DeclarationExpected(Day, "miit-2024", null, null, null, null),
        new GrainEvent.DeclarationFiled(Day, "declaration-1", "miit-2024", "annual", 2025, Later, 1, Late: false, null, [], null, null, null),
        new GrainEvent.DeclarationAccepted(Day, "declaration-1", null),
        new GrainEvent.DeclarationOverdue(Day, "declaration-1", "miit-2024", "annual", 2025, Later, null),
        new GrainEvent.TitleGraded(Day, Title, "annual", 2025, null, null, Lowest: true),
        new GrainEvent.ReEvaluationScheduled(Day, Title, null, null),
        new GrainEvent.ReEvaluationDelayed(Day, Title, null),
        new GrainEvent.ReEvaluationPassed(Day, "re-evaluation-1", "reason", null, null),
        new GrainEvent.ReEvaluationFailed(Day, "re-evaluation-1", "reason", null, null),
        new GrainEvent.CheckNotified(Day, "check-1", "letter"),
        new GrainEvent.CaseServed(Day, "case-1", "post", Later),
        new GrainEvent.RectificationOrdered(Day, "rectification-1", Title, "case-1", null),
        new GrainEvent.EnergyInspectionNotified(Day, "energy-inspection-1", EnergyMethod.OnSite, Later, "post", "article"),
        new GrainEvent.EnergyRectificationOrdered(Day, "energy-inspection-1", "N-1", Later, "article"),
        new GrainEvent.DecisionServed(Day, "case-1", "post", new(null, "national"), null, null),
        new GrainEvent.ResultPublished(Day, "check-1", null, "https://example.org/1"),
        new GrainEvent.PublicationWithdrawn(Day, null, "case-1", null, "quashed", null),
        new GrainEvent.PublicationOverdue(Day, null, "case-1"),
        new GrainEvent.CertificateIssued(Day, Title, Later, SurveillanceBy: null),
        new GrainEvent.SurveillanceRecorded(Day, Title, SurveillanceOutcome.Passed, "report", NextBy: null),
        new GrainEvent.CertificateSuspended(Day, Title, "suspension-asked", "article", "reason", Number: null, Later, PublishBy: null),
        new GrainEvent.CertificateRestored(Day, Title, "evidence", SurveillanceBy: null),
        new GrainEvent.CertificateRevoked(Day, Title, "not-corrected", "article", "reason", Number: null, PublishBy: null),
        new GrainEvent.CertificateCancelled(Day, Title, "no-longer-produced", "article", "reason", Number: null, PublishBy: null),
        new GrainEvent.CertificateRenewed(Day, Title, Certificate: null, Later, SurveillanceBy: null),
        new GrainEvent.BanImposed(Day, "ban-1", "miit-2016", "article", Factory, "case-1", Later),
        new GrainEvent.TitleWithdrawn(Day, Title, Letter: null, "article", Pending: false),
        new GrainEvent.InspectorConflictRecorded(Day, "conflict-1", Enterprise, null, null, "article"),
    ];
}
