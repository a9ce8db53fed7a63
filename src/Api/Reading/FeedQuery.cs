using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>From where and which events are asked for.</summary>
internal sealed class FeedQuery : IBound, IBindableFromHttpContext<FeedQuery>
{
    public const string LastEventId = "Last-Event-ID";

    // Of one parameter.
    private const int ValuesMax = 500;

    private static readonly IReadOnlyList<string> Kinds = [.. GrainKind.All.Where(kind => kind != GrainKind.Inspector).Select(kind => kind.Name)];

    /// <summary>The parameters of the filter.</summary>
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new("after", "The seq after which to begin: the nextAfter of the page before.", ValueForm.Number),
        new("type", "Names of events, with commas between them; a beginning and * for all that begin so: title.*.", ValueForm.Text),
        new("kind", $"Kinds of what events are about, with commas between them: {string.Join(", ", Kinds)}.", ValueForm.Text),
        new("region", "Regions by code or name, with commas between them, each with what lies below it; a province without its planning cities.", ValueForm.Text),
        new("policy", "Policies of the title that an event is about, with commas between them; of one about an entity as a whole, of any of its titles.", ValueForm.Text),
        new("level", $"Levels of the same title, with commas between them: {string.Join(", ", EnumWords.Of(typeof(Level)))}.", ValueForm.Text),
        new("entity", "Identities, with commas between them, each with what was merged with it; an enterprise with everything behind which it is.", ValueForm.Text),
    ];

    private FeedQuery(long? after, FeedFilter filter, int limit, ProblemHttpResult? problem) => (After, Filter, Limit, Problem) = (after, filter, limit, problem);

    /// <summary>The seq after which to begin; null: it was left out.</summary>
    public long? After { get; }

    /// <summary>Which events.</summary>
    public FeedFilter Filter { get; }

    /// <summary>Most items of a page.</summary>
    public int Limit { get; }

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; }

    /// <summary>What <see cref="After"/> came from, for what is said of it.</summary>
    public string AfterName { get; private init; } = "after";

    /// <inheritdoc/>
    public static ValueTask<FeedQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new FeedFilter
        {
            Types = Values(query, "type", FeedFilter.IsType, "is no name of an event, nor the beginning of one followed by *; docs/events.md has them"),
            Kinds = Values(query, "kind", text => Kinds.Contains(text), $"is no kind; the kinds are {string.Join(", ", Kinds)}"),
            Regions = [.. Values(query, "region", text => Region.TryParse(text, out _), $"is not {Region.Form}").Select(CodeOf)],
            Policies = Values(query, "policy", GrainKind.Policy.IsKey, $"is no id of a policy: {GrainKind.Policy.KeyForm}"),
            Levels = [.. Values(query, "level", text => KebabCase<Level>.TryParse(text, out _), $"is not one of {string.Join(", ", KebabCase<Level>.Words)}").Select(KebabCase<Level>.Parse)],
            Entities = [.. Values(query, "entity", text => IdentityOf(text) is not null, $"is no identity, kind/key, the kind being one of {string.Join(", ", GrainKind.Subjects)}").Select(text => IdentityOf(text)!.Value)],
        };
        var after = query.Number("after");
        var fromHeader = context.Request.Headers[LastEventId] is { Count: 1 } header && header[0] is { Length: > 0 } id && IsStream(context) ? id : null;
        if (fromHeader is not null)
        {
            if (long.TryParse(fromHeader, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var last))
                after = last;
            else
                query.Errors.Add(LastEventId, "Has to be the id of an event of this stream, a whole number.");
        }

        return ValueTask.FromResult<FeedQuery?>(new FeedQuery(after, filter, query.Limit(), query.Errors.Any ? Problems.Invalid(query.Errors) : null)
        {
            AfterName = fromHeader is null ? "after" : LastEventId,
        });
    }

    /// <summary>What is wrong with where to begin when the ledger ends before; null: nothing.</summary>
    public ProblemHttpResult? RefuseBeyond(long seq) => After > seq
        ? Problems.Invalid(AfterName, $"Is {After}, but the ledger ends at {seq}: whoever has seen more has seen another ledger, or one that was restored from a backup.")
        : null;

    private static bool IsStream(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<TakesLastEventId>() is not null;

    private static string CodeOf(string text) => Region.TryParse(text, out var code) ? code : text;

    private static GrainId? IdentityOf(string text) => GrainId.TryParse(text, out var identity) && identity.Kind.IsSubject ? identity : null;

    private static IReadOnlyList<string> Values(QueryReader query, string name, Func<string, bool> isOne, string otherwise)
    {
        if (query.List(name, ValuesMax) is not { } values)
            return [];
        foreach (var value in values.Where(value => !isOne(value)))
            query.Errors.Add(name, $"'{value}' {otherwise}.");
        return query.Errors.Any ? [] : values;
    }
}

/// <summary>Marks endpoints that go on where a client says by <c>Last-Event-ID</c> that it was.</summary>
internal sealed class TakesLastEventId
{
    public static TakesLastEventId Instance { get; } = new();
}
