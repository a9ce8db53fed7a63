using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Supervision.Api.Access;

/// <summary>Records every request that was denied, wherever in the pipeline; what is let through is only looked at.</summary>
internal static class Denials
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (OutcomeOf(context) is { } outcome)
        {
            var services = context.RequestServices;
            services.GetRequiredService<IAudit>().Deny(AuditEntries.Of(context, services.GetRequiredService<TimeProvider>(), outcome));
        }
    }

    private static AuditOutcome? OutcomeOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => AuditOutcome.DeniedUnauthenticated,
        StatusCodes.Status403Forbidden => context.Features.Get<RoleDenied>() is null ? AuditOutcome.DeniedCompetence : AuditOutcome.DeniedRole,
        _ => null,
    };
}

/// <summary>That a request was denied for the role of its key.</summary>
internal sealed class RoleDenied
{
    public static RoleDenied Instance { get; } = new();
}

/// <summary>The key with which a request came, revoked meanwhile.</summary>
internal sealed record RevokedKey(KeyHolder Holder);
