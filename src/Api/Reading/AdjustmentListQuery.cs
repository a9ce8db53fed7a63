using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which proposed adjustments is asked for.</summary>
internal sealed class AdjustmentListQuery : WorklistQuery, IBindableFromHttpContext<AdjustmentListQuery>
{
    private AdjustmentListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("adjustments\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        RegionParameter,
        new("policy", "Policy of the title that may be adjusted.", ValueForm.Text),
        new("level", "Its level.", ValueForm.OneOf(EnumWords.Of(typeof(Level)))),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<AdjustmentListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter { Regions = RegionsOf(query, context), Policy = query.Text("policy"), Level = query.Word<Level>("level") };
        return ValueTask.FromResult((AdjustmentListQuery?)new AdjustmentListQuery(filter, query, context).Finish());
    }
}
