using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Supervision.Grains.Calendars;

public sealed partial class WorkCalendar
{
    private const string Header = "date,name,is_off";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a calendar from text; its bytes are taken as UTF-8.</summary>
    /// <exception cref="CalendarException">Something is wrong with the text.</exception>
    public static WorkCalendar Parse(string id, string csv, int version = 1) =>
        Parse(id, version, $"{id}.csv", Encoding.UTF8.GetBytes(csv));

    /// <summary>
    /// Reads a calendar from the bytes of a file with the columns <c>date,name,is_off</c>: a day off is <c>true</c>, a
    /// make-up workday <c>false</c>.
    /// </summary>
    /// <param name="id">Identity, for example <c>cn</c>.</param>
    /// <param name="version">Version of the content.</param>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="utf8">The bytes, with or without a byte order mark.</param>
    /// <exception cref="CalendarException">Something is wrong with the file.</exception>
    public static WorkCalendar Parse(string id, int version, string file, ReadOnlySpan<byte> utf8)
    {
        if (!GrainKind.Calendar.IsKey(id))
            throw new ArgumentException($"'{id}' is not a calendar's id: {GrainKind.Calendar.KeyForm}.", nameof(id));
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);

        var failures = new List<CalendarFailure>();
        var rows = ParseRows(Decode(file, utf8), failures);
        if (failures.Count > 0)
            throw new CalendarException(file, failures);
        return new WorkCalendar(id, version, Convert.ToHexStringLower(SHA256.HashData(utf8)), rows);
    }

    private static string Decode(string file, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return StrictUtf8.GetString(utf8).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + utf8[..Math.Clamp(exception.Index, 0, utf8.Length)].Count((byte)'\n');
            throw new CalendarException(file, [new CalendarFailure(line, "The bytes are not UTF-8.")]);
        }
    }

    private static Dictionary<DateOnly, bool> ParseRows(string text, List<CalendarFailure> failures)
    {
        var rows = new Dictionary<DateOnly, bool>();
        var lines = text.TrimEnd('\r', '\n').Split('\n');
        if (!string.Equals(lines[0].TrimEnd('\r'), Header, StringComparison.Ordinal))
            failures.Add(new CalendarFailure(1, $"The first line has to be '{Header}'."));
        for (var i = 1; i < lines.Length; i++)
        {
            if (ParseRow(lines[i].TrimEnd('\r'), rows) is { } reason)
                failures.Add(new CalendarFailure(i + 1, reason));
        }

        return rows;
    }

    /// <summary>Reads a row; gives the reason if it cannot be used.</summary>
    private static string? ParseRow(string line, Dictionary<DateOnly, bool> rows)
    {
        if (line.Split(',') is not [var date, var name, var isOff])
            return $"A row has three columns ({Header}), not '{line}'.";
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return $"'{date}' is not a date of the form 2026-10-01.";
        if (string.IsNullOrWhiteSpace(name))
            return "The name of the holiday is missing.";
        if (isOff is not ("true" or "false"))
            return $"is_off has to be 'true' (day off) or 'false' (make-up workday), not '{isOff}'.";
        return rows.TryAdd(day, isOff is "true") ? null : $"{date} is there twice.";
    }
}
