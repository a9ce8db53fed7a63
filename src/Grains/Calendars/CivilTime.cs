namespace Supervision.Grains.Calendars;

/// <summary>Civil dates of the policies, all of which count days in China (UTC+8 without daylight saving since 1991).</summary>
public static class CivilTime
{
    /// <summary>The zone of every policy; the loader refuses another.</summary>
    public const string TimeZone = "Asia/Shanghai";

    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The civil date at an instant.</summary>
    public static DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant, in UTC, at which a civil date begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();

    /// <summary>The instant at which a last inclusive day has passed.</summary>
    public static DateTimeOffset AfterLastDay(DateOnly lastDay) => StartOf(lastDay.AddDays(1));
}
