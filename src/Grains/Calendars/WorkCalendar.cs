using System.Collections.Frozen;

namespace Supervision.Grains.Calendars;

/// <summary>
/// A calendar of working days (工作日): Monday to Friday, without the days off and with the make-up workdays (调休) that
/// the State Council announces for each year. Immutable.
/// </summary>
public sealed partial class WorkCalendar
{
    private readonly FrozenDictionary<DateOnly, bool> _isOffByDate;
    private readonly FrozenSet<int> _years;

    private WorkCalendar(string id, int version, string hash, Dictionary<DateOnly, bool> isOffByDate)
    {
        (Id, Version, Hash) = (id, version, hash);
        _isOffByDate = isOffByDate.ToFrozenDictionary();
        // The announcement for a year may move days of the December before, so a row in December alone does not show
        // that its own year was announced.
        _years = isOffByDate.Keys.Where(date => date.Month < 12).Select(date => date.Year).ToFrozenSet();
    }

    /// <summary>Identity, for example <c>cn</c>.</summary>
    public string Id { get; }

    /// <summary>Version from 1; another content needs another version.</summary>
    public int Version { get; }

    /// <summary>SHA-256 of the file's bytes, in lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>
    /// Whether the year's holidays are known. In a year without data only Saturdays and Sundays are off, and whoever
    /// shows a date counted in it should say so.
    /// </summary>
    public bool HasData(int year) => _years.Contains(year);

    /// <summary>The years between two days, both included, that were counted without data; empty when the count is sure.</summary>
    public IReadOnlyList<int> YearsWithoutData(DateOnly first, DateOnly last) =>
        first > last ? [] : [.. Enumerable.Range(first.Year, last.Year - first.Year + 1).Where(year => !HasData(year))];

    /// <summary>Whether a day is a working day.</summary>
    public bool IsWorkingDay(DateOnly date) => _isOffByDate.TryGetValue(date, out var isOff)
        ? !isOff
        : date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The last day of a period of working days; the day that starts it is not counted.</summary>
    /// <param name="start">The day that starts the period, working day or not.</param>
    /// <param name="days">How many working days; 0 gives the start itself.</param>
    public DateOnly AddWorkingDays(DateOnly start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var date = start;
        for (var left = days; left > 0;)
        {
            date = date.AddDays(1);
            if (IsWorkingDay(date))
                left--;
        }

        return date;
    }

    /// <summary>The last day of a publicity period (公示) of working days; the first day is counted if it is one.</summary>
    /// <param name="firstDay">The day on which the list is published.</param>
    /// <param name="workingDays">How many working days, at least 1.</param>
    public DateOnly LastDayOfPublicity(DateOnly firstDay, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workingDays);
        return IsWorkingDay(firstDay)
            ? AddWorkingDays(firstDay, workingDays - 1)
            : AddWorkingDays(firstDay, workingDays);
    }
}
