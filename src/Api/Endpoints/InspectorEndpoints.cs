using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>The register of inspectors: who may inspect, where, until when, and whom not.</summary>
internal static class InspectorEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var inspectors = api.MapGroup("/inspectors").WithTags("inspectors");
        inspectors.MapGet("", ListAsync).Does("listInspectors", "Lists the inspectors by their numbers.")
            .RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors).Reads().WithMetadata(InspectorListQuery.Contract)
            .Produces<Listed<InspectorView>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        inspectors.MapGet("/{id}", ShowAsync).Does("showInspector", "Shows an inspector with its conflicts.").RequireAuthorization(AccessPolicies.OfficersAdminsAndAuditors)
            .Reads().Takes(QueryContract.MinSeq).Produces<InspectorView>(StatusCodes.Status200OK, JsonBody.MediaType)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        Write(inspectors.MapPost("", RegisterAsync), "registerInspector", "Registers an inspector, or one that retired anew.");
        Write(inspectors.MapPut("/{id}", ChangeAsync), "changeInspector", "Sets right what is registered of an inspector.");
        Write(inspectors.MapPost("/{id}/retirement", RetireAsync), "retireInspector", "Takes an inspector out of service.");
        Write(inspectors.MapPost("/{id}/conflicts", RecordAsync), "recordConflict", "Records that an inspector keeps away from an enterprise.");
        Write(inspectors.MapPost("/{id}/conflicts/{conflict}/end", EndAsync), "endConflict", "Ends a conflict, as another person than recorded it.");
    }

    private static void Write(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.Does(name, summary).Writes(AccessPolicies.Officers)
        .Produces<InspectorView>(StatusCodes.Status200OK, JsonBody.MediaType).Produces<InspectorView>(StatusCodes.Status201Created, JsonBody.MediaType);

    private static async Task<Ok<Listed<InspectorView>>> ListAsync(InspectorListQuery query, IInspectors inspectors, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await inspectors.ListAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<Results<Ok<InspectorView>, ProblemHttpResult>> ShowAsync(
        string id, IInspectors inspectors, HttpContext context, CancellationToken cancellationToken)
    {
        if (!GrainId.TryParse($"{GrainKind.Inspector}/{id}", out var inspector))
            return Problems.Invalid("id", $"Has to be the public service number: {GrainKind.Inspector.KeyForm}.");
        if (await inspectors.FindAsync(inspector, cancellationToken) is not { } view)
            return Problems.From(new Rejection.InspectorNotRegistered(inspector));
        context.Response.Headers.ETag = $"\"{view.Version}\"";
        return TypedResults.Ok(view);
    }

    private static Task<IResult> RegisterAsync(
        InspectorWrite<InspectorBody> write, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(write.Inspector, write.Body.ToCommand(), write.Context, inspectors, options, context, cancellationToken);

    private static Task<IResult> ChangeAsync(
        InspectorWrite<InspectorChangeBody> write, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(write.Inspector, write.Body.ToCommand(), write.Context, inspectors, options, context, cancellationToken);

    private static Task<IResult> RetireAsync(
        InspectorWrite<RetirementBody> write, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(write.Inspector, new GrainCommand.RetireInspector(write.Body.Reason), write.Context, inspectors, options, context, cancellationToken);

    private static Task<IResult> RecordAsync(
        InspectorWrite<ConflictBody> write, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        SendAsync(write.Inspector, new GrainCommand.RecordConflict(write.Body.Named, write.Body.Reason), write.Context, inspectors, options, context, cancellationToken);

    private static Task<IResult> EndAsync(
        InspectorWrite<ConflictEndBody> write, string conflict, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken) =>
        EntityAddress.IsPart(conflict)
            ? SendAsync(write.Inspector, new GrainCommand.EndConflict(conflict, write.Body.Reason), write.Context, inspectors, options, context, cancellationToken)
            : Task.FromResult<IResult>(Problems.Invalid("conflict", "Has to be an id as the inspector shows it, for example conflict-1."));

    private static async Task<IResult> SendAsync(
        GrainId inspector, GrainCommand command, CommandContext sent, IInspectors inspectors, IOptions<ApiOptions> options, HttpContext context, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(options.Value.CommandWaitMax);
        try
        {
            var outcome = await inspectors.SendAsync(inspector, command, sent, bounded.Token);
            switch (outcome.Status)
            {
                case CommandStatus.Rejected:
                    return Problems.From(outcome.Rejection!);
                case CommandStatus.IdentityReused:
                    return Problems.IdempotencyKeyReused();
                case CommandStatus.Running:
                    return Problems.IdempotencyKeyInUse();
            }

            var view = (await inspectors.FindAsync(inspector, bounded.Token))!;
            ReadHeaders.SetSeq(context.Response, outcome.Seq);
            context.Response.Headers.ETag = $"\"{view.Version}\"";
            var address = $"/api/inspectors/{inspector.Key}";
            return outcome.Created is { } created
                ? TypedResults.Created(created.Length == 0 ? address : $"{address}/{created}", view)
                : TypedResults.Ok(view);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Problems.OutcomeUnknown();
        }
    }
}
