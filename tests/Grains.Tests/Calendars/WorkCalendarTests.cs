using System.Text;
using Supervision.Grains.Calendars;

namespace Supervision.Grains.Tests.Calendars;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = WorkCalendar.Parse("cn", 1, "holidays-1.csv", RepositoryFile.Bytes("data", "holidays-1.csv"));

    [Fact]
    public void Five_working_days_of_publicity_from_28_September_2026_end_on_9_October() =>
        Assert.Equal(new DateOnly(2026, 10, 9), China.LastDayOfPublicity(new DateOnly(2026, 9, 28), 5));

    [Theory]
    [InlineData("2026-10-03", 1, "2026-10-08")]
    [InlineData("2026-10-09", 1, "2026-10-09")]
    // The Saturday after National Day week is a make-up workday.
    [InlineData("2026-10-10", 2, "2026-10-12")]
    public void Publicity_counts_its_first_day_only_if_it_is_a_working_day(string firstDay, int days, string last) =>
        Assert.Equal(DateOnly.Parse(last), China.LastDayOfPublicity(DateOnly.Parse(firstDay), days));

    [Theory]
    [InlineData("2026-09-30", 1, "2026-10-08")]
    [InlineData("2026-09-30", 3, "2026-10-10")]
    [InlineData("2026-09-30", 4, "2026-10-12")]
    [InlineData("2026-02-13", 1, "2026-02-14")]
    [InlineData("2026-02-14", 1, "2026-02-24")]
    [InlineData("2026-11-20", 5, "2026-11-27")]
    [InlineData("2026-11-20", 0, "2026-11-20")]
    public void A_period_counts_working_days_from_the_day_after_its_start(string start, int days, string last) =>
        Assert.Equal(DateOnly.Parse(last), China.AddWorkingDays(DateOnly.Parse(start), days));

    [Theory]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-11", false)]
    [InlineData("2026-10-12", true)]
    public void A_make_up_workday_is_a_working_day_and_a_holiday_is_not(string date, bool isWorkingDay) =>
        Assert.Equal(isWorkingDay, China.IsWorkingDay(DateOnly.Parse(date)));

    [Fact]
    public void A_year_without_data_counts_weekends_only_and_says_so()
    {
        Assert.True(China.HasData(2026));
        Assert.False(China.HasData(2027));
        Assert.True(China.IsWorkingDay(new DateOnly(2027, 10, 1)));
        Assert.False(China.IsWorkingDay(new DateOnly(2027, 10, 2)));
        Assert.Equal([2027, 2028], China.YearsWithoutData(new DateOnly(2026, 12, 1), new DateOnly(2028, 1, 3)));
        Assert.Empty(China.YearsWithoutData(new DateOnly(2024, 1, 1), new DateOnly(2026, 12, 31)));
        Assert.Empty(China.YearsWithoutData(new DateOnly(2027, 1, 2), new DateOnly(2027, 1, 1)));
    }

    [Fact]
    public void A_December_moved_by_the_next_announcement_does_not_stand_for_its_year()
    {
        var calendar = WorkCalendar.Parse("cn", "date,name,is_off\n2022-12-31,元旦,true\n2023-01-01,元旦,true\n");

        Assert.False(calendar.HasData(2022));
        Assert.True(calendar.HasData(2023));
    }

    [Fact]
    public void The_hash_is_of_the_bytes_of_the_file()
    {
        var calendar = WorkCalendar.Parse("cn", "date,name,is_off\n", version: 3);

        Assert.Equal(3, calendar.Version);
        Assert.Equal("cn", calendar.Id);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("date,name,is_off\n"u8)), calendar.Hash);
        Assert.NotEqual(calendar.Hash, WorkCalendar.Parse("cn", "date,name,is_off\r\n").Hash);
    }

    [Fact]
    public void Every_malformed_line_is_named_with_its_reason()
    {
        const string csv = "day,name,is_off\r\n2026-10-01,国庆节,true\r\n2026-13-01,国庆节,true\r\n2026-10-02,,true\r\n2026-10-03,国庆节,yes\r\n2026-10-01,国庆节,false\r\n2026-10-04,true\r\n";

        var exception = Assert.Throws<CalendarException>(() => WorkCalendar.Parse("cn", csv));

        Assert.Equal("cn.csv", exception.File);
        Assert.Equal(
            [
                new CalendarFailure(1, "The first line has to be 'date,name,is_off'."),
                new CalendarFailure(3, "'2026-13-01' is not a date of the form 2026-10-01."),
                new CalendarFailure(4, "The name of the holiday is missing."),
                new CalendarFailure(5, "is_off has to be 'true' (day off) or 'false' (make-up workday), not 'yes'."),
                new CalendarFailure(6, "2026-10-01 is there twice."),
                new CalendarFailure(7, "A row has three columns (date,name,is_off), not '2026-10-04,true'."),
            ],
            exception.Failures);
        Assert.Contains("cn.csv, line 3: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_no_calendar() => Assert.Throws<CalendarException>(() => WorkCalendar.Parse("cn", ""));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_line()
    {
        byte[] bytes = [.. "date,name,is_off\n2026-10-01,"u8, 0xB9, 0xFA, .. ",true\n"u8];

        var exception = Assert.Throws<CalendarException>(() => WorkCalendar.Parse("cn", 1, "gb.csv", bytes));

        Assert.Equal([new CalendarFailure(2, "The bytes are not UTF-8.")], exception.Failures);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_header()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "date,name,is_off\n2026-10-01,国庆节,true\n"u8];

        Assert.False(WorkCalendar.Parse("cn", 1, "holidays-1.csv", bytes).IsWorkingDay(new DateOnly(2026, 10, 1)));
    }
}
