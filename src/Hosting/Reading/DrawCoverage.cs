using Supervision.Grains.Calendars;
using Supervision.Grains.Policies;
using Supervision.Hosting.Draws;
using Supervision.Hosting.Rules;
using Supervision.Ledger.Draws;

namespace Supervision.Hosting.Reading;

/// <summary>Sets what was drawn and visited against what policies plan and draws announced. A plan that announced nothing on its day has a row, too.</summary>
public sealed class DrawCoverage(DrawCounts counts, RulesAdoptions adoptions, RuleBook rules, TimeProvider clock) : IDrawStatistics
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<DrawCoverageRow>> CountAsync(DrawCoverageFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var came = await counts.CountAsync(cancellationToken);
        var rows = new Dictionary<(string Policy, DrawPurpose Purpose, string? Region, int Year), DrawCoverageRow>();
        var draws = await counts.DrawsAsync(cancellationToken);
        foreach (var (draw, stored) in draws)
        {
            var state = (GrainState.Draw)LedgerJson.ReadState(stored);
            var announced = state.Announcement;
            var row = RowOf(announced.Policy, announced.Purpose, announced.Scope.Region, YearOf(draw.Key, state));
            var count = came.GetValueOrDefault(draw.Key) ?? new DrawCount(0, 0);
            Put(row with
            {
                Planned = row.Planned + (announced.Plan is null ? 0 : 1),
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

        var keys = draws.Select(draw => draw.Draw.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (policy, plan, year) in await DueAsync(cancellationToken))
        {
            var row = RowOf(policy.Id, plan.Purpose, policy.Region?.Value, year);
            if (!keys.Contains(DrawPlans.KeyOf(policy, plan, year)))
                Put(row with { Planned = row.Planned + 1 });
        }

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

    /// <summary>
    /// Every plan of a year whose day has come since it was adopted here with its policy, in the version of this silo or of one that the policy extends: before
    /// that it asked for nothing.
    /// </summary>
    private async Task<IReadOnlyList<(Policy Policy, DrawPlan Plan, int Year)>> DueAsync(CancellationToken cancellationToken)
    {
        var today = CivilTime.DateAt(clock.GetUtcNow());
        var due = new List<(Policy, DrawPlan, int)>();
        foreach (var policy in rules.Policies.Where(policy => policy.Draws?.Plans is { Count: > 0 }))
        {
            if (await AdoptedOnAsync(policy, cancellationToken) is not { } adopted)
                continue;
            var first = adopted > policy.EffectiveFrom.Value ? adopted : policy.EffectiveFrom.Value;
            for (var year = first.Year; year <= today.Year; year++)
                due.AddRange(policy.Draws!.Plans!.Where(plan => plan.AnnouncedOn.Value.In(year) is var day && first <= day && day <= today).Select(plan => (policy, plan, year)));
        }

        return due;
    }

    private async Task<DateOnly?> AdoptedOnAsync(Policy policy, CancellationToken cancellationToken)
    {
        DateOnly? last = null;
        for (var named = policy; ; named = rules[named.Extends])
        {
            var adoption = (await adoptions.OfAsync(named.Id, cancellationToken)).FirstOrDefault(adopted => adopted.Version == named.Version);
            if (adoption.Version == 0)
                return null;
            last = last > adoption.On ? last : adoption.On;
            if (named.Extends is null)
                return last;
        }
    }

    /// <summary>The year of a draw: that in which it was announced, or that of its plan, which may have been made up for over New Year.</summary>
    private int YearOf(string key, GrainState.Draw state)
    {
        var (announced, year) = (state.Announcement, state.AnnouncedOn.Year);
        return rules.TryFind(announced.Policy, out var policy) && policy.Draws?.Plans?.FirstOrDefault(plan => plan.Name == announced.Plan) is { } plan
            && string.Equals(key, DrawPlans.KeyOf(policy, plan, year - 1), StringComparison.Ordinal)
            ? year - 1
            : year;
    }
}
