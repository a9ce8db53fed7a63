using System.Globalization;
using Supervision.Grains.Calendars;
using Supervision.Ledger.Query;

namespace Supervision.Hosting.Reading;

/// <summary>Puts the counts of the database together to rows.</summary>
public sealed class StatisticsReader(RegisterCounts counts, StatedFigures stated)
{
    /// <summary>The rows, ordered by their values, absent ones last.</summary>
    public async Task<IReadOnlyList<StatisticsRow>> CountAsync(StatisticsQuery query, DateOnly today, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        DateTimeOffset? dueBefore = query.Filter.DueBefore is { } day ? CivilTime.AfterLastDay(day) : null;
        var rows = new SortedDictionary<IReadOnlyList<string?>, Row>(ByValues);
        foreach (var counted in await counts.EntitiesAsync(query, today, dueBefore, cancellationToken))
            Add(RowOf(counted).Standings, counted);
        foreach (var counted in await counts.TitlesAsync(query, today, dueBefore, cancellationToken))
            Add(RowOf(counted).Statuses, counted);
        return
        [
            .. rows.Select(row => new StatisticsRow(
                row.Key, row.Value.Standings.Values.Sum(), row.Value.Statuses.Values.Sum(), row.Value.Standings, row.Value.Statuses, stated.Find(query, row.Key))),
        ];

        Row RowOf(Counted counted)
        {
            var values = ShownValues(query, counted.Values);
            if (!rows.TryGetValue(values, out var row))
                rows[values] = row = new Row([], []);
            return row;
        }

        static void Add(SortedDictionary<string, long> words, Counted counted) =>
            words[counted.Word] = words.GetValueOrDefault(counted.Word) + counted.Count;
    }

    /// <summary>The order of rows.</summary>
    internal static IComparer<IReadOnlyList<string?>> ByValues { get; } = Comparer<IReadOnlyList<string?>>.Create(Compare);

    /// <summary>The values as they are shown: of a region, the one that answers for it.</summary>
    internal static IReadOnlyList<string?> ShownValues(StatisticsQuery query, IReadOnlyList<string?> values) =>
        [.. values.Select((value, place) => query.By[place] == Dimension.Region && value is not null ? Region.Responsible(value).Code : value)];

    private static int Compare(IReadOnlyList<string?> left, IReadOnlyList<string?> right)
    {
        for (var i = 0; i < left.Count; i++)
        {
            if (Compare(left[i], right[i]) is not 0 and var order)
                return order;
        }

        return 0;
    }

    /// <summary>Numbers, such as those of batches, by their size.</summary>
    private static int Compare(string? left, string? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ when IsNumber(left, out var first) && IsNumber(right, out var second) && first != second => first.CompareTo(second),
        _ => string.CompareOrdinal(left, right),
    };

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private sealed record Row(SortedDictionary<string, long> Standings, SortedDictionary<string, long> Statuses);
}
