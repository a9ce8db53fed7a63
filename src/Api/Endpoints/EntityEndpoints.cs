using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>The register: lists entities, shows one, registers and corrects them.</summary>
internal static class EntityEndpoints
{
    // Proposals for a name that is listed a little differently.
    private const int CandidatesMax = 5;

    public static void Map(RouteGroupBuilder api)
    {
        var entities = api.MapGroup("/entities").WithTags("entities");
        entities.MapGet("", ListAsync).Does("listEntities", "Lists entities as they stand now, or as they stood; a search of now that finds nothing proposes candidates; an enterprise is shown its own.")
            .RequireAuthorization(AccessPolicies.AnyKey).Reads().WithMetadata(EntityListQuery.Contract)
            .Produces<FoundEntities>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        entities.MapGet("/{kind}/{key}", ShowAsync)
            .Does("showEntity", "Shows an entity as it stands now, or as it stood; one that was merged into another leads there.")
            .RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes([.. AsOfQuery.Parameters, QueryContract.MinSeq]).Produces(StatusCodes.Status308PermanentRedirect)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        entities.MapPut("/{kind}/{key}", RegisterAsync).Does("registerEntity", "Registers an entity, or sets right what is registered of it.")
            .Writes(AccessPolicies.Officers);
        entities.MapPost("/{kind}/{key}/restriction", RestrictAsync)
            .Does("restrictEntity", "Withholds an entity, and everything behind which it is the enterprise, from all who do not supervise.").Writes(AccessPolicies.Officers);
        entities.MapPost("/{kind}/{key}/restriction/end", ReleaseAsync).Does("releaseEntity", "Ends the restriction of an entity, as a second officer.")
            .Writes(AccessPolicies.Officers);
    }

    private static async Task<Results<JsonPage<EntitySnapshot>, Ok<FoundEntities>>> ListAsync(EntityListQuery query, Reader reader, CancellationToken cancellationToken)
    {
        if (query.AsOf is { } asOf)
        {
            var past = await reader.Register.ListAsync(query.Filter, asOf, query.After, query.Limit, cancellationToken);
            return PageOf(past.Items, past.Next is { } place ? query.CursorAfter(place) : null);
        }

        var page = await reader.Register.ListAsync(query.Filter, query.After, query.Limit, cancellationToken);
        if (page.Items.Count == 0 && query is { After: null, Filter.Search: { } search })
            return TypedResults.Ok(new FoundEntities([]) { Candidates = await CandidatesAsync(search, query.Filter.Kind, reader, cancellationToken) });
        return PageOf(page.Items, page is { HasMore: true, Items: [.., var last] } ? query.CursorAfter(last.View.Id) : null);
    }

    /// <summary>Whom a text that is found nowhere may mean; to an enterprise, which is shown its own alone, nobody is proposed.</summary>
    private static async Task<IReadOnlyList<Candidate>> CandidatesAsync(string search, string? kind, Reader reader, CancellationToken cancellationToken) =>
        reader.Actor.Role == Role.Enterprise ? [] : await reader.Register.CandidatesAsync(search, new EntityFilter { Kind = kind }, CandidatesMax, cancellationToken);

    private static JsonPage<EntitySnapshot> PageOf(IReadOnlyList<EntitySnapshot> items, string? next) =>
        new(items, next, static (writer, snapshot) => writer.WriteRawValue(snapshot.Json.Span, skipInputValidation: true));

    private static async ValueTask<Results<EntityRead, RedirectHttpResult, ProblemHttpResult>> ShowAsync(
        EntityAddress address, AsOfQuery asOf, Reader reader, HttpRequest request, CancellationToken cancellationToken)
    {
        var snapshot = asOf.Value is null
            ? await reader.Register.FindAsync(address.Entity, cancellationToken)
            : (await reader.Register.FindAsync([address.Entity], asOf.Value, cancellationToken)).GetValueOrDefault(address.Entity);
        return snapshot switch
        {
            null => Problems.From(new Rejection.NotRegistered(address.Entity)),
            { View.MergedInto: { } into } => TypedResults.LocalRedirect($"/api/entities/{into}{request.QueryString}", permanent: true, preserveMethod: true),
            _ => new EntityRead(snapshot),
        };
    }

    private static async Task<Results<EntityWritten, ProblemHttpResult>> RegisterAsync(
        EntityWrite<RegisterBody> write, CommandSender sender, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        return write.Body.ToCommand(write.Entity.Kind, errors) is { } command
            ? await sender.SendAsync(write, command, cancellationToken)
            : Problems.Invalid(errors);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> RestrictAsync(
        EntityWrite<RestrictionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.Restrict(write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReleaseAsync(
        EntityWrite<RestrictionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.Release(write.Body.Reason), cancellationToken);
}

/// <summary>A page of entities; of a search that finds nothing, with what may have been meant.</summary>
/// <param name="Items">The entities.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last.</param>
internal sealed record FoundEntities(IReadOnlyList<EntityView> Items, string? NextCursor = null)
{
    /// <summary>Entities of the kind whose names resemble what was searched, most alike first, whatever else the filter says; left out where anything was found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Candidate>? Candidates { get; init; }
}

/// <summary>Why an entity is restricted, or no longer.</summary>
/// <param name="Reason">Why.</param>
internal sealed record RestrictionBody([property: FreeText] string Reason);
