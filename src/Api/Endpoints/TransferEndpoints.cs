using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Transfers of many titles to the rules of another policy.</summary>
internal static class TransferEndpoints
{
    /// <summary>Longest wait for a page; what is not done by then is begun with by the same request.</summary>
    private static readonly TimeSpan PageWaitMax = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/titles/transfers", RunAsync).WithTags("titles")
            .Does("transferTitles", "Moves the titles that a filter names to the rules of another policy, a page of entities at a time; dryRun tells what would change. Too many wait for a second officer (202).")
            .RequireAuthorization(AccessPolicies.Officers).MayTakeLong()
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<Listed<TransferOutcome>>, Accepted<HoldView>, ProblemHttpResult>> RunAsync(
        Body<TransfersBody> body, HttpContext context, ITitleTransfers transfers, IHolds holds, IAudit audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (context.Request.Headers.ContainsKey(Writing.WriteHeaders.IdempotencyKey))
        {
            return Problems.Invalid(
                Writing.WriteHeaders.IdempotencyKey, "Not needed: a title that was transferred no longer fits, so the same request sent again goes on where the first one ended.");
        }

        var request = body.Value.ToRequest(KeyPrincipal.Of(context).Actor);
        // A page goes on with the very request that it was begun with; who sends it may be another.
        var list = $"transfers\0{request with { Actor = Actor.System }}";
        GrainId? after = null;
        if (body.Value.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, list, out var place) || !GrainId.TryParse(place, out var last))
                return Problems.BadCursor();
            after = last;
        }

        if (transfers.Refuse(request) is { } refused)
            return Problems.From(refused);
        if (!request.DryRun && await holds.StopAsync(request, cancellationToken) is { } hold)
            return TypedResults.Accepted($"/api/holds/{hold.Id}", hold);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(PageWaitMax);
        try
        {
            var page = await transfers.RunAsync(request, after, (int)body.Value.Limit, bounded.Token);
            // The answer as a whole is no denial, so each is recorded here. A dry run attempts nothing.
            if (!request.DryRun)
            {
                foreach (var denied in page.Items.Where(item => item.IsDenied).Select(item => item.Entity).Distinct())
                    audit.Deny(AuditEntries.Of(context, clock, AuditOutcome.DeniedCompetence, denied.Value));
            }

            return TypedResults.Ok(new Listed<TransferOutcome>(page.Items, page.Last is { } end ? Cursor.Of(list, end.Value) : null));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problems.LedgerUnavailable("Not every entity of this page is done yet; the same request goes on with the others.");
        }
    }
}

/// <summary>Which titles are transferred, and where to.</summary>
/// <param name="From">The policy that they are under.</param>
/// <param name="To">The policy that they are supervised under from then on.</param>
/// <param name="On">The day from which the other rules apply.</param>
/// <param name="Filter">Which of them; left out: all.</param>
/// <param name="DryRun">Whether everything is decided and nothing is written.</param>
/// <param name="Limit">Most entities of a page, 1 to 500.</param>
/// <param name="Cursor">The nextCursor of the page before.</param>
internal sealed record TransfersBody(
    string From, string To, DateOnly On, TransferFilterBody? Filter = null, bool DryRun = false, long Limit = TransfersBody.LimitDefault, string? Cursor = null) : IChecked
{
    private const long LimitDefault = 100;

    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Limit is < 1 or > QueryReader.LimitMax)
            errors.Add("limit", $"Has to be a whole number from 1 to {QueryReader.LimitMax}.");
        if (From == To)
            errors.Add("to", "Has to be another policy than from.");
        if (Filter?.Kind is { } kind && (!GrainKind.TryFind(kind, out var found) || !found.IsSubject))
            errors.Add("filter.kind", $"Has to be one of {string.Join(", ", GrainKind.Subjects)}.");
        if (Filter?.Region is { } region && !Region.TryParse(region, out _))
            errors.Add("filter.region", $"Has to be {Region.Form}.");
    }

    /// <summary>The request.</summary>
    public TransferRequest ToRequest(Actor actor) => new(
        From, To, On, Filter?.Kind, Region.TryParse(Filter?.Region, out var region) ? region : null, Filter?.Level, Filter?.Honour, DryRun, actor);
}

/// <summary>Which titles; a member left out does not restrict.</summary>
/// <param name="Kind">Of entities of this kind.</param>
/// <param name="Region">Of entities in this region, by code or name.</param>
/// <param name="Level">Of this level.</param>
/// <param name="Honour">Of this honour.</param>
internal sealed record TransferFilterBody(string? Kind = null, string? Region = null, Level? Level = null, string? Honour = null);
