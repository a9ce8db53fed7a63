namespace Supervision.Grains.Behaviour;

/// <summary>Recusal from a visit on which no check is made, as that of an energy-conservation inspection: on others it is asked for on one of their checks.</summary>
internal static class VisitRecusing
{
    public static Decision Ask(Draft enterprise, GrainCommand.AskVisitRecusal command, DecisionContext context)
    {
        if (Refuse(enterprise, command.Visit, context, out var visit) is { } refused)
            return refused;
        if (!visit.Inspectors.Contains(command.Inspector, StringComparer.Ordinal))
            return new Rejection.InspectorNotNamed(visit.Id, command.Inspector);
        if (visit.Recusals?.Any(asked => Is(asked, command.Inspector)) == true)
            return new Rejection.RecusalAlreadyAsked(visit.Id, command.Inspector);
        enterprise.Append(new GrainEvent.VisitRecusalAsked(context.Today, visit.Id, command.Inspector, command.Text));
        return Decision.Accepted;
    }

    public static Decision Decide(Draft enterprise, GrainCommand.DecideVisitRecusal command, DecisionContext context)
    {
        if (Refuse(enterprise, command.Visit, context, out var visit) is { } refused)
            return refused;
        if (visit.Recusals?.FirstOrDefault(asked => Is(asked, command.Inspector)) is not { Accepted: null })
            return new Rejection.RecusalNotAsked(visit.Id, command.Inspector);
        if (string.Equals(context.Actor.Person, command.Inspector, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("Nobody decides about the own recusal.");
        // Others may come by now in any case.
        var comes = visit.Inspectors.Contains(command.Inspector, StringComparer.Ordinal);
        if ((command.Accepted && comes) == command.Replacement is null)
            return new Rejection.ReplacementNeeded(command.Accepted && comes);
        string[] inspectors = [.. visit.Inspectors.Select(inspector =>
            command.Replacement is { } replacement && string.Equals(inspector, command.Inspector, StringComparison.Ordinal) ? replacement : inspector)];
        if (command.Replacement is { } named
            && (EnergyDrawing.RefuseUnfit(enterprise, visit, inspectors, context) ?? RefuseRecused(visit, [named])) is { } unfit)
            return unfit;
        enterprise.Append(new GrainEvent.VisitRecusalDecided(context.Today, visit.Id, command.Inspector, command.Accepted, command.Reason, command.Replacement));
        if (command.Accepted && comes)
            enterprise.Append(new GrainEvent.VisitAssigned(context.Today, visit.Id, inspectors, command.Reason));
        return Decision.Accepted;
    }

    /// <summary>Refuses whoever was recused from the visit.</summary>
    public static Rejection.InspectorRecused? RefuseRecused(Visit visit, IReadOnlyList<string> inspectors) =>
        visit.Recusals?.FirstOrDefault(asked => asked.Accepted == true && inspectors.Contains(asked.Inspector, StringComparer.Ordinal)) is { } recused
            ? new Rejection.InspectorRecused(visit.Id, recused.Inspector)
            : null;

    private static Rejection? Refuse(Draft enterprise, string id, DecisionContext context, out Visit visit)
    {
        visit = Visiting.Find(enterprise, id)!;
        // A holder is not shown a visit that it was not told of.
        return visit is null || (context.Actor.IsParty() && !visit.IsAnnounced()) ? new Rejection.VisitNotFound(id)
            : visit.Status != VisitStatus.Planned ? new Rejection.VisitNotPlanned(visit.Id, visit.Status)
            : visit.Checks.Count > 0 ? new Rejection.VisitHasChecks(visit.Id)
            : null;
    }

    private static bool Is(Recusal asked, string inspector) => string.Equals(asked.Inspector, inspector, StringComparison.Ordinal);
}
