namespace Supervision.Grains.Behaviour;

/// <summary>Incidents: a report changes nothing; the determination of the competent department does.</summary>
internal static class Incidents
{
    public static Decision Report(Draft draft, GrainCommand.ReportIncident command, DecisionContext context)
    {
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        var id = $"incident-{(draft.Subject.Incidents?.Count ?? 0) + 1}";
        draft.Append(new GrainEvent.IncidentReported(context.Today, id, command.Kind, command.On, command.Report));
        return Decision.Creating($"incidents/{id}");
    }

    public static Decision Determine(Draft draft, GrainCommand.DetermineIncident command, DecisionContext context)
    {
        if (Find(draft, command.Incident) is not { } incident)
            return new Rejection.IncidentNotFound(command.Incident);
        if (string.IsNullOrWhiteSpace(command.Document))
            return new Rejection.DeterminationWithoutDocument();
        if (command.On > context.Today)
            return new Rejection.DateInFuture("on", command.On, context.Today);
        if (command.On < incident.On)
            return new Rejection.DateTooEarly("on", command.On, incident.On, "the day on which it happened");
        if (incident.Status != IncidentStatus.Reported)
            return new Rejection.IncidentClosed(incident.Id, incident.Status);
        draft.Append(new GrainEvent.IncidentDetermined(
            command.On, incident.Id, command.Department, command.Document, command.ResponsibleUnit, command.Level, IsThisEnterprise(draft, command.ResponsibleUnit)));
        return Decision.Accepted;
    }

    /// <summary>The entities on which cases followed from a determination.</summary>
    public static IEnumerable<GrainId?> Needs(GrainState.Subject? subject, GrainCommand.CorrectDetermination command) =>
        subject?.Incidents?.FirstOrDefault(incident => string.Equals(incident.Id, command.Incident, StringComparison.Ordinal))?.Applied?
            .Select(applied => (GrainId?)applied.Entity) ?? [];

    public static Decision Correct(Draft draft, Dictionary<GrainId, Draft> others, GrainCommand.CorrectDetermination command, DecisionContext context)
    {
        if (Find(draft, command.Incident) is not { } incident)
            return new Rejection.IncidentNotFound(command.Incident);
        if (incident.Determination is not { } before)
            return new Rejection.IncidentNotDetermined(incident.Id, incident.Status);
        if (string.Equals(before.By, context.Actor.Id, StringComparison.Ordinal))
            return new Rejection.SecondPersonNeeded("A determination is corrected by another person than recorded it.");
        var unit = command.ResponsibleUnit ?? before.ResponsibleUnit;
        var after = before with
        {
            On = command.On ?? before.On,
            Department = command.Department ?? before.Department,
            Document = command.Document ?? before.Document,
            ResponsibleUnit = unit,
            Level = command.Level ?? before.Level,
            Attributed = command.ResponsibleUnit is null ? before.Attributed : IsThisEnterprise(draft, unit),
        };
        if (after == before)
            return new Rejection.CorrectionChangesNothing();
        if (string.IsNullOrWhiteSpace(after.Document))
            return new Rejection.DeterminationWithoutDocument();
        if (after.On > context.Today)
            return new Rejection.DateInFuture("on", after.On, context.Today);
        if (after.On < incident.On)
            return new Rejection.DateTooEarly("on", after.On, incident.On, "the day on which it happened");
        if (Facts.DecidedOtherwise(draft, others, incident, incident with { Determination = after }, context.Rules) is { } decided)
            return decided;
        draft.Append(new GrainEvent.DeterminationCorrected(
            context.Today, incident.Id, after.On, after.Department, after.Document, after.ResponsibleUnit, after.Level, after.Attributed, command.Reason));
        return Decision.Accepted;
    }

    public static Decision Dismiss(Draft draft, GrainCommand.DismissIncident command, DecisionContext context)
    {
        if (Find(draft, command.Incident) is not { } incident)
            return new Rejection.IncidentNotFound(command.Incident);
        if (incident.Status != IncidentStatus.Reported)
            return new Rejection.IncidentClosed(incident.Id, incident.Status);
        draft.Append(new GrainEvent.IncidentDismissed(context.Today, incident.Id, command.Reason));
        return Decision.Accepted;
    }

    /// <summary>Who reported and who recorded the determination.</summary>
    public static IReadOnlyList<string> FoundBy(Incident incident) =>
        [.. new[] { incident.ReportedBy, incident.Determination!.By }.Distinct()];

    /// <summary>An incident for which somebody else answers, for example a contractor on its premises, is none of the enterprise's.</summary>
    private static bool IsThisEnterprise(Draft draft, string unit) =>
        string.Equals(unit.Trim(), draft.Id.Key, StringComparison.OrdinalIgnoreCase)
        || (draft.Subject.Absorbed?.Any(absorbed => string.Equals(unit.Trim(), absorbed.Key, StringComparison.OrdinalIgnoreCase)) ?? false)
        || Naming.IsKnown(draft.Subject, unit);

    private static Incident? Find(Draft draft, string id) =>
        draft.Subject.Incidents?.FirstOrDefault(incident => string.Equals(incident.Id, id, StringComparison.Ordinal));
}
