using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Supervision.Api.Streaming;

/// <summary>What is written on an event stream (WHATWG HTML 9.2), each frame ended by an empty line.</summary>
internal static class Frames
{
    /// <summary>The first frame: clients that lose the connection come back after as many milliseconds.</summary>
    public static ReadOnlyMemory<byte> Begin { get; } = Encoding.UTF8.GetBytes("retry: 2000\n: supervision\n\n");

    /// <summary>An event; its JSON has no line breaks.</summary>
    public static ReadOnlyMemory<byte> Of(FeedItem item)
    {
        var id = Encoding.UTF8.GetBytes($"id: {item.Seq.ToString(CultureInfo.InvariantCulture)}\ndata: ");
        return (byte[])[.. id, .. item.Json.Span, (byte)'\n', (byte)'\n'];
    }

    /// <summary>
    /// Shows that the connection lives. The id without data moves a client's position past what was filtered out, so that it does not
    /// have to be looked at again when the client comes back.
    /// </summary>
    public static ReadOnlyMemory<byte> KeepAlive(long seq) => Encoding.UTF8.GetBytes($": \nid: {seq.ToString(CultureInfo.InvariantCulture)}\n\n");

    /// <summary>Writes text of ASCII characters.</summary>
    public static void WriteText(this PipeWriter writer, string text) => Encoding.UTF8.GetBytes(text, writer);
}
