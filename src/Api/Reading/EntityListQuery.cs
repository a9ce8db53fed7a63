using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>Which page of which entities is asked for.</summary>
internal sealed class EntityListQuery : IBound, IBindableFromHttpContext<EntityListQuery>
{
    private static readonly IReadOnlyList<string> Kinds = [.. GrainKind.Subjects.Select(kind => kind.Name)];

    private static readonly IReadOnlyList<string> RiskClasses = ["A", "B", "C", "D"];

    private EntityListQuery(EntityFilter filter, AsOf? asOf, int limit) => (Filter, AsOf, Limit) = (filter, asOf, limit);

    /// <summary>The parameters of the filter.</summary>
    public static IReadOnlyList<QueryParameter> FilterParameters { get; } =
    [
        new("kind", "The kind.", ValueForm.OneOf(Kinds)),
        new("region", "The region, by code or name, with what lies below it; a province without its planning cities.", ValueForm.Text),
        new("status", "Status of a title.", ValueForm.OneOf(EnumWords.Of(typeof(TitleStatus)))),
        new("level", "Level of the same title.", ValueForm.OneOf(EnumWords.Of(typeof(Level)))),
        new("policy", "Policy of the same title.", ValueForm.Text),
        new("riskClass", "Credit-risk class.", ValueForm.OneOf(RiskClasses)),
        new("exempt", "Whether the same title is exempt from random checks today.", ValueForm.Bool),
        new("enterprise", "The enterprise behind the entity, by any identity that it has had.", ValueForm.Text),
        new("q", "Part of a name, former name, alias, key, credit code or number of a certificate, or an identity.", ValueForm.Text),
        new("dueBefore", "Entities with a deadline before the end of this day; for officers, inspectors, auditors and admins, as it would tell others of checks.", ValueForm.Date),
    ];

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } =
        new([.. FilterParameters, .. AsOfQuery.Parameters, QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq]);

    public EntityFilter Filter { get; }

    /// <summary>The point in time; null: now.</summary>
    public AsOf? AsOf { get; }

    public int Limit { get; }

    /// <summary>The entity after which the page begins.</summary>
    public GrainId? After { get; private init; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; private init; }

    /// <summary>What its cursors are bound to.</summary>
    private string List { get; init; } = "";

    /// <inheritdoc/>
    public static ValueTask<EntityListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = ReadFilter(context, query);
        var asOf = AsOfQuery.Read(context, query);
        var list = ListOf(filter, context.Request.Query["asOf"], context.Request.Query["knownAt"]);
        var limit = query.Limit();
        GrainId? after = null;
        if (context.Request.Query.TryGetValue("cursor", out var cursor))
        {
            if (Cursor.TryRead(cursor.ToString(), list, out var place) && GrainId.TryParse(place, out var entity))
                after = entity;
            else if (!query.Errors.Any)
                query.Errors.Add("cursor", Problems.CursorForm);
        }

        return ValueTask.FromResult<EntityListQuery?>(
            new EntityListQuery(filter, asOf, limit) { After = after, List = list, Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : null });
    }

    /// <summary>Reads the filter.</summary>
    public static EntityFilter ReadFilter(HttpContext context, QueryReader query) => new()
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
        DueBefore = DueBefore(context, query),
    };

    /// <summary>What is due may be a check that nobody was told of, so only those who know of checks may ask.</summary>
    private static DateOnly? DueBefore(HttpContext context, QueryReader query)
    {
        var day = query.Date("dueBefore");
        if (day is not null && (context.User as KeyPrincipal)?.Holder.Actor.Role is not (Role.Officer or Role.Admin or Role.Auditor or Role.Inspector))
            query.Errors.Add("dueBefore", "Is for officers, inspectors, auditors and admins: it would tell of checks before their notice.");
        return day;
    }

    /// <summary>The cursor of the page after an entity.</summary>
    public string CursorAfter(GrainId entity) => Cursor.Of(List, entity.Value);

    private static string ListOf(EntityFilter filter, string? asOf, string? knownAt) =>
        $"entities\0{JsonSerializer.Serialize(filter)}\0{asOf}\0{knownAt}";
}
