using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>What is said of endpoints as they are mapped.</summary>
internal static class RouteConventions
{
    /// <summary>Names what an endpoint does.</summary>
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder endpoint, string name, string summary) =>
        endpoint.WithName(name).WithSummary(summary);

    /// <summary>Names the parameters that an endpoint takes.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params IReadOnlyList<QueryParameter> parameters) =>
        endpoint.WithMetadata(new QueryContract(parameters));

    /// <summary>Names the problems that an endpoint answers with.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<Problem>(status, Problems.ContentType);
        return endpoint;
    }

    /// <summary>Makes an endpoint a privileged action: who did it is in the audit trail before it is answered.</summary>
    public static RouteHandlerBuilder Privileged(this RouteHandlerBuilder endpoint) => PrivilegedAction.Mark(endpoint);

    /// <summary>Lets requests take as long as they need: files in and out, and time passing.</summary>
    public static RouteHandlerBuilder MayTakeLong(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new DisableRequestTimeoutAttribute());

    /// <summary>Makes an endpoint a write to an entity, for those a policy lets.</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, string policy) => endpoint
        .RequireAuthorization(policy)
        .Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound,
            StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable);

    /// <summary>Makes an endpoint a read of the register.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<RegisterReads>().WithMetadata(ReadsRegister.Instance)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Marks endpoints that say how far they reflect the ledger.</summary>
internal sealed class ReadsRegister
{
    public static ReadsRegister Instance { get; } = new();
}
