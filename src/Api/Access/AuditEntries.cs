using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Binding;

namespace Supervision.Api.Access;

/// <summary>What of a request goes into the audit trail: addresses with names in place of parts, never bodies or secrets.</summary>
internal static class AuditEntries
{
    private const string ApiPath = "/api/";

    /// <summary>The entry of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="clock">The time.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="made">The address of what it made, or the identity of what it was about, where its own address does not tell.</param>
    public static AuditEntry Of(HttpContext context, TimeProvider clock, AuditOutcome outcome, string? made = null)
    {
        var holder = (context.User as KeyPrincipal)?.Holder ?? context.Features.Get<RevokedKey>()?.Holder;
        return new AuditEntry(
            clock.GetUtcNow(), outcome, holder?.KeyId, holder?.Actor.Id, context.Request.Method,
            "/" + ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "").Trim('/'), SubjectOf(context.Request, made),
            RemoteAddress.Of(context)?.ToString());
    }

    private static string? SubjectOf(HttpRequest request, string? made)
    {
        if (made is not null)
            return made.StartsWith(ApiPath, StringComparison.Ordinal) ? made[ApiPath.Length..] : made;
        if (request.RouteValues.ContainsKey("key"))
            return EntityAddress.Parse(request, new Errors()) is { Value.Length: > 0 } entity ? entity.Value : null;
        // What anyone can write into an address is kept only where it has the form of an id.
        return request.RouteValues["id"] is string id && EntityAddress.IsPart(id) && request.Path.Value is { } path && path.StartsWith(ApiPath, StringComparison.Ordinal)
            ? $"{path[ApiPath.Length..].Split('/')[0]}/{id}"
            : null;
    }
}
