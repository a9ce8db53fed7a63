using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Endpoints;

namespace Supervision.Api.Access;

/// <summary>
/// Marks endpoints that take a special right: keys, subscriptions, imports, exports, erasures, the clock. What they do is in the audit
/// trail before it is answered.
/// </summary>
internal sealed class PrivilegedAction
{
    private static readonly PrivilegedAction Instance = new();

    /// <summary>Makes an endpoint a privileged action.</summary>
    public static RouteHandlerBuilder Mark(RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter<PrivilegedFilter>().WithMetadata(Instance);
}

/// <summary>Records a privileged action between doing and answering it.</summary>
internal sealed class PrivilegedFilter(IAudit audit, TimeProvider clock) : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var answer = result is INestedHttpResult nested ? nested.Result : result;
        var made = answer switch
        {
            Created<MadeKey> key => key.Location,
            Created<MadeSubscription> subscription => subscription.Location,
            Accepted<ImportView> import => import.Location,
            _ => null,
        };
        // What was done is recorded, whether or not its sender still waits.
        if (answer is not ProblemHttpResult)
            await audit.RecordAsync(AuditEntries.Of(context.HttpContext, clock, AuditOutcome.Done, made), CancellationToken.None);
        return result;
    }
}
