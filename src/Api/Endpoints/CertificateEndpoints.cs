using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Certificates of certification bodies: watched, suspended, revoked, cancelled, published, renewed.</summary>
internal static class CertificateEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var certificate = api.MapGroup("/entities/{kind}/{key}/certificates").WithTags("certificates");
        certificate.MapPost("/surveillances", WatchAsync).Does("recordSurveillance", "Records a surveillance by the body that certified; a failed one suspends the certificate.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/suspensions", SuspendAsync).Does("suspendCertificate", "Suspends the certificate of a title; nobody may rely on it meanwhile.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/restorations", RestoreAsync).Does("restoreCertificate", "Ends a suspension: what was wrong is corrected.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/revocations", RevokeAsync).Does("revokeCertificate", "Takes the certificate of a title away for a fault.").Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/cancellations", CancelAsync).Does("cancelCertificate", "Cancels the certificate of a title: it is given back, or has no object any more.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/publications", PublishAsync).Does("publishCertificate", "Records that the body published what it decided about a certificate.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/renewal-applications", ApplyAsync).Does("applyForRenewal", "Records the holder's application for renewal, by the holder itself, the body or an officer.")
            .Writes(AccessPolicies.OfficersEnterprisesAndCertificationBodies);
        certificate.MapPost("/renewals", RenewAsync).Does("renewCertificate", "Renews a certificate for which the holder applied.").Writes(AccessPolicies.OfficersAndCertificationBodies);
        certificate.MapPost("/renewal-refusals", DeclineAsync).Does("declineRenewal", "Refuses an application for renewal; the certificate ends.")
            .Writes(AccessPolicies.OfficersAndCertificationBodies);
        api.MapGet("/certificates", ListAsync).WithTags("worklists")
            .Does("listCertificates", "Lists what certification bodies have to do about certificates, those due first first. A body sees what it certified, an officer by default its regions.")
            .RequireAuthorization(AccessPolicies.OfficersInspectorsAuditorsAndCertificationBodies).Reads().WithMetadata(CertificateListQuery.Contract)
            .Produces<Listed<CertificateItem>>(StatusCodes.Status200OK, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> WatchAsync(
        EntityWrite<SurveillanceBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordSurveillance(write.Body.Title, write.Body.On, write.Body.Outcome, write.Body.Report), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> SuspendAsync(
        EntityWrite<CertificateChangeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(CertificateState.Suspended), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RestoreAsync(
        EntityWrite<RestorationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RestoreCertificate(write.Body.Title, write.Body.On, write.Body.Evidence), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RevokeAsync(
        EntityWrite<CertificateChangeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(CertificateState.Revoked), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CancelAsync(
        EntityWrite<CertificateChangeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(CertificateState.Cancelled), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> PublishAsync(
        EntityWrite<CertificatePublicationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.PublishCertificate(write.Body.Title, write.Body.On, write.Body.Place), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ApplyAsync(
        EntityWrite<RenewalApplicationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ApplyForRenewal(write.Body.Title, write.Body.On), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RenewAsync(
        EntityWrite<RenewalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RenewCertificate(write.Body.Title, write.Body.On, write.Body.Certificate), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DeclineAsync(
        EntityWrite<RenewalRefusalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DeclineRenewal(write.Body.Title, write.Body.On, write.Body.Reason), cancellationToken);

    private static async Task<Results<Ok<Listed<CertificateItem>>, ProblemHttpResult>> ListAsync(
        CertificateListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken)
    {
        var filter = query.Filter with { Unrestricted = reader.Actor.Role is Role.Inspector or Role.CertificationBody };
        if (reader.Actor.Body is { } own)
        {
            if (query.Filter.Inspector is { } named && named != EntityName.Normalise(own))
                return Problems.From(new Rejection.NotYourCertificate(null));
            filter = filter with { Inspector = EntityName.Normalise(own) };
        }

        return TypedResults.Ok(query.ListOf(await worklists.CertificatesAsync(filter, query.After, query.Limit, cancellationToken)));
    }
}
