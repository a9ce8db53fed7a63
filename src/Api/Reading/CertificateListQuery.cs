using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of what certification bodies have to do is asked for.</summary>
internal sealed class CertificateListQuery : WorklistQuery, IBindableFromHttpContext<CertificateListQuery>
{
    private CertificateListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("certificates\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("duty", "What the body has to do.", ValueForm.OneOf(EnumWords.Of(typeof(CertificateDuty)))),
        new("body", "The certification body, by name; a body sees what it certified only.", ValueForm.Text),
        new("dueBefore", "Due on this day or earlier; with the day before today: what is overdue.", ValueForm.Date),
        RegionParameter,
        new("policy", "Policy of its title.", ValueForm.Text),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<CertificateListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter
        {
            Status = query.OneOf("duty", EnumWords.Of(typeof(CertificateDuty))),
            Inspector = query.Text("body") is { } body ? EntityName.Normalise(body) : null,
            DueBefore = query.Date("dueBefore"),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
        };
        return ValueTask.FromResult((CertificateListQuery?)new CertificateListQuery(filter, query, context).Finish());
    }
}
