using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Supervision.Hosting.Webhooks;

/// <summary>What is sent: a CloudEvent 1.0 as JSON, with an item of the feed as its data.</summary>
internal static class CloudEvent
{
    /// <summary>The type of a test.</summary>
    public const string TestType = "subscription.test";

    /// <summary>Most bytes of a message (Standard Webhooks: under 20 kB).</summary>
    public const int BytesMax = 20_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The message of an event.</summary>
    /// <param name="item">The event.</param>
    /// <param name="subscription">The subscription.</param>
    /// <param name="previousSeq">The event that was sent to it before.</param>
    /// <param name="origin">Who sends.</param>
    public static ReadOnlyMemory<byte> Of(FeedItem item, string subscription, long? previousSeq, string origin)
    {
        var whole = Write(item, subscription, previousSeq, origin, writer => writer.WriteRawValue(item.Json.Span, skipInputValidation: true));
        // The rest is read from the feed, where an item may be as large as an event.
        return whole.Length <= BytesMax ? whole : Write(item, subscription, previousSeq, origin, writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq", item.Seq);
            writer.WriteString("type", item.Type);
            writer.WriteString("subject", item.Subject.Value);
            writer.WriteBoolean("omitted", true);
            writer.WriteEndObject();
        });
    }

    /// <summary>The message of a test.</summary>
    public static ReadOnlyMemory<byte> OfTest(long delivery, string subscription, DateTimeOffset at, string origin)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            WriteStart(writer, $"test-{delivery}", TestType, subscription, at, subscription, origin);
            writer.WriteStartObject("data");
            writer.WriteString("subscription", subscription);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Write(FeedItem item, string subscription, long? previousSeq, string origin, Action<Utf8JsonWriter> writeData)
    {
        var buffer = new ArrayBufferWriter<byte>(item.Json.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            // The instant tells apart what two histories have at one seq.
            WriteStart(
                writer, string.Create(CultureInfo.InvariantCulture, $"{item.Seq}.{item.At.ToUnixTimeMilliseconds():x}"), item.Type, item.Subject.Value, item.At, subscription, origin);
            // As texts: an integer of CloudEvents has 32 bits, and a ledger more events.
            writer.WriteString("seq", item.Seq.ToString(CultureInfo.InvariantCulture));
            if (previousSeq is { } previous)
                writer.WriteString("previousseq", previous.ToString(CultureInfo.InvariantCulture));
            writer.WritePropertyName("data");
            writeData(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteStart(Utf8JsonWriter writer, string id, string type, string subject, DateTimeOffset at, string subscription, string origin)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", id);
        writer.WriteString("source", $"//{origin}");
        writer.WriteString("type", type);
        writer.WriteString("subject", subject);
        writer.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        writer.WriteString("datacontenttype", "application/json");
        writer.WriteString("subscription", subscription);
    }
}
