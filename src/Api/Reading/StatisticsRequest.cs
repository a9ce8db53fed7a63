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

    /// <summary>The parameters of the counts of supervision.</summary>
    public static QueryContract SupervisionContract { get; } = new(
    [
        .. Contract.Parameters,
        new("from", "Removals, checks, exemptions and last days from this day on; since ever when left out.", ValueForm.Date),
        new("to", "Those up to this day.", ValueForm.Date),
    ]);

    public StatisticsQuery Query { get; }

    /// <summary>First day of what is counted.</summary>
    public DateOnly? From { get; private init; }

    /// <summary>Last day of what is counted.</summary>
    public DateOnly? To { get; private init; }

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
        var (from, to) = (reader.Date("from"), reader.Date("to"));
        if (to < from)
            reader.Errors.Add("to", "Has to be the day of from or later.");
        var list = $"{context.Request.Path.Value}\0{from:yyyy-MM-dd}\0{to:yyyy-MM-dd}\0{JsonSerializer.Serialize(query)}";
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
            new StatisticsRequest(query, limit, list) { After = after, From = from, To = to, Problem = reader.Errors.Any ? Problems.Invalid(reader.Errors) : null });
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
