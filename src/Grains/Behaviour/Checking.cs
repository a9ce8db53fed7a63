using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Behaviour;

/// <summary>Spot checks from the order to the visit.</summary>
internal static class Checking
{
    public static Decision Order(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.OrderCheck command, DecisionContext context)
    {
        var (title, missing) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return missing;
        var policy = context.Rules[title.Ref.Policy];
        if (command.DueBy < context.Today)
            return new Rejection.DateTooEarly("dueBy", command.DueBy, context.Today, "today");
        if (command.Basis == CheckBasis.Directed && string.IsNullOrWhiteSpace(command.Reason))
            return new Rejection.ReasonNeeded();
        if (command.Basis == CheckBasis.Random && string.IsNullOrWhiteSpace(command.Draw))
            return new Rejection.DrawNeeded();
        // Inspectors may still be open when a check is ordered; once named they must be enough.
        if (command.Inspectors.Count > 0 && NamedInspectors.Refuse(draft, command.Inspectors, policy, context.Today, context) is { } unfit)
            return unfit;
        if (Declaring.RefuseFor(draft, title, command.Declaration) is { } notDeclared)
            return notDeclared;
        if (!title.InForce)
            return Titles.NotInForce(title, context.Rules);
        if (command.Basis == CheckBasis.Random)
        {
            // 五(五): only 抽查 is waived; what a complaint or an incident asks for passes through the exemption.
            if (title.Exemption is { } exemption)
                return new Rejection.Exempt(Exemptions.ArticleOf(title, context.Rules), exemption.Until);
            if (draft.Subject.Checks.FirstOrDefault(check => check.Basis == CheckBasis.Random && check.Title == title.Ref && check.IsOpen()) is { } open)
                return new Rejection.CheckAlreadyOpen(open.Id);
        }

        var planned = policy.Checks.ApprovalFrom?.Value <= context.Today;
        if (command.Emergency is not null && (!planned || command.Basis != CheckBasis.Directed || policy.Checks.Inspection is null))
            return new Rejection.EmergencyNotProvided(policy.Id);
        if ((CheckItems.Find(command.Items, policy, CheckedPlace.Of(draft.Subject, title), context, out var items) ?? CheckItems.RefuseWay(items, command.Remote, command.OnSite, policy, context)) is { } unpublished)
            return unpublished;

        var id = NextId(draft);
        var (visit, inspectors) = ((VisitRef?)null, command.Inspectors);
        if (!command.Remote && Visiting.Plan(draft, others, command, id, policy, context, out visit, out inspectors) is { } full)
            return full;
        var emergency = command.Emergency is { } urgent ? new EmergencyOrder(urgent, context.Rules.EndOf(policy.Checks.Inspection!.EmergencyApproval, context.Today)) : null;
        draft.Append(new GrainEvent.CheckOrdered(
            context.Today, id, title.Ref, command.Basis, command.Reason, command.Draw, command.DueBy, inspectors, items,
            planned ? CheckStatus.Planned : CheckStatus.Approved, command.Declaration, visit, ApprovedBy: null, emergency, command.Remote ? true : null, command.OnSite));
        return Decision.Creating($"checks/{id}");
    }

    public static Decision Approve(Draft draft, GrainCommand.ApproveCheck command, DecisionContext context)
    {
        if (Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        // What could not wait is approved afterwards, whatever it has come to by then.
        if (check is { Status: CheckStatus.Cancelled } or ({ Status: not CheckStatus.Planned } and not { Emergency: { ApprovedOn: null } }))
            return new Rejection.CheckNotPlanned(check.Id, check.Status);
        if (string.Equals(check.OrderedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A check is approved by another person than ordered it.");
        if (check.Emergency is not null && (check.Result?.Inspectors ?? check.Inspectors).Contains(context.Actor.Person, StringComparer.Ordinal))
            return new Rejection.SecondPersonNeeded("A check is approved by another person than makes it.");
        draft.Append(new GrainEvent.CheckApproved(context.Today, check.Id));
        return Decision.Accepted;
    }

    public static Decision Notify(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.NotifyCheck command, DecisionContext context)
    {
        if (Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        if (RefuseDate("on", command.On, check, context) is { } wrongDate)
            return wrongDate;
        switch (check.Status)
        {
            case CheckStatus.Planned when check.Emergency is null:
                return new Rejection.CheckNotApproved(check.Id);
            case CheckStatus.Notified:
                return new Rejection.CheckAlreadyNotified(check.Id);
            case not (CheckStatus.Approved or CheckStatus.Planned):
                return new Rejection.CheckClosed(check.Id, check.Status);
            default:
                draft.Append(new GrainEvent.CheckNotified(
                    command.On, check.Id, command.Method, Serving.DocumentOf(draft, check.Title, command.Number, context), Tell(draft, others, check, command.On, context)));
                return Decision.Accepted;
        }
    }

    public static Decision Cancel(Draft draft, GrainCommand.CancelCheck command, DecisionContext context)
    {
        if (Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        if (check.Status == CheckStatus.Recorded)
            return new Rejection.ResultAlreadyRecorded(check.Id);
        if (!check.IsOpen())
            return new Rejection.CheckClosed(check.Id, check.Status);
        draft.Append(new GrainEvent.CheckCancelled(context.Today, check.Id, command.Reason));
        return Decision.Accepted;
    }

    public static Check? Find(Draft draft, string id) => Find(draft.Subject, id);

    public static Check? Find(GrainState.Subject subject, string id)
    {
        foreach (var check in subject.Checks)
        {
            if (string.Equals(check.Id, id, StringComparison.Ordinal))
                return check;
        }

        return null;
    }

    /// <summary>What the notice has to tell under rules that ask for it; the visit of the check is announced with it.</summary>
    private static CheckNotice? Tell(Draft draft, Dictionary<GrainId, Draft> others, Check check, DateOnly on, DecisionContext context)
    {
        var rules = context.Rules[check.Title.Policy].Checks;
        var kept = Visiting.Of(draft, others, check, context);
        var enterprise = kept?.Enterprise ?? Enterprises.Of(draft, others);
        if (enterprise.State is not GrainState.Subject subject)
            return null;
        var visit = kept?.Visit;
        var told = rules.Inspection is { } inspection && check.OrderedOn >= inspection.From.Value
            ? new CheckNotice(on.Year, Visiting.MadeIn(subject, on.Year, visit), rules.Cap?.PerYear.Value, check.Items, check.Inspectors, Recusal.Article)
            : null;
        if (visit is { NotifiedOn: null, Status: VisitStatus.Planned })
            enterprise.Append(new GrainEvent.VisitNotified(on, visit.Id));
        return told;
    }

    public static string NextId(Draft draft) => $"check-{draft.Subject.Checks.Count + 1}";

    public static Rejection? RefuseDate(string member, DateOnly on, Check check, DecisionContext context) =>
        on > context.Today ? new Rejection.DateInFuture(member, on, context.Today)
        : on < check.OrderedOn ? new Rejection.DateTooEarly(member, on, check.OrderedOn, "the day on which the check was ordered")
        : null;

    public static Rejection.TooFewInspectors? RefuseInspectors(IReadOnlyList<string> inspectors, Policies.Policy policy)
    {
        var different = inspectors.Distinct(StringComparer.Ordinal).Count();
        var needed = policy.Checks.InspectorsMin;
        return different < needed.Value || different < inspectors.Count
            ? new Rejection.TooFewInspectors(needed.Article, different, needed.Value)
            : null;
    }
}
