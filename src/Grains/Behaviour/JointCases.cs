using Supervision.Grains.Calendars;

namespace Supervision.Grains.Behaviour;

/// <summary>
/// A ground that concerns the enterprise opens one case over all its titles under the policy. It is heard and decided on the
/// enterprise; a case on each title follows it, and the decision takes effect there once, with the date on which it was made.
/// </summary>
internal static class JointCases
{
    /// <summary>The case on the enterprise that a case on one of its entities follows; null where there is none, or it came to nothing with its fact.</summary>
    public static Case? Of(GrainState.Subject enterprise, string policy, string ground, string authority, Func<FactRef?, bool> isFact) =>
        enterprise.Cases.LastOrDefault(found => found.Status != CaseStatus.Withdrawn && found.Joint == authority && found.Title.Policy == policy && found.Ground == ground && isFact(found.Fact));

    public static string NextId(GrainState.Subject enterprise) => $"joint-case-{enterprise.Cases.Count(found => found.Joint is not null) + 1}";

    /// <summary>A case that follows another is neither served nor heard nor decided by itself.</summary>
    public static Rejection.CaseIsJoint? Refuse(Draft draft, Case found) =>
        found.Joint is not null && draft.Subject.Enterprise is { } enterprise ? new Rejection.CaseIsJoint(found.Id, enterprise, found.Article) : null;

    /// <summary>Whether a command is about a joint case of which the actor's authority decides, wherever the enterprise is.</summary>
    public static bool IsOf(GrainState.Subject subject, GrainCommand command, Actor actor)
    {
        var id = command switch
        {
            GrainCommand.ServeCase serve => serve.Case,
            GrainCommand.RecordStatement statement => statement.Case,
            GrainCommand.DecideCase decide => decide.Case,
            _ => null,
        };
        return id is not null && subject.Cases.FirstOrDefault(found => found.Joint is not null && string.Equals(found.Id, id, StringComparison.Ordinal)) is { } joint
            && actor.Issues(joint.Joint!);
    }

    /// <summary>Brings the cases of an entity to where those stand that they follow. Done again it changes nothing.</summary>
    public static Decision Apply(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.ApplyJointCases command, DecisionContext context)
    {
        var enterprise = Enterprises.Of(draft, others);
        if (enterprise == draft || enterprise.State is not GrainState.Subject)
            return Decision.Accepted;
        Deadlines.Apply(enterprise, context.Now, context.Rules);
        foreach (var found in draft.Subject.Cases.Where(found => found.IsOpen() && found.Joint is not null).ToList())
        {
            if (Of(enterprise.Subject, found.Title.Policy, found.Ground, found.Joint!, fact => Facts.IsSame(enterprise, fact, found.Fact)) is not { } joint)
                continue;
            if (joint is { ServedOn: { } servedOn, WindowEnds: { } windowEnds } && found.Status == CaseStatus.Opened)
                draft.Append(new GrainEvent.CaseServed(servedOn, found.Id, $"{enterprise.Id}/{joint.Id}", windowEnds));
            if (command.Decision && joint.Decision is { } decision)
                Decide(draft, others, enterprise, found, joint, decision, context);
        }

        Deadlines.Apply(draft, context.Now, context.Rules);
        return Decision.Accepted;
    }

    private static void Decide(
        Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, Case found, Case joint, CaseDecision decision, DecisionContext context)
    {
        // What was decided took effect when it was, however late it is carried over.
        var then = new DecisionContext(CivilTime.AfterLastDay(decision.On).AddTicks(-1), context.Actor, context.Rules, context.Others);
        var title = draft.Subject.Of(found.Title);
        if (CaseDeciding.TakesEffect(title, decision.Outcome))
            CaseDeciding.Conclude(draft, others, title, found, new GrainCommand.DecideCase(found.Id, decision.Outcome, decision.Reason, decision.Number), then);
        else
            draft.Append(new GrainEvent.CaseWithdrawn(context.Today, found.Id, "title-not-in-force"));
        enterprise.Append(new GrainEvent.DecisionApplied(decision.On, joint.Id, draft.Id, found.Id));
    }
}
