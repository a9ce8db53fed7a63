using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Visits at the door of an enterprise, those of other departments among them; and, for everyone, how often it is visited and what may be checked.</summary>
internal static class VisitEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var visits = api.MapGroup("/entities/{kind}/{key}/visits").WithTags("visits");
        visits.MapPost("", RecordAsync).Does("recordVisit", "Records a visit of another department at the enterprise, planned or made.").Writes(AccessPolicies.Officers);
        visits.MapGet("/{id}", ShowAsync).Does("showVisit", "Shows a visit.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        visits.MapPost("/{id}/entry", EnterAsync).Does("enterVisit", "Records that the inspectors of a visit entered; where checks are made on it, one of those may be named instead.")
            .Writes(AccessPolicies.OfficersAndInspectors);
        visits.MapPost("/{id}/exit", ExitAsync).Does("exitVisit", "Records that the inspectors of a visit left.").Writes(AccessPolicies.OfficersAndInspectors);
        visits.MapPost("/{id}/recusals", AskAsync)
            .Does("askVisitRecusal", "Asks for the recusal of an inspector from a visit on which no check is made, by the enterprise itself or by an officer on its behalf.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        visits.MapPost("/{id}/recusals/decision", DecideAsync).Does("decideVisitRecusal", "Decides about a recusal from a visit on which no check is made.").Writes(AccessPolicies.Officers);
        visits.MapPost("/{id}/completion", CompleteAsync).Does("completeVisit", "Records that a planned visit of another department was made.").Writes(AccessPolicies.Officers);
        visits.MapPost("/{id}/cancellation", CallOffAsync).Does("callOffVisit", "Records that another department makes a planned visit no more.").Writes(AccessPolicies.Officers);
        api.MapGet("/verify/{kind}/{key}/visits", FrequencyAsync).WithTags("verification").AllowAnonymous()
            .Does("showFrequency", "Tells how often an enterprise is visited this year, of what is announced, and how often it may be.").Reads()
            .Takes(QueryContract.MinSeq).Refuses(StatusCodes.Status404NotFound);
        api.MapGet("/check-items", ItemsAsync).WithTags("checks").AllowAnonymous().Does("listCheckItems", "Lists the published items: nothing else may be checked.");
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<VisitBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.RecordVisit(write.Body.Department, write.Body.Basis, write.Body.Reason, write.Body.DueBy, write.Body.On), cancellationToken);

    private static async Task<Results<Ok<VisitView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Visits.FirstOrDefault(visit => visit.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.VisitNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> EnterAsync(
        EntityWrite<EntryBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.EnterVisit(write.Part, write.Body.At, write.Body.Inspector), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ExitAsync(
        EntityWrite<ExitBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ExitVisit(write.Part, write.Body.At), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AskAsync(
        EntityWrite<RecusalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.AskVisitRecusal(write.Part, write.Body.Inspector, PrivateText.Salted(write.Body.Reason)), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DecideAsync(
        EntityWrite<RecusalDecisionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.DecideVisitRecusal(write.Part, write.Body.Inspector, write.Body.Accepted, write.Body.Reason, write.Body.Replacement), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CompleteAsync(
        EntityWrite<VisitCompletionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.CompleteVisit(write.Part, write.Body.On), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CallOffAsync(
        EntityWrite<CancellationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.CallOffVisit(write.Part, write.Body.Reason), cancellationToken);

    private static async Task<Results<Ok<InspectionFrequency>, ProblemHttpResult>> FrequencyAsync(
        EntityAddress address, IRegister register, IInspections inspections, CancellationToken cancellationToken) =>
        // Withheld now, it is as if it had never been registered.
        !await register.IsWithheldAsync(address.Entity, cancellationToken) && await inspections.FrequencyAsync(address.Entity, cancellationToken) is { } frequency
            ? TypedResults.Ok(frequency)
            : Problems.From(new Rejection.NotRegistered(address.Entity));

    private static Ok<Listed<CheckItemView>> ItemsAsync(IInspections inspections) => TypedResults.Ok(new Listed<CheckItemView>(inspections.Items, NextCursor: null));
}
