using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Bulk commands that were stopped and wait for a second officer.</summary>
internal static class HoldEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var holds = api.MapGroup("/holds").WithTags("holds");
        holds.MapGet("", ListAsync).Does("listHolds", "Lists bulk commands that were stopped, newest first.").RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors)
            .WithMetadata(HoldListQuery.Contract).Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        holds.MapGet("/{id}", ShowAsync).Does("showHold", "Shows a bulk command that was stopped, and page by page what it would change now.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).Takes(QueryContract.Limit, QueryContract.Cursor).MayTakeLong()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        Decides(holds.MapPost("/{id}/release", ReleaseAsync), "releaseHold", "Releases a bulk command, as another person: who asked for it may send it again, for a day.");
        Decides(holds.MapPost("/{id}/refusal", RefuseAsync), "refuseHold", "Refuses a bulk command, as another person.");
    }

    private static void Decides(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.Does(name, summary).Privileged()
        .RequireAuthorization(AccessPolicies.Officers)
        .Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
            StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

    private static async Task<Ok<Listed<HoldView>>> ListAsync(HoldListQuery query, IHolds holds, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await holds.ListAsync(query.Status, query.Before, query.Limit, cancellationToken)));

    private static async Task<Results<Ok<ShownHold>, ProblemHttpResult>> ShowAsync(string id, PageQuery query, IHolds holds, CancellationToken cancellationToken)
    {
        if (!TryId(id, out var number) || await holds.FindAsync(number, cancellationToken) is not { } hold)
            return Problems.HoldNotFound();
        var list = $"hold\0{number}";
        GrainId after = default;
        if (query.Cursor is { } cursor && (!Cursor.TryRead(cursor, list, out var place) || !GrainId.TryParse(place, out after)))
            return Problems.BadCursor();
        var page = (await holds.WouldDoAsync(number, after == default ? null : after, query.Limit, cancellationToken))!;
        return TypedResults.Ok(new ShownHold(hold, page.Items, page.Last is { } last ? Cursor.Of(list, last.Value) : null));
    }

    private static Task<Results<Ok<HoldView>, ProblemHttpResult>> ReleaseAsync(
        string id, Body<HoldReleaseBody> body, HttpContext context, IHolds holds, CancellationToken cancellationToken) =>
        DecideAsync(id, HoldStatus.Released, body.Value.Reason, context, holds, cancellationToken);

    private static Task<Results<Ok<HoldView>, ProblemHttpResult>> RefuseAsync(
        string id, Body<HoldRefusalBody> body, HttpContext context, IHolds holds, CancellationToken cancellationToken) =>
        DecideAsync(id, HoldStatus.Refused, body.Value.Reason, context, holds, cancellationToken);

    private static async Task<Results<Ok<HoldView>, ProblemHttpResult>> DecideAsync(
        string id, HoldStatus status, string? reason, HttpContext context, IHolds holds, CancellationToken cancellationToken)
    {
        if (!TryId(id, out var number))
            return Problems.HoldNotFound();
        var decision = await holds.DecideAsync(number, status, reason, KeyPrincipal.Of(context).Actor, cancellationToken);
        return decision switch
        {
            { Hold: null } => Problems.HoldNotFound(),
            { Rejection: { } rejection } => Problems.From(rejection),
            { Hold: var hold } => TypedResults.Ok(hold),
        };
    }

    private static bool TryId(string id, out long number) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>Which page of holds is asked for.</summary>
internal sealed class HoldListQuery : IBound, IBindableFromHttpContext<HoldListQuery>
{
    private readonly string _list;

    private HoldListQuery(HoldStatus? status, QueryReader query, HttpContext context)
    {
        (Status, Limit, _list) = (status, query.Limit(), $"holds\0{status}");
        var before = 0L;
        var isBad = context.Request.Query.TryGetValue("cursor", out var cursor)
            && !(Cursor.TryRead(cursor.ToString(), _list, out var place) && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before));
        Before = before == 0 ? null : before;
        Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : isBad ? Problems.BadCursor() : null;
    }

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
        [new("status", "Those of this status.", ValueForm.OneOf([.. KebabCase<HoldStatus>.Words])), QueryContract.Limit, QueryContract.Cursor]);

    public HoldStatus? Status { get; }

    public long? Before { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<HoldListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        return ValueTask.FromResult<HoldListQuery?>(new HoldListQuery(query.Word<HoldStatus>("status"), query, context));
    }

    /// <summary>The page with the cursor of the next.</summary>
    public Listed<HoldView> ListOf(Page<HoldView> page) =>
        new(page.Items, page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(_list, last.Id.ToString(CultureInfo.InvariantCulture)) : null);
}

/// <summary>A hold with a page of what the command would change now.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Items">What would become of each title.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last.</param>
internal sealed record ShownHold(HoldView Hold, IReadOnlyList<TransferOutcome> Items, string? NextCursor);

/// <summary>A release.</summary>
/// <param name="Reason">Why, where there is something to say.</param>
internal sealed record HoldReleaseBody([property: FreeText] string? Reason = null);

/// <summary>A refusal.</summary>
/// <param name="Reason">Why.</param>
internal sealed record HoldRefusalBody([property: FreeText] string Reason);
