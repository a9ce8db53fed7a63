using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>A parameter that knows why it could not be bound; its handler then does not run.</summary>
internal interface IBound
{
    /// <summary>Why it could not be bound; null: it was.</summary>
    ProblemHttpResult? Problem { get; }
}

/// <summary>Answers in place of a handler whose request is not as the contract says.</summary>
internal static class BoundFilter
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (QueryContract.Refuse(context.HttpContext) is { } unknown)
            return ValueTask.FromResult<object?>(unknown);
        for (var i = 0; i < context.Arguments.Count; i++)
        {
            if (context.Arguments[i] is IBound { Problem: { } problem })
                return ValueTask.FromResult<object?>(problem);
        }

        return next(context);
    }
}
