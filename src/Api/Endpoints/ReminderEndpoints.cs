using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>What holders were reminded of.</summary>
internal static class ReminderEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/reminders", ListAsync).WithTags("worklists")
        .Does("listReminders", "Lists reminders of deadlines that holders have to meet, newest first; an enterprise sees those of its own entities.")
        .RequireAuthorization(AccessPolicies.OfficersInspectorsAuditorsAndEnterprises).Reads().WithMetadata(ReminderListQuery.Contract)
        .Produces<Listed<ReminderView>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static async Task<Ok<Listed<ReminderView>>> ListAsync(
        ReminderListQuery query, Reader reader, IReminders reminders, CancellationToken cancellationToken)
    {
        var filter = query.Filter with { Own = reader.Actor.Role == Role.Enterprise ? reader.Actor.Own : null, Unrestricted = reader.Actor.Role == Role.Inspector };
        return TypedResults.Ok(query.ListOf(await reminders.ListAsync(filter, query.Before, query.Limit, cancellationToken)));
    }
}

/// <summary>Which page of reminders is asked for.</summary>
internal sealed class ReminderListQuery : IBound, IBindableFromHttpContext<ReminderListQuery>
{
    private readonly string _list;

    private ReminderListQuery(ReminderFilter filter, QueryReader query, HttpContext context)
    {
        (Filter, Limit) = (filter, query.Limit());
        _list = $"{context.Request.Path.Value}\0{JsonSerializer.Serialize(filter)}";
        var before = 0L;
        var isBad = context.Request.Query.TryGetValue("cursor", out var cursor)
            && !(Cursor.TryRead(cursor.ToString(), _list, out var place) && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before));
        Before = before == 0 ? null : before;
        Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : isBad ? Problems.BadCursor() : null;
    }

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
        [WorklistQuery.RegionParameter, new("dueFrom", "Of deadlines on this day or later.", ValueForm.Date), QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq]);

    public ReminderFilter Filter { get; }

    public long? Before { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<ReminderListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new ReminderFilter(WorklistQuery.RegionsOf(query, context)) { DueFrom = query.Date("dueFrom") };
        return ValueTask.FromResult<ReminderListQuery?>(new ReminderListQuery(filter, query, context));
    }

    /// <summary>The page with the cursor of the next.</summary>
    public Listed<ReminderView> ListOf(Page<ReminderView> page) =>
        new(page.Items, page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(_list, last.Id.ToString(CultureInfo.InvariantCulture)) : null);
}
