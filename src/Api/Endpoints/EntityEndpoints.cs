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
    public static void Map(RouteGroupBuilder api)
    {
        var entities = api.MapGroup("/entities").WithTags("entities");
        entities.MapGet("", ListAsync).Does("listEntities", "Lists entities.")
            .RequireAuthorization(AccessPolicies.AnyKey).Reads().WithMetadata(EntityListQuery.Contract)
            .Produces<Listed<EntityView>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized);
        entities.MapGet("/{kind}/{key}", ShowAsync).Does("showEntity", "Shows an entity as it stands now; one that was merged into another leads there.")
            .RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq).Produces(StatusCodes.Status308PermanentRedirect)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound);
        entities.MapPut("/{kind}/{key}", RegisterAsync).Does("registerEntity", "Registers an entity, or sets right what is registered of it.")
            .Writes(AccessPolicies.Officers);
    }

    private static async Task<JsonPage<EntitySnapshot>> ListAsync(EntityListQuery query, IRegister register, CancellationToken cancellationToken)
    {
        var page = await register.ListAsync(query.Filter, query.After, query.Limit, cancellationToken);
        var next = page is { HasMore: true, Items: [.., var last] } ? query.CursorAfter(last.View.Id) : null;
        return new JsonPage<EntitySnapshot>(
            page.Items, next, static (writer, snapshot) => writer.WriteRawValue(snapshot.Json.Span, skipInputValidation: true));
    }

    private static async ValueTask<Results<EntityRead, RedirectHttpResult, ProblemHttpResult>> ShowAsync(
        EntityAddress address, IRegister register, CancellationToken cancellationToken) =>
        await register.FindAsync(address.Entity, cancellationToken) switch
        {
            null => Problems.From(new Rejection.NotRegistered(address.Entity)),
            { View.MergedInto: { } into } => TypedResults.LocalRedirect($"/api/entities/{into}", permanent: true, preserveMethod: true),
            var snapshot => new EntityRead(snapshot),
        };

    private static async Task<Results<EntityWritten, ProblemHttpResult>> RegisterAsync(
        EntityWrite<RegisterBody> write, CommandSender sender, CancellationToken cancellationToken)
    {
        var errors = new Errors();
        return write.Body.ToCommand(write.Entity.Kind, errors) is { } command
            ? await sender.SendAsync(write, command, cancellationToken)
            : Problems.Invalid(errors);
    }
}
