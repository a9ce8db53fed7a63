using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Supervision;

/// <summary>
/// The identity of a grain: its kind and its key, written <c>kind/key</c>, for example <c>factory/N-1-F-0001</c>.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct GrainId : IComparable<GrainId>
{
    private readonly string? _value;

    private GrainId(string value) => _value = value;

    /// <summary>The whole identity, <c>kind/key</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The kind, the part before the slash.</summary>
    public GrainKind Kind => GrainKind.Of(Value.AsSpan(0, Math.Max(0, Value.IndexOf('/', StringComparison.Ordinal))));

    /// <summary>The key, the part after the slash.</summary>
    public string Key => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Makes an identity of a kind and a key that has the form the kind asks for.</summary>
    /// <exception cref="ArgumentException">The key does not have the kind's form.</exception>
    public static GrainId Of(GrainKind kind, string key) =>
        TryParse($"{kind.Name}/{key}", out var id)
            ? id
            : throw new ArgumentException($"'{key}' is not a key of kind {kind.Name}: {kind.KeyForm}.", nameof(key));

    /// <summary>Takes an identity that was checked when it was stored.</summary>
    public static GrainId FromStored(string value) => new(value);

    /// <summary>Reads <c>kind/key</c>; false when the kind is unknown or the key has not the kind's form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out GrainId id)
    {
        id = default;
        if (text is null)
            return false;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !GrainKind.TryFind(text.AsSpan(0, slash), out var kind) || !kind.IsKey(text[(slash + 1)..]))
            return false;
        id = new GrainId(text);
        return true;
    }

    /// <summary>Orders by the bytes of the identity, the order in which grains that are due together are woken.</summary>
    public int CompareTo(GrainId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Before, in the order of waking.</summary>
    public static bool operator <(GrainId left, GrainId right) => left.CompareTo(right) < 0;

    /// <summary>After, in the order of waking.</summary>
    public static bool operator >(GrainId left, GrainId right) => left.CompareTo(right) > 0;

    /// <summary>Before or the same.</summary>
    public static bool operator <=(GrainId left, GrainId right) => left.CompareTo(right) <= 0;

    /// <summary>After or the same.</summary>
    public static bool operator >=(GrainId left, GrainId right) => left.CompareTo(right) >= 0;

    /// <summary>Writes an identity as its text.</summary>
    internal sealed class Converter : JsonConverter<GrainId>
    {
        public override GrainId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? throw new JsonException("A grain id is a text of the form kind/key."));

        public override void Write(Utf8JsonWriter writer, GrainId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
