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

/// <summary>The audit trail, newest first.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync).WithTags("audit").Does("listAudit", "Lists who was denied what, and who did what takes a special right, newest first.")
            .RequireAuthorization(AccessPolicies.AdminsAndAuditors).WithMetadata(AuditQuery.Contract)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<Listed<AuditRecord>>> ListAsync(AuditQuery query, IAudit audit, CancellationToken cancellationToken)
    {
        var page = await audit.ListAsync(query.Filter, query.Before, query.Limit, cancellationToken);
        var next = page is { HasMore: true, Items: [.., var last] } ? query.CursorAfter(last) : null;
        return TypedResults.Ok(new Listed<AuditRecord>(page.Items, next));
    }
}

/// <summary>Which page of which records is asked for.</summary>
internal sealed class AuditQuery : IBound, IBindableFromHttpContext<AuditQuery>
{
    private AuditQuery(AuditFilter filter, int limit) => (Filter, Limit) = (filter, limit);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("outcome", "How it ended.", ValueForm.OneOf(EnumWords.Of(typeof(AuditOutcome)))),
        new("key", "Id of the key.", ValueForm.Text),
        new("person", "The person.", ValueForm.Text),
        new("subject", "What it was about, for example factory/N-1-F-0001 or keys/key-0a1b2c.", ValueForm.Text),
        new("from", "From this instant.", ValueForm.Instant),
        new("to", "Before this instant.", ValueForm.Instant),
        QueryContract.Limit, QueryContract.Cursor,
    ]);

    public AuditFilter Filter { get; }

    public int Limit { get; }

    /// <summary>The record before which the page begins.</summary>
    public long? Before { get; private init; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; private init; }

    /// <inheritdoc/>
    public static ValueTask<AuditQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new AuditFilter
        {
            Outcome = query.Word<AuditOutcome>("outcome"),
            Key = query.Text("key"),
            Person = query.Text("person"),
            Subject = query.Text("subject"),
            From = query.Instant("from"),
            To = query.Instant("to"),
        };
        var limit = query.Limit();
        long before = 0;
        var badCursor = context.Request.Query.TryGetValue("cursor", out var cursor)
            && !(Cursor.TryRead(cursor.ToString(), ListOf(filter), out var place) && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before));
        return ValueTask.FromResult<AuditQuery?>(new AuditQuery(filter, limit)
        {
            Before = before > 0 ? before : null,
            Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : badCursor ? Problems.BadCursor() : null,
        });
    }

    /// <summary>The cursor of the page after a record.</summary>
    public string CursorAfter(AuditRecord record) => Cursor.Of(ListOf(Filter), record.Id.ToString(CultureInfo.InvariantCulture));

    private static string ListOf(AuditFilter filter) => "audit\0" + JsonSerializer.Serialize(filter);
}
