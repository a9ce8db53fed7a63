using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which changes that wait for somebody is asked for.</summary>
internal sealed class ChangeListQuery : WorklistQuery, IBindableFromHttpContext<ChangeListQuery>
{
    // What is refused waits for nobody.
    private static readonly IReadOnlyList<string> Open =
        [.. new[] { ChangeStatus.Noted, ChangeStatus.Filed, ChangeStatus.Verified, ChangeStatus.Accepted }.Select(KebabCase<ChangeStatus>.Word)];

    private ChangeListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("changes\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new(
            "status",
            "Where the change stands: noted waits for the enterprise, filed for the city, verified for the province, accepted for decisions about titles.",
            ValueForm.OneOf(Open)),
        new("dueBefore", "To be filed by this day or earlier.", ValueForm.Date),
        RegionParameter, QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<ChangeListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter { Status = query.OneOf("status", Open), DueBefore = query.Date("dueBefore"), Regions = RegionsOf(query, context) };
        return ValueTask.FromResult((ChangeListQuery?)new ChangeListQuery(filter, query, context).Finish());
    }
}
