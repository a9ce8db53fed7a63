using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Spot checks from the order to the confirmed result.</summary>
internal static class CheckEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var checks = api.MapGroup("/entities/{kind}/{key}/checks").WithTags("checks");
        checks.MapPost("", OrderAsync).Does("orderCheck", "Orders a directed check, or records one drawn elsewhere.").Writes(AccessPolicies.Officers);
        checks.MapGet("/{id}", ShowAsync).Does("showCheck", "Shows a check.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        checks.MapPost("/{id}/approval", ApproveAsync).Does("approveCheck", "Approves a planned check, as a second officer.").Writes(AccessPolicies.Officers);
        checks.MapPost("/{id}/notice", NotifyAsync).Does("notifyCheck", "Records that the holder was told of a check.").Writes(AccessPolicies.Officers);
        checks.MapPost("/{id}/result", RecordAsync).Does("recordResult", "Enters the result of a check; an inspector's waits for confirmation.")
            .Writes(AccessPolicies.OfficersAndInspectors);
        checks.MapPost("/{id}/confirmation", ConfirmAsync).Does("confirmResult", "Confirms a result that an inspector entered.").Writes(AccessPolicies.Officers);
        checks.MapPost("/{id}/cancellation", CancelAsync).Does("cancelCheck", "Calls a check off.").Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> OrderAsync(
        EntityWrite<CheckBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(), cancellationToken);

    private static async Task<Results<Ok<CheckView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Checks.FirstOrDefault(check => check.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.CheckNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> ApproveAsync(
        EntityWrite<NoMembers> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ApproveCheck(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> NotifyAsync(
        EntityWrite<NoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.NotifyCheck(write.Part, write.Body.On, write.Body.Method), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<ResultBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ConfirmAsync(
        EntityWrite<NoMembers> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ConfirmResult(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CancelAsync(
        EntityWrite<CancellationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.CancelCheck(write.Part, write.Body.Reason), cancellationToken);
}
