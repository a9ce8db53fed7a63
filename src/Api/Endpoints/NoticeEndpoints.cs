using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>What is made known: decisions served, results published and withdrawn from publication, and the inbox of those on whom documents are served.</summary>
internal static class NoticeEndpoints
{
    /// <summary>Own entities that are read together.</summary>
    private const int EntitiesMax = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}").WithTags("notices");
        entity.MapPost("/cases/{id}/decision/service", ServeAsync)
            .Does("serveDecision", "Records service of the decision of a case; remedies and an ordered rectification run from it.").Writes(AccessPolicies.Officers);
        foreach (var (part, word) in (IReadOnlyList<(string, string)>)[("checks", "Check"), ("cases", "Case")])
        {
            entity.MapPost($"/{part}/{{id}}/publication", PublishAsync).Does($"publish{word}", "Records that the result or removal was published.").Writes(AccessPolicies.Officers);
            entity.MapPost($"/{part}/{{id}}/publication/withdrawal", WithdrawAsync)
                .Does($"withdraw{word}Publication", "Records that what was published was withdrawn from publication, or that it is not published, and why.")
                .Writes(AccessPolicies.Officers);
        }

        entity.MapGet("/notices", ListAsync).Does("listNotices", "Lists the documents that were served about an entity, the latest first.").Reads()
            .RequireAuthorization(AccessPolicies.OfficersInspectorsAuditorsAndEnterprises).Takes(QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq)
            .Produces(StatusCodes.Status308PermanentRedirect)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        api.MapGet("/notices", InboxAsync).WithTags("notices")
            .Does("listInbox", "Lists the documents that were served on an enterprise, about itself and all that is its own, the latest first.").Reads()
            .RequireAuthorization(AccessPolicies.Enterprises).Takes(QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> ServeAsync(EntityWrite<NoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ServeDecision(write.Part, write.Body.On, write.Body.Method, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> PublishAsync(
        EntityWrite<PublicationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.Publish(write.Part, write.Body.On, write.Body.Place), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> WithdrawAsync(
        EntityWrite<PublicationWithdrawalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.WithdrawPublication(write.Part, write.Body.On, write.Body.Reason), cancellationToken);

    private static async Task<Results<Ok<Listed<NoticeView>>, RedirectHttpResult, ProblemHttpResult>> ListAsync(
        EntityAddress address, Reader reader, PageQuery query, HttpContext context, CancellationToken cancellationToken)
    {
        if (await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity })
            return Problems.From(new Rejection.NotRegistered(address.Entity));
        if (entity.MergedInto is { } into)
            return TypedResults.LocalRedirect($"/api/entities/{into}/notices{context.Request.QueryString}", permanent: true, preserveMethod: true);
        var page = PageOf($"notices\0{address.Entity}", entity.Notices, notice => PlaceOf(notice.ServedOn, address.Entity, notice.Id), query);
        return page is null ? Problems.BadCursor() : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<Listed<NoticeItem>>, ProblemHttpResult>> InboxAsync(Reader reader, PageQuery query, CancellationToken cancellationToken)
    {
        var items = new List<NoticeItem>();
        var entities = new Page<EntitySnapshot>([], HasMore: true);
        while (entities.HasMore)
        {
            entities = await reader.Register.ListAsync(new EntityFilter(), entities.Items is [.., { View: var last }] ? last.Id : null, EntitiesMax, cancellationToken);
            items.AddRange(entities.Items.SelectMany(entity => entity.View.Notices.Select(notice => new NoticeItem(entity.View.Id, entity.View.Name, notice))));
        }

        var ordered = items.OrderByDescending(item => item.Notice.ServedOn).ThenBy(item => item.Entity).ThenBy(item => item.Notice.Id, StringComparer.Ordinal);
        var page = PageOf("inbox", [.. ordered], item => PlaceOf(item.Notice.ServedOn, item.Entity, item.Notice.Id), query);
        return page is null ? Problems.BadCursor() : TypedResults.Ok(page);
    }

    /// <summary>The page behind the document that the cursor names, so that one served meanwhile moves nothing; null where it names none.</summary>
    private static Listed<T>? PageOf<T>(string list, IReadOnlyList<T> items, Func<T, string> placeOf, PageQuery query)
    {
        var from = 0;
        if (query.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, list, out var place))
                return null;
            from = items.TakeWhile(item => placeOf(item) != place).Count() + 1;
        }

        T[] page = [.. items.Skip(from).Take(query.Limit)];
        return new Listed<T>(page, from + page.Length < items.Count ? Cursor.Of(list, placeOf(page[^1])) : null);
    }

    private static string PlaceOf(DateOnly servedOn, GrainId entity, string notice) => $"{servedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{entity}\n{notice}";
}

/// <summary>That something was published.</summary>
/// <param name="On">The date.</param>
/// <param name="Place">Where: an address, or the name of the place.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record PublicationBody(DateOnly On, string Place, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>That something was withdrawn from publication.</summary>
/// <param name="On">The date.</param>
/// <param name="Reason">Why.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record PublicationWithdrawalBody(DateOnly On, [property: FreeText] string Reason, IReadOnlyList<string>? Documents = null) : INamesDocuments;
