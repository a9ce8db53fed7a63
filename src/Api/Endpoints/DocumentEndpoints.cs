using System.Buffers;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Evidence, letters and reports: stored by content, named by the writes that they bear out, read below the entity whose events name them.</summary>
internal static class DocumentEndpoints
{
    /// <summary>What the server itself lets through; how large a document may be is configured, and told by who stores it.</summary>
    private const long BodyBytesMax = 1L << 30;

    private static readonly string[] OtherTypes =
    [
        "image/png", "image/jpeg", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/plain", "text/csv",
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/documents", StoreAsync).WithTags("documents")
            .Does("storeDocument", "Stores a document, whose SHA-256 writes then name: the same content is stored once. Its type is told from its content.")
            .RequireAuthorization(AccessPolicies.OfficersInspectorsAndParties).MayTakeLong()
            .WithMetadata(DocumentQuery.Contract).WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax)).Accepts<Stream>("*/*")
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable,
                StatusCodes.Status507InsufficientStorage);
        var documents = api.MapGroup("/entities/{kind}/{key}/documents").WithTags("documents")
            .RequireAuthorization(AccessPolicies.EnterprisesAndSupervisors);
        documents.MapGet("", ListAsync)
            .Does("listDocuments", "Lists the documents that an entity's events name, in their order; an inspector sees those of its own checks, an enterprise those that it was served or filed.")
            .Reads().Takes(QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq).Produces(StatusCodes.Status308PermanentRedirect)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        documents.MapGet("/{id}", ReadAsync).Does("readDocument", "Gives a document that an entity's events name, as a file.").Reads().Privileged().MayTakeLong()
            .Takes(QueryContract.MinSeq).Produces<Stream>(StatusCodes.Status200OK, "application/pdf", OtherTypes).Produces(StatusCodes.Status308PermanentRedirect)
            .Refuses(
                StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status500InternalServerError);
    }

    private static async Task<Results<Created<StoredDocument>, Ok<StoredDocument>, ProblemHttpResult>> StoreAsync(
        DocumentQuery query, HttpContext context, IDocuments documents, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var upload = new DocumentUpload(query.Name, request.ContentType, request.ContentLength, KeyPrincipal.Of(context).Actor);
        return await documents.StoreAsync(upload, request.Body, cancellationToken) switch
        {
            { Refusal: { } refusal } refused => Problems.DocumentRefused(refusal, refused.Detail!),
            { IsNew: true } made => TypedResults.Created((string?)null, made.Document!),
            var known => TypedResults.Ok(known.Document!),
        };
    }

    private static async Task<Results<Ok<Listed<EntityDocument>>, RedirectHttpResult, ProblemHttpResult>> ListAsync(
        EntityAddress address, Reader reader, PageQuery query, DocumentAccess access, HttpContext context, CancellationToken cancellationToken)
    {
        var list = $"documents\0{address.Entity}";
        var after = 0;
        if (query.Cursor is { } cursor
            && (!Cursor.TryRead(cursor, list, out var place) || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
        {
            return Problems.BadCursor();
        }

        if (await access.OfAsync(address.Entity, reader.Actor, cancellationToken) is not { } documents)
            return Problems.From(new Rejection.NotRegistered(address.Entity));
        if (documents.MergedInto is { } into)
            return TypedResults.LocalRedirect($"/api/entities/{into}/documents{context.Request.QueryString}", permanent: true, preserveMethod: true);
        EntityDocument[] page = [.. documents.Items.Skip(after).Take(query.Limit)];
        var next = after + page.Length;
        return TypedResults.Ok(new Listed<EntityDocument>(
            page, next < documents.Items.Count ? Cursor.Of(list, next.ToString(CultureInfo.InvariantCulture)) : null));
    }

    private static async Task<Results<FileStreamHttpResult, RedirectHttpResult, ProblemHttpResult>> ReadAsync(
        EntityAddress address, Reader reader, DocumentAccess access, IDocuments documents, HttpContext context, CancellationToken cancellationToken)
    {
        if (await access.OfAsync(address.Entity, reader.Actor, cancellationToken) is not { } named)
            return Problems.From(new Rejection.NotRegistered(address.Entity));
        if (named.MergedInto is { } into)
            return TypedResults.LocalRedirect($"/api/entities/{into}/documents/{address.Part}{context.Request.QueryString}", permanent: true, preserveMethod: true);
        if (named.Items.FirstOrDefault(document => document.Sha256 == address.Part) is not { } found)
            return Problems.DocumentNotFound();
        try
        {
            // A name makes it an attachment: nothing that was brought is ever shown as a page of this address.
            return TypedResults.Stream(await documents.OpenAsync(found.Sha256, cancellationToken), found.MediaType, found.Name);
        }
        catch (DocumentDamagedException)
        {
            return Problems.DocumentDamaged();
        }
    }
}

/// <summary>What a document is called.</summary>
internal sealed class DocumentQuery : IBound, IBindableFromHttpContext<DocumentQuery>
{
    // What a file's name may not have on one system or another, so that it is stored everywhere under the name that is shown.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\:*?\"<>|");

    private DocumentQuery(string? name, ProblemHttpResult? problem) => (Name, Problem) = (name, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new([new("name", "What the document is called, for those who download it: the name of a file without its path.", ValueForm.Text)]);

    public string? Name { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<DocumentQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var name = query.Text("name");
        if (name is not null && (name.AsSpan().ContainsAny(NotInNames) || name.StartsWith('.')))
            query.Errors.Add("name", "Has to be the name of a file: without a path, without any of /\\:*?\"<>| and not beginning with a dot.");
        return ValueTask.FromResult<DocumentQuery?>(new DocumentQuery(name, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }
}
