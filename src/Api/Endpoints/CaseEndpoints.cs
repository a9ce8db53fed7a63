using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Cases from the opening to the decision, and the rectification that a decision may order.</summary>
internal static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}").WithTags("cases");
        entity.MapPost("/cases", OpenAsync).Does("openCase", "Opens a case on a title.").Writes(AccessPolicies.Officers);
        entity.MapGet("/cases/{id}", ShowAsync).Does("showCase", "Shows a case.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        entity.MapPost("/cases/{id}/service", ServeAsync).Does("serveCase", "Records service of the notice; the window runs from it.")
            .Writes(AccessPolicies.Officers);
        entity.MapPost("/cases/{id}/statement", StateAsync).Does("recordStatement", "Records the holder's statement, by the holder itself or by an officer.").Writes(AccessPolicies.OfficersAndEnterprises);
        entity.MapPost("/cases/{id}/decision", DecideAsync).Does("decideCase", "Decides a case, as a second competent officer.").Writes(AccessPolicies.Officers);
        entity.MapPost("/adjustments/{id}/decision", AdjustAsync)
            .Does("decideAdjustment", "Decides, as its authority, about a title of an entity that lost one at another level: opens a case on it, or says why it stays as it is.").Writes(AccessPolicies.Officers);
        entity.MapPost("/rectifications/{id}/completion", CompleteAsync).Does("completeRectification", "Records that a rectification was done.")
            .Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> OpenAsync(
        EntityWrite<CaseBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.OpenCase(
                new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.Ground, write.Body.Article, write.Body.Evidence, write.Body.Urgent,
                write.Body.Declaration),
            cancellationToken);

    private static async Task<Results<Ok<CaseView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Cases.FirstOrDefault(opened => opened.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.CaseNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> ServeAsync(
        EntityWrite<NoticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ServeCase(write.Part, write.Body.On, write.Body.Method, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> StateAsync(
        EntityWrite<StatementBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write,
            new GrainCommand.RecordStatement(write.Part, PrivateText.Salted(write.Body.Text)),
            cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DecideAsync(
        EntityWrite<DecisionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.DecideCase(write.Part, write.Body.Outcome, write.Body.Reason, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> AdjustAsync(
        EntityWrite<AdjustmentBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.DecideAdjustment(write.Part, write.Body.Outcome, write.Body.Reason, write.Body.Ground, write.Body.Urgent), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CompleteAsync(
        EntityWrite<CompletionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.CompleteRectification(write.Part, write.Body.On, write.Body.Evidence), cancellationToken);
}

/// <summary>The opening of a case.</summary>
/// <param name="Policy">The policy of the title at stake.</param>
/// <param name="Ground">The ground, as the policy names it.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Article">The article; left out: the one that the policy has for the ground.</param>
/// <param name="Evidence">What supports the ground.</param>
/// <param name="Urgent">Whether the shorter window is asked for.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
/// <param name="Declaration">The declaration that it is about.</param>
internal sealed record CaseBody(
    string Policy, string Ground, Level? Level = null, string? Honour = null, string? Article = null, [property: FreeText] string? Evidence = null,
    bool Urgent = false, IReadOnlyList<string>? Documents = null, string? Declaration = null) : INamesDocuments;

/// <summary>The holder's statement.</summary>
/// <param name="Text">Its text; can be erased.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record StatementBody([property: FreeText] string Text, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>The decision of a case.</summary>
/// <param name="Outcome">What is decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">The number of the decision.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record DecisionBody(
    CaseOutcome Outcome, [property: FreeText] string Reason, string? Number = null, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>What becomes of a title whose entity lost one at another level.</summary>
/// <param name="Outcome">Whether a case is opened.</param>
/// <param name="Reason">Why; it is the evidence of a case.</param>
/// <param name="Ground">The ground of the case, as the title's policy names it; left out: the one for which the other title was removed.</param>
/// <param name="Urgent">Whether the shorter window is asked for.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record AdjustmentBody(
    AdjustmentOutcome Outcome, [property: FreeText] string Reason, string? Ground = null, bool Urgent = false, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Outcome == AdjustmentOutcome.Dismiss && Ground is not null)
            errors.Add("ground", "A title that stays as it is has no ground.");
        if (Outcome == AdjustmentOutcome.Dismiss && Urgent)
            errors.Add("urgent", "Only a case has a window.");
    }
}

/// <summary>That a rectification was done.</summary>
/// <param name="On">The date.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record CompletionBody(DateOnly On, [property: FreeText] string Evidence, IReadOnlyList<string>? Documents = null) : INamesDocuments;
