using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Supervision.Api.Access;

namespace Supervision.Api.Limits;

/// <summary>Takes what a request costs beyond one from its sender's share.</summary>
internal sealed class RequestShare(IOptions<RateLimiterOptions> limiter, IOptions<RateLimitOptions> limits)
{
    /// <summary>Takes further requests, at most all that the sender can have saved up; says when to go on and is false where they are not there.</summary>
    public bool TryTake(HttpContext context, int requests)
    {
        var options = limits.Value;
        var most = context.User is KeyPrincipal ? Math.Max(options.KeyRequests, options.KeyBurst) : Math.Max(options.AddressRequests, options.AddressBurst);
        // One was taken when the request came. Where nothing is left the limiter refuses to take nothing, too.
        if (Math.Min(requests, most - 1) is not (> 0 and var further))
            return true;
        using var lease = limiter.Value.GlobalLimiter!.AttemptAcquire(context, further);
        if (!lease.IsAcquired)
            RateLimits.SayWhen(context, lease);
        return lease.IsAcquired;
    }
}
