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

/// <summary>What was delivered to subscriptions, and delivering it once more.</summary>
internal static class DeliveryEndpoints
{
    private static readonly QueryParameter After = new("after", "Events after this seq.", ValueForm.Number) { Required = true };

    private static readonly QueryParameter To = new("to", "Up to this seq; left out: up to where the subscription stands.", ValueForm.Number);

    public static void Map(RouteGroupBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions/{id}").WithTags("subscriptions").RequireAuthorization(AccessPolicies.IntegratorsAndAdmins);
        subscriptions.MapGet("/deliveries", ListAsync).Does("listDeliveries", "Lists the deliveries of a subscription with how the last attempt ended, newest first.")
            .WithMetadata(DeliveryListQuery.Contract).RefusesOther(StatusCodes.Status400BadRequest);
        subscriptions.MapPost("/test", TestAsync).Does("testSubscription", "Sends a test event; what comes of it stands in the deliveries.")
            .RefusesOther(StatusCodes.Status409Conflict);
        subscriptions.MapPost("/replay", ReplayAsync).Does("replaySubscription", "Delivers once more what the subscription asks for of a range of the ledger.")
            .Takes(After, To).MayTakeLong().RefusesOther(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict);
        api.MapPost("/deliveries/{id}/redelivery", RedeliverAsync).WithTags("subscriptions").RequireAuthorization(AccessPolicies.IntegratorsAndAdmins)
            .Does("redeliver", "Delivers an event once more, now, under the same identity.").RefusesOther(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Listed<DeliveryView>>, ProblemHttpResult>> ListAsync(
        string id, DeliveryListQuery query, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        GivenText.Refuse(id) is null
        && await subscriptions.DeliveriesAsync(id, SubscriptionEndpoints.OwnerOf(context), query.Status, query.Before, query.Limit, cancellationToken) is { } page
            ? TypedResults.Ok(query.ListOf(page))
            : Problems.SubscriptionNotFound();

    private static async Task<Results<Accepted<DeliveryView>, ProblemHttpResult>> TestAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        GivenText.Refuse(id) is null && await subscriptions.TestAsync(id, SubscriptionEndpoints.OwnerOf(context), cancellationToken) is { } change
            ? Accepted(change)
            : Problems.SubscriptionNotFound();

    private static async Task<Results<Accepted<DeliveryView>, ProblemHttpResult>> RedeliverAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var delivery)
        && await subscriptions.RedeliverAsync(delivery, SubscriptionEndpoints.OwnerOf(context), cancellationToken) is { } change
            ? Accepted(change)
            : Problems.DeliveryNotFound();

    private static async Task<Results<Accepted<ReplayOutcome>, ProblemHttpResult>> ReplayAsync(
        string id, HttpContext context, ISubscriptions subscriptions, CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        var (after, to) = (query.Number("after"), query.Number("to"));
        if (after is null && !query.Errors.Any)
            query.Errors.Add("after", "Is required: the seq after which events are delivered once more; 0 for all.");
        if (to < after)
            query.Errors.Add("to", "Must not be less than after.");
        if (query.Errors.Any)
            return Problems.Invalid(query.Errors);
        var owner = SubscriptionEndpoints.OwnerOf(context);
        if (GivenText.Refuse(id) is not null || await subscriptions.FindAsync(id, owner, cancellationToken) is null)
            return Problems.SubscriptionNotFound();
        return await subscriptions.ReplayAsync(id, owner, after!.Value, to, cancellationToken) is { } outcome
            ? TypedResults.Accepted($"/api/subscriptions/{id}/deliveries", outcome)
            : Problems.SubscriptionNotActive();
    }

    private static Results<Accepted<DeliveryView>, ProblemHttpResult> Accepted(DeliveryChange change) => change.Delivery is { } delivery
        ? TypedResults.Accepted($"/api/subscriptions/{delivery.Subscription}/deliveries", delivery)
        : Problems.SubscriptionNotActive();
}

/// <summary>Which page of deliveries is asked for.</summary>
internal sealed class DeliveryListQuery : IBound, IBindableFromHttpContext<DeliveryListQuery>
{
    private readonly string _list;

    private DeliveryListQuery(DeliveryStatus? status, QueryReader query, HttpContext context)
    {
        (Status, Limit, _list) = (status, query.Limit(), $"{context.Request.Path.Value}\0{status}");
        var before = 0L;
        var isBad = context.Request.Query.TryGetValue("cursor", out var cursor)
            && !(Cursor.TryRead(cursor.ToString(), _list, out var place) && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before));
        Before = before == 0 ? null : before;
        Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : isBad ? Problems.BadCursor() : null;
    }

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
        [new("status", "Those of this status.", ValueForm.OneOf([.. KebabCase<DeliveryStatus>.Words])), QueryContract.Limit, QueryContract.Cursor]);

    public DeliveryStatus? Status { get; }

    public long? Before { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<DeliveryListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        return ValueTask.FromResult<DeliveryListQuery?>(new DeliveryListQuery(query.Word<DeliveryStatus>("status"), query, context));
    }

    /// <summary>The page with the cursor of the next.</summary>
    public Listed<DeliveryView> ListOf(Page<DeliveryView> page) =>
        new(page.Items, page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(_list, last.Id.ToString(CultureInfo.InvariantCulture)) : null);
}
