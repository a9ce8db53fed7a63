using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Energy-conservation inspection of an enterprise, from the list to the re-check.</summary>
internal static class EnergyInspectionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var entries = api.MapGroup("/entities/{kind}/{key}/energy-inspections").WithTags("energy inspections");
        entries.MapPost("", ListAsync).Does("listEnergyInspection", "Lists an enterprise for energy-conservation inspection in the plan of a year, with a reason.")
            .Writes(AccessPolicies.Officers);
        entries.MapGet("/{id}", ShowAsync).Does("showEnergyInspection", "Shows an entry of the list.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        entries.MapPost("/{id}/listing", AcceptAsync).Does("acceptEnergyInspection", "Lists a proposed entry in the plan of a year, with a reason.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/delisting", DelistAsync).Does("delistEnergyInspection", "Takes an entry off the list, or a proposal, with a reason.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/assignment", AssignAsync).Does("assignEnergyInspectors", "Names who makes the visit for which an inspection was drawn.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/notice", NotifyAsync).Does("notifyEnergyInspection", "Records that the enterprise was told of the inspection in writing.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/result", RecordAsync).Does("recordEnergyResult", "Enters what an inspection found.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/record", SignAsync).Does("signEnergyRecord", "Records that the enterprise signed the record of an inspection on site, or why it did not.")
            .Writes(AccessPolicies.OfficersAndInspectors);
        entries.MapPost("/{id}/opinion", HearAsync).Does("hearEnergyOpinion", "Records the enterprise's opinion about what was found.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/rectification", OrderAsync).Does("orderEnergyRectification", "Records service of the notice of rectification; the enterprise's time runs from it.")
            .Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/extension", ExtendAsync).Does("extendEnergyRectification", "Puts the end of the rectification off, once.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/report", ReportAsync).Does("reportEnergyRectification", "Records that the enterprise reported that it has rectified.").Writes(AccessPolicies.Officers);
        entries.MapPost("/{id}/recheck", RecheckAsync).Does("recheckEnergyRectification", "Enters what the re-check found.").Writes(AccessPolicies.Officers);
    }

    private static async Task<Results<Ok<EnergyInspectionView>, ProblemHttpResult>> ShowAsync(
        EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.EnergyInspections.FirstOrDefault(entry => entry.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.EnergyInspectionNotFound(address.Part));

    /// <summary>Whatever is no year at all is no year whose plan is open either.</summary>
    private static int YearOf(long year) => (int)Math.Clamp(year, 0, DateOnly.MaxValue.Year);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ListAsync(
        EntityWrite<EnergyListingBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ListEnergyInspection(YearOf(write.Body.Year), write.Body.Reason, write.Body.Policy), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AcceptAsync(
        EntityWrite<EnergyAcceptanceBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ListEnergyInspection(YearOf(write.Body.Year), write.Body.Reason, Policy: null, write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DelistAsync(
        EntityWrite<DelistingBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DelistEnergyInspection(write.Part, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AssignAsync(
        EntityWrite<EnergyAssignmentBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.AssignEnergyInspectors(write.Part, write.Body.Inspectors, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> NotifyAsync(
        EntityWrite<EnergyNoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.NotifyEnergyInspection(write.Part, write.Body.On, write.Body.Channel, write.Body.PlannedOn, write.Body.Method), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<EnergyResultBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> SignAsync(
        EntityWrite<RecordBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.SignEnergyRecord(write.Part, write.Body.On, write.Body.HolderSigned, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> HearAsync(
        EntityWrite<OpinionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.HearEnergyOpinion(write.Part, write.Body.On, PrivateText.Salted(write.Body.Text)), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> OrderAsync(
        EntityWrite<EnergyOrderBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.OrderEnergyRectification(write.Part, write.Body.On, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ExtendAsync(
        EntityWrite<ExtensionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ExtendEnergyRectification(write.Part, write.Body.RequestedOn, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReportAsync(
        EntityWrite<CompletionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ReportEnergyRectification(write.Part, write.Body.On, write.Body.Evidence), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecheckAsync(
        EntityWrite<RecheckBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);
}
