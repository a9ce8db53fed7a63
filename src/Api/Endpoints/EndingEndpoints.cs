using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Titles that are given up, and enterprises that go on in others.</summary>
internal static class EndingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}");
        entity.MapPost("/withdrawals", WithdrawAsync).WithTags("titles").Does("withdrawTitle", "Records that the holder gives a title up, by the holder itself or by an officer who has the letter.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        entity.MapPost("/successors", RecordAsync).WithTags("entities").Does("recordSuccessor", "Records in which enterprise an enterprise goes on; its bans bind that one as well.")
            .Writes(AccessPolicies.Officers);
        entity.MapPost("/successors/proposals/{id}/dismissal", DismissAsync).WithTags("entities")
            .Does("dismissSuccessor", "Says that the enterprise as a whole does not go on in one that a merger or split named.").Writes(AccessPolicies.Officers);
        entity.MapPost("/successors/retractions", RetractAsync).WithTags("entities")
            .Does("retractSuccessor", "Takes back, as another person, that an enterprise is a successor, with what binds it for that reason alone.").Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> WithdrawAsync(
        EntityWrite<WithdrawalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.WithdrawTitle(new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.On, write.Body.Letter), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<SuccessorBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordSuccessor(write.Body.Successor, write.Body.Change, write.Body.On, write.Body.Document), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DismissAsync(
        EntityWrite<SuccessorDismissalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DismissSuccessor(write.Part, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RetractAsync(
        EntityWrite<RetractionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RetractSuccessor(write.Body.Successor, write.Body.Reason), cancellationToken);
}

/// <summary>A title that is given up.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="On">The date on which the letter came in.</param>
/// <param name="Letter">The reference of the letter; left out: the letter is among the documents.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record WithdrawalBody(
    string Policy, DateOnly On, string? Letter = null, Level? Level = null, string? Honour = null, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>An enterprise in which another one goes on.</summary>
/// <param name="Successor">The enterprise.</param>
/// <param name="Change">The change: a merger, split or restructuring.</param>
/// <param name="On">The day from which it is so.</param>
/// <param name="Document">The decision or document that shows it.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record SuccessorBody(
    GrainId Successor, ChangeKind Change, DateOnly On, string Document, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>An enterprise that a merger or split named, and in which another one does not go on.</summary>
/// <param name="Reason">Why.</param>
internal sealed record SuccessorDismissalBody([property: FreeText] string Reason);

/// <summary>An enterprise in which another one does not go on.</summary>
/// <param name="Successor">The enterprise.</param>
/// <param name="Reason">Why.</param>
internal sealed record RetractionBody(GrainId Successor, [property: FreeText] string Reason);
