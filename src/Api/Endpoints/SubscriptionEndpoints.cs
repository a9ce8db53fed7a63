using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Subscriptions to what happens. Everyone sees and changes their own; an administrator all.</summary>
internal static class SubscriptionEndpoints
{
    private const string List = "subscriptions";

    public static void Map(RouteGroupBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions").WithTags("subscriptions").RequireAuthorization(AccessPolicies.IntegratorsAndAdmins);
        subscriptions.MapPost("", CreateAsync).Does("createSubscription", "Subscribes to events, by default to every decision about a title; the secret is shown once.").Privileged()
            .WithMetadata(TakesIdempotencyKey.Instance).RefusesBody(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
        subscriptions.MapGet("", ListAsync).Does("listSubscriptions", "Lists subscriptions, without their secrets.").Takes(QueryContract.Limit, QueryContract.Cursor)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        subscriptions.MapGet("/{id}", ShowAsync).Does("showSubscription", "Shows a subscription: where it stands, how far it is, how its receiver answers.").RefusesOther();
        subscriptions.MapPut("/{id}", ChangeAsync).Does("changeSubscription", "Changes what is asked for; another address has to be confirmed first.").Privileged()
            .RefusesBody(StatusCodes.Status404NotFound);
        subscriptions.MapDelete("/{id}", DeleteAsync).Does("deleteSubscription", "Deletes a subscription with its deliveries.").Privileged().RefusesOther();
        subscriptions.MapPost("/{id}/confirmation", ConfirmAsync).Does("confirmSubscription", "Asks the receiver once more whether it wants the deliveries.")
            .RefusesOther(StatusCodes.Status409Conflict);
        subscriptions.MapPost("/{id}/pause", PauseAsync).Does("pauseSubscription", "Stops deliveries; what happens meanwhile is delivered afterwards.")
            .RefusesOther(StatusCodes.Status409Conflict);
        subscriptions.MapPost("/{id}/resumption", ResumeAsync)
            .Does("resumeSubscription", "Goes on with deliveries where they stopped; one that was disabled is confirmed again first.").RefusesOther(StatusCodes.Status409Conflict);
        subscriptions.MapPost("/{id}/secret/rotation", RotateAsync)
            .Does("rotateSubscriptionSecret", "Makes another secret, shown once; the one before signs beside it for a while.").Privileged()
            .RefusesOther(StatusCodes.Status503ServiceUnavailable);
        subscriptions.MapGet("/{id}/notices", NoticesAsync)
            .Does("listSubscriptionNotices", "Lists what the owner has to know, newest first: disabled, not confirmed, given up.").RefusesOther();
    }

    /// <summary>The problems of an operation on one subscription.</summary>
    public static RouteHandlerBuilder RefusesOther(this RouteHandlerBuilder endpoint, params IEnumerable<int> more) => endpoint.Refuses(
        [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, .. more]);

    /// <summary>Whose subscriptions may be seen and changed; null: anyone's.</summary>
    public static string? OwnerOf(HttpContext context) => KeyPrincipal.Of(context).Actor is { Role: not Role.Admin } actor ? actor.Id : null;

    private static void RefusesBody(this RouteHandlerBuilder endpoint, params IEnumerable<int> more) => endpoint.Refuses(
        [
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, .. more,
        ]);

    private static async Task<Results<Created<MadeSubscription>, Ok<MadeSubscription>, ProblemHttpResult>> CreateAsync(
        Body<SubscriptionBody> body, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        var idempotencyKey = WriteHeaders.ReadIdempotencyKey(context.Request, errors);
        var request = body.Value.ToRequest();
        AddFaults(subscriptions, request, errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        var holder = KeyPrincipal.Of(context);
        var identity = idempotencyKey is null
            ? null
            : new CommandIdentity(WriteHeaders.CommandId(context, holder.KeyId, idempotencyKey), WriteHeaders.RequestHash(context.Request, body.Bytes));
        try
        {
            return await subscriptions.CreateAsync(request, holder.Actor.Id, identity, cancellationToken) switch
            {
                Creation.Made { Secret: { } secret } made => TypedResults.Created($"/api/subscriptions/{made.Id}", new MadeSubscription(made.Id, secret)),
                Creation.Made made => TypedResults.Ok(
                    new MadeSubscription(made.Id, null, "The secret was shown in the first answer and is not shown again. If that answer was lost, rotate the secret.")),
                Creation.TooMany => Problems.TooManySubscriptions(),
                _ => Problems.IdempotencyKeyReused(),
            };
        }
        catch (SecretsUnavailableException)
        {
            return Problems.SecretsUnavailable();
        }
    }

    private static async Task<Results<Ok<Listed<SubscriptionView>>, ProblemHttpResult>> ListAsync(
        PageQuery query, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken)
    {
        string? after = null;
        if (query.Cursor is { } cursor && !Cursor.TryRead(cursor, List, out after))
            return Problems.BadCursor();
        var page = await subscriptions.ListAsync(OwnerOf(context), after, query.Limit, cancellationToken);
        return TypedResults.Ok(new Listed<SubscriptionView>(page.Items, page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(List, last.Id) : null));
    }

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> ShowAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        Found(GivenText.Refuse(id) is null ? await subscriptions.FindAsync(id, OwnerOf(context), cancellationToken) : null);

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> ChangeAsync(
        string id, Body<SubscriptionBody> body, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken)
    {
        var request = body.Value.ToRequest();
        var errors = new Errors();
        AddFaults(subscriptions, request, errors);
        return errors.Any
            ? Problems.Invalid(errors)
            : Found(GivenText.Refuse(id) is null ? await subscriptions.ChangeAsync(id, OwnerOf(context), request, cancellationToken) : null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        GivenText.Refuse(id) is null && await subscriptions.DeleteAsync(id, OwnerOf(context), cancellationToken) ? TypedResults.NoContent() : Problems.SubscriptionNotFound();

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> ConfirmAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        Changed(GivenText.Refuse(id) is null ? await subscriptions.ConfirmAsync(id, OwnerOf(context), cancellationToken) : null);

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> PauseAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        Changed(GivenText.Refuse(id) is null ? await subscriptions.PauseAsync(id, OwnerOf(context), cancellationToken) : null);

    private static async Task<Results<Ok<SubscriptionView>, ProblemHttpResult>> ResumeAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        Changed(GivenText.Refuse(id) is null ? await subscriptions.ResumeAsync(id, OwnerOf(context), cancellationToken) : null);

    private static async Task<Results<Ok<RotatedSecret>, ProblemHttpResult>> RotateAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken)
    {
        try
        {
            return GivenText.Refuse(id) is null && await subscriptions.RotateSecretAsync(id, OwnerOf(context), cancellationToken) is { } rotated
                ? TypedResults.Ok(rotated)
                : Problems.SubscriptionNotFound();
        }
        catch (SecretsUnavailableException)
        {
            return Problems.SecretsUnavailable();
        }
    }

    private static async Task<Results<Ok<Listed<SubscriptionNotice>>, ProblemHttpResult>> NoticesAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        GivenText.Refuse(id) is null && await subscriptions.NoticesAsync(id, OwnerOf(context), cancellationToken) is { } notices
            ? TypedResults.Ok(new Listed<SubscriptionNotice>(notices))
            : Problems.SubscriptionNotFound();

    private static void AddFaults(ISubscriptions subscriptions, SubscriptionRequest request, Errors errors)
    {
        foreach (var (member, expected) in subscriptions.Faults(request))
            errors.Add(member, expected);
    }

    private static Results<Ok<SubscriptionView>, ProblemHttpResult> Found(SubscriptionView? subscription) =>
        subscription is null ? Problems.SubscriptionNotFound() : TypedResults.Ok(subscription);

    private static Results<Ok<SubscriptionView>, ProblemHttpResult> Changed(SubscriptionChange? change) => change switch
    {
        null => Problems.SubscriptionNotFound(),
        { Done: false } => Problems.SubscriptionStatus(change.Subscription.Status),
        _ => TypedResults.Ok(change.Subscription),
    };
}
