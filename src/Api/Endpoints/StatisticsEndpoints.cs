using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>How many entities and titles there are, and what source documents state of their number.</summary>
internal static class StatisticsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/statistics", CountAsync).WithTags("entities").Does("countEntities", "Counts entities and titles.")
            .RequireAuthorization(AccessPolicies.AllButEnterprises).Reads().WithMetadata(StatisticsRequest.Contract)
            .Produces<Listed<StatisticsItem>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        api.MapGet("/statistics/supervision", SupervisionAsync).WithTags("entities")
            .Does("countSupervision", "Counts titles in force, removed by ground and exempt, their checks by outcome, and what is overdue.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).Reads().WithMetadata(StatisticsRequest.SupervisionContract)
            .Produces<Listed<SupervisionItem>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        api.MapGet("/statistics/draws", DrawsAsync).WithTags("draws")
            .Does("countDraws", "Sets what was drawn, visited and made against what policies plan and draws announced, by policy, year, purpose and region of the scope.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).Reads().WithMetadata(DrawCoverageQuery.Contract)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static async Task<Ok<Listed<DrawCoverageRow>>> DrawsAsync(DrawCoverageQuery query, IDrawStatistics statistics, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<DrawCoverageRow>(await statistics.CountAsync(query.Filter, cancellationToken)));

    private static async Task<Results<JsonPage<SupervisionRow>, ProblemHttpResult>> SupervisionAsync(
        StatisticsRequest request, ISupervisionStatistics statistics, CancellationToken cancellationToken)
    {
        var rows = await statistics.CountAsync(request.Query, request.From, request.To, cancellationToken);
        if (request.After is { } after)
        {
            var place = rows.TakeWhile(row => PlaceOf(row.Values) != after).Count();
            if (place == rows.Count)
                return Problems.BadCursor();
            rows = [.. rows.Skip(place + 1)];
        }

        SupervisionRow[] page = [.. rows.Take(request.Limit)];
        return new JsonPage<SupervisionRow>(
            page, rows.Count > page.Length ? request.CursorAfter(PlaceOf(page[^1].Values)) : null, (writer, row) => Write(writer, request.Query.By, row));
    }

    private static async Task<Results<JsonPage<StatisticsRow>, ProblemHttpResult>> CountAsync(
        StatisticsRequest request, Reader reader, CancellationToken cancellationToken)
    {
        var rows = await reader.Register.CountAsync(request.Query, cancellationToken);
        if (request.After is { } after)
        {
            var place = rows.TakeWhile(row => PlaceOf(row.Values) != after).Count();
            if (place == rows.Count)
                return Problems.BadCursor();
            rows = [.. rows.Skip(place + 1)];
        }

        StatisticsRow[] page = [.. rows.Take(request.Limit)];
        return new JsonPage<StatisticsRow>(
            page, rows.Count > page.Length ? request.CursorAfter(PlaceOf(page[^1].Values)) : null, (writer, row) => Write(writer, request.Query.By, row));
    }

    /// <summary>Stands for the values of a row, which may be longer than a cursor.</summary>
    private static string PlaceOf(IReadOnlyList<string?> values) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(values)).AsSpan(0, 16));

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Dimension> by, StatisticsRow row)
    {
        writer.WriteStartObject();
        WriteValues(writer, by, row.Values);
        writer.WriteNumber("entities", row.Entities);
        writer.WriteNumber("titles", row.Titles);
        WriteWords(writer, "standings", row.Standings);
        WriteWords(writer, "statuses", row.Statuses);
        if (row.Stated is { } stated)
        {
            writer.WriteStartObject("stated");
            writer.WriteNumber("count", stated.Count);
            writer.WriteString("source", stated.Source);
            writer.WriteString("article", stated.Article);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("stated");
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Dimension> by, SupervisionRow row)
    {
        writer.WriteStartObject();
        WriteValues(writer, by, row.Values);
        writer.WriteNumber("titles", row.Titles);
        writer.WriteNumber("inForce", row.InForce);
        WriteWords(writer, "removed", row.Removed);
        WriteWords(writer, "checks", row.Checks);
        writer.WriteNumber("exemptions", row.Exemptions);
        WriteWords(writer, "overdue", row.Overdue);
        writer.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter writer, IReadOnlyList<Dimension> by, IReadOnlyList<string?> values)
    {
        for (var i = 0; i < by.Count; i++)
        {
            writer.WriteString(KebabCase<Dimension>.Word(by[i]), values[i]);
            if (by[i] == Dimension.Region)
                writer.WriteString("regionName", Region.NameOf(values[i]));
        }
    }

    private static void WriteWords(Utf8JsonWriter writer, string member, IReadOnlyDictionary<string, long> counts)
    {
        writer.WriteStartObject(member);
        foreach (var (word, count) in counts)
            writer.WriteNumber(word, count);
        writer.WriteEndObject();
    }
}

/// <summary>A row of counts as it is shown; of the first members only those that were asked for.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Level">The level.</param>
/// <param name="Region">The responsible region, or null where the list gives none.</param>
/// <param name="RegionName">Its name.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Batch">The batch, or null.</param>
/// <param name="Year">The year of the grant.</param>
/// <param name="Evaluator">The third party, or null.</param>
/// <param name="Entities">Entities; without one of the titles asked for they are not counted.</param>
/// <param name="Titles">Titles, also those that were lost.</param>
/// <param name="Standings">Entities by standing.</param>
/// <param name="Statuses">Titles by status.</param>
/// <param name="Stated">What a source document states of just these titles; null: nothing.</param>
internal sealed record StatisticsItem(
    string? Kind, Level? Level, string? Region, string? RegionName, string? Policy, string? Batch, string? Year, string? Evaluator, long Entities, long Titles,
    IReadOnlyDictionary<string, long> Standings, IReadOnlyDictionary<string, long> Statuses, StatedFigure? Stated);

/// <summary>A row of counts of supervision as it is shown; of the first members only those that were asked for.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Level">The level.</param>
/// <param name="Region">The responsible region, or null where the list gives none.</param>
/// <param name="RegionName">Its name.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Batch">The batch, or null.</param>
/// <param name="Year">The year of the grant.</param>
/// <param name="Evaluator">The third party, or null.</param>
/// <param name="Titles">Titles, also those that were lost.</param>
/// <param name="InForce">Titles in force now.</param>
/// <param name="Removed">Titles that were removed in the period and not given back, by ground.</param>
/// <param name="Checks">Checks of the period whose result stands, by outcome.</param>
/// <param name="Exemptions">Titles that are exempt now by an exemption that began in the period.</param>
/// <param name="Overdue">What is overdue now and had its last day in the period, by what it is.</param>
internal sealed record SupervisionItem(
    string? Kind, Level? Level, string? Region, string? RegionName, string? Policy, string? Batch, string? Year, string? Evaluator, long Titles, long InForce,
    IReadOnlyDictionary<string, long> Removed, IReadOnlyDictionary<string, long> Checks, long Exemptions, IReadOnlyDictionary<string, long> Overdue);
