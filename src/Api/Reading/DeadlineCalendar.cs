using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api.Reading;

/// <summary>
/// Deadlines as a calendar (RFC 5545) of days. An event keeps its identity as long as it is the same deadline, also when the day
/// moves, so that a calendar that is fetched again changes and does not grow.
/// </summary>
internal sealed class DeadlineCalendar(IReadOnlyList<DeadlineItem> deadlines, DateTimeOffset now) : IResult
{
    public const string MediaType = "text/calendar";

    // RFC 5545, 3.1: without the line break.
    private const int LineOctetsMax = 75;

    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.Headers.ContentDisposition = "inline; filename=\"deadlines.ics\"";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(Write()), httpContext.RequestAborted);
    }

    /// <summary>The whole calendar.</summary>
    public string Write()
    {
        foreach (var line in (string[])
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Supervision//Deadlines//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            // A calendar has at least one component, also when nothing is due.
            "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
        ])
        {
            Line(line);
        }

        foreach (var item in deadlines)
            Write(item);
        Line("END:VCALENDAR");
        return _text.ToString();
    }

    private void Write(DeadlineItem item)
    {
        var deadline = item.Deadline;
        var kind = KebabCase<DeadlineKind>.Word(deadline.Kind);
        var owner = deadline.Owner is { } who ? KebabCase<DeadlineOwner>.Word(who) : null;
        Line("BEGIN:VEVENT");
        Line($"UID:{UidOf(item)}");
        Line(string.Create(CultureInfo.InvariantCulture, $"DTSTAMP:{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
        Line(string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{deadline.DueOn:yyyyMMdd}"));
        // The end of an event is the first day that no longer belongs to it.
        Line(string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{deadline.DueOn.AddDays(1):yyyyMMdd}"));
        Line($"SUMMARY:{Escape($"{kind}: {item.Name}")}");
        Line($"DESCRIPTION:{Escape($"{item.Entity} {deadline.Id}\n{deadline.Policy} {deadline.Article}{(owner is null ? "" : $"\n{owner}")}")}");
        Line(owner is null ? $"CATEGORIES:{kind}" : $"CATEGORIES:{kind},{owner}");
        Line("TRANSP:TRANSPARENT");
        Line("END:VEVENT");
    }

    private static string UidOf(DeadlineItem item)
    {
        var deadline = item.Deadline;
        var identity = string.Join('\n', item.Entity.Value, KebabCase<DeadlineKind>.Word(deadline.Kind), deadline.Id, deadline.Policy, deadline.Honour, deadline.Level);
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16))}@supervision.example";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character == '\n')
                escaped.Append("\\n");
            else if (character is '\\' or ';' or ',')
                escaped.Append('\\').Append(character);
            else if (!char.IsControl(character))
                escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Writes a line, folded where it is too long, never within a character.</summary>
    private void Line(string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctetsMax)
            {
                // The space with which a folded line goes on counts as well.
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }
}
