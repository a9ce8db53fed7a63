using System.Threading.Channels;

namespace Supervision.Api.Streaming;

/// <summary>What is to be written to a client.</summary>
/// <param name="Seq">The seq up to which the client has everything once it is written.</param>
/// <param name="IsEvent">Whether it is the event of that seq.</param>
/// <param name="Bytes">The frame.</param>
internal readonly record struct Frame(long Seq, bool IsEvent, ReadOnlyMemory<byte> Bytes);

/// <summary>A client of the event stream: what it asked for, and what is to be written to it.</summary>
/// <param name="filter">Which events.</param>
/// <param name="abort">Ends the connection at once.</param>
internal sealed class EventStream(FeedFilter filter, Action abort)
{
    /// <summary>Frames that wait for a client; whoever reads more slowly than events happen is cut and goes on later by Last-Event-ID.</summary>
    private const int FramesMax = 1_024;

    private readonly Channel<Frame> _frames = Channel.CreateBounded<Frame>(new BoundedChannelOptions(FramesMax) { SingleReader = true });

    public FeedFilter Filter => filter;

    /// <summary>Whether it has read what it missed, and is sent what happens.</summary>
    public bool HasJoined { get; set; }

    public ChannelReader<Frame> Frames => _frames.Reader;

    /// <summary>Sends a frame; a client that does not take its frames is cut.</summary>
    public void Send(Frame frame)
    {
        if (_frames.Writer.TryWrite(frame))
            return;
        End();
        abort();
    }

    /// <summary>Lets the client have what waits for it, and no more.</summary>
    public void End() => _frames.Writer.TryComplete();
}
