using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision.Grains.Draws;

/// <summary>A row as <c>[grain, riskClass, enterprise, region, exclusion]</c>.</summary>
internal sealed class RosterRowConverter : JsonConverter<RosterRow>
{
    // More than there are regions.
    private const int WordsMax = 10_000;

    private static readonly ConcurrentDictionary<string, string> Words = new(StringComparer.Ordinal);

    // More characters than any region, risk class or reason has.
    private const int WordLengthMax = 64;

    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> WordsByText = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public override RosterRow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public static RosterRow Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A row of the roster is an array of five.");
        var row = new RosterRow(
            Identity(ref reader) ?? throw new JsonException("A row of the roster names a grain."), Word(ref reader),
            Identity(ref reader) ?? throw new JsonException("A row of the roster names an enterprise."), Word(ref reader), Word(ref reader));
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
            throw new JsonException("A row of the roster is an array of five.");
        return row;
    }

    public override void Write(Utf8JsonWriter writer, RosterRow value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Grain.Bytes);
        writer.WriteStringValue(value.RiskClass);
        writer.WriteStringValue(value.Enterprise.Bytes);
        writer.WriteStringValue(value.Region);
        writer.WriteStringValue(value.Exclusion);
        writer.WriteEndArray();
    }

    /// <summary>A text that many rows share, so that a million of them do not hold a million copies.</summary>
    private static string? Word(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        if (reader.TokenType == JsonTokenType.Null || reader.HasValueSequence || reader.ValueSpan.Length > WordLengthMax)
            return reader.GetString();
        Span<char> text = stackalloc char[WordLengthMax];
        text = text[..reader.CopyString(text)];
        if (WordsByText.TryGetValue(text, out var known))
            return known;
        var word = text.ToString();
        // To count them is dear, and rarely needed.
        return Words.Count < WordsMax ? Words.GetOrAdd(word, word) : word;
    }

    private static Utf8Identity? Identity(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.TokenType == JsonTokenType.Null)
            return reader.GetString() is { } text ? (Utf8Identity?)Utf8Identity.FromString(text) : null;
        return new Utf8Identity(reader.ValueSpan.ToArray(), 0, reader.ValueSpan.Length);
    }

    private static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            throw new JsonException("A row of the roster is an array of five texts.");
    }
}
