using Supervision.Grains.Policies;

namespace Supervision.Grains.Behaviour;

/// <summary>Cases from the finding to the holder's statement.</summary>
internal static class Hearing
{
    public static Decision Open(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.OpenCase command, DecisionContext context)
    {
        var (title, unfound) = Titles.Find(draft, command.Title, context.Rules);
        if (title is null)
            return unfound;
        var policy = context.Rules[title.Ref.Policy];
        if (policy.Cases.Grounds.FirstOrDefault(ground => string.Equals(ground.Name, command.Ground, StringComparison.Ordinal)) is not { } ground)
            return new Rejection.UnknownGround(command.Ground, policy.Id);
        if (command.Urgent && !ground.Urgent)
            return new Rejection.NotUrgent(ground.Name, ground.Article);
        if (Declaring.RefuseFor(draft, title, command.Declaration) is { } notDeclared)
            return notDeclared;
        if (!title.Held)
            return Titles.NotInForce(title, context.Rules);
        if (draft.Subject.Cases.FirstOrDefault(open => open.IsOpen() && open.Title == title.Ref && string.Equals(open.Ground, ground.Name, StringComparison.Ordinal)) is { } same)
            return new Rejection.CaseAlreadyOpen(same.Id);
        var enterprise = Enterprises.Of(draft, others);
        if (enterprise != draft)
            Deadlines.Apply(enterprise, context.Now, context.Rules);
        var (fact, foundBy, missing) = EnterpriseFacts.Behind(enterprise, policy, ground, context.Today);
        if (missing is not null)
            return missing;
        var id = NextId(draft);
        draft.Append(new GrainEvent.CaseOpened(
            context.Today, id, title.Ref, ground.Name, command.Article ?? ground.Article, command.Evidence, command.Urgent, Check: null, Rectification: null, fact, foundBy,
            command.Declaration));
        return Decision.Creating($"cases/{id}");
    }

    /// <summary>Opens the case that a result or a missed rectification brings about by itself.</summary>
    public static void OpenFor(Draft draft, TitleRef title, Ground ground, DateOnly on, string check) =>
        draft.Append(new GrainEvent.CaseOpened(on, NextId(draft), title, ground.Name, ground.Article, Evidence: null, Urgent: false, check, Rectification: null));

    public static Decision Serve(Draft draft, GrainCommand.ServeCase command, DecisionContext context)
    {
        if (Find(draft, command.Case) is not { } found)
            return new Rejection.CaseNotFound(command.Case);
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < found.OpenedOn)
            return new Rejection.DateTooEarly("on", command.On, found.OpenedOn, "the day on which the case was opened");
        if (!found.IsOpen())
            return new Rejection.CaseClosed(found.Id, found.Status);
        if (JointCases.Refuse(draft, found) is { } joint)
            return joint;
        if (found.Status != CaseStatus.Opened)
            return new Rejection.CaseAlreadyServed(found.Id);
        var cases = context.Rules[found.Title.Policy].Cases;
        var window = found.Urgent ? cases.UrgentWindow : cases.StatementWindow;
        draft.Append(new GrainEvent.CaseServed(
            command.On, found.Id, command.Method, context.Rules.EndOf(window, command.On), Serving.DocumentOf(draft, found, command.Number, context)));
        return Decision.Accepted;
    }

    public static Decision Receive(Draft draft, GrainCommand.RecordStatement command, DecisionContext context)
    {
        if (Find(draft, command.Case) is not { } found)
            return new Rejection.CaseNotFound(command.Case);
        if (found.IsOpen() && JointCases.Refuse(draft, found) is { } joint)
            return joint;
        switch (found.Status)
        {
            case CaseStatus.Opened:
                return new Rejection.CaseNotServed(found.Id);
            case CaseStatus.Statement:
                return new Rejection.StatementAlreadyReceived(found.Id);
            case not CaseStatus.Served:
                return new Rejection.CaseClosed(found.Id, found.Status);
            default:
                // A statement after the window is heard all the same, as long as nothing is decided.
                draft.Append(new GrainEvent.StatementReceived(context.Today, found.Id, command.Text));
                return Decision.Accepted;
        }
    }

    public static Case? Find(Draft draft, string id) =>
        draft.Subject.Cases.FirstOrDefault(candidate => string.Equals(candidate.Id, id, StringComparison.Ordinal));

    public static string NextId(Draft draft) => $"case-{draft.Subject.Cases.Count + 1}";
}
