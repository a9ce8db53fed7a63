using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Draws of spot checks: announced and made by officers or by plan, looked at by everyone.</summary>
internal static class DrawEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var draws = api.MapGroup("/draws").WithTags("draws");
        Write(draws.MapPost("", AnnounceAsync)).Does("announceDraw", "Announces a draw: everything about it is fixed but its seed. A draw is neither changed nor announced again.");
        Write(draws.MapPost("/{id}/approval", ApproveAsync)).Does("approveDraw", "Approves, as another person than announced it, that a draw is made.");
        Write(draws.MapPost("/{id}/execution", ExecuteAsync))
            .Does("executeDraw", "Makes a draw with the public values that its announcement names the source of; its visits are ordered in the background.")
            .Refuses(StatusCodes.Status404NotFound);
        draws.MapGet("", ListAsync).AllowAnonymous().Does("listDraws", "Lists draws, in the order of their ids; those that wait for somebody by what they wait for.").Reads().WithMetadata(DrawListQuery.Contract);
        draws.MapGet("/{id}", FindAsync).AllowAnonymous().Does("getDraw", "Shows a draw: what was announced, how it was made, what came of it.").Reads()
            .Refuses(StatusCodes.Status404NotFound);
        draws.MapGet("/{id}/record", RecordAsync).AllowAnonymous()
            .Does("getDrawRecord", "The record by which a draw can be made again: whole for officers, auditors and administrators, to everyone else without inspectors once its visits are over.")
            .Produces(StatusCodes.Status200OK, contentType: JsonBody.MediaType).Refuses(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Write(RouteHandlerBuilder endpoint) => endpoint.RequireAuthorization(AccessPolicies.Officers).WithMetadata(TakesIdempotencyKey.Instance).MayTakeLong()
        .Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Created<DrawView>, Ok<DrawView>, ProblemHttpResult>> AnnounceAsync(
        CommandWrite<DrawBody> write, IDraws draws, CancellationToken cancellationToken)
    {
        var outcome = await draws.AnnounceAsync(write.Body.ToRequest(), write.Context, cancellationToken);
        return outcome.Draw is { } draw ? TypedResults.Created($"/api/draws/{draw.Id}", draw) : Answer(outcome);
    }

    private static async Task<Results<Created<DrawView>, Ok<DrawView>, ProblemHttpResult>> ApproveAsync(
        string id, CommandWrite<NoMembers> write, IDraws draws, CancellationToken cancellationToken) =>
        GrainKind.Draw.IsKey(id) ? Answer(await draws.ApproveAsync(id, write.Context, cancellationToken)) : Problems.From(new Rejection.DrawNotFound(id));

    private static async Task<Results<Created<DrawView>, Ok<DrawView>, ProblemHttpResult>> ExecuteAsync(
        string id, CommandWrite<DrawExecutionBody> write, IDraws draws, CancellationToken cancellationToken) =>
        GrainKind.Draw.IsKey(id) ? Answer(await draws.ExecuteAsync(id, write.Body.PublicValues, write.Context, cancellationToken)) : Problems.From(new Rejection.DrawNotFound(id));

    private static async Task<Ok<Listed<DrawView>>> ListAsync(DrawListQuery query, HttpContext context, IDraws draws, CancellationToken cancellationToken)
    {
        var page = await draws.ListAsync(query.Filter, query.After, query.Limit + 1, cancellationToken);
        var items = page.Take(query.Limit).Select(draw => ShownTo(context, draw)).ToList();
        return TypedResults.Ok(new Listed<DrawView>(items, page.Count > query.Limit ? query.CursorAfter(items[^1].Id) : null));
    }

    private static async Task<Results<Ok<DrawView>, ProblemHttpResult>> FindAsync(string id, HttpContext context, IDraws draws, CancellationToken cancellationToken) =>
        await draws.FindAsync(id, cancellationToken) is { } draw ? TypedResults.Ok(ShownTo(context, draw)) : Problems.From(new Rejection.DrawNotFound(id));

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> RecordAsync(
        string id, HttpContext context, IDraws draws, CancellationToken cancellationToken)
    {
        var whole = SeesAll(context);
        if (await draws.RecordAsync(id, whole, cancellationToken) is not { } record)
        {
            return await draws.FindAsync(id, cancellationToken) is { } draw
                ? Problems.RecordNotOpen(draw.Status)
                : Problems.From(new Rejection.DrawNotFound(id));
        }

        var compressed = context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        context.Response.Headers.CacheControl = whole ? "private, no-store" : "public, max-age=60";
        if (compressed)
            context.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Stream(
            async body =>
            {
                await using (record)
                {
                    await using var plain = compressed ? record : new GZipStream(record, CompressionMode.Decompress);
                    await plain.CopyToAsync(body, cancellationToken);
                }
            },
            JsonBody.MediaType, $"{id}.json");
    }

    private static bool SeesAll(HttpContext context) => context.User is KeyPrincipal { Holder.Actor.Role: Role.Officer or Role.Auditor or Role.Admin };

    /// <summary>The seed tells who wins to whoever has the register, so that it is shown to others with the record and not before.</summary>
    private static DrawView ShownTo(HttpContext context, DrawView draw) =>
        SeesAll(context) || draw.Status == DrawStatus.Opened ? draw : draw with { Execution = null };

    private static Results<Created<DrawView>, Ok<DrawView>, ProblemHttpResult> Answer(DrawOutcome outcome) => outcome switch
    {
        { Status: CommandStatus.Accepted, Draw: { } draw } => TypedResults.Ok(draw),
        { Rejection: { } rejection } => Problems.From(rejection),
        { Status: CommandStatus.IdentityReused } => Problems.IdempotencyKeyReused(),
        _ => Problems.IdempotencyKeyInUse(),
    };
}
