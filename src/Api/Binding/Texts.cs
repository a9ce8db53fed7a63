using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Supervision.Api.Binding;

/// <summary>A text in sentences: longer than a name, with line breaks and tabs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FreeTextAttribute() : MaxLengthAttribute(Texts.FreeLengthMax);

/// <summary>A text that may be longer than a name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextOfAtMostAttribute(int length) : MaxLengthAttribute(length);

/// <summary>A list that may have more items than others.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemsOfAtMostAttribute(int items) : Attribute
{
    public int Items => items;
}

/// <summary>What texts, dates and instants in requests look like.</summary>
internal static class Texts
{
    /// <summary>Most characters of a text in sentences.</summary>
    public const int FreeLengthMax = 10_000;

    /// <summary>Most characters of any other text.</summary>
    public const int LengthMax = EntityName.LengthMax;

    // Legal dates lie well within; calendar arithmetic never leaves what can be represented.
    private static readonly DateOnly Earliest = new(1900, 1, 1);

    private static readonly DateOnly Latest = new(2999, 12, 31);

    /// <summary>Reads a date.</summary>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date >= Earliest && date <= Latest;

    /// <summary>What a date looks like.</summary>
    public const string DateForm = "Has to be a date yyyy-MM-dd, from 1900-01-01 to 2999-12-31.";

    /// <summary>Reads an instant.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant)
        && DateOnly.FromDateTime(instant.UtcDateTime) is var date && date >= Earliest && date <= Latest;

    /// <summary>What an instant looks like.</summary>
    public const string InstantForm = "Has to be an instant in UTC, for example 2026-01-31T08:00:00Z, at the latest in 2999.";

    /// <summary>Reads the identity of an enterprise, or its key alone.</summary>
    public static bool TryEnterprise(string text, out GrainId enterprise) =>
        GrainId.TryParse(text.Contains('/', StringComparison.Ordinal) ? text : $"{GrainKind.Enterprise.Name}/{text}", out enterprise)
        && enterprise.Kind == GrainKind.Enterprise;

    /// <summary>What the identity of an entity looks like.</summary>
    public static string EntityForm { get; } = $"Has to be kind/key, the kind being one of {string.Join(", ", GrainKind.Subjects)}.";

    /// <summary>What the identity of an enterprise looks like.</summary>
    public static string EnterpriseForm { get; } = $"Has to be enterprise/<key>, the key being {GrainKind.Enterprise.KeyForm}.";
}
