using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>Enumerations are written in lower case with hyphens, for example <c>not-operating</c>; numbers are refused.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class KebabCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum
{
    /// <summary>The word for a value.</summary>
    public static string Word(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Every word, in the order of declaration.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<T>().Select(Word)];

    /// <summary>Reads a word.</summary>
    public static bool TryParse(string? word, out T value)
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (string.Equals(Word(candidate), word, StringComparison.Ordinal))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
