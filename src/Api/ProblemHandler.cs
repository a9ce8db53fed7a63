using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Supervision.Api;

/// <summary>Answers with a problem where a request could not be served; nothing of an exception reaches the sender.</summary>
internal sealed class ProblemHandler : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case LedgerUnavailableException unavailable:
                httpContext.Response.Headers.RetryAfter = unavailable.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await Problems.LedgerUnavailable(unavailable.Message).ExecuteAsync(httpContext);
                return true;
            case LogDamagedException:
                await Problems.LogDamaged().ExecuteAsync(httpContext);
                return true;
            case BadHttpRequestException bad:
                await Problems.ForStatus(bad.StatusCode).ExecuteAsync(httpContext);
                return true;
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                // Nobody is left to read an answer.
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The answer to what nobody foresaw; the framework has logged it.</summary>
    public static Task HandleUnforeseenAsync(HttpContext context) =>
        Problems.ForStatus(StatusCodes.Status500InternalServerError).ExecuteAsync(context);

    /// <summary>The answer to a bare status.</summary>
    public static Task HandleStatusAsync(StatusCodeContext context) =>
        Problems.ForStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);
}
