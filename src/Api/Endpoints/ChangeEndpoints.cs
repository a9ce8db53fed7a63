using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Changes of an entity: filed by its enterprise, verified by the city, decided by the province.</summary>
internal static class ChangeEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var changes = api.MapGroup("/entities/{kind}/{key}/changes").WithTags("changes");
        changes.MapPost("", FileAsync).Does("fileChange", "Files a change, by the enterprise itself or by an officer for it; one that is late is recorded as late, with what the policy has follow.")
            .Writes(AccessPolicies.OfficersAndEnterprises);
        changes.MapPost("/notes", NoteAsync).Does("noteChange", "Records that the authority knows of a change that the enterprise has not filed; it is overdue once the last day has passed.")
            .Writes(AccessPolicies.Officers);
        changes.MapGet("/{id}", ShowAsync).Does("showChange", "Shows a change.").RequireAuthorization(AccessPolicies.AnyKey).Reads().Takes(QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        changes.MapPost("/{id}/verification", VerifyAsync).Does("verifyChange", "Enters what the city's verification found; re-evaluations that the change triggers begin.")
            .Writes(AccessPolicies.Officers);
        changes.MapPost("/{id}/decision", DecideAsync).Does("decideChange", "Accepts or refuses a verified change; what follows for name and region takes effect with it.")
            .Writes(AccessPolicies.Officers);
        changes.MapPost("/{id}/successions", SucceedAsync)
            .Does("decideSuccession", "Decides, as its issuing authority, whether a title continues with a successor or ends after a merger, a split or a relocation out of its policy's region.")
            .Writes(AccessPolicies.Officers);
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> FileAsync(
        EntityWrite<ChangeBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> NoteAsync(
        EntityWrite<ChangeNoteBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.NoteChange(write.Body.Kind, write.Body.CompletedOn, write.Body.Source), cancellationToken);

    private static async Task<Results<Ok<ChangeView>, ProblemHttpResult>> ShowAsync(EntityAddress address, Reader reader, CancellationToken cancellationToken) =>
        await reader.Register.FindAsync(address.Entity, cancellationToken) is not { View: var entity } ? Problems.From(new Rejection.NotRegistered(address.Entity))
        : entity.Changes.FirstOrDefault(change => change.Id == address.Part) is { } found ? TypedResults.Ok(found)
        : Problems.From(new Rejection.ChangeNotFound(address.Part));

    private static Task<Results<EntityWritten, ProblemHttpResult>> VerifyAsync(
        EntityWrite<VerificationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.VerifyChange(write.Part, write.Body.On, write.Body.Confirmed, write.Body.Note), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DecideAsync(
        EntityWrite<ChangeDecisionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DecideChange(write.Part, write.Body.Outcome, write.Body.Reason, write.Body.Number), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> SucceedAsync(
        EntityWrite<SuccessionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);
}

/// <summary>A change.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="CompletedOn">The day on which the formalities were completed, from which the time for filing runs.</param>
/// <param name="Description">What the enterprise says about it.</param>
/// <param name="On">The day on which it was filed; left out: today, as it is when an enterprise files by its own key.</param>
/// <param name="Enterprise">The enterprise that files, by its key or identity; left out: entered for the holder.</param>
/// <param name="Name">The new name, of a rename.</param>
/// <param name="Region">The new region, of a relocation, by code or name.</param>
/// <param name="Successors">The enterprises, by key or identity, that a merger (one) or a split leads to.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record ChangeBody(
    ChangeKind Kind, DateOnly CompletedOn, [property: FreeText] string Description, DateOnly? On = null, string? Enterprise = null, string? Name = null, string? Region = null,
    IReadOnlyList<string>? Successors = null, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Enterprise is not null && !Texts.TryEnterprise(Enterprise, out _))
            errors.Add("enterprise", Texts.EnterpriseForm);
        if (Name is not null)
            Names.Check("name", Name, errors);
        if (Region is not null && !Supervision.Region.TryParse(Region, out _))
            errors.Add("region", $"Has to be {Supervision.Region.Form}.");
        for (var i = 0; i < Successors?.Count; i++)
        {
            if (!Texts.TryEnterprise(Successors[i], out _))
                errors.Add($"successors[{i}]", Texts.EnterpriseForm);
        }
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand() => new GrainCommand.FileChange(
        Kind, CompletedOn, On, Description, Enterprise is null ? null : Read(Enterprise), Name, Supervision.Region.TryParse(Region, out var region) ? region : null,
        Successors is null or [] ? null : [.. Successors.Select(Read).Distinct()]);

    private static GrainId Read(string enterprise) => Texts.TryEnterprise(enterprise, out var id) ? id : default;
}

/// <summary>A change that the enterprise has not filed.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="CompletedOn">The day on which the formalities were completed.</param>
/// <param name="Source">How the authority knows.</param>
internal sealed record ChangeNoteBody(ChangeKind Kind, DateOnly CompletedOn, string Source);

/// <summary>What a verification found.</summary>
/// <param name="On">The date of the verification.</param>
/// <param name="Confirmed">Whether the change is as it was filed.</param>
/// <param name="Note">What was found.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record VerificationBody(
    DateOnly On, bool Confirmed, [property: FreeText] string? Note = null, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (!Confirmed && Note is null)
            errors.Add("note", "Has to say what was found instead.");
    }
}

/// <summary>How a change is decided.</summary>
/// <param name="Outcome">Accepted or refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Number">Number of the decision.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record ChangeDecisionBody(
    ChangeOutcome Outcome, [property: FreeText] string Reason, string? Number = null, IReadOnlyList<string>? Documents = null) : INamesDocuments;

/// <summary>What becomes of a title after a change.</summary>
/// <param name="Policy">The policy of the title.</param>
/// <param name="Outcome">Whether it continues or ends.</param>
/// <param name="Reason">Why.</param>
/// <param name="Successor">The enterprise, by key or identity, with which it continues, where the change leads to several.</param>
/// <param name="Number">Number of the decision.</param>
/// <param name="Level">The level, where the entity has several titles under the policy.</param>
/// <param name="Honour">The honour, where the entity has several titles under the policy.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record SuccessionBody(
    string Policy, SuccessionOutcome Outcome, [property: FreeText] string Reason, string? Successor = null, string? Number = null, Level? Level = null,
    string? Honour = null, IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (Successor is not null && !Texts.TryEnterprise(Successor, out _))
            errors.Add("successor", Texts.EnterpriseForm);
        if (Successor is not null && Outcome == SuccessionOutcome.Ends)
            errors.Add("successor", "A title that ends has no successor.");
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string change) => new GrainCommand.DecideSuccession(
        change, new TitleChoice(Policy, Honour, Level), Outcome, Successor is not null && Texts.TryEnterprise(Successor, out var successor) ? successor : null, Reason, Number);
}
