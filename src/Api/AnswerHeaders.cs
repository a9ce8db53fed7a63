using Microsoft.AspNetCore.Http;

namespace Supervision.Api;

/// <summary>Headers of every answer: they keep browsers from doing more with it than showing it, and say when to try again.</summary>
internal static class AnswerHeaders
{
    /// <summary>Seconds after which sending again may succeed, where nobody knows better.</summary>
    private const string RetryAfterSeconds = "1";

    /// <summary>Adds the headers as the answer starts, so that they also stand on answers to failures.</summary>
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(static state => Add((HttpResponse)state), context.Response);
        return next(context);
    }

    private static Task Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Only what says so may be kept, and no refusal.
        if (headers.CacheControl.Count == 0 || response.StatusCode >= StatusCodes.Status400BadRequest)
            headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Browsers ignore it where the connection is not secure (RFC 6797, 7.2).
        if (response.HttpContext.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        // Pages bring a policy of their own; what is not a page may do nothing at all.
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable && headers.RetryAfter.Count == 0)
            headers.RetryAfter = RetryAfterSeconds;
        return Task.CompletedTask;
    }
}
