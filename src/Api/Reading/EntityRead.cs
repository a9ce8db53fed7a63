using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>An entity as it is, or that it is still the one that the sender has.</summary>
internal sealed class EntityRead(EntitySnapshot snapshot) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (!IsKnown(httpContext.Request.Headers, snapshot.View.Version))
            return WriteAsync(response, snapshot, httpContext.RequestAborted);
        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.ETag = TagOf(snapshot.View.Version);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(EntityView), [JsonBody.MediaType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified));
    }

    /// <summary>Writes an entity, whose bytes are ready, with its tag.</summary>
    public static Task WriteAsync(HttpResponse response, EntitySnapshot snapshot, CancellationToken cancellationToken)
    {
        response.Headers.ETag = TagOf(snapshot.View.Version);
        response.ContentType = JsonBody.MediaType;
        response.ContentLength = snapshot.Json.Length;
        return response.BodyWriter.WriteAsync(snapshot.Json, cancellationToken).AsTask();
    }

    private static string TagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static bool IsKnown(IHeaderDictionary headers, long version)
    {
        var known = headers.IfNoneMatch;
        if (known.Count == 0)
            return false;
        var tag = TagOf(version);
        // If-None-Match compares weakly (RFC 9110, 13.1.2).
        return EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(candidate => candidate.Tag == "*" || candidate.Tag == tag);
    }
}
