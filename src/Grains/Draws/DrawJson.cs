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
    });

    /// <summary>Writes a record in UTF-8.</summary>
    public static void Write(Stream stream, DrawRecord record) => JsonSerializer.Serialize(stream, record, Context.DrawRecord);

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">The text is not a record; the message names the place.</exception>
    public static DrawRecord Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, Context.DrawRecord) ?? throw new JsonException("A record is null.");

    /// <summary>Reads the rows of a roster that was kept by an earlier version.</summary>
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
}

[JsonSerializable(typeof(DrawRecord))]
[JsonSerializable(typeof(IReadOnlyList<PoolRow>))]
internal sealed partial class DrawJsonContext : JsonSerializerContext;
