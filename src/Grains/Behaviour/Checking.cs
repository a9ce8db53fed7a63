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
            return new Rejection.TitleNotInForce(title.Status);
        if (command.Basis == CheckBasis.Random)
        {
            // 五(五): only 抽查 is waived; what a complaint or an incident asks for passes through the exemption.
            if (title.Exemption is { } exemption)
                return new Rejection.Exempt(policy.Checks.Exemption?.Years.Article ?? "五(五)", exemption.Until);
            if (draft.Subject.Checks.FirstOrDefault(check => check.Basis == CheckBasis.Random && check.Title == title.Ref && check.IsOpen()) is { } open)
                return new Rejection.CheckAlreadyOpen(open.Id);
        }

        var id = NextId(draft);
        if (Visiting.Plan(draft, others, command, id, policy, context, out var visit) is { } full)
            return full;
        draft.Append(new GrainEvent.CheckOrdered(
            context.Today, id, title.Ref, command.Basis, command.Reason, command.Draw, command.DueBy, command.Inspectors, command.Items,
            policy.Checks.ApprovalFrom?.Value <= context.Today ? CheckStatus.Planned : CheckStatus.Approved,
            command.Declaration, visit));
        return Decision.Creating($"checks/{id}");
    }

    public static Decision Approve(Draft draft, GrainCommand.ApproveCheck command, DecisionContext context)
    {
        if (Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        if (check.Status != CheckStatus.Planned)
            return new Rejection.CheckNotPlanned(check.Id, check.Status);
        if (string.Equals(check.OrderedBy, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A check is approved by another person than ordered it.");
        draft.Append(new GrainEvent.CheckApproved(context.Today, check.Id));
        return Decision.Accepted;
    }

    public static Decision Notify(Draft draft, GrainCommand.NotifyCheck command, DecisionContext context)
    {
        if (Find(draft, command.Check) is not { } check)
            return new Rejection.CheckNotFound(command.Check);
        if (RefuseDate("on", command.On, check, context) is { } wrongDate)
            return wrongDate;
        switch (check.Status)
        {
            case CheckStatus.Planned:
                return new Rejection.CheckNotApproved(check.Id);
            case CheckStatus.Notified:
                return new Rejection.CheckAlreadyNotified(check.Id);
            case not CheckStatus.Approved:
                return new Rejection.CheckClosed(check.Id, check.Status);
            default:
                draft.Append(new GrainEvent.CheckNotified(command.On, check.Id, command.Method, Serving.DocumentOf(draft, check.Title, command.Number, context)));
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

    public static Check? Find(Draft draft, string id) =>
        draft.Subject.Checks.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.Ordinal));

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
