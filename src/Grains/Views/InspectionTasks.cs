using Supervision.Grains.Behaviour;

namespace Supervision.Grains.Views;

/// <summary>What somebody has to decide about inspections: requests for recusal, objections, and who comes where nobody was matched.</summary>
internal static class InspectionTasks
{
    public static IEnumerable<WorkColumns> Of(GrainState.Subject subject)
    {
        foreach (var check in subject.Checks)
        {
            if (Deadlines.IsToBeMade(check))
            {
                foreach (var asked in check.Recusals ?? [])
                {
                    if (asked.Accepted is null)
                        yield return Of(InspectionTask.Recusal, $"{check.Id}/{asked.Inspector}", check.Title, check.DueBy);
                }

                if (check.Inspectors.Count == 0)
                    yield return Of(InspectionTask.Assignment, check.Id, check.Title, check.DueBy);
            }

            if (check.Objection is { DecidedOn: null })
                yield return Of(InspectionTask.Objection, check.Id, check.Title, dueOn: null);
        }

        foreach (var entry in subject.EnergyInspections ?? [])
        {
            if (entry is not { Status: EnergyStatus.Listed or EnergyStatus.Notified, OnSite: { } drawn } || VisitOf(subject, drawn) is not { Status: VisitStatus.Planned } visit)
                continue;
            if (visit.Inspectors.Count == 0)
                yield return Of(InspectionTask.Assignment, entry.Id, entry);
            foreach (var asked in visit.Recusals ?? [])
            {
                if (asked.Accepted is null)
                    yield return Of(InspectionTask.Recusal, $"{visit.Id}/{asked.Inspector}", entry);
            }
        }
    }

    private static Visit? VisitOf(GrainState.Subject subject, DrawnInspection drawn) => subject.Visits?.FirstOrDefault(visit => string.Equals(visit.Draw, drawn.Draw, StringComparison.Ordinal));

    private static WorkColumns Of(InspectionTask task, string of, TitleRef title, DateOnly? dueOn) =>
        new(WorkColumns.InspectionTask, IdOf(task, of), WordOf(task), title.Policy, KebabCase<Level>.Word(title.Level), dueOn, Inspectors: null);

    private static WorkColumns Of(InspectionTask task, string of, EnergyInspection entry) =>
        new(WorkColumns.InspectionTask, IdOf(task, of), WordOf(task), entry.Policy, Level: null, entry.DueBy, Inspectors: null);

    private static string IdOf(InspectionTask task, string of) => $"{WordOf(task)}/{of}";

    private static string WordOf(InspectionTask task) => KebabCase<InspectionTask>.Word(task);
}
