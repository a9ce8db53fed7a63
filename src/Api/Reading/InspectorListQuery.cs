using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of the register of inspectors is asked for.</summary>
internal sealed class InspectorListQuery : IBound, IBindableFromHttpContext<InspectorListQuery>
{
    private readonly string _list;

    private InspectorListQuery(InspectorFilter filter, QueryReader query, HttpContext context)
    {
        (Filter, Limit) = (filter, query.Limit());
        _list = $"{context.Request.Path.Value}\0{JsonSerializer.Serialize(filter)}";
        GrainId after = default;
        var isBad = context.Request.Query.TryGetValue("cursor", out var cursor)
            && !(Cursor.TryRead(cursor.ToString(), _list, out var place) && GrainId.TryParse(place, out after));
        After = after == default ? null : after;
        Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : isBad ? Problems.BadCursor() : null;
    }

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("region", "Those who inspect in the region or in a part of it, by code or name.", ValueForm.Text),
        new("field", "Those with this field of expertise.", ValueForm.Text),
        new("validOn", "Those whose certificate is valid on the day.", ValueForm.Date),
        new("conflict", "Those who keep away from this enterprise.", ValueForm.Text),
        new("retired", "Those who retired, or those in service; both when left out.", ValueForm.Bool),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public InspectorFilter Filter { get; }

    public GrainId? After { get; }

    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<InspectorListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new InspectorFilter
        {
            Region = query.Region("region"),
            Field = query.Text("field"),
            ValidOn = query.Date("validOn"),
            Conflict = query.Enterprise("conflict"),
            Retired = query.Bool("retired"),
        };
        return ValueTask.FromResult<InspectorListQuery?>(new InspectorListQuery(filter, query, context));
    }

    /// <summary>The page with the cursor of the next.</summary>
    public Listed<InspectorView> ListOf(Page<InspectorView> page) =>
        new(page.Items, page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(_list, $"{GrainKind.Inspector}/{last.Id}") : null);
}
