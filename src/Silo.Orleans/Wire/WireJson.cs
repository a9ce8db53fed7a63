using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Supervision.Silo.Orleans.Wire;

/// <summary>
/// How commands and rejections travel between silos: as JSON by the names of their types, whole, private texts included. It is never stored, so it
/// is no part of the ledger's contract.
/// </summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameDerivedTypes<GrainCommand>, NameDerivedTypes<Rejection> } },
        Converters = { new PrivateTextConverter(), new GrainKindConverter() },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Reads what another silo wrote.</summary>
    /// <exception cref="JsonException">It is nothing that this version knows.</exception>
    public static T Read<T>(byte[] text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException($"A {typeof(T).Name} is null.");

    private static void NameDerivedTypes<T>(JsonTypeInfo info)
    {
        if (info.Type != typeof(T))
            return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var type in typeof(T).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(T))))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, type.Name));
    }

    /// <summary>In the ledger a private text is its hash alone; on its way to the ledger it has to bring salt and text.</summary>
    private sealed class PrivateTextConverter : JsonConverter<PrivateText>
    {
        public override PrivateText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var whole = JsonSerializer.Deserialize<Whole>(ref reader, options)!;
            return new PrivateText(whole.Sha256) { Salt = whole.Salt, Text = whole.Text };
        }

        public override void Write(Utf8JsonWriter writer, PrivateText value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Whole(value.Sha256, value.Salt, value.Text), options);

        private sealed record Whole(string Sha256, byte[]? Salt, string? Text);
    }

    private sealed class GrainKindConverter : JsonConverter<GrainKind>
    {
        public override GrainKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => GrainKind.Of(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, GrainKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}
