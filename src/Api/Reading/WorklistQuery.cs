using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Supervision.Api.Access;
using Supervision.Api.Binding;

namespace Supervision.Api.Reading;

/// <summary>What the queries of all worklists have in common: whose regions, and which page.</summary>
internal abstract class WorklistQuery(string list, QueryReader query, HttpContext context) : IBound
{
    public static QueryParameter RegionParameter { get; } = new(
        "region", "The region, by code or name, with what lies below it; left out: the regions of the key's authority.", ValueForm.Text);

    /// <summary>The place after which the page begins.</summary>
    public WorkPlace? After { get; private set; }

    public int Limit { get; } = query.Limit();

    /// <inheritdoc/>
    public ProblemHttpResult? Problem { get; private set; }

    /// <summary>The page with the cursor of the next.</summary>
    public Listed<T> ListOf<T>(WorkPage<T> page) =>
        new(page.Items, page.Next is { } place ? Cursor.Of(list, $"{place.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\n{place.Entity}\n{place.Id}") : null);

    /// <summary>The region that is asked for, or those that the key answers for.</summary>
    internal static IReadOnlyList<string> RegionsOf(QueryReader query, HttpContext context)
    {
        if (query.Region("region") is { } region)
            return [region];
        var actor = KeyPrincipal.Of(context).Actor;
        return actor.AnyAuthority ? [] : actor.Authority.Regions;
    }

    /// <summary>Reads the cursor and notes what is wrong, once everything else was read.</summary>
    protected WorklistQuery Finish()
    {
        var badCursor = false;
        if (context.Request.Query.TryGetValue("cursor", out var cursor))
        {
            After = Cursor.TryRead(cursor.ToString(), list, out var place) ? PlaceOf(place) : null;
            badCursor = After is null;
        }

        Problem = query.Errors.Any ? Problems.Invalid(query.Errors) : badCursor ? Problems.BadCursor() : null;
        return this;
    }

    private static WorkPlace? PlaceOf(string text)
    {
        if (text.Split('\n') is not [var day, var entity, var id] || !GrainId.TryParse(entity, out var grain))
            return null;
        if (day.Length == 0)
            return new WorkPlace(null, grain, id);
        return Texts.TryDate(day, out var dueOn) ? new WorkPlace(dueOn, grain, id) : null;
    }
}

/// <summary>Which page of which open checks is asked for.</summary>
internal sealed class CheckListQuery : WorklistQuery, IBindableFromHttpContext<CheckListQuery>
{
    private static readonly IReadOnlyList<string> Open = WordsOf(CheckStatus.Planned, CheckStatus.Approved, CheckStatus.Notified, CheckStatus.Recorded);

    private CheckListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("checks\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("status", "Where the check stands.", ValueForm.OneOf(Open)),
        new("inspector", "One of its inspectors; an inspector sees its own checks only.", ValueForm.Text),
        new("dueBefore", "Due on this day or earlier.", ValueForm.Date),
        RegionParameter,
        new("policy", "Policy of its title.", ValueForm.Text),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<CheckListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter
        {
            Status = query.OneOf("status", Open),
            Inspector = query.Text("inspector"),
            DueBefore = query.Date("dueBefore"),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
        };
        return ValueTask.FromResult((CheckListQuery?)new CheckListQuery(filter, query, context).Finish());
    }

    private static IReadOnlyList<string> WordsOf(params IEnumerable<CheckStatus> statuses) => [.. statuses.Select(KebabCase<CheckStatus>.Word)];
}

/// <summary>Which page of which open cases is asked for.</summary>
internal sealed class CaseListQuery : WorklistQuery, IBindableFromHttpContext<CaseListQuery>
{
    private static readonly IReadOnlyList<string> Open =
        [.. new[] { CaseStatus.Opened, CaseStatus.Served, CaseStatus.Statement }.Select(KebabCase<CaseStatus>.Word)];

    private CaseListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("cases\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("status", "Where the case stands.", ValueForm.OneOf(Open)),
        RegionParameter,
        new("policy", "Policy of its title.", ValueForm.Text),
        new("level", "Level of its title.", ValueForm.OneOf(EnumWords.Of(typeof(Level)))),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<CaseListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter
        {
            Status = query.OneOf("status", Open),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
            Level = query.Word<Level>("level"),
        };
        return ValueTask.FromResult((CaseListQuery?)new CaseListQuery(filter, query, context).Finish());
    }
}

/// <summary>Which page of what has to be made known is asked for.</summary>
internal sealed class DisclosureListQuery : WorklistQuery, IBindableFromHttpContext<DisclosureListQuery>
{
    private DisclosureListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("disclosures\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("task", "What has to be done.", ValueForm.OneOf(EnumWords.Of(typeof(DisclosureTask)))),
        new("dueBefore", "Due on this day or earlier; yesterday for what is overdue.", ValueForm.Date),
        RegionParameter,
        new("policy", "Policy of its title.", ValueForm.Text),
        new("level", "Level of its title.", ValueForm.OneOf(EnumWords.Of(typeof(Level)))),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<DisclosureListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter
        {
            Status = query.OneOf("task", EnumWords.Of(typeof(DisclosureTask))),
            DueBefore = query.Date("dueBefore"),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
            Level = query.Word<Level>("level"),
        };
        return ValueTask.FromResult((DisclosureListQuery?)new DisclosureListQuery(filter, query, context).Finish());
    }
}

/// <summary>Which page of what has to be decided about inspections is asked for.</summary>
internal sealed class InspectionTaskListQuery : WorklistQuery, IBindableFromHttpContext<InspectionTaskListQuery>
{
    private InspectionTaskListQuery(WorkFilter filter, QueryReader query, HttpContext context)
        : base("inspection-tasks\0" + JsonSerializer.Serialize(filter), query, context) => Filter = filter;

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("task", "What has to be decided.", ValueForm.OneOf(EnumWords.Of(typeof(InspectionTask)))),
        new("dueBefore", "With a last day up to this day.", ValueForm.Date),
        RegionParameter,
        new("policy", "Policy of the check or inspection.", ValueForm.Text),
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    public WorkFilter Filter { get; }

    /// <inheritdoc/>
    public static ValueTask<InspectionTaskListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        var filter = new WorkFilter
        {
            Status = query.OneOf("task", EnumWords.Of(typeof(InspectionTask))),
            DueBefore = query.Date("dueBefore"),
            Regions = RegionsOf(query, context),
            Policy = query.Text("policy"),
        };
        return ValueTask.FromResult((InspectionTaskListQuery?)new InspectionTaskListQuery(filter, query, context).Finish());
    }
}

/// <summary>Which page of which deadlines is asked for.</summary>
internal sealed class DeadlineListQuery : WorklistQuery, IBindableFromHttpContext<DeadlineListQuery>
{
    private const int DaysDefault = 30;

    private const int DaysMax = 366;

    private DeadlineListQuery(DateOnly? from, DateOnly? to, IReadOnlyList<string> regions, QueryReader query, HttpContext context)
        : base($"deadlines\0{from:yyyy-MM-dd}\0{to:yyyy-MM-dd}\0{string.Join(',', regions)}", query, context) => (From, To, Regions) = (from, to, regions);

    /// <summary>The parameters.</summary>
    public static QueryContract Contract { get; } = new(
    [
        new("from", "First day; today when left out.", ValueForm.Date),
        new("to", $"Last day, at most {DaysMax} days after the first; {DaysDefault} days after it when left out.", ValueForm.Date),
        RegionParameter,
        QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq,
    ]);

    /// <summary>The parameters of the calendar, which has no pages.</summary>
    public static QueryContract CalendarContract { get; } =
        new([.. Contract.Parameters.Where(parameter => parameter != QueryContract.Limit && parameter != QueryContract.Cursor)]);

    private DateOnly? From { get; }

    private DateOnly? To { get; }

    private IReadOnlyList<string> Regions { get; }

    /// <inheritdoc/>
    public static ValueTask<DeadlineListQuery?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = new QueryReader(context.Request);
        return ValueTask.FromResult(
            (DeadlineListQuery?)new DeadlineListQuery(query.Date("from"), query.Date("to"), RegionsOf(query, context), query, context).Finish());
    }

    /// <summary>The filter, with what was left out counted from today; a problem where the days are no period that is answered.</summary>
    public (DeadlineFilter Filter, ProblemHttpResult? Problem) FilterOn(DateOnly today)
    {
        var from = From ?? today;
        var to = To ?? from.AddDays(DaysDefault);
        var latest = from.AddDays(DaysMax);
        return (new DeadlineFilter(from, to, Regions), to < from || to > latest ? Problems.Invalid("to", $"Has to be from {from:yyyy-MM-dd} to {latest:yyyy-MM-dd}.") : null);
    }
}
