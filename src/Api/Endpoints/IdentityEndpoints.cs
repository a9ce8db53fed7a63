using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Which names an entity has, and which entities are one.</summary>
internal static class IdentityEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}").WithTags("entities");
        entity.MapPost("/renames", RenameAsync)
            .Does("renameEntity", "Gives an entity a new name; the listed one stays until an authority that issues its titles publishes the new one by the same request. What an enterprise files is reported.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        entity.MapPost("/aliases", RecordAsync).Does("recordAlias", "Records a name under which an entity is known elsewhere.").Writes(AccessPolicies.Officers);
        entity.MapPost("/merges", MergeAsync)
            .Does("mergeEntity", "Merges an entity into another of its kind that turned out to be the same, for example an enterprise into its credit code.")
            .Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> RenameAsync(
        EntityWrite<RenameBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.Rename(write.Body.Name, write.Body.On), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<AliasBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordAlias(write.Body.Name, write.Body.Source, write.Body.From, write.Body.Until), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> MergeAsync(
        EntityWrite<MergeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.Merge(GrainId.FromStored(write.Body.Into), write.Body.Source), cancellationToken);
}

/// <summary>A new name.</summary>
/// <param name="Name">The name.</param>
/// <param name="On">Its first day.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record RenameBody(string Name, DateOnly On, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors) => Names.Check("name", Name, errors);
}

/// <summary>A name under which an entity is known elsewhere.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">What shows that it is a name of this entity, for example the number of a notice.</param>
/// <param name="From">Its first day.</param>
/// <param name="Until">Its last day.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record AliasBody(string Name, string Source, DateOnly? From = null, DateOnly? Until = null, IReadOnlyList<string>? Documents = null)
    : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors) => Names.Check("name", Name, errors);
}

/// <summary>That an entity and another are one.</summary>
/// <param name="Into">The entity that stays, kind/key; of an enterprise it may be the credit code, which need not be registered.</param>
/// <param name="Source">What shows that they are one.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record MergeBody(string Into, string Source, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (!GrainId.TryParse(Into, out var into) || !into.Kind.IsSubject)
            errors.Add("into", Into.StartsWith($"{GrainKind.Enterprise.Name}/", StringComparison.Ordinal) ? Texts.EnterpriseForm : Texts.EntityForm);
    }
}

/// <summary>What is asked of every name.</summary>
internal static class Names
{
    public static void Check(string member, string name, Errors errors)
    {
        if (EntityName.Normalise(name).Length == 0)
            errors.Add(member, "Has to have characters that can be seen.");
    }
}
