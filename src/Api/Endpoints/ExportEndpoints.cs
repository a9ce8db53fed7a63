using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>The register, or any part of it that can be listed, as files.</summary>
internal static class ExportEndpoints
{
    private const string CsvType = "text/csv";

    private const string NdjsonType = "application/x-ndjson";

    /// <summary>The filters of the list of entities; a file has no pages, and shows entities as they stand now.</summary>
    private static readonly QueryContract Filters = new([.. EntityListQuery.FilterParameters, QueryContract.MinSeq]);

    public static void Map(RouteGroupBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("exports").RequireAuthorization(AccessPolicies.AllButEnterprises);
        exports.MapGet("/entities.csv", WriteCsv)
            .Does("exportEntitiesCsv", "Gives entities and their titles as CSV, in the columns that an import of the format register takes.")
            .Produces<string>(StatusCodes.Status200OK, CsvType)
            .Reads().Privileged().MayTakeLong().WithMetadata(Filters).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        exports.MapGet("/entities.ndjson", WriteNdjson)
            .Does("exportEntitiesNdjson", "Gives entities as they are shown, one JSON object a line.")
            .Produces<string>(StatusCodes.Status200OK, NdjsonType)
            .Reads().Privileged().MayTakeLong().WithMetadata(Filters).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static PushStreamHttpResult WriteCsv(EntityListQuery query, Reader reader, IExports exports, CancellationToken cancellationToken) =>
        TypedResults.Stream(to => exports.WriteCsvAsync(reader.Register, query.Filter, to, cancellationToken), $"{CsvType}; charset=utf-8", "entities.csv");

    private static PushStreamHttpResult WriteNdjson(EntityListQuery query, Reader reader, IExports exports, CancellationToken cancellationToken) =>
        TypedResults.Stream(to => exports.WriteNdjsonAsync(reader.Register, query.Filter, to, cancellationToken), NdjsonType, "entities.ndjson");
}
