using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Writing;

/// <summary>The answer to a write: the entity as it is now, and where to find what was created.</summary>
internal sealed class EntityWritten(GrainId entity, CommandOutcome outcome) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = outcome.Created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        if (outcome.Created is { } created)
            response.Headers.Location = created.Length == 0 ? $"/api/entities/{entity}" : $"/api/entities/{entity}/{created}";
        ReadHeaders.SetSeq(response, outcome.Seq);
        return EntityRead.WriteAsync(response, outcome.Entity!, httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(EntityView), [JsonBody.MediaType]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(EntityView), [JsonBody.MediaType]));
    }
}
