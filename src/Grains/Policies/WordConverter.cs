using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace Supervision.Grains.Policies;

/// <summary>
/// Reads an enumeration's values as words in kebab case, exactly: the converter of the base library also takes other
/// cases (<c>Minor</c>) and lists (<c>"minor, failed"</c>, which it reads as a third value).
/// </summary>
internal sealed class WordConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(typeToConvert))!;

    /// <summary>Describes the words in a schema, which knows nothing of converters that are not the base library's.</summary>
    public static JsonNode AddWords(JsonSchemaExporterContext context, JsonNode schema) => context.TypeInfo.Type.IsEnum
        ? new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(context.TypeInfo.Type).Select(name => (JsonNode)WordOf(name))]) }
        : schema;

    internal static string WordOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

/// <summary>Reads and writes one enumeration.</summary>
internal sealed class WordConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<string, TEnum> ByWord =
        Enum.GetValues<TEnum>().ToFrozenDictionary(value => WordConverterFactory.WordOf(value.ToString()));

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ByWord.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"The value has to be one of {string.Join(", ", ByWord.Keys.Order(StringComparer.Ordinal))}.");

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WordConverterFactory.WordOf(value.ToString()));
}
