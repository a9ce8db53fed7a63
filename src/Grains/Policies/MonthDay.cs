using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Supervision.Grains.Policies;

/// <summary>A day of every year, written <c>04-15</c>. <c>02-29</c> is the last day of February in every year.</summary>
/// <param name="Month">From 1 to 12.</param>
/// <param name="Day">From 1 to the last day that the month has in a leap year.</param>
[JsonConverter(typeof(MonthDayConverter))]
public readonly record struct MonthDay(int Month, int Day) : IComparable<MonthDay>
{
    /// <summary>The form, as a regular expression.</summary>
    public const string Pattern = @"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    /// <summary>The date in a year.</summary>
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));

    /// <inheritdoc/>
    public int CompareTo(MonthDay other) => (Month, Day).CompareTo((other.Month, other.Day));

    /// <summary>Whether one day lies before another in the same year.</summary>
    public static bool operator <(MonthDay left, MonthDay right) => left.CompareTo(right) < 0;

    /// <summary>Whether one day lies after another in the same year.</summary>
    public static bool operator >(MonthDay left, MonthDay right) => left.CompareTo(right) > 0;

    /// <summary>Whether one day lies before another in the same year, or is the same.</summary>
    public static bool operator <=(MonthDay left, MonthDay right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one day lies after another in the same year, or is the same.</summary>
    public static bool operator >=(MonthDay left, MonthDay right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Month:00}-{Day:00}";
}

/// <summary>Reads and writes a <see cref="MonthDay"/>.</summary>
internal sealed partial class MonthDayConverter : JsonConverter<MonthDay>
{
    private const int LeapYear = 2000;

    public override MonthDay Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && Form().IsMatch(text)
        && new MonthDay(int.Parse(text.AsSpan(0, 2)), int.Parse(text.AsSpan(3))) is var day && day.Day <= DateTime.DaysInMonth(LeapYear, day.Month)
            ? day
            : throw new JsonException("The value has to be a day of every year, month and day: 04-15.");

    public override void Write(Utf8JsonWriter writer, MonthDay value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    [GeneratedRegex(@"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
