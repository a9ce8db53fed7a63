using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Streaming;

namespace Supervision.Api.Endpoints;

/// <summary>Everything that happens, in the order of the ledger, as those may know it who do not supervise.</summary>
internal static class EventEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("events").RequireAuthorization(AccessPolicies.AllButEnterprises);
        events.MapGet("", ReadAsync)
            .Does("readEvents", "The events after a seq, in order and without gaps. Go on after nextAfter, also when there are no items; when nextAfter is seq, everything is read.").Reads()
            .Takes([.. FeedQuery.Parameters, QueryContract.Limit, QueryContract.MinSeq])
            .Produces<FeedPageView>(StatusCodes.Status200OK, JsonBody.MediaType, FeedResult.NdjsonType)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        events.MapGet("/stream", StreamAsync)
            .Does("streamEvents", "The same events as they happen, as server-sent events whose id is the seq; Last-Event-ID goes on after an event, and wins over after. Without either it begins now.")
            .Takes([.. FeedQuery.Parameters]).WithMetadata(TakesLastEventId.Instance).MayTakeLong()
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<FeedResult, ProblemHttpResult>> ReadAsync(FeedQuery query, IEventFeed feed, HttpContext context, CancellationToken cancellationToken)
    {
        var after = query.After ?? 0;
        await WaitAsync(feed, after, cancellationToken);
        if (query.RefuseBeyond(feed.Seq) is { } problem)
            return problem;
        var seq = feed.Seq;
        var page = await feed.ReadAsync(after, query.Filter, query.Limit, cancellationToken);
        return new FeedResult(page, Math.Max(seq, page.UpTo), context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == FeedResult.NdjsonType));
    }

    private static async Task<Results<StreamResult, ProblemHttpResult>> StreamAsync(FeedQuery query, IEventFeed feed, EventStreams streams, HttpContext context)
    {
        if (query.After is { } after)
            await WaitAsync(feed, after, context.RequestAborted);
        if (query.RefuseBeyond(feed.Seq) is { } problem)
            return problem;
        return streams.TryAdd(query.Filter, context.Abort, out var stream)
            ? new StreamResult(streams, feed, stream, query.After ?? feed.Seq)
            : Problems.StreamsFull(streams.Max);
    }

    /// <summary>Bears with this silo being a moment behind the one that gave the position.</summary>
    private static async Task WaitAsync(IEventFeed feed, long after, CancellationToken cancellationToken)
    {
        if (after <= feed.Seq)
            return;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(BehindMax);
        await feed.WaitAsync(after - 1, bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static readonly TimeSpan BehindMax = TimeSpan.FromMilliseconds(500);
}

/// <summary>A page of the feed as it is described.</summary>
/// <param name="Items">The events.</param>
/// <param name="NextAfter">The seq after which the next page begins.</param>
/// <param name="Seq">Where the ledger ends.</param>
internal sealed record FeedPageView(IReadOnlyList<FeedItemView> Items, long NextAfter, long Seq);

/// <summary>An event as it is described; docs/integrators.md tells of its members.</summary>
internal sealed record FeedItemView(
    long Seq, string Type, EventClass Class, string Subject, DateTimeOffset At, DateOnly EffectiveOn, FeedEntityView? Entity, FeedTitleView? Title, FeedDecisionView? Decision,
    long? Corrects, System.Text.Json.JsonElement? Data, IReadOnlyList<FeedEarlierView> Earlier);

/// <summary>The entity as it was then.</summary>
internal sealed record FeedEntityView(string Name, IReadOnlyList<string> FormerNames, string? CreditCode, string? Region, Standing Standing, string Link);

/// <summary>The title that an event is about, as it was then.</summary>
internal sealed record FeedTitleView(string Policy, string Honour, Level Level, string Authority, TitleStatus Status, DateOnly Since);

/// <summary>The decision behind an event.</summary>
internal sealed record FeedDecisionView(string? Number, string? Ground, string? Article, string Link);

/// <summary>An event that is told with a later one.</summary>
internal sealed record FeedEarlierView(
    long Seq, string Type, EventClass Class, string Subject, DateTimeOffset At, DateOnly EffectiveOn, System.Text.Json.JsonElement? Data);

/// <summary>A page of the feed as it is written: items as the feed has them, as one object or one a line.</summary>
internal sealed class FeedResult(FeedPage page, long seq, bool lines) : IResult
{
    public const string NdjsonType = "application/x-ndjson";

    private const string NextAfterHeader = "Supervision-Next-After";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var next = page.UpTo.ToString(CultureInfo.InvariantCulture);
        response.ContentType = lines ? NdjsonType : JsonBody.MediaType;
        response.Headers[NextAfterHeader] = next;
        var body = response.BodyWriter;
        if (!lines)
            body.WriteText("{\"items\":[");
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0 && !lines)
                body.WriteText(",");
            body.Write(page.Items[i].Json.Span);
            if (lines)
                body.WriteText("\n");
        }

        if (!lines)
            body.WriteText($"],\"nextAfter\":{next},\"seq\":{seq.ToString(CultureInfo.InvariantCulture)}}}");
        await body.FlushAsync(httpContext.RequestAborted);
    }
}
