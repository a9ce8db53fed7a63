using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Behaviour;

/// <summary>Who inspects: one answer for all checks of a visit. The holder may ask for another inspector.</summary>
internal static class Assigning
{
    public static Decision Assign(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.AssignInspectors command, DecisionContext context)
    {
        if (!Deadlines.IsToBeMade(check))
            return Inspecting.RefuseOpen(check);
        if (NamedInspectors.Refuse(draft, command.Inspectors, context.Rules[check.Title.Policy], context.Today, context) is { } unfit)
            return unfit;
        if (RefuseRecused(check, command.Inspectors) is { } recused)
            return recused;
        if (!check.Inspectors.SequenceEqual(command.Inspectors, StringComparer.Ordinal))
            Replace(draft, others, check, command.Inspectors, command.Reason, recused: null, context);
        return Decision.Accepted;
    }

    public static Decision Ask(Draft draft, Check check, GrainCommand.AskRecusal command, DecisionContext context)
    {
        if (!Deadlines.IsToBeMade(check))
            return Inspecting.RefuseOpen(check);
        if (!check.Inspectors.Contains(command.Inspector, StringComparer.Ordinal))
            return new Rejection.InspectorNotNamed(check.Id, command.Inspector);
        if (check.Recusals?.Any(asked => Is(asked, command.Inspector)) == true)
            return new Rejection.RecusalAlreadyAsked(check.Id, command.Inspector);
        draft.Append(new GrainEvent.RecusalAsked(context.Today, check.Id, command.Inspector, command.Text));
        return Decision.Accepted;
    }

    public static Decision Decide(Draft draft, Dictionary<GrainId, Draft> others, Check check, GrainCommand.DecideRecusal command, DecisionContext context)
    {
        if (check.Recusals?.FirstOrDefault(asked => Is(asked, command.Inspector)) is not { Accepted: null })
            return new Rejection.RecusalNotAsked(check.Id, command.Inspector);
        if (!Deadlines.IsToBeMade(check))
            return Inspecting.RefuseOpen(check);
        if (string.Equals(context.Actor.Person, command.Inspector, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("Nobody decides about the own recusal.");
        // Others may come by now in any case.
        var comes = check.Inspectors.Contains(command.Inspector, StringComparer.Ordinal);
        if ((command.Accepted && comes) == command.Replacement is null)
            return new Rejection.ReplacementNeeded(command.Accepted && comes);
        string[] inspectors = [.. check.Inspectors.Select(inspector =>
            command.Replacement is { } replacement && string.Equals(inspector, command.Inspector, StringComparison.Ordinal) ? replacement : inspector)];
        if (command.Replacement is { } named
            && (NamedInspectors.Refuse(draft, inspectors, context.Rules[check.Title.Policy], context.Today, context) ?? RefuseRecused(check, [named])) is { } unfit)
            return unfit;
        draft.Append(new GrainEvent.RecusalDecided(context.Today, check.Id, command.Inspector, command.Accepted, command.Reason, command.Replacement));
        if (command.Accepted && comes)
            Replace(draft, others, check, inspectors, command.Reason, command.Inspector, context);
        return Decision.Accepted;
    }

    /// <summary>Refuses whoever was recused from the check.</summary>
    public static Rejection.InspectorRecused? RefuseRecused(Check check, IReadOnlyList<string> inspectors) =>
        check.Recusals?.FirstOrDefault(asked => asked.Accepted == true && inspectors.Contains(asked.Inspector, StringComparer.Ordinal)) is { } recused
            ? new Rejection.InspectorRecused(check.Id, recused.Inspector)
            : null;

    /// <summary>Refuses whoever was not drawn for a drawn check, nor assigned to it since with a reason: nobody chooses who makes it.</summary>
    public static Rejection? RefuseOthers(Check check, IReadOnlyList<string> inspectors) =>
        check is { Draw: not null, Inspectors.Count: > 0 } && inspectors.Except(check.Inspectors, StringComparer.Ordinal).FirstOrDefault() is { } other
            ? new Rejection.InspectorNotNamed(check.Id, other)
            : null;

    /// <summary>Has others come to a visit than before: they make all of its checks that are to be made.</summary>
    public static void Assign(
        Draft draft, Dictionary<GrainId, Draft> others, Draft enterprise, Visit visit, IReadOnlyList<string> inspectors, string reason, string? recused, DecisionContext context)
    {
        if (visit.Department is null)
            enterprise.Append(new GrainEvent.VisitAssigned(context.Today, visit.Id, inspectors, reason));
        foreach (var (entity, check) in Visiting.ChecksOf(enterprise, others, draft, visit).ToList())
        {
            if (entity != draft && entity != enterprise)
                Deadlines.Apply(entity, context.Now, context.Rules);
            if (Deadlines.IsToBeMade(check) && !check.Inspectors.SequenceEqual(inspectors, StringComparer.Ordinal))
                entity.Append(new GrainEvent.InspectorsAssigned(context.Today, check.Id, inspectors, reason, recused));
        }
    }

    private static bool Is(Recusal asked, string inspector) => string.Equals(asked.Inspector, inspector, StringComparison.Ordinal);

    private static void Replace(
        Draft draft, Dictionary<GrainId, Draft> others, Check check, IReadOnlyList<string> inspectors, string reason, string? recused, DecisionContext context)
    {
        draft.Append(new GrainEvent.InspectorsAssigned(context.Today, check.Id, inspectors, reason, recused));
        if (Visiting.Of(draft, others, check, context) is var (enterprise, visit))
            Assign(draft, others, enterprise, visit, inspectors, reason, recused, context);
    }
}
