using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Supervision.Api.Reading;

/// <summary>What every read of the register does: waits for <c>minSeq</c>, and says how far it reflects the ledger.</summary>
internal sealed class RegisterReads(IRegister register, IOptions<ApiOptions> options) : IEndpointFilter
{
    private const string MinSeq = "minSeq";

    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.QueryString.HasValue && context.HttpContext.Request.Query.ContainsKey(MinSeq))
            return WaitAsync(context, next);
        // Taken before reading: what is read afterwards reflects at least this.
        ReadHeaders.SetSeq(context.HttpContext.Response, register.Seq);
        return next(context);
    }

    private async ValueTask<object?> WaitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!long.TryParse(http.Request.Query[MinSeq], NumberStyles.None, CultureInfo.InvariantCulture, out var minSeq))
            return Problems.Invalid(MinSeq, "Has to be a whole number that is not negative.");
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        bounded.CancelAfter(options.Value.ReadWaitMax);
        try
        {
            await register.WaitForAsync(minSeq, bounded.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Problems.NotYetReflected(minSeq, register.Seq);
        }

        ReadHeaders.SetSeq(http.Response, register.Seq);
        return await next(context);
    }
}
