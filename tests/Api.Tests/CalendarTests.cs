using System.Text;

namespace Supervision.Api.Tests;

/// <summary>Deadlines as a calendar.</summary>
public sealed class CalendarTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Every_deadline_is_an_event_of_a_day_with_an_identity_that_stays()
    {
        Add(new DateOnly(2026, 5, 31), "case-1", "北京,第一\\工厂;甲");
        var answer = await _api.SendAsync("GET", "/api/deadlines.ics");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var lines = Unfold(text);
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Supervision//Deadlines//EN"], lines.Take(3));
        Assert.Equal("END:VCALENDAR", lines[^1]);
        Assert.Contains("DTSTART;VALUE=DATE:20260531", lines);
        Assert.Contains("DTEND;VALUE=DATE:20260601", lines);
        Assert.Contains(@"SUMMARY:statement-window: 北京\,第一\\工厂\;甲", lines);
        Assert.Contains(@"DESCRIPTION:factory/N-1-F-0001 case-1\nmiit-2016 五(五)\nholder", lines);
        Assert.Contains("CATEGORIES:statement-window,holder", lines);
        Assert.Single(lines, line => line.StartsWith("DTSTAMP:", StringComparison.Ordinal) && line.EndsWith('Z'));

        // The day moves, the deadline is the same.
        var uid = Assert.Single(lines, line => line.StartsWith("UID:", StringComparison.Ordinal));
        _api.Worklists.Deadlines.Clear();
        Add(new DateOnly(2026, 6, 30), "case-1", "北京第一工厂");
        Add(new DateOnly(2026, 6, 30), "case-2", "北京第一工厂");
        var later = Unfold(await (await _api.SendAsync("GET", "/api/deadlines.ics")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(uid, later);
        Assert.Equal(2, later.Count(line => line.StartsWith("UID:", StringComparison.Ordinal)));
        Assert.Equal(2, later.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Distinct().Count());
    }

    [Fact]
    public async Task Lines_end_and_are_folded_as_the_format_says_and_never_within_a_character()
    {
        Add(new DateOnly(2026, 5, 31), "case-1", string.Concat(Enumerable.Repeat("长😀", 60)));

        var bytes = await (await _api.SendAsync("GET", "/api/deadlines.ics")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        var lines = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).Split("\r\n");
        Assert.Equal("", lines[^1]);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
        Assert.All(lines, line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Contains($"SUMMARY:statement-window: {string.Concat(Enumerable.Repeat("长😀", 60))}", Unfold(string.Join("\r\n", lines)));
    }

    [Fact]
    public async Task The_list_gives_a_calendar_to_who_accepts_one_with_the_same_filters_and_rights()
    {
        Add(new DateOnly(2026, 5, 31), "case-1", "甲");

        var answer = await _api.SendAsync("GET", "/api/deadlines?from=2026-05-01&to=2026-06-30&region=430000", key: "enterprise", headers: ("Accept", "text/calendar"));

        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal((new DateOnly(2026, 5, 1), new DateOnly(2026, 6, 30)), (_api.Worklists.DeadlineFilter!.From, _api.Worklists.DeadlineFilter.To));
        Assert.Equal(["430000"], _api.Worklists.DeadlineFilter.Regions);
        Assert.Contains(Entities.Enterprise, _api.Worklists.DeadlineFilter.Own!);
        await (await _api.SendAsync("GET", "/api/deadlines.ics?to=2030-01-01")).ProblemAsync(400, "invalid-request");
        await (await _api.SendAsync("GET", "/api/deadlines.ics?limit=5")).ProblemAsync(400, "invalid-request");
        await (await _api.SendAsync("GET", "/api/deadlines.ics", key: "integrator")).ProblemAsync(403, "role-not-allowed");
    }

    [Fact]
    public async Task A_calendar_without_deadlines_is_one_all_the_same()
    {
        var lines = Unfold(await (await _api.SendAsync("GET", "/api/deadlines.ics")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("BEGIN:VEVENT", lines);
        Assert.Contains("BEGIN:VTIMEZONE", lines);
    }

    private static string[] Unfold(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd('\r', '\n').Split("\r\n");

    private void Add(DateOnly dueOn, string id, string name) => _api.Worklists.Deadlines.Add(new DeadlineItem(
        Entities.Factory, name, "110000", "北京", new Deadline(dueOn, DeadlineKind.StatementWindow, id, DeadlineOwner.Holder, "miit-2016", "green-factory", Level.National, "五(五)")));
}
