using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Supervision.Api.Access;

namespace Supervision.Api.Limits;

/// <summary>Answers 429 to who sends more than their share, before anything is looked up for them.</summary>
internal static class RateLimits
{
    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(static _ => { });
        services.AddSingleton<RequestShare>();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(static (limiter, options) =>
        {
            var limits = options.Value;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, object>(context => context.User is KeyPrincipal { Holder.KeyId: var key }
                ? Bucket(key, limits.KeyRequests, limits.KeyBurst, limits.Period)
                : Bucket(RemoteAddress.NetworkOf(context), limits.AddressRequests, limits.AddressBurst, limits.Period));
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
        });
    }

    /// <summary>Tells the sender when there is room again.</summary>
    public static void SayWhen(HttpContext context, RateLimitLease refused)
    {
        var wait = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 1;
        context.Response.Headers.RetryAfter = Math.Max(1, wait).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static RateLimitPartition<object> Bucket(object sender, int requests, int burst, TimeSpan period) =>
        RateLimitPartition.GetTokenBucketLimiter(sender, _ => new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = requests,
            TokenLimit = Math.Max(burst, requests),
            ReplenishmentPeriod = period,
            // Waiting requests would be held in memory for who sends too many.
            QueueLimit = 0,
        });

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        SayWhen(rejected.HttpContext, rejected.Lease);
        await Problems.TooManyRequests().ExecuteAsync(rejected.HttpContext);
    }
}
