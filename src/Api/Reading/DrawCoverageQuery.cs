using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which draws are counted.</summary>
internal sealed class DrawCoverageQuery : IBound, IBindableFromHttpContext<DrawCoverageQuery>
{
    private DrawCoverageQuery(DrawCoverageFilter filter, ProblemHttpResult? problem) => (Filter, Problem) = (filter, problem);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("policy", "Draws of this policy.", ValueForm.Text),
        new("region", "Draws whose scope lies in this region, by code or name.", ValueForm.Text),
        new("year", "Draws announced in this year.", ValueForm.Text),
        QueryContract.MinSeq,
    ]);

    public DrawCoverageFilter Filter { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<DrawCoverageQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var year = query.Number("year");
        if (year > DateOnly.MaxValue.Year)
            query.Errors.Add("year", $"Has to be a year up to {DateOnly.MaxValue.Year}.");
        var filter = new DrawCoverageFilter(query.Text("policy"), query.Region("region"), query.Errors.Any ? null : (int?)year);
        return ValueTask.FromResult<DrawCoverageQuery?>(new DrawCoverageQuery(filter, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }
}
