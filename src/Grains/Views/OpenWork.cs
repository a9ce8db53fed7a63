namespace Supervision.Grains.Views;

/// <summary>What is to be done on a grain, as a function of its state.</summary>
public static class OpenWork
{
    /// <summary>Every open check, every open case, then what is on an enterprise: the plans of energy-conservation inspection, vetoes, incidents and proposals that wait, and what has to be made known.</summary>
    public static List<WorkColumns> Of(GrainState? state)
    {
        var work = new List<WorkColumns>();
        if (state is not GrainState.Subject subject)
            return work;
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

        foreach (var change in subject.Changes ?? [])
        {
            if (change.IsOpen(subject))
            {
                work.Add(new WorkColumns(
                    WorkColumns.Change, change.Id, KebabCase<ChangeStatus>.Word(change.Status), Policy: null, Level: null,
                    change.Status == ChangeStatus.Noted ? change.DueBy : null, Inspectors: null));
            }
        }

        foreach (var proposed in subject.Adjustments ?? [])
        {
            if (proposed.Status == AdjustmentStatus.Proposed)
            {
                work.Add(new WorkColumns(
                    WorkColumns.Adjustment, proposed.Id, KebabCase<AdjustmentStatus>.Word(proposed.Status), proposed.Title.Policy, KebabCase<Level>.Word(proposed.Title.Level),
                    DueOn: null, Inspectors: null));
            }
        }

        foreach (var proposed in subject.ProposedSuccessors ?? [])
        {
            if (proposed.Status == ProposalStatus.Proposed)
                work.Add(new WorkColumns(WorkColumns.Successor, proposed.Id, KebabCase<ProposalStatus>.Word(proposed.Status), Policy: null, Level: null, DueOn: null, Inspectors: null));
        }

        foreach (var check in subject.Checks)
            AddPublication(check.Publication, check.Id, check.Title);
        foreach (var decided in subject.Cases)
        {
            if (decided is { ServeBy: { } serveBy, DecisionNotice: null })
                AddDisclosure(DisclosureTask.Serve, decided.Id, decided.Title, serveBy);
            AddPublication(decided.Publication, decided.Id, decided.Title);
        }

        work.AddRange(CertificateViews.WorkOf(subject));
        work.AddRange(InspectionTasks.Of(subject));
        return work;

        void AddPublication(Publication? publication, string of, TitleRef title)
        {
            if (publication?.NextBy() is { } dueOn)
                AddDisclosure(publication.On is null ? DisclosureTask.Publish : DisclosureTask.Withdraw, of, title, dueOn);
        }

        void AddDisclosure(DisclosureTask task, string of, TitleRef title, DateOnly dueOn)
        {
            var word = KebabCase<DisclosureTask>.Word(task);
            work.Add(new WorkColumns(WorkColumns.Disclosure, $"{word}/{of}", word, title.Policy, KebabCase<Level>.Word(title.Level), dueOn, Inspectors: null));
        }
    }

    /// <summary>What changes between two states of one grain; null: nothing. Most often none of the lists from which it follows was touched.</summary>
    public static ChangedWork? Changes(GrainState? before, GrainState? after)
    {
        if (IsUntouched(before, after))
            return null;
        var (was, isNow) = (Of(before), Of(after));
        List<WorkColumns> done = [], added = [];
        List<(WorkColumns Was, WorkColumns Is)> changed = [];
        foreach (var item in was)
        {
            if (Find(isNow, item) is null)
                done.Add(item);
        }

        foreach (var item in isNow)
        {
            if (Find(was, item) is not { } earlier)
                added.Add(item);
            else if (earlier != item)
                changed.Add((earlier, item));
        }

        return done.Count + changed.Count + added.Count == 0 ? null : new ChangedWork(done, changed, added);
    }

    // A grain has a few items at most, as a rule.
    private static WorkColumns? Find(List<WorkColumns> among, WorkColumns item)
    {
        foreach (var one in among)
        {
            if (string.Equals(one.Id, item.Id, StringComparison.Ordinal) && string.Equals(one.Item, item.Item, StringComparison.Ordinal))
                return one;
        }

        return null;
    }

    private static bool IsUntouched(GrainState? before, GrainState? after) =>
        (before, after) is (GrainState.Subject b, GrainState.Subject a) && ReferenceEquals(b.Checks, a.Checks) && ReferenceEquals(b.Cases, a.Cases)
        && ReferenceEquals(b.EnergyInspections, a.EnergyInspections) && ReferenceEquals(b.Vetoes, a.Vetoes) && ReferenceEquals(b.Incidents, a.Incidents)
        && ReferenceEquals(b.Adjustments, a.Adjustments) && ReferenceEquals(b.ProposedSuccessors, a.ProposedSuccessors)
        && ReferenceEquals(b.Changes, a.Changes) && (a.Changes is null || ReferenceEquals(b.Titles, a.Titles)) && CertificateViews.SameWork(b, a)
        && (a.EnergyInspections is null || ReferenceEquals(b.Visits, a.Visits));
}
