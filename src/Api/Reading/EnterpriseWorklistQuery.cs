using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which plan of energy-conservation inspection is asked for.</summary>
internal sealed class EnergyListQuery : WorklistQuery, IBindableFromHttpContext<EnergyListQuery>
{
    private const int YearMax = 2999;

    private EnergyListQuery(WorkFilter filter, int? year, QueryReader query, HttpContext context)
        : base($"energy-inspections\0{year}\0{JsonSerializer.Serialize(filter)}", query, context) => (Filter, Year) = (filter, year);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("year", "The year of the plan; left out: every plan, and what is only proposed.", ValueForm.Number),
        new("status", "Where the entry stands.", ValueForm.OneOf(EnumWords.Of(typeof(EnergyStatus)))),
        new("dueBefore", "With a last day of what comes next on this day or earlier.", ValueForm.Date),
        RegionParameter,
        new("policy", "The policy whose rules apply.", ValueForm.Text),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    public int? Year { get; }

    /// <inheritdoc/>
    public static ValueTask<EnergyListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var year = query.Number("year");
        if (year > YearMax)
            query.Errors.Add("year", $"Has to be a year up to {YearMax}.");
        var filter = new WorkFilter
        {
            Status = query.OneOf("status", EnumWords.Of(typeof(EnergyStatus))),
            DueBefore = query.Date("dueBefore"),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
        };
        return ValueTask.FromResult((EnergyListQuery?)new EnergyListQuery(filter, query.Errors.Any ? null : (int?)year, query, context).Finish());
    }
}

/// <summary>Which page of what waits on enterprises is asked for.</summary>
internal sealed class EnterpriseListQuery : WorklistQuery, IBindableFromHttpContext<EnterpriseListQuery>
{
    private EnterpriseListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base($"{context.Request.Path.Value}\0{JsonSerializer.Serialize(filter)}", query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new([RegionParameter, QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<EnterpriseListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        return ValueTask.FromResult((EnterpriseListQuery?)new EnterpriseListQuery(new WorkFilter { Regions = RegionsOf(query, context) }, query, context).Finish());
    }
}
