using Supervision.Grains.Calendars;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Reading;

/// <summary>Puts the counts of supervision together to rows.</summary>
public sealed class SupervisionReader(RegisterCounts titles, SupervisionCounts counts, IRegister register, TimeProvider clock) : ISupervisionStatistics
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<SupervisionRow>> CountAsync(StatisticsQuery query, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        query = query with { Filter = await query.Filter.ResolveAsync(register, cancellationToken) };
        var today = CivilTime.DateAt(clock.GetUtcNow());
        DateTimeOffset? dueBefore = query.Filter.DueBefore is { } day ? CivilTime.AfterLastDay(day) : null;
        var rows = new SortedDictionary<IReadOnlyList<string?>, Row>(StatisticsReader.ByValues);
        foreach (var counted in await titles.TitlesAsync(query, today, dueBefore, cancellationToken))
        {
            var row = RowOf(counted.Values);
            row.Titles += counted.Count;
            if (counted.Word is "listed" or "rectifying")
                row.InForce += counted.Count;
        }

        foreach (var counted in await counts.CountAsync(query, today, dueBefore, from, to, cancellationToken))
        {
            var words = RowOf(counted.Values).Items[counted.Item];
            words[counted.Word] = words.GetValueOrDefault(counted.Word) + counted.Count;
        }

        return
        [
            .. rows.Select(row => new SupervisionRow(
                row.Key, row.Value.Titles, row.Value.InForce, row.Value.Items["removed"], row.Value.Items["checks"], row.Value.Items["exemptions"].Values.Sum(),
                row.Value.Items["overdue"])),
        ];

        Row RowOf(IReadOnlyList<string?> counted)
        {
            var values = StatisticsReader.ShownValues(query, counted);
            if (!rows.TryGetValue(values, out var row))
                rows[values] = row = new Row();
            return row;
        }
    }

    private sealed class Row
    {
        public long Titles { get; set; }

        public long InForce { get; set; }

        public Dictionary<string, SortedDictionary<string, long>> Items { get; } =
            new[] { "removed", "checks", "exemptions", "overdue" }.ToDictionary(item => item, _ => new SortedDictionary<string, long>(StringComparer.Ordinal));
    }
}
