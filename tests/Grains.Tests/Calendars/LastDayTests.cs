using Supervision.Grains.Calendars;

namespace Supervision.Grains.Tests.Calendars;

public sealed class LastDayTests
{
    [Theory]
    [InlineData("2026-05-01", 60, "2031-04-30")]
    [InlineData("2026-01-15", 6, "2026-07-14")]
    [InlineData("2026-03-01", 12, "2027-02-28")]
    [InlineData("2027-03-01", 12, "2028-02-29")]
    [InlineData("2026-08-31", 6, "2027-02-28")]
    [InlineData("2027-08-31", 6, "2028-02-29")]
    [InlineData("2026-08-31", 1, "2026-09-30")]
    [InlineData("2028-02-29", 36, "2031-02-28")]
    [InlineData("2028-02-29", 48, "2032-02-28")]
    public void ItEndsOnTheDayBeforeThatOfTheSameNumberOrWithTheMonth(string first, int months, string last)
    {
        Assert.Equal(DateOnly.Parse(last), LastDay.OfMonths(DateOnly.Parse(first), months));
        if (months % 12 == 0)
            Assert.Equal(DateOnly.Parse(last), LastDay.OfYears(DateOnly.Parse(first), months / 12));
    }
}
