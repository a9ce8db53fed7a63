using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Supervision.Api.Binding;

/// <summary>The text that is looked for, by <c>q</c>.</summary>
internal sealed class SearchQuery : IBound, IBindableFromHttpContext<SearchQuery>
{
    private SearchQuery(string text, ProblemHttpResult? problem) => (Text, Problem) = (text, problem);

    public string Text { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<SearchQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var text = query.Text("q");
        if (text is null && !query.Errors.Any)
            query.Errors.Add("q", "Is required.");
        else if (text is not null && EntityName.Normalise(text).Length == 0)
            query.Errors.Add("q", "Has to have characters that can be seen.");
        return ValueTask.FromResult<SearchQuery?>(new SearchQuery(text ?? "", query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }
}
