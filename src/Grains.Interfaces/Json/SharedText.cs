using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// Reads short ASCII texts as one object each, as far as they were read lately: most of a state are the same few words as in every other (policies, honours, items, inspectors, pseudonyms), and
/// what is read again and again is made and moved by the collector again and again.
/// </summary>
internal sealed class SharedText : JsonConverter<string>
{
    private const int LengthMax = 32;

    // Two to some power. Each text has one place, which a later one may take: a race costs an object, nothing else.
    private const int Places = 4096;

    private readonly string?[] _known = new string?[Places];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.TokenType != JsonTokenType.String || reader.ValueSpan is not { Length: > 0 and <= LengthMax } text)
            return reader.GetString();
        ref var known = ref _known[PlaceOf(text)];
        if (known is { } shared && Ascii.Equals(text, shared))
            return shared;
        var read = reader.GetString()!;
        if (Ascii.IsValid(text))
            known = read;
        return read;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        var hash = (uint)text.Length;
        var words = MemoryMarshal.Cast<byte, uint>(text);
        foreach (var word in words)
            hash = BitOperations.Crc32C(hash, word);
        foreach (var rest in text[(words.Length * sizeof(uint))..])
            hash = BitOperations.Crc32C(hash, rest);
        return (int)(hash % Places);
    }
}
