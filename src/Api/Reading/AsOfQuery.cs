using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>The point in time that a read is asked for by <c>asOf</c> and <c>knownAt</c>.</summary>
internal sealed class AsOfQuery : IBound, IBindableFromHttpContext<AsOfQuery>
{
    private AsOfQuery(AsOf? value, ProblemHttpResult? problem) => (Value, Problem) = (value, problem);

    /// <summary>The parameters.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("asOf", "What took effect by the end of this day; not after today. Left out: the day of knownAt.", ValueForm.Date),
        new("knownAt", "As it was known at this instant, in UTC; not after now. Left out: as it is known now.", ValueForm.Instant),
    ];

    /// <summary>The point in time; null: now.</summary>
    public AsOf? Value { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <inheritdoc/>
    public static ValueTask<AsOfQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var asOf = Read(context, query);
        return ValueTask.FromResult<AsOfQuery?>(new AsOfQuery(asOf, query.Errors.Any ? Problems.Invalid(query.Errors) : null));
    }

    /// <summary>Reads the point in time; null where none is asked for or something is wrong with it.</summary>
    public static AsOf? Read(HttpContext context, QueryReader query)
    {
        if (!context.Request.Query.ContainsKey("asOf") && !context.Request.Query.ContainsKey("knownAt"))
            return null;
        var (day, knownAt) = (query.Date("asOf"), query.Instant("knownAt"));
        if (query.Errors.Any)
            return null;
        var register = context.RequestServices.GetRequiredService<IRegister>();
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (knownAt > now)
            query.Errors.Add("knownAt", $"Has to be an instant that has passed; it is {InstantConverter.Format(now)}.");
        var latest = register.DateAt(knownAt < now ? knownAt.Value : now);
        if (day > latest)
            query.Errors.Add("asOf", $"Has to be a day up to {latest:yyyy-MM-dd}: what takes effect later is not known then.");
        return new AsOf(day ?? latest, knownAt ?? now);
    }
}
