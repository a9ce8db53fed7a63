using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Views;

/// <summary>What is shown of an entity, as a function of its state.</summary>
public static class EntityViews
{
    /// <summary>The view of a registered entity.</summary>
    public static EntityView Of(GrainId id, GrainState.Subject subject, long version) => new(
        id, id.Kind.Name, id.Key, subject.Name, AliasesOf(subject), NamesOf(subject), subject.Region, Region.NameOf(subject.Region), subject.Industry, subject.RiskClass,
        StandingOf(subject), [.. subject.Titles.Select(title => TitleOf(title, subject))], subject.Cases.Any(found => found.IsOpen()),
        [.. subject.Checks.Select(CheckOf)], [.. subject.Cases.Select(CaseOf)],
        [.. subject.Rectifications.Select(done => new RectificationView(done.Id, done.Title.Policy, done.Case, done.Status, done.DueBy, done.CompletedOn))],
        [.. (subject.Declarations ?? []).Select(DutyViews.Of)],
        [.. subject.Bans.Select(ban => new BanView(ban.Id, ban.Policy, ban.Article, ban.Cause, ban.From, ban.Until, ban.Status) { Of = ban.Of })],
        subject.Expected ?? [], [.. (subject.ReEvaluations ?? []).Select(DutyViews.Of)], [.. (subject.GoodPractices ?? []).Select(DutyViews.Of)],
        subject.Relations, subject.MergedInto, subject.Absorbed ?? [], GrainBehaviour.NextWakeUp(subject), version, subject.Restriction is not null)
    {
        Successors = [.. (subject.Successors ?? []).Select(EnterpriseViews.Of)],
        Predecessors = [.. (subject.Predecessors ?? []).Select(EnterpriseViews.Of)],
        EnergyInspections = [.. (subject.EnergyInspections ?? []).Select(entry => EnterpriseViews.Of(id, subject, entry))],
        Vetoes = [.. (subject.Vetoes ?? []).Select(EnterpriseViews.Of)],
        Notices = NoticeViews.Of(subject),
        Incidents = [.. (subject.Incidents ?? []).Select(EnterpriseViews.Of)],
        AffectedRelations = subject.Affected ?? [],
        Visits = [.. (subject.Visits ?? []).Select(VisitOf)],
        Changes = [.. (subject.Changes ?? []).Select(change => ChangeViews.Of(change, subject))],
        Adjustments = [.. (subject.Adjustments ?? []).Select(proposed => AdjustmentOf(proposed, subject))],
        ProposedSuccessors = subject.ProposedSuccessors ?? [],
    };

    /// <summary>The standing of the best title.</summary>
    public static Standing StandingOf(GrainState.Subject subject) =>
        subject.Titles.Count == 0 ? Standing.NeverListed
        : subject.Titles.Any(title => title.InForce) ? Standing.Valid
        : Best.First(standing => subject.Titles.Any(title => title.Status == standing.Status)).Standing;

    /// <summary>The standings of titles that are not in force, the best first: suspended, ended without a fault, lost for one.</summary>
    private static readonly (TitleStatus Status, Standing Standing)[] Best =
    [
        (TitleStatus.Suspended, Standing.Suspended), (TitleStatus.Expired, Standing.Expired), (TitleStatus.Withdrawn, Standing.Withdrawn),
        (TitleStatus.Lapsed, Standing.Lapsed),
        (TitleStatus.Cancelled, Standing.Cancelled), (TitleStatus.Revoked, Standing.Revoked), (TitleStatus.Removed, Standing.Removed),
    ];

    private static string[] AliasesOf(GrainState.Subject subject) =>
        [.. (subject.Names ?? []).Select(other => other.Name).Except([subject.Name])];

    private static NameView[] NamesOf(GrainState.Subject subject) =>
        [.. (subject.Names ?? []).Select(other => new NameView(other.Name, other.Status, other.From, other.Until, other.Source))];

    private static TitleView TitleOf(Title title, GrainState.Subject subject) => new(
        title.Ref.Policy, title.Ref.Honour, title.Ref.Level, title.Authority, title.Status, title.Since, title.Certificate, title.GrantedOn,
        title.Evaluator, title.Batch, title.Certified?.ValidUntil, title.CleanChecks, title.Exemption?.Until, DutyViews.ReEvaluationDue(title, subject),
        DutyViews.GradeOf(title),
        title.Removal is { } removal
            ? new RemovalView(removal.On, removal.Ground, removal.Article, removal.Case, removal.Number, removal.BanUntil)
            : null)
    {
        CertificateState = title.Certified is { } certified ? CertificateViews.Of(certified) : null,
        DerivedFrom = title.DerivedFrom,
        Withdrawal = title.Withdrawal is { } withdrawn ? new WithdrawalView(withdrawn.On, withdrawn.Letter, withdrawn.Article, withdrawn.Pending) : null,
    };

    private static CheckView CheckOf(Check check) => new(
        check.Id, check.Title.Policy, check.Title.Honour, check.Title.Level, check.Basis, check.Reason, check.Draw,
        // The draws of this register order by themselves.
        DrawnElsewhere: check.Basis == CheckBasis.Random && !string.Equals(check.OrderedBy, Actor.System.Id, StringComparison.Ordinal), check.Status, check.OrderedOn, check.DueBy, check.Overdue, check.NotifiedOn,
        check.Result?.Inspectors ?? check.Inspectors, check.Items, check.Result?.Outcome, check.Result?.On, check.Result?.ConfirmedOn,
        check.Result?.Findings ?? [], check.Declaration, check.Result?.Verified ?? [])
    {
        Publication = NoticeViews.Of(check.Publication),
        Visit = check.Visit,
        Emergency = check.Emergency is { } emergency ? new EmergencyView(emergency.Reason, emergency.ApproveBy, emergency.ApprovedOn, emergency.Overdue) : null,
        Remote = check.Remote == true,
        OnSite = check.OnSite,
        Recusals = RecusalsOf(check.Recusals),
        Record = EnterpriseViews.Of(check.Record),
        ResultServedOn = check.ResultNotice?.ServedOn,
        ObjectBy = check.ObjectBy,
        Objection = check.Objection is { } objection ? new ObjectionView(objection.On, objection.Upheld, objection.DecidedOn, objection.Reason) : null,
    };

    private static AdjustmentView AdjustmentOf(Adjustment proposed, GrainState.Subject subject) => new(
        proposed.Id, proposed.Title.Policy, proposed.Title.Honour, proposed.Title.Level, subject.Of(proposed.Title).Authority, proposed.Lost, proposed.LostOn, proposed.LostBy,
        proposed.Ground, proposed.Case, proposed.Status, proposed.DecidedOn, proposed.Reason, proposed.Opened);

    private static VisitView VisitOf(Visit visit) => new(
        visit.Id, visit.Basis, visit.Reason, visit.Draw, visit.Department, visit.Status, visit.PlannedOn, visit.DueBy, visit.NotifiedOn, visit.On, visit.Year, visit.Counts,
        visit.Checks, visit.Inspectors, visit.Unassigned, visit.Entries ?? [])
    {
        Recusals = RecusalsOf(visit.Recusals),
    };

    private static RecusalView[] RecusalsOf(IReadOnlyList<Recusal>? recusals) =>
        [.. (recusals ?? []).Select(asked => new RecusalView(asked.Inspector, asked.AskedOn, asked.Accepted, asked.DecidedOn, asked.Reason, asked.Replacement))];

    private static CaseView CaseOf(Case found) => new(
        found.Id, found.Title.Policy, found.Title.Honour, found.Title.Level, found.Ground, found.Article, found.Evidence, found.Urgent, found.Check,
        found.Status, found.OpenedOn, found.ServedOn, found.WindowEnds,
        DecisionDue: found.Status == CaseStatus.Statement || (found.Status == CaseStatus.Served && found.WindowEnded),
        found.Decision?.Outcome, found.Decision?.On, found.Decision?.Number, found.Decision?.Reason, found.Declaration, found.ReEvaluation)
    {
        Fact = found.Fact,
        DecisionServedOn = found.DecisionNotice?.ServedOn,
        ServeBy = found.DecisionNotice is null ? found.ServeBy : null,
        ServiceOverdue = found is { ServiceOverdue: true, DecisionNotice: null },
        Publication = NoticeViews.Of(found.Publication),
        Joint = found.Joint,
    };
}
