using Supervision.Grains.Calendars;
using Supervision.Grains.Draws;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>Puts the rosters of draws of energy-conservation inspection together: enterprises, and why some of them take no part.</summary>
public sealed class EnergyRoster(HolderQuery holders, EnterpriseQuery enterprises, ActivationTable activations)
{
    // Grains read at once.
    private const int GrainsAtOnce = 1000;

    /// <summary>For the list of a year: every enterprise behind a title in the scope.</summary>
    public async Task<IReadOnlyList<RosterRow>> ForListAsync(Policy policy, DrawScope scope, DateTimeOffset now, int year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scope);
        var level = KebabCase<Level>.Word(scope.Level);
        var today = CivilTime.DateAt(now);
        var found = await holders.ReadAsync(
            new HolderFilter(policy.Id, level, scope.Kinds ?? DrawRoster.KindsOf(policy, scope.Level), Region: null, today, today, CheckedAfter: null, CapPerYear: null), cancellationToken);
        var inForce = found.Facets.ToDictionary(facet => facet.Key, facet => facet.Value.Titles.Any(title => DrawRoster.IsInForce(title, $"{policy.Id} {level} ")));
        var behind = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var row in found.Rows)
        {
            var holder = row.Enterprise.ToString();
            behind[holder] = inForce[row.Facet] || behind.GetValueOrDefault(holder);
        }

        var registered = await enterprises.RegisteredAsync(behind.Keys, cancellationToken);
        var merged = behind.Keys.Except(registered.Select(entry => entry.Grain)).ToList();
        foreach (var known in await ReadAsync([.. merged.Select(GrainId.FromStored)]))
        {
            // An entity may name an enterprise that was merged since; the one that stays is drawn.
            if (known.State is GrainState.Subject { MergedInto: { } into })
                behind[into.Value] = behind[known.Grain.Value] || behind.GetValueOrDefault(into.Value);
        }

        if (merged.Count > 0)
            registered = await enterprises.RegisteredAsync(behind.Keys, cancellationToken);
        var listed = (await ReadAsync(await enterprises.ListedAsync(policy: null, cancellationToken)))
            .Where(known => known.State is GrainState.Subject subject && EnergyDrawable.OfList(subject, year) is not null).Select(known => known.Grain.Value).ToHashSet(StringComparer.Ordinal);
        return [.. registered.Where(entry => IsWithin(scope.Region ?? policy.Region?.Value, entry.Region)).OrderBy(entry => entry.Grain, StringComparer.Ordinal).Select(entry => new RosterRow(
            entry.Grain, entry.RiskClass, entry.Grain, entry.Region, !behind[entry.Grain] ? Drawable.NotInForce : listed.Contains(entry.Grain) ? EnergyDrawable.Listed : null))];
    }

    /// <summary>For visits: every enterprise in the plan of the year under the policy.</summary>
    public async Task<IReadOnlyList<RosterRow>> ForVisitsAsync(
        Policy policy, DrawScope scope, DateTimeOffset now, DateOnly dueBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scope);
        var rows = new List<RosterRow>();
        foreach (var known in await ReadAsync(await enterprises.ListedAsync(policy.Id, cancellationToken)))
        {
            if (known.State is GrainState.Subject subject && IsWithin(scope.Region ?? policy.Region?.Value, subject.Region) && EnergyDrawable.EntryOf(subject, policy.Id, dueBy.Year) is not null)
            {
                rows.Add(new RosterRow(
                    known.Grain.Value, subject.RiskClass, known.Grain.Value, subject.Region, EnergyDrawable.OfVisits(subject, policy, dueBy.Year, CivilTime.DateAt(now), dueBy)));
            }
        }

        return [.. rows.OrderBy(row => row.Grain)];
    }

    private static bool IsWithin(string? scope, string? region) => scope is null || (region is not null && Region.Covers(scope, region));

    private async Task<IReadOnlyList<Activation>> ReadAsync(IReadOnlyList<GrainId> grains)
    {
        var read = new List<Activation>(grains.Count);
        foreach (var some in grains.Chunk(GrainsAtOnce))
            read.AddRange(await Task.WhenAll(some.Select(grain => activations.ReadAsync(grain).AsTask())));
        return read;
    }
}
