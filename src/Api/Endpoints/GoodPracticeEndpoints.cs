using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Good practice: filed, approved or declined; published at the policy's interval.</summary>
internal static class GoodPracticeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var practices = api.MapGroup("/entities/{kind}/{key}/good-practices").WithTags("good practice");
        practices.MapPost("", FileAsync).Does("fileGoodPractice", "Files good practice of the holder.").Writes(AccessPolicies.OfficersAndEnterprises);
        practices.MapPost("/{id}/approval", ApproveAsync).Does("approveGoodPractice", "Approves good practice, as a second officer of the issuing authority.")
            .Writes(AccessPolicies.Officers);
        practices.MapPost("/{id}/refusal", DeclineAsync).Does("declineGoodPractice", "Declines good practice.").Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> FileAsync(
        EntityWrite<GoodPracticeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(
            write, new GrainCommand.FileGoodPractice(new TitleChoice(write.Body.Policy, write.Body.Honour, write.Body.Level), write.Body.Text), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ApproveAsync(
        EntityWrite<NoMembers> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ApproveGoodPractice(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DeclineAsync(
        EntityWrite<CancellationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DeclineGoodPractice(write.Part, write.Body.Reason), cancellationToken);
}

/// <summary>Good practice.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Text">What is done well, as it is to be published.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
internal sealed record GoodPracticeBody(string Policy, [property: FreeText] string Text, Level? Level = null, string? Honour = null);
