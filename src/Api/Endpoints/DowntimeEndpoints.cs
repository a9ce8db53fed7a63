using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Downtimes that authorities declare, which move the deadlines that fall into them.</summary>
internal static class DowntimeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var downtimes = api.MapGroup("/downtimes").WithTags("downtimes");
        Write(downtimes.MapPost("", DeclareAsync))
            .Does("declareDowntime", "Declares days on which an authority, or what it works with, could not be reached, ahead, meanwhile or afterwards.");
        Write(downtimes.MapPost("/{id}/confirmation", ConfirmAsync))
            .Does("confirmDowntime", "Confirms a downtime, as another person than declared it: deadlines that fall into it and have not passed are moved.")
            .Refuses(StatusCodes.Status404NotFound);
        Read(downtimes.MapGet("", List)).Does("listDowntimes", "Lists downtimes, the latest first.");
        Read(downtimes.MapGet("/{id}", Show)).Does("showDowntime", "Shows a downtime.").Refuses(StatusCodes.Status404NotFound);
        Read(downtimes.MapGet("/{id}/passed", PassedAsync))
            .Does("listPassedDeadlines", "Lists what time had brought about before a downtime was confirmed, because deadlines fell into it: it stays until officers put it right.")
            .Takes(QueryContract.Limit, QueryContract.Cursor).Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Write(RouteHandlerBuilder endpoint) => endpoint.RequireAuthorization(AccessPolicies.Officers).WithMetadata(TakesIdempotencyKey.Instance)
        .Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder Read(RouteHandlerBuilder endpoint) =>
        endpoint.RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static async Task<Results<Created<DowntimeView>, Ok<DowntimeView>, ProblemHttpResult>> DeclareAsync(
        CommandWrite<DowntimeBody> write, IDowntimes downtimes, CancellationToken cancellationToken)
    {
        var outcome = await downtimes.DeclareAsync(write.Body.Id, write.Body.ToCommand(), write.Context, cancellationToken);
        return outcome.Downtime is { } downtime ? TypedResults.Created($"/api/downtimes/{downtime.Id}", downtime) : Answer(outcome);
    }

    private static async Task<Results<Created<DowntimeView>, Ok<DowntimeView>, ProblemHttpResult>> ConfirmAsync(
        string id, CommandWrite<NoMembers> write, IDowntimes downtimes, CancellationToken cancellationToken) =>
        GrainKind.Downtime.IsKey(id) ? Answer(await downtimes.ConfirmAsync(id, write.Context, cancellationToken)) : Problems.From(new Rejection.DowntimeNotFound(id));

    private static Ok<Listed<DowntimeView>> List(IDowntimes downtimes) => TypedResults.Ok(new Listed<DowntimeView>(downtimes.List()));

    private static Results<Ok<DowntimeView>, ProblemHttpResult> Show(string id, IDowntimes downtimes) =>
        downtimes.Find(id) is { } downtime ? TypedResults.Ok(downtime) : Problems.From(new Rejection.DowntimeNotFound(id));

    private static async Task<Results<Ok<Listed<ShownPassedDeadline>>, ProblemHttpResult>> PassedAsync(
        string id, PageQuery query, IDowntimes downtimes, CancellationToken cancellationToken)
    {
        var list = $"downtime\0{id}";
        long after = 0;
        if (query.Cursor is { } cursor && (!Cursor.TryRead(cursor, list, out var place) || !long.TryParse(place, System.Globalization.CultureInfo.InvariantCulture, out after)))
            return Problems.BadCursor();
        return await downtimes.PassedAsync(id, after, query.Limit, cancellationToken) is { } page
            ? TypedResults.Ok(new Listed<ShownPassedDeadline>(
                [.. page.Items.Select(ShownPassedDeadline.Of)],
                page.HasMore ? Cursor.Of(list, page.Items[^1].Seq.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null))
            : Problems.From(new Rejection.DowntimeNotFound(id));
    }

    private static Results<Created<DowntimeView>, Ok<DowntimeView>, ProblemHttpResult> Answer(DowntimeOutcome outcome) => outcome switch
    {
        { Status: CommandStatus.Accepted, Downtime: { } downtime } => TypedResults.Ok(downtime),
        { Rejection: { } rejection } => Problems.From(rejection),
        { Status: CommandStatus.IdentityReused } => Problems.IdempotencyKeyReused(),
        _ => Problems.IdempotencyKeyInUse(),
    };
}
