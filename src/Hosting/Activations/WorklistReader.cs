using Supervision.Grains.Behaviour;
using Supervision.Grains.Calendars;
using Supervision.Hosting.Downtimes;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Activations;

/// <summary>Reads worklists: finds the entities by the database and shows what is open on them from the grains in memory.</summary>
public sealed class WorklistReader(IRegister register, ActivationTable activations, WorkQuery query, CurrentRules rules, TimeProvider clock) : IWorklists
{
    // Grains whose states are read together while deadlines are looked for.
    private const int GrainsMax = 1000;

    // Entries of plans that are looked at together while those of a year are looked for.
    private const int PlacesMax = 200;

    /// <inheritdoc/>
    public DateOnly Today => CivilTime.DateAt(clock.GetUtcNow());

    /// <inheritdoc/>
    public Task<WorkPage<CheckItem>> ChecksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkQuery.Checks, filter, after, limit,
        static (entity, id) => entity.Checks.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.Ordinal)) is { } check
            ? new CheckItem(entity.Id, entity.Name, entity.Region, entity.RegionName, check)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<CaseItem>> CasesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkQuery.Cases, filter, after, limit,
        static (entity, id) => entity.Cases.FirstOrDefault(opened => string.Equals(opened.Id, id, StringComparison.Ordinal)) is { } opened
            ? new CaseItem(entity.Id, entity.Name, entity.Region, entity.RegionName, opened)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<WorkPage<EnergyInspectionItem>> EnergyInspectionsAsync(
        WorkFilter filter, int? year, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        var items = new List<EnergyInspectionItem>();
        WorkPlace? last = null;
        while (true)
        {
            var places = await query.ListAsync(WorkColumns.EnergyInspection, filter, after, PlacesMax, cancellationToken);
            var entities = await Task.WhenAll(places.Select(place => register.FindAsync(place.Entity, cancellationToken).AsTask()));
            foreach (var (place, snapshot) in places.Zip(entities))
            {
                if (snapshot is not { View: var entity }
                    || entity.EnergyInspections.FirstOrDefault(entry => string.Equals(entry.Id, place.Id, StringComparison.Ordinal)) is not { } found
                    || (year is not null && found.Year != year))
                {
                    continue;
                }

                if (items.Count == limit)
                    return new WorkPage<EnergyInspectionItem>(items, last);
                items.Add(new EnergyInspectionItem(entity.Id, entity.Name, entity.Region, entity.RegionName, found));
                last = place;
            }

            if (places.Count < PlacesMax)
                return new WorkPage<EnergyInspectionItem>(items, null);
            after = places[^1];
        }
    }

    /// <inheritdoc/>
    public Task<WorkPage<VetoItem>> VetoesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Veto, filter, after, limit,
        static (entity, id) => entity.Vetoes.FirstOrDefault(veto => string.Equals(veto.Id, id, StringComparison.Ordinal)) is { } veto
            ? new VetoItem(entity.Id, entity.Name, entity.Region, entity.RegionName, veto)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<IncidentItem>> IncidentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Incident, filter, after, limit,
        static (entity, id) => entity.Incidents.FirstOrDefault(incident => string.Equals(incident.Id, id, StringComparison.Ordinal)) is { } incident
            ? new IncidentItem(entity.Id, entity.Name, entity.Region, entity.RegionName, incident)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<ChangeItem>> ChangesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Change, filter, after, limit,
        static (entity, id) => entity.Changes.FirstOrDefault(change => string.Equals(change.Id, id, StringComparison.Ordinal)) is { } change
            ? new ChangeItem(entity.Id, entity.Name, entity.Region, entity.RegionName, change)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<AdjustmentItem>> AdjustmentsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Adjustment, filter, after, limit,
        static (entity, id) => entity.Adjustments.FirstOrDefault(proposed => string.Equals(proposed.Id, id, StringComparison.Ordinal)) is { } proposed
            ? new AdjustmentItem(entity.Id, entity.Name, entity.Region, entity.RegionName, proposed)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<ProposedSuccessorItem>> ProposedSuccessorsAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Successor, filter, after, limit,
        static (entity, id) => entity.ProposedSuccessors.FirstOrDefault(proposed => string.Equals(proposed.Id, id, StringComparison.Ordinal)) is { } proposed
            ? new ProposedSuccessorItem(entity.Id, entity.Name, entity.Region, entity.RegionName, proposed)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<CertificateItem>> CertificatesAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) => ListAsync(
        WorkColumns.Certificate, filter, after, limit,
        static (entity, id) => entity.Titles.SelectMany(title => Enum.GetValues<CertificateDuty>().Select(duty => (Title: title, Duty: duty)))
            .FirstOrDefault(work => string.Equals(WorkColumns.CertificateId(new TitleRef(work.Title.Policy, work.Title.Honour, work.Title.Level), work.Duty), id, StringComparison.Ordinal))
                is { Title.CertificateState: { } certificate } found
            ? new CertificateItem(
                entity.Id, entity.Name, entity.Region, entity.RegionName, found.Duty, certificate.DueOn(found.Duty), certificate.Overdue.Contains(found.Duty),
                found.Title.Evaluator, found.Title)
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<InspectionTaskItem>> InspectionTasksAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(WorkColumns.InspectionTask, filter, after, limit, TaskOf, cancellationToken);

    /// <inheritdoc/>
    public Task<WorkPage<DisclosureItem>> DisclosuresAsync(WorkFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(WorkColumns.Disclosure, filter, after, limit, DisclosureOf, cancellationToken);

    /// <inheritdoc/>
    public async Task<WorkPage<DeadlineItem>> DeadlinesAsync(DeadlineFilter filter, WorkPlace? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = new SortedSet<DeadlineItem>(ByPlace.Instance);
        (GrainId Grain, DateTimeOffset DueAt)? last = null;
        while (true)
        {
            (var waking, last) = await query.WakingAsync(CivilTime.AfterLastDay(filter.To), filter, last, GrainsMax, cancellationToken);
            foreach (var activation in await Task.WhenAll(waking.Select(grain => activations.ReadAsync(grain).AsTask())).WaitAsync(cancellationToken))
                Take(activation, filter, after, limit, found);
            if (last is null)
                break;
            // No grain has a deadline before the one that wakes it, so none that follows belongs on this page.
            if (found.Count > limit && CivilTime.AfterLastDay(found.Max!.Deadline.DueOn) < last.Value.DueAt)
                break;
        }

        var items = found.Take(limit).ToList();
        return new WorkPage<DeadlineItem>(items, found.Count > limit ? PlaceOf(items[^1]) : null);
    }

    /// <summary>What has to be made known, by its id in the table; null where that was done since.</summary>
    private static DisclosureItem? DisclosureOf(EntityView entity, string id)
    {
        if (id.Split('/') is not [var word, var of] || !KebabCase<DisclosureTask>.TryParse(word, out var task))
            return null;
        var decided = entity.Cases.FirstOrDefault(found => string.Equals(found.Id, of, StringComparison.Ordinal));
        var publication = decided?.Publication ?? entity.Checks.FirstOrDefault(check => string.Equals(check.Id, of, StringComparison.Ordinal))?.Publication;
        return task switch
        {
            DisclosureTask.Serve when decided?.ServeBy is { } serveBy => Item(serveBy, decided.ServiceOverdue),
            DisclosureTask.Publish when publication is { On: null, WithdrawnOn: null } => Item(publication.DueBy, publication.Overdue),
            DisclosureTask.Withdraw when publication is { WithdrawBy: { } withdrawBy, WithdrawnOn: null } => Item(withdrawBy, publication.Overdue),
            _ => null,
        };

        DisclosureItem Item(DateOnly dueOn, bool overdue) => new(entity.Id, entity.Name, entity.Region, entity.RegionName, task, of, dueOn, overdue);
    }

    /// <summary>What has to be decided, by its id in the table; null where that was done since.</summary>
    private static InspectionTaskItem? TaskOf(EntityView entity, string id)
    {
        if (id.Split('/') is not [var word, var of, .. var rest] || !KebabCase<InspectionTask>.TryParse(word, out var task))
            return null;
        var check = entity.Checks.FirstOrDefault(found => string.Equals(found.Id, of, StringComparison.Ordinal));
        return task switch
        {
            InspectionTask.Recusal when rest is [var inspector] && check?.Recusals.Any(asked => asked.Inspector == inspector && asked.Accepted is null) == true => Item(check.DueBy, inspector),
            InspectionTask.Recusal when rest is [var inspector] && entity.Visits.FirstOrDefault(found => found.Id == of) is { } visit
                && visit.Recusals.Any(asked => asked.Inspector == inspector && asked.Accepted is null) => Item(visit.DueBy, inspector),
            InspectionTask.Assignment when check is { Inspectors.Count: 0 } => Item(check.DueBy),
            InspectionTask.Assignment when entity.EnergyInspections.FirstOrDefault(entry => entry.Id == of) is { OnSite: not null } inspection => Item(inspection.DueBy),
            InspectionTask.Objection when check?.Objection is { DecidedOn: null } => Item(null),
            _ => null,
        };

        InspectionTaskItem Item(DateOnly? dueOn, string? inspector = null) => new(entity.Id, entity.Name, entity.Region, entity.RegionName, task, of, inspector, dueOn);
    }

    private async Task<WorkPage<T>> ListAsync<T>(
        string item, WorkFilter filter, WorkPlace? after, int limit, Func<EntityView, string, T?> show, CancellationToken cancellationToken)
        where T : class
    {
        var places = await query.ListAsync(item, filter, after, limit + 1, cancellationToken);
        var entities = await Task.WhenAll(places.Take(limit).Select(place => register.FindAsync(place.Entity, cancellationToken).AsTask()));
        var items = places.Zip(entities).Select(pair => pair.Second is { View: var entity } ? show(entity, pair.First.Id) : null).OfType<T>().ToList();
        return new WorkPage<T>(items, places.Count > limit ? places[limit - 1] : null);
    }

    /// <summary>Takes in the deadlines of a grain that belong on the page, which needs no more than one over its limit.</summary>
    private void Take(Activation activation, DeadlineFilter filter, WorkPlace? after, int limit, SortedSet<DeadlineItem> found)
    {
        // What has passed is over even before the grain was woken.
        if (GrainBehaviour.At(activation.Grain, activation.Known, clock.GetUtcNow(), rules.Book).State is not GrainState.Subject subject)
            return;
        var deadlines = GrainBehaviour.DeadlinesOf(subject, rules.Book);
        foreach (var deadline in (filter.Own is null ? deadlines : Told(subject, deadlines)).Where(due => due.DueOn >= filter.From && due.DueOn <= filter.To))
        {
            var item = new DeadlineItem(activation.Grain, subject.Name, subject.Region, Region.NameOf(subject.Region), deadline);
            if (after is not null && ByPlace.Compare(PlaceOf(item), after) <= 0)
                continue;
            found.Add(item);
            if (found.Count > limit + 1)
                found.Remove(found.Max!);
        }
    }

    /// <summary>Deadlines as the holder is told of them: without checks that it was not told of, and with the plan's day for inspections that were drawn for such a visit.</summary>
    private static IEnumerable<Deadline> Told(GrainState.Subject subject, IEnumerable<Deadline> deadlines)
    {
        var untold = Untold.Of(subject);
        return untold.IsEmpty
            ? deadlines
            : deadlines.Where(due => due.Kind != DeadlineKind.Check || !untold.Checks.Contains(due.Id))
                .Select(due => due.Kind == DeadlineKind.EnergyInspection && untold.Inspections.Contains(due.Id)
                    ? due with { DueOn = new DateOnly(subject.EnergyInspections!.First(entry => entry.Id == due.Id).Year!.Value, 12, 31) }
                    : due);
    }

    private static WorkPlace PlaceOf(DeadlineItem item) => new(item.Deadline.DueOn, item.Entity, $"{KebabCase<DeadlineKind>.Word(item.Deadline.Kind)}:{item.Deadline.Id}");

    private sealed class ByPlace : IComparer<DeadlineItem>
    {
        public static readonly ByPlace Instance = new();

        public int Compare(DeadlineItem? x, DeadlineItem? y) => Compare(PlaceOf(x!), PlaceOf(y!));

        public static int Compare(WorkPlace x, WorkPlace y) =>
            x.DueOn!.Value.CompareTo(y.DueOn!.Value) is not 0 and var byDay ? byDay
            : x.Entity.CompareTo(y.Entity) is not 0 and var byEntity ? byEntity
            : string.CompareOrdinal(x.Id, y.Id);
    }
}
