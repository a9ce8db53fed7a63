using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// Enumerations are written in lower case with hyphens, for example <c>not-operating</c>, and read exactly so: the
/// converter of the base library also takes other cases, and lists, which it reads as a third value.
/// </summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class KebabCase<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> ByWord = ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every word, in the order of declaration.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<T>().Select(value => ByValue[value])];

    /// <summary>The word for a value.</summary>
    public static string Word(T value) => ByValue[value];

    /// <summary>Reads a word.</summary>
    public static bool TryParse(string? word, out T value)
    {
        value = default;
        return word is not null && ByWord.TryGetValue(word, out value);
    }

    /// <summary>Reads a word that was checked when it was stored.</summary>
    /// <exception cref="FormatException">It is not a word of the enumeration.</exception>
    public static T Parse(string word) =>
        TryParse(word, out var value) ? value : throw new FormatException($"'{word}' is not one of {string.Join(", ", Words)}.");

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"The value has to be one of {string.Join(", ", Words)}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Word(value));
    }
}
