using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Supervision.Api.Streaming;

/// <summary>Writes to a client what it has missed, and from then on what happens, until either side ends it.</summary>
/// <param name="streams">The clients at the end of the ledger.</param>
/// <param name="feed">The feed, from which it reads what it has missed.</param>
/// <param name="stream">The client.</param>
/// <param name="after">The seq after which it begins.</param>
internal sealed class StreamResult(EventStreams streams, IEventFeed feed, EventStream stream, long after) : IResult
{
    private const int ItemsMax = 500;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            // Proxies of the nginx family hold answers back otherwise.
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await response.BodyWriter.WriteAsync(Frames.Begin, httpContext.RequestAborted);
            await WriteAsync(response, httpContext.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client is gone or was cut.
        }
        finally
        {
            streams.Remove(stream);
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var body = response.BodyWriter;
        var upTo = after;
        while (!streams.TryJoin(stream, upTo))
        {
            var page = await feed.ReadAsync(upTo, stream.Filter, ItemsMax, cancellationToken);
            foreach (var item in page.Items)
                await body.WriteAsync(Frames.Of(item), cancellationToken);
            upTo = page.UpTo;
            await body.WriteAsync(Frames.KeepAlive(upTo), cancellationToken);
        }

        while (await stream.Frames.WaitToReadAsync(cancellationToken))
        {
            while (stream.Frames.TryRead(out var frame))
            {
                // It may have read further than the reader for all had come.
                if (frame.Seq > upTo || (!frame.IsEvent && frame.Seq == upTo))
                    await body.WriteAsync(frame.Bytes, cancellationToken);
            }
        }
    }
}
