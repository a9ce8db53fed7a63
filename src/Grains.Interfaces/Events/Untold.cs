namespace Supervision;

/// <summary>What the holder of an entity has not been told of, by identities within the entity: whom a check is to find as it is must not be warned of it.</summary>
/// <param name="Checks">Checks before their notice.</param>
/// <param name="Visits">Visits before the notice of what is inspected on them.</param>
/// <param name="Inspections">Energy-conservation inspections that were drawn for one of those visits.</param>
public sealed record Untold(IReadOnlySet<string> Checks, IReadOnlySet<string> Visits, IReadOnlySet<string> Inspections)
{
    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Checks.Count + Visits.Count + Inspections.Count == 0;

    /// <summary>What the holder of a subject has not been told of.</summary>
    public static Untold Of(GrainState.Subject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var visits = (subject.Visits ?? []).Where(visit => !visit.IsAnnounced()).ToList();
        return new Untold(
            subject.Checks.Where(check => !check.IsAnnounced()).Select(check => check.Id).ToHashSet(),
            visits.Select(visit => visit.Id).ToHashSet(),
            (subject.EnergyInspections ?? []).Where(entry => entry.OnSite is { } drawn && visits.Any(visit => visit.Id == drawn.Visit.Id || visit.Origins?.Contains(drawn.Visit) == true))
                .Select(entry => entry.Id).ToHashSet());
    }

    /// <summary>What of it the holder was told of by what came after.</summary>
    public Untold Except(Untold after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return new Untold(Checks.Except(after.Checks).ToHashSet(), Visits.Except(after.Visits).ToHashSet(), Inspections.Except(after.Inspections).ToHashSet());
    }
}
