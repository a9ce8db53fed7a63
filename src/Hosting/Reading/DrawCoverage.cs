using Supervision.Grains.Policies;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Reading;

/// <summary>Sets what was drawn and visited against what policies plan and draws announced.</summary>
public sealed class DrawCoverage(DrawCounts counts, RuleBook rules) : IDrawStatistics
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<DrawCoverageRow>> CountAsync(DrawCoverageFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var came = await counts.CountAsync(cancellationToken);
        var rows = new Dictionary<(string Policy, DrawPurpose Purpose, string? Region, int Year), DrawCoverageRow>();
        foreach (var (draw, stored) in await counts.DrawsAsync(cancellationToken))
        {
            var state = (GrainState.Draw)LedgerJson.ReadState(stored);
            var announced = state.Announcement;
            var row = RowOf(announced.Policy, announced.Purpose, announced.Scope.Region, state.AnnouncedOn.Year);
            var count = came.GetValueOrDefault(draw.Key) ?? new DrawCount(0, 0);
            Put(row with
            {
                Announced = row.Announced + 1,
                Executed = row.Executed + (state.Execution is null ? 0 : 1),
                Eligible = row.Eligible + announced.Strata.Sum(stratum => stratum.Eligible),
                ToBeDrawn = row.ToBeDrawn + announced.Strata.Sum(stratum => stratum.Quota),
                Drawn = row.Drawn + (state.Completion?.Winners ?? 0),
                Visits = row.Visits + (announced.Purpose == DrawPurpose.EnergyList ? 0 : state.Completion?.Visits ?? 0),
                Visited = row.Visited + count.Visited,
                Made = row.Made + count.Made,
            });
        }

        foreach (var row in rows.Values.ToList())
            Put(row with { Planned = Planned(row) });
        return
        [
            .. rows.Values.Where(row => (filter.Policy is not { } policy || policy == row.Policy) && (filter.Year is not { } year || year == row.Year)
                    && (filter.Region is not { } region || (row.Region is { } within && Region.Covers(region, within))))
                .OrderBy(row => row.Policy, StringComparer.Ordinal).ThenBy(row => row.Year).ThenBy(row => row.Purpose).ThenBy(row => row.Region is null).ThenBy(row => row.Region, StringComparer.Ordinal),
        ];

        DrawCoverageRow RowOf(string policy, DrawPurpose purpose, string? region, int year) =>
            rows.GetValueOrDefault((policy, purpose, region, year)) ?? new DrawCoverageRow(policy, purpose, region, Region.NameOf(region), year, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        void Put(DrawCoverageRow row) => rows[(row.Policy, row.Purpose, row.Region, row.Year)] = row;
    }

    /// <summary>How many draws of a purpose the policy plans in a year, for its own region.</summary>
    private int Planned(DrawCoverageRow row) => rules.TryFind(row.Policy, out var policy) && policy.Region?.Value == row.Region
        ? policy.Draws?.Plans?.Count(plan => plan.Purpose == row.Purpose && plan.AnnouncedOn.Value.In(row.Year) >= policy.EffectiveFrom.Value) ?? 0
        : 0;
}
