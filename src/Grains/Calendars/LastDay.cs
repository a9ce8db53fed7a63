namespace Supervision.Grains.Calendars;

/// <summary>The last day of a period of months or years, of which the first day counts.</summary>
public static class LastDay
{
    /// <summary>
    /// The last day of so many months: the day before that of the same number, or the last day of a month that has none of that number
    /// (民法典 第二百零二条: 没有对应日的，月末日为期间的最后一日).
    /// </summary>
    public static DateOnly OfMonths(DateOnly first, int months)
    {
        var end = first.AddMonths(months);
        return end.Day == first.Day ? end.AddDays(-1) : end;
    }

    /// <summary>The last day of so many years, see <see cref="OfMonths"/>.</summary>
    public static DateOnly OfYears(DateOnly first, int years) => OfMonths(first, 12 * years);
}
