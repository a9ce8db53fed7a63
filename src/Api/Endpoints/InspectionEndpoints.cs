using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>The course of an inspection: who comes, recusal, entry and exit, the signed record, the service of the result, objections.</summary>
internal static class InspectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var check = api.MapGroup("/entities/{kind}/{key}/checks/{id}").WithTags("checks");
        check.MapPost("/inspectors", AssignAsync).Does("assignInspectors", "Names who makes a check, and the other open ones of its visit.").Writes(AccessPolicies.Officers);
        check.MapPost("/recusals", AskAsync).Does("askRecusal", "Asks for the recusal of an inspector, by the holder itself or by an officer on its behalf.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        check.MapPost("/recusals/decision", DecideRecusalAsync).Does("decideRecusal", "Decides about a recusal; whoever is recused is replaced on the whole visit.")
            .Writes(AccessPolicies.Officers);
        check.MapPost("/entry", EnterAsync).Does("recordEntry", "Records that the inspectors entered, for the visit as a whole.").Writes(AccessPolicies.OfficersAndInspectors);
        check.MapPost("/exit", ExitAsync).Does("recordExit", "Records that the inspectors left, for the visit as a whole.").Writes(AccessPolicies.OfficersAndInspectors);
        check.MapPost("/record", SignAsync).Does("signRecord", "Records that the holder signed the record of the inspection, or why it did not.")
            .Writes(AccessPolicies.OfficersAndInspectors);
        check.MapPost("/result/service", ServeAsync).Does("serveResult", "Records service of a confirmed result; the time for an objection runs from it.")
            .Writes(AccessPolicies.Officers);
        check.MapPost("/objection", ObjectAsync).Does("objectToResult", "Objects to a confirmed result, by the holder itself or by an officer on its behalf.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        check.MapPost("/objection/decision", DecideObjectionAsync).Does("decideObjection", "Decides an objection, as another person than brought the result about.")
            .Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> AssignAsync(
        EntityWrite<AssignmentBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.AssignInspectors(write.Part, write.Body.Inspectors, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AskAsync(
        EntityWrite<RecusalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.AskRecusal(write.Part, write.Body.Inspector, PrivateText.Salted(write.Body.Reason)), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DecideRecusalAsync(
        EntityWrite<RecusalDecisionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.DecideRecusal(write.Part, write.Body.Inspector, write.Body.Accepted, write.Body.Reason, write.Body.Replacement), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> EnterAsync(
        EntityWrite<EntryBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordEntry(write.Part, write.Body.At, write.Body.Inspector), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ExitAsync(
        EntityWrite<ExitBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordExit(write.Part, write.Body.At), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> SignAsync(
        EntityWrite<RecordBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.SignRecord(write.Part, write.Body.On, write.Body.HolderSigned, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ServeAsync(
        EntityWrite<NoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ServeResult(write.Part, write.Body.On, write.Body.Method, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ObjectAsync(
        EntityWrite<ObjectionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ObjectToResult(write.Part, PrivateText.Salted(write.Body.Text)), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DecideObjectionAsync(
        EntityWrite<ObjectionDecisionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DecideObjection(write.Part, write.Body.Upheld, write.Body.Reason), cancellationToken);

}
