using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Supervision.Ledger.Merkle;

/// <summary>
/// The leaf of an event in the Merkle tree: a JSON object in UTF-8, without white space, whose members stand in this
/// order: grain, version, type, at, effectiveOn, actor, command (only where there is one), data (the stored text as it
/// is). An event's seq is its place in the tree, counted from 1; it is proven by the tree and so not claimed by the leaf.
/// </summary>
public static class Leaf
{
    /// <summary>Most bytes of a leaf; entry bundles of transparency logs hold no more.</summary>
    public const int LengthMax = 65_535;

    private const byte LeafPrefix = 0;

    /// <summary>2026-05-01T01:02:03.4560000Z.</summary>
    private const int RoundTripLength = 28;

    /// <summary>2026-05-01T01:02:03.456Z.</summary>
    private const int InstantLength = 24;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    /// <summary>The bytes of a leaf.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="version">The version of the event in its grain.</param>
    /// <param name="type">The stored name of the event.</param>
    /// <param name="at">When it was recorded; whole milliseconds.</param>
    /// <param name="effectiveOn">The date on which it took effect.</param>
    /// <param name="actor">The pseudonym of who brought it about.</param>
    /// <param name="command">The command id, where the command had one.</param>
    /// <param name="data">The stored text of the event.</param>
    public static byte[] Write(
        GrainId grain, long version, string type, DateTimeOffset at, DateOnly effectiveOn, string actor, Guid? command, ReadOnlySpan<byte> data) =>
        Build(grain, version, type, at, effectiveOn, actor, command, data)[1..].ToArray();

    /// <summary>The hash of a leaf: SHA-256 of a zero byte and its bytes (RFC 6962). Parameters as of <see cref="Write"/>.</summary>
    /// <exception cref="LeafTooLongException">The leaf would be longer than <see cref="LengthMax"/>.</exception>
    public static byte[] Hash(
        GrainId grain, long version, string type, DateTimeOffset at, DateOnly effectiveOn, string actor, Guid? command, ReadOnlySpan<byte> data) =>
        Sha256.HashData(Build(grain, version, type, at, effectiveOn, actor, command, data));

    private static ReadOnlySpan<byte> Build(
        GrainId grain, long version, string type, DateTimeOffset at, DateOnly effectiveOn, string actor, Guid? command, ReadOnlySpan<byte> data)
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        buffer.Write([LeafPrefix]);
        writer ??= new Utf8JsonWriter(buffer, Options);
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteString("grain"u8, grain.Value);
        writer.WriteNumber("version"u8, version);
        writer.WriteString("type"u8, type);
        // A form of our own costs several times what the round-trip form does; an instant's is cut off behind the milliseconds.
        Span<byte> text = stackalloc byte[RoundTripLength];
        at.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[InstantLength - 1] = (byte)'Z';
        writer.WriteString("at"u8, text[..InstantLength]);
        effectiveOn.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteString("effectiveOn"u8, text[..length]);
        writer.WriteString("actor"u8, actor);
        if (command is { } id)
            writer.WriteString("command"u8, id);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(data, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenCount - 1 <= LengthMax
            ? buffer.WrittenSpan
            : throw new LeafTooLongException(buffer.WrittenCount - 1);
    }
}

/// <summary>An event whose leaf would be longer than <see cref="Leaf.LengthMax"/>.</summary>
/// <param name="length">How long it would be, in bytes.</param>
public sealed class LeafTooLongException(int length) : Exception($"The event would have {length} bytes; at most {Leaf.LengthMax} fit a leaf.")
{
    /// <summary>How long it would be, in bytes.</summary>
    public int Length => length;
}
