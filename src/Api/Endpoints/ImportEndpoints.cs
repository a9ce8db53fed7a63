using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Bulk imports of published lists.</summary>
internal static class ImportEndpoints
{
    private const string CsvType = "text/csv";

    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Most bytes of a file; it is passed on as it comes in, never held in memory.</summary>
    private const long FileBytesMax = 1L << 30;

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/imports").WithTags("imports");
        imports.MapPost("", StartAsync).Does("startImport", "Receives a list and works through it in the background.").Privileged()
            .RequireAuthorization(AccessPolicies.OfficersAndAdmins).MayTakeLong()
            .WithMetadata(ImportQuery.Contract).WithMetadata(new RequestSizeLimitAttribute(FileBytesMax)).WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<Stream>(CsvType, XlsxType)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);
        imports.MapGet("/{id}", ShowAsync).Does("showImport", "Shows where an import stands.").RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        imports.MapGet("/{id}/rejected.csv", WriteRejectedAsync)
            .Does("downloadRejectedRows", "Gives the rejected rows as a file of the same layout, with what is wrong with them.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).MayTakeLong()
            .Produces<string>(StatusCodes.Status200OK, CsvType)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        imports.MapGet("/{id}/errors", ListErrorsAsync).Does("listImportErrors", "Lists what is wrong with an import's rows, in their order.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors)
            .Takes(QueryContract.Limit, QueryContract.Cursor)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Accepted<ImportView>, ProblemHttpResult>> StartAsync(
        ImportQuery query, HttpRequest request, IImports imports, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || (!type.MediaType.Equals(CsvType, StringComparison.OrdinalIgnoreCase) && !type.MediaType.Equals(XlsxType, StringComparison.OrdinalIgnoreCase)))
        {
            return Problems.UnsupportedMediaType($"{CsvType} (UTF-8 or GB18030) or {XlsxType}");
        }

        if (request.ContentLength > FileBytesMax)
            return Problems.BodyTooLarge(FileBytesMax);
        try
        {
            var receipt = await imports.StartAsync(query.Request, request.Body, cancellationToken);
            return receipt.IsSame ? TypedResults.Accepted($"/api/imports/{receipt.Job.Id}", receipt.Job) : Problems.IdempotencyKeyReused();
        }
        catch (ImportRefusedException refused)
        {
            return Problems.ImportRefused(refused.Field, refused.Message);
        }
    }

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ShowAsync(string id, IImports imports, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "D", out var job) && await imports.FindAsync(job, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.ImportNotFound();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> WriteRejectedAsync(
        string id, IImports imports, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var job) || await imports.FindAsync(job, cancellationToken) is null)
            return Problems.ImportNotFound();
        return TypedResults.Stream(to => imports.WriteRejectedAsync(job, to, cancellationToken), $"{CsvType}; charset=utf-8", $"rejected-{job}.csv");
    }

    private static async Task<Results<Ok<Listed<ImportError>>, ProblemHttpResult>> ListErrorsAsync(
        string id, PageQuery query, IImports imports, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var job) || await imports.FindAsync(job, cancellationToken) is null)
            return Problems.ImportNotFound();
        var list = $"import-errors\0{job}";
        var after = default(ImportPlace);
        if (query.Cursor is { } cursor && (!Cursor.TryRead(cursor, list, out var place) || !TryRead(place, out after)))
            return Problems.BadCursor();
        var page = await imports.ErrorsAsync(job, after, query.Limit, cancellationToken);
        var next = page is { HasMore: true, Items: [.., var last] }
            ? Cursor.Of(list, string.Create(CultureInfo.InvariantCulture, $"{last.Row}.{last.Place}"))
            : null;
        return TypedResults.Ok(new Listed<ImportError>(page.Items, next));
    }

    private static bool TryRead(string text, out ImportPlace place)
    {
        place = default;
        if (text.Split('.') is not [var row, var number]
            || !long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var rowNumber)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var placeNumber))
        {
            return false;
        }

        place = new ImportPlace(rowNumber, placeNumber);
        return true;
    }
}
