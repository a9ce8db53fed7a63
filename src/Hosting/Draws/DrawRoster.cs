using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Supervision.Grains.Calendars;
using Supervision.Grains.Draws;
using Supervision.Grains.Policies;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Draws;

/// <summary>Puts the roster of a draw together: every holder in its scope, and why some of them take no part.</summary>
public sealed class DrawRoster(HolderQuery holders, CheckCounts counts, ActivationTable activations)
{
    /// <summary>The roster, in order.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scope">Whose titles.</param>
    /// <param name="now">The instant of the announcement.</param>
    /// <param name="dueBy">Last day of the visits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<RosterRow>> ReadAsync(Policy policy, DrawScope scope, DateTimeOffset now, DateOnly dueBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scope);
        await CountAsync(cancellationToken);
        var today = CivilTime.DateAt(now);
        var level = KebabCase<Level>.Word(scope.Level);
        var found = await holders.ReadAsync(
            new HolderFilter(
                policy.Id, level, scope.Kinds ?? KindsOf(policy, scope.Level), scope.Region, today, dueBy,
                policy.Draws?.IntervalMonths is { } interval ? today.AddMonths(-interval.Value) : null,
                policy.Checks.Cap is { } cap && today >= cap.From.Value && cap.Counts.Random ? cap.PerYear.Value : null),
            cancellationToken);
        var capReached = await CapReachedAsync(found, policy, now, dueBy);
        var shared = found.Facets.ToDictionary(facet => facet.Key, facet => (facet.Value.RiskClass, facet.Value.Region, IsInForce: facet.Value.Titles.Any(title => IsInForce(title, $"{policy.Id} {level} "))));
        var roster = new RosterRow[found.Rows.Count];
        Parallel.ForEach(Partitioner.Create(0, Math.Max(1, roster.Length)), [MethodImpl(MethodImplOptions.AggressiveOptimization)] (range) =>
        {
            for (var i = range.Item1; i < Math.Min(range.Item2, roster.Length); i++)
            {
                var row = found.Rows[i];
                var (riskClass, region, isInForce) = shared[row.Facet];
                var exclusion = !isInForce ? Drawable.NotInForce
                    : found.Exempt.Contains(row.Grain) ? Drawable.Exempt
                    : found.OpenChecks.Contains(row.Grain) ? Drawable.OpenCheck
                    : found.Checked.Contains(row.Grain) ? Drawable.CheckedWithinInterval
                    : capReached.Contains(row.Enterprise) ? Drawable.CapReached
                    : null;
                roster[i] = new RosterRow(row.Grain, riskClass, row.Enterprise, region, exclusion);
            }
        });
        return roster;
    }

    /// <summary>Counts the checks and visits that the ledger has since they were counted last, which an announcement would have to do otherwise.</summary>
    public Task CountAsync(CancellationToken cancellationToken) => counts.CatchUpAsync(CountAsync, cancellationToken);

    /// <summary>The kinds to which a policy grants at a level.</summary>
    public static IReadOnlyList<string> KindsOf(Policy policy, Level level)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. policy.Honours.Where(honour => honour.Levels.Contains(level)).Select(honour => honour.Kind).Distinct()];
    }

    /// <summary>Whether what a facet says of a title means that it is in force.</summary>
    /// <param name="title">Policy, level and status, as facets have them.</param>
    /// <param name="held">Policy and level, with a space behind each.</param>
    public static bool IsInForce(string title, string held) =>
        title.StartsWith(held, StringComparison.Ordinal) && title.AsSpan(held.Length) is var rest
        && (rest.StartsWith("listed", StringComparison.Ordinal) || rest.StartsWith("rectifying", StringComparison.Ordinal));

    /// <summary>Enterprises that were visited often, as far as that counts under the policy.</summary>
    private async Task<HashSet<Utf8Identity>> CapReachedAsync(Holders found, Policy policy, DateTimeOffset now, DateOnly dueBy)
    {
        var reached = new HashSet<Utf8Identity>();
        foreach (var enterprises in found.MuchVisited.Chunk(EnterprisesAtOnce))
        {
            var read = await Task.WhenAll(enterprises.Select(enterprise => activations.ReadAsync(GrainId.FromStored(enterprise.ToString())).AsTask()));
            reached.UnionWith(read
                .Where(known => known.State is GrainState.Subject subject
                    && Drawable.Exclusion(subject, policy.Checks.Cap, CheckBasis.Random, CivilTime.DateAt(now), dueBy) is not null)
                .Select(known => Utf8Identity.FromString(known.Grain.Value)));
        }

        return reached;
    }

    private async Task<IReadOnlyList<CheckCount>> CountAsync(IReadOnlyList<GrainId> grains)
    {
        var read = await Task.WhenAll(grains.Select(grain => activations.ReadAsync(grain).AsTask()));
        return [.. read.Select(known => Count(known.Grain, known.State))];
    }

    private static CheckCount Count(GrainId grain, GrainState? state) => state is GrainState.Subject subject
        ? new CheckCount(
            grain.Value,
            [.. subject.Checks.Where(Drawable.WasMade).GroupBy(check => (check.Title.Policy, check.Title.Level))
                .Select(title => (title.Key.Policy, KebabCase<Level>.Word(title.Key.Level), title.Max(check => check.Result!.On)))],
            (subject.Visits ?? []).Where(visit => visit.Status != VisitStatus.CalledOff)
                .CountBy(visit => visit.Status == VisitStatus.Planned ? CheckCount.AnyYear : visit.Year).ToDictionary())
        : new CheckCount(grain.Value, [], new Dictionary<int, int>());

    // Enterprises read at once.
    private const int EnterprisesAtOnce = 1000;
}
