using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which entities is asked for.</summary>
internal sealed class EntityListQuery : IBound, IBindableFromHttpContext<EntityListQuery>
{
    private static readonly IReadOnlyList<string> Kinds = [.. GrainKind.Subjects.Select(kind => kind.Name)];

    private static readonly IReadOnlyList<string> RiskClasses = ["A", "B", "C", "D"];

    private EntityListQuery(EntityFilter filter, int limit) => (Filter, Limit) = (filter, limit);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("kind", "The kind.", ValueForm.OneOf(Kinds)),
        new("region", "The region, by code or name, with what lies below it; a province without its planning cities.", ValueForm.Text),
        new("status", "Status of a title.", ValueForm.OneOf(EnumWords.Of(typeof(TitleStatus)))),
        new("level", "Level of the same title.", ValueForm.OneOf(EnumWords.Of(typeof(Level)))),
        new("policy", "Policy of the same title.", ValueForm.Text),
        new("riskClass", "Credit-risk class.", ValueForm.OneOf(RiskClasses)),
        new("exempt", "Whether the same title is exempt from random checks today.", ValueForm.Bool),
        new("enterprise", "The enterprise behind the entity.", ValueForm.Text),
        new("q", "Part of a name or key.", ValueForm.Text),
        new("dueBefore", "Entities with a deadline before the end of this day.", ValueForm.Date),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public EntityFilter Filter { get; }

    public int Limit { get; }

    /// <summary>The entity after which the page begins.</summary>
    public GrainId? After { get; private init; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; private init; }

    /// <inheritdoc/>
    public static ValueTask<EntityListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new EntityFilter
        {
            Kind = query.OneOf("kind", Kinds),
            Region = query.Region("region"),
            Status = query.Word<TitleStatus>("status"),
            Level = query.Word<Level>("level"),
            Policy = query.Text("policy"),
            RiskClass = query.OneOf("riskClass", RiskClasses),
            Exempt = query.Bool("exempt"),
            Enterprise = query.Enterprise("enterprise"),
            // An empty search box finds everything.
            Search = context.Request.Query["q"] == "" ? null : query.Text("q"),
            DueBefore = query.Date("dueBefore"),
        };
        GrainId? after = null;
        if (context.Request.Query.TryGetValue("cursor", out var cursor))
        {
            if (Cursor.TryRead(cursor.ToString(), ListOf(filter), out var place) && GrainId.TryParse(place, out var entity))
                after = entity;
            else
                return ValueTask.FromResult<EntityListQuery?>(new EntityListQuery(filter, 0) { Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : Problems.BadCursor() });
        }

        return ValueTask.FromResult<EntityListQuery?>(
            new EntityListQuery(filter, query.Limit()) { After = after, Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : null });
    }

    /// <summary>The cursor of the page after an entity.</summary>
    public string CursorAfter(GrainId entity) => Cursor.Of(ListOf(Filter), entity.Value);

    private static string ListOf(EntityFilter filter) => "entities\0" + JsonSerializer.Serialize(filter);
}
