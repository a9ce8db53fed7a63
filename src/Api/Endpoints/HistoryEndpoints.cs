using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>The events of an entity: who did what, when and why.</summary>
internal static class HistoryEndpoints
{
    private static readonly QueryParameter Order =
        new("order", "Which events come first; newest when left out.", ValueForm.OneOf(EnumWords.Of(typeof(HistoryOrder))));

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/entities/{kind}/{key}/history", ListAsync).WithTags("entities").Does("listHistory", "Lists an entity's events: who, when, what, why.")
            .RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(Order, QueryContract.Limit, QueryContract.Cursor, QueryContract.MinSeq)
            .Produces<Listed<HistoryItem>>(StatusCodes.Status200OK, JsonBody.MediaType)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

    private static async Task<Results<JsonPage<HistoryEntry>, ProblemHttpResult>> ListAsync(
        EntityAddress address, PageQuery query, Reader reader, HttpContext context, CancellationToken cancellationToken)
    {
        var parameters = new QueryReader(context.Request);
        var order = parameters.Word<HistoryOrder>("order") ?? HistoryOrder.Newest;
        if (parameters.Errors.Any)
            return Problems.Invalid(parameters.Errors);
        var list = $"history\0{address.Entity}\0{order}";
        long? after = null;
        if (query.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, list, out var place) || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return Problems.BadCursor();
            after = version;
        }

        if (await reader.Register.HistoryAsync(address.Entity, order, after, query.Limit, cancellationToken) is not { } page)
            return Problems.From(new Rejection.NotRegistered(address.Entity));
        var next = page is { HasMore: true, Items: [.., var last] } ? Cursor.Of(list, last.Version.ToString(CultureInfo.InvariantCulture)) : null;
        // Who acted and what was stated in confidence is for those who supervise, not for whoever integrates.
        var whole = reader.Actor.Role is Role.Officer or Role.Auditor or Role.Admin;
        return new JsonPage<HistoryEntry>(page.Items, next, whole ? WriteWhole : WritePublic);
    }

    private static void WriteWhole(Utf8JsonWriter writer, HistoryEntry entry)
    {
        WriteOpen(writer, entry);
        writer.WriteString("person", entry.Person);
        if (entry.Private.Count > 0)
        {
            writer.WriteStartObject("private");
            foreach (var (member, text) in entry.Private)
                writer.WriteString(member, text);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WritePublic(Utf8JsonWriter writer, HistoryEntry entry)
    {
        WriteOpen(writer, entry);
        writer.WriteEndObject();
    }

    private static void WriteOpen(Utf8JsonWriter writer, HistoryEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", entry.Seq);
        writer.WriteNumber("version", entry.Version);
        writer.WriteString("type", entry.Type);
        writer.WriteString("at", InstantConverter.Format(entry.At));
        writer.WriteString("effectiveOn", entry.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("actor", entry.Actor);
        writer.WriteString("reason", entry.Why.Reason);
        writer.WriteString("ground", entry.Why.Ground);
        writer.WriteString("article", entry.Why.Article);
        writer.WritePropertyName("data");
        writer.WriteRawValue(entry.Data, skipInputValidation: true);
    }
}

/// <summary>An event as it is shown.</summary>
/// <param name="Seq">Its place in the ledger.</param>
/// <param name="Version">Its version in the entity, which a correction names.</param>
/// <param name="Type">Its name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="EffectiveOn">When it took effect.</param>
/// <param name="Actor">The pseudonym of who brought it about.</param>
/// <param name="Reason">The reason given, or null.</param>
/// <param name="Ground">The ground, of the event or of the case it belongs to, or null.</param>
/// <param name="Article">The article behind it, of the event or of the case it belongs to, or null.</param>
/// <param name="Data">What happened; null where it names an entity that is withheld from the reader.</param>
/// <param name="Person">The person behind the pseudonym; for officers, auditors and administrators.</param>
/// <param name="Private">Private texts by member, unless erased; for officers, auditors and administrators.</param>
internal sealed record HistoryItem(
    long Seq, long Version, string Type, DateTimeOffset At, DateOnly EffectiveOn, string Actor, string? Reason, string? Ground, string? Article,
    JsonElement Data, string? Person = null, IReadOnlyDictionary<string, string>? Private = null);
