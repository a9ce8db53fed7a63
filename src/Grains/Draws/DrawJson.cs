using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision.Grains.Draws;

/// <summary>How records of draws are written and read: strictly, members in the order of declaration, absent ones as null, rows of the roster as arrays.</summary>
public static class DrawJson
{
    private static readonly DrawJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new RosterRowConverter() },
    });

    /// <summary>Writes a record in UTF-8.</summary>
    public static void Write(Stream stream, DrawRecord record) => JsonSerializer.Serialize(stream, record, Context.DrawRecord);

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">The text is not a record; the message names the place.</exception>
    public static DrawRecord Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, Context.DrawRecord) ?? throw new JsonException("A record is null.");

    /// <summary>Writes the rows of a roster in UTF-8.</summary>
    public static void WriteRoster(Stream stream, IReadOnlyList<RosterRow> rows) => JsonSerializer.Serialize(stream, rows, Context.IReadOnlyListRosterRow);

    /// <summary>Reads the rows of a roster.</summary>
    /// <exception cref="JsonException">The text is not a list of rows.</exception>
    public static List<RosterRow> ReadRoster(ReadOnlySpan<byte> text)
    {
        // Through the serializer each row would be read twice: once to see whether it is all there.
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A roster is a list of rows.");
        var rows = new List<RosterRow>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            rows.Add(RosterRowConverter.Read(ref reader));
        return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? rows : throw new JsonException("Something stands behind the roster.");
    }

    /// <summary>Writes inspectors in UTF-8.</summary>
    public static byte[] WritePool(IReadOnlyList<PoolRow> rows) => JsonSerializer.SerializeToUtf8Bytes(rows, Context.IReadOnlyListPoolRow);

    /// <summary>Reads inspectors.</summary>
    public static IReadOnlyList<PoolRow> ReadPool(byte[] text) => JsonSerializer.Deserialize(text, Context.IReadOnlyListPoolRow) ?? throw new JsonException("A pool is null.");

    /// <summary>A row as <c>[grain, riskClass, enterprise, region, exclusion]</c>.</summary>
    private sealed class RosterRowConverter : JsonConverter<RosterRow>
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
                Text(ref reader) ?? throw new JsonException("A row of the roster names a grain."), Word(ref reader),
                Text(ref reader) ?? throw new JsonException("A row of the roster names an enterprise."), Word(ref reader), Word(ref reader));
            if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)
                throw new JsonException("A row of the roster is an array of five.");
            return row;
        }

        public override void Write(Utf8JsonWriter writer, RosterRow value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Grain);
            writer.WriteStringValue(value.RiskClass);
            writer.WriteStringValue(value.Enterprise);
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

        private static string? Text(ref Utf8JsonReader reader)
        {
            Next(ref reader);
            return reader.GetString();
        }

        private static void Next(ref Utf8JsonReader reader)
        {
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                throw new JsonException("A row of the roster is an array of five texts.");
        }
    }
}

[JsonSerializable(typeof(DrawRecord))]
[JsonSerializable(typeof(IReadOnlyList<RosterRow>))]
[JsonSerializable(typeof(IReadOnlyList<PoolRow>))]
internal sealed partial class DrawJsonContext : JsonSerializerContext;
