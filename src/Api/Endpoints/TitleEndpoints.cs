using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Grants titles, sets right what was mistyped, gives back what was wrongly removed.</summary>
internal static class TitleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}").WithTags("titles");
        entity.MapPost("/titles", GrantAsync).Does("grantTitle", "Grants a title.").Writes(AccessPolicies.Officers);
        entity.MapPost("/titles/transfers", TransferAsync).Does("transferTitle", "Moves a title to the rules of another policy.").Writes(AccessPolicies.Officers);
        entity.MapPost("/corrections", CorrectAsync).Does("correct", "Sets a mistyped result or grant right, as a second officer.").Writes(AccessPolicies.Officers);
        entity.MapPost("/reinstatements", ReinstateAsync).Does("reinstateTitle", "Gives back a title whose removal was quashed.").Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> GrantAsync(
        EntityWrite<GrantBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.GrantTitle(
                write.Body.Policy, write.Body.Honour, write.Body.Level, write.Body.Certificate, write.Body.GrantedOn, write.Body.Evaluator),
            cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> TransferAsync(
        EntityWrite<TransferBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.TransferTitle(new TitleChoice(write.Body.From, write.Body.Honour, write.Body.Level), write.Body.To, write.Body.On),
            cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CorrectAsync(
        EntityWrite<CorrectionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReinstateAsync(
        EntityWrite<ReinstatementBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.Reinstate(
                new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.Case, write.Body.Reason, write.Body.Number),
            cancellationToken);
}
