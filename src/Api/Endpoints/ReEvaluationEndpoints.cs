using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Re-evaluations: announced or triggered, reported on, evaluated.</summary>
internal static class ReEvaluationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var reevaluations = api.MapGroup("/entities/{kind}/{key}/reevaluations").WithTags("reevaluations");
        reevaluations.MapPost("", ConcludeAsync).Does("concludeReevaluation", "Ends the re-evaluation of a title that is under way; a failed one opens a case.")
            .Writes(AccessPolicies.Officers);
        reevaluations.MapPost("/announcements", AnnounceAsync).Does("announceReevaluation", "Records that the re-evaluation that comes round next was announced to the holder.")
            .Writes(AccessPolicies.Officers);
        reevaluations.MapPost("/triggers", TriggerAsync).Does("triggerReevaluation", "Begins the re-evaluation that a verified change triggers.")
            .Writes(AccessPolicies.Officers);
        reevaluations.MapGet("/{id}", ShowAsync).Does("showReevaluation", "Shows a re-evaluation.").RequireAuthorization(AccessPolicies.AnyKey).Reads()
            .Takes(QueryContract.MinSeq).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        reevaluations.MapPost("/{id}/report", ReportAsync).Does("reportReevaluation", "Records the holder's report.").Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> ConcludeAsync(
        EntityWrite<ConclusionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.ConcludeReEvaluation(
                new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.Outcome, write.Body.On, write.Body.Reason),
            cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AnnounceAsync(
        EntityWrite<AnnouncementBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.AnnounceReEvaluation(new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.On, write.Body.Method),
            cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> TriggerAsync(
        EntityWrite<TriggerBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.TriggerReEvaluation(new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.Change, write.Body.On),
            cancellationToken);

    private static async Task<Results<Ok<ReEvaluationView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Reevaluations.FirstOrDefault(evaluated => evaluated.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.ReEvaluationNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReportAsync(
        EntityWrite<CompletionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ReportReEvaluation(write.Part, write.Body.On, write.Body.Evidence), cancellationToken);
}

/// <summary>How a re-evaluation ends.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Outcome">Passed or failed.</param>
/// <param name="On">The date of the evaluation.</param>
/// <param name="Reason">Why.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record ConclusionBody(
    string Policy, ReEvaluationOutcome Outcome, DateOnly On, [property: FreeText] string Reason, Level? Level = null, string? Honour = null);

/// <summary>That a re-evaluation was announced.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date of service.</param>
/// <param name="Method">How it was served.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record AnnouncementBody(string Policy, DateOnly On, string Method, Level? Level = null, string? Honour = null);

/// <summary>That a change was verified which triggers a re-evaluation.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Change">The change.</param>
/// <param name="On">The date on which it was verified.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record TriggerBody(string Policy, ChangeKind Change, DateOnly On, Level? Level = null, string? Honour = null);
