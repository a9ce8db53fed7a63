using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>What is to be counted, by which dimensions, and which page of the rows.</summary>
internal sealed class StatisticsRequest : IBound, IBindableFromHttpContext<StatisticsRequest>
{
    private const int BatchesMax = 100;

    private readonly string _list;

    private StatisticsRequest(StatisticsQuery query, int limit, string list) => (Query, Limit, _list) = (query, limit, list);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("by", $"The dimensions, separated by commas: {string.Join(", ", KebabCase<Dimension>.Words)}. Left out: one row of all.", ValueForm.Text),
        new("batch", "Titles of these batches, separated by commas.", ValueForm.Text),
        .. EntityListQuery.FilterParameters,
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public StatisticsQuery Query { get; }

    public int Limit { get; }

    /// <summary>The place of the row after which the page begins.</summary>
    public string? After { get; private init; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; private init; }

    /// <inheritdoc/>
    public static ValueTask<StatisticsRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request);
        var query = new StatisticsQuery(Dimensions(reader), EntityListQuery.ReadFilter(context, reader), Batches(reader));
        var list = "statistics\0" + JsonSerializer.Serialize(query);
        string? after = null;
        if (context.Request.Query.TryGetValue("cursor", out var cursor))
        {
            if (Cursor.TryRead(cursor.ToString(), list, out var place))
                after = place;
            else if (!reader.Errors.Any)
                reader.Errors.Add("cursor", Problems.CursorForm);
        }

        var limit = reader.Limit();
        return ValueTask.FromResult<StatisticsRequest?>(
            new StatisticsRequest(query, limit, list) { After = after, Problem = reader.Errors.Any ? Problems.Invalid(reader.Errors) : null });
    }

    /// <summary>The cursor of the page after a row.</summary>
    public string CursorAfter(string place) => Cursor.Of(_list, place);

    private static List<Dimension> Dimensions(QueryReader reader)
    {
        var dimensions = new List<Dimension>();
        foreach (var word in reader.Text("by")?.Split(',') ?? [])
        {
            if (!KebabCase<Dimension>.TryParse(word, out var dimension))
                reader.Errors.Add("by", $"Has to be one or several of {string.Join(", ", KebabCase<Dimension>.Words)}, separated by commas.");
            else if (dimensions.Contains(dimension))
                reader.Errors.Add("by", $"Names {word} twice.");
            else
                dimensions.Add(dimension);
        }

        return dimensions;
    }

    private static string[] Batches(QueryReader reader)
    {
        var batches = reader.Text("batch")?.Split(',') ?? [];
        if (batches.Length > BatchesMax || batches.Any(batch => batch.Trim().Length == 0))
            reader.Errors.Add("batch", $"Has to be 1 to {BatchesMax} batches, separated by commas.");
        return batches;
    }
}
