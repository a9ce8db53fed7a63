namespace Supervision.Grains.Views;

/// <summary>What is to be done on a grain, as a function of its state.</summary>
public static class OpenWork
{
    /// <summary>Every open check, every open case, then what is on an enterprise: the plans of energy-conservation inspection, vetoes and incidents that wait.</summary>
    public static IReadOnlyList<WorkColumns> Of(GrainState? state)
    {
        if (state is not GrainState.Subject subject)
            return [];
        var work = new List<WorkColumns>();
        foreach (var check in subject.Checks)
        {
            if (check.IsOpen())
            {
                work.Add(new WorkColumns(
                    WorkColumns.Check, check.Id, KebabCase<CheckStatus>.Word(check.Status), check.Title.Policy, KebabCase<Level>.Word(check.Title.Level),
                    check.DueBy, string.Join('\n', check.Inspectors)));
            }
        }

        foreach (var @case in subject.Cases)
        {
            if (@case.IsOpen())
            {
                work.Add(new WorkColumns(
                    WorkColumns.Case, @case.Id, KebabCase<CaseStatus>.Word(@case.Status), @case.Title.Policy, KebabCase<Level>.Word(@case.Title.Level),
                    @case.WindowEnds, null));
            }
        }

        foreach (var entry in subject.EnergyInspections ?? [])
        {
            work.Add(new WorkColumns(
                WorkColumns.EnergyInspection, entry.Id, KebabCase<EnergyStatus>.Word(entry.Status), entry.Policy, Level: null, entry.DueBy, Inspectors: null));
        }

        foreach (var veto in subject.Vetoes ?? [])
        {
            if (veto.Status == VetoStatus.Matched)
                work.Add(new WorkColumns(WorkColumns.Veto, veto.Id, KebabCase<VetoStatus>.Word(veto.Status), Policy: null, Level: null, DueOn: null, Inspectors: null));
        }

        foreach (var incident in subject.Incidents ?? [])
        {
            if (incident.Status == IncidentStatus.Reported)
                work.Add(new WorkColumns(WorkColumns.Incident, incident.Id, KebabCase<IncidentStatus>.Word(incident.Status), Policy: null, Level: null, DueOn: null, Inspectors: null));
        }

        work.AddRange(CertificateViews.WorkOf(subject));
        return work;
    }

    /// <summary>Whether the open work of two states of one grain is the same; most often neither list was touched.</summary>
    public static bool Same(GrainState? before, GrainState? after) => (before, after) switch
    {
        (GrainState.Subject b, GrainState.Subject a) when ReferenceEquals(b.Checks, a.Checks) && ReferenceEquals(b.Cases, a.Cases)
            && ReferenceEquals(b.EnergyInspections, a.EnergyInspections) && ReferenceEquals(b.Vetoes, a.Vetoes) && ReferenceEquals(b.Incidents, a.Incidents)
            && CertificateViews.SameWork(b, a) => true,
        _ => Of(before).SequenceEqual(Of(after)),
    };
}
