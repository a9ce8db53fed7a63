using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which draws is asked for.</summary>
internal sealed class DrawListQuery : IBound, IBindableFromHttpContext<DrawListQuery>
{
    private DrawListQuery(DrawFilter filter, string? after, int limit, ProblemHttpResult? problem) => (Filter, After, Limit, Problem) = (filter, after, limit, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("waitsFor", "What the draw waits for.", ValueForm.OneOf(EnumWords.Of(typeof(DrawStep)))),
        new("policy", "Draws of this policy.", ValueForm.Text),
        new("region", "Draws whose scope lies in this region, by code or name.", ValueForm.Text),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public DrawFilter Filter { get; }

    /// <summary>The draw after which the page begins.</summary>
    public string? After { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<DrawListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new DrawFilter(query.Word<DrawStep>("waitsFor"), query.Text("policy"), query.Region("region"));
        var limit = query.Limit();
        string? after = null;
        if (context.Request.Query.TryGetValue("cursor", out var cursor) && !(Cursor.TryRead(cursor.ToString(), ListOf(filter), out after) && GrainKind.Draw.IsKey(after)))
            query.Errors.Add("cursor", Problems.CursorForm);
        return ValueTask.FromResult<DrawListQuery?>(new DrawListQuery(filter, after, limit, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }

    /// <summary>The cursor of the page after a draw.</summary>
    public string CursorAfter(string draw) => Cursor.Of(ListOf(Filter), draw);

    private static string ListOf(DrawFilter filter) => $"draws\0{filter.WaitsFor}\0{filter.Policy}\0{filter.Region}";
}
