using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>Which page of a list is asked for.</summary>
internal sealed class PageQuery : IBound, IBindableFromHttpContext<PageQuery>
{
    private PageQuery(int limit, string? cursor, Errors errors) =>
        (Limit, Cursor, Problem) = (limit, cursor, errors.Any ? Problems.Invalid(errors) : null);

    public int Limit { get; }

    public string? Cursor { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<PageQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        return ValueTask.FromResult<PageQuery?>(new PageQuery(query.Limit(), context.Request.Query["cursor"], query.Errors));
    }
}
