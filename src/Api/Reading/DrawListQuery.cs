using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of draws is asked for.</summary>
internal sealed class DrawListQuery : IBound, IBindableFromHttpContext<DrawListQuery>
{
    private const string List = "draws";

    private DrawListQuery(string? after, int limit, ProblemHttpResult? problem) => (After, Limit, Problem) = (after, limit, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new([QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq]);

    /// <summary>The draw after which the page begins.</summary>
    public string? After { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<DrawListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit();
        string? after = null;
        if (context.Request.Query.TryGetValue("cursor", out var cursor) && !(Cursor.TryRead(cursor.ToString(), List, out after) && GrainKind.Draw.IsKey(after)))
            query.Errors.Add("cursor", Problems.CursorForm);
        return ValueTask.FromResult<DrawListQuery?>(new DrawListQuery(after, limit, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }

    /// <summary>The cursor of the page after a draw.</summary>
    public static string CursorAfter(string draw) => Cursor.Of(List, draw);
}
