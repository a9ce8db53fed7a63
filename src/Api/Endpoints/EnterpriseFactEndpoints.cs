using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Writing;

namespace Supervision.Api.Endpoints;

/// <summary>Vetoes and incidents of an enterprise, and whether anything stands against a title.</summary>
internal static class EnterpriseFactEndpoints
{
    private static readonly QueryParameter Policy = new("policy", "The policy of the title.", ValueForm.Text) { Required = true };

    private static readonly QueryParameter Moment =
        new("moment", "The moment at which it is asked; application when left out.", ValueForm.OneOf(EnumWords.Of(typeof(VetoMoment))));

    public static void Map(RouteGroupBuilder api)
    {
        var entity = api.MapGroup("/entities/{kind}/{key}");
        var vetoes = entity.MapGroup("/vetoes").WithTags("vetoes");
        vetoes.MapPost("", RecordAsync).Does("recordVeto", "Records a veto about the enterprise; it counts once another officer confirms the match.").Writes(AccessPolicies.Officers);
        vetoes.MapPost("/{id}/confirmation", ConfirmAsync).Does("confirmVeto", "Confirms, as another person, that a veto is about this enterprise.").Writes(AccessPolicies.Officers);
        vetoes.MapPost("/{id}/rejection", RejectAsync).Does("rejectVeto", "Says that a veto is not about this enterprise.").Writes(AccessPolicies.Officers);
        vetoes.MapPost("/{id}/end", EndAsync).Does("endVeto", "Records that what a veto is about is over.").Writes(AccessPolicies.Officers);
        var incidents = entity.MapGroup("/incidents").WithTags("incidents");
        incidents.MapPost("", ReportAsync).Does("reportIncident", "Records the report of an incident; nothing follows from it alone.").Writes(AccessPolicies.OfficersAndInspectors);
        incidents.MapPost("/{id}/determination", DetermineAsync).Does("determineIncident", "Records the determination of the competent department; a major incident opens urgent cases over every level.")
            .Writes(AccessPolicies.Officers);
        incidents.MapPost("/{id}/determination/correction", CorrectAsync)
            .Does("correctDetermination", "Sets a determination right, as another person; undecided cases that no longer follow are withdrawn, those that follow now are opened.")
            .Writes(AccessPolicies.Officers);
        incidents.MapPost("/{id}/dismissal", DismissAsync).Does("dismissIncident", "Records that what was reported was no incident, or none of this enterprise.").Writes(AccessPolicies.Officers);
        entity.MapGet("/eligibility", EligibilityAsync).WithTags("vetoes").Does("showEligibility", "Tells which bans and vetoes stand against a title under a policy today.")
            .RequireAuthorization(AccessPolicies.OfficersInspectorsAndAuditors).Reads().Takes(Policy, Moment, QueryContract.MinSeq)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<EligibilityView>, ProblemHttpResult>> EligibilityAsync(
        EntityAddress address, Reader reader, IEligibility eligibility, HttpContext context, CancellationToken cancellationToken)
    {
        var query = new QueryReader(context.Request);
        var (policy, moment) = (query.Text(Policy.Name), query.Word<VetoMoment>(Moment.Name) ?? VetoMoment.Application);
        if (!context.Request.Query.ContainsKey(Policy.Name))
            query.Errors.Add(Policy.Name, "Is required.");
        if (query.Errors.Any)
            return Problems.Invalid(query.Errors);
        try
        {
            return await reader.Register.FindAsync(address.Entity, cancellationToken) is not null && await eligibility.FindAsync(address.Entity, policy!, moment) is { } found
                ? TypedResults.Ok(found)
                : Problems.From(new Rejection.NotRegistered(address.Entity));
        }
        catch (KeyNotFoundException)
        {
            return Problems.From(new Rejection.UnknownPolicy(policy!));
        }
    }

    private static Task<Results<EntityWritten, ProblemHttpResult>> RecordAsync(
        EntityWrite<VetoBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RecordVeto(write.Body.Kind, write.Body.On, write.Body.Source, write.Body.Reference), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ConfirmAsync(
        EntityWrite<NoMembers> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ConfirmVeto(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> RejectAsync(
        EntityWrite<VetoRejectionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.RejectVeto(write.Part, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> EndAsync(
        EntityWrite<VetoEndBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.EndVeto(write.Part, write.Body.On, write.Body.Reason), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> ReportAsync(
        EntityWrite<IncidentBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.ReportIncident(write.Body.Kind, write.Body.On, write.Body.Report), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DetermineAsync(
        EntityWrite<DeterminationBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> CorrectAsync(
        EntityWrite<DeterminationCorrectionBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, write.Body.ToCommand(write.Part), cancellationToken);

    private static Task<Results<EntityWritten, ProblemHttpResult>> DismissAsync(
        EntityWrite<DismissalBody> write, CommandSender sender, CancellationToken cancellationToken) =>
        sender.SendAsync(write, new GrainCommand.DismissIncident(write.Part, write.Body.Reason), cancellationToken);
}

/// <summary>A veto about an enterprise.</summary>
/// <param name="Kind">The fact; incidents are determined instead.</param>
/// <param name="On">The day on which it happened or began.</param>
/// <param name="Source">Who publishes it, for example 信用中国.</param>
/// <param name="Reference">The number of the document or entry there.</param>
internal sealed record VetoBody(VetoKind Kind, DateOnly On, string Source, string? Reference = null);

/// <summary>That a veto is about somebody else.</summary>
/// <param name="Reason">Why.</param>
internal sealed record VetoRejectionBody([property: FreeText] string Reason);

/// <summary>That what a veto is about is over.</summary>
/// <param name="On">The day on which it was.</param>
/// <param name="Reason">What shows it.</param>
internal sealed record VetoEndBody(DateOnly On, [property: FreeText] string Reason);

/// <summary>The report of an incident.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="On">The day on which it happened.</param>
/// <param name="Report">What was reported, and by whom.</param>
internal sealed record IncidentBody(IncidentKind Kind, DateOnly On, [property: FreeText] string Report);

/// <summary>The determination of an incident.</summary>
/// <param name="On">The date of the document.</param>
/// <param name="Department">The department that determined it.</param>
/// <param name="ResponsibleUnit">Who answers for it, by name or credit code.</param>
/// <param name="Level">The level.</param>
/// <param name="Document">The number of the document; a determination without one is refused.</param>
internal sealed record DeterminationBody(DateOnly On, string Department, string ResponsibleUnit, IncidentLevel Level, string? Document = null)
{
    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string incident) => new GrainCommand.DetermineIncident(incident, On, Department, Document, ResponsibleUnit, Level);
}

/// <summary>The right determination; what is left out stays.</summary>
/// <param name="Reason">Why it is set right.</param>
/// <param name="On">The date of the document.</param>
/// <param name="Department">The department that determined it.</param>
/// <param name="Document">The number of the document.</param>
/// <param name="ResponsibleUnit">Who answers for it, by name or credit code.</param>
/// <param name="Level">The level.</param>
/// <param name="Documents">Documents that bear it out, by their SHA-256.</param>
internal sealed record DeterminationCorrectionBody(
    [property: FreeText] string Reason, DateOnly? On = null, string? Department = null, string? Document = null, string? ResponsibleUnit = null, IncidentLevel? Level = null,
    IReadOnlyList<string>? Documents = null) : IChecked, INamesDocuments
{
    /// <inheritdoc/>
    public void Check(Errors errors)
    {
        if (this is { On: null, Department: null, Document: null, ResponsibleUnit: null, Level: null })
            errors.Add("level", "One of on, department, document, responsibleUnit and level has to be given.");
    }

    /// <summary>The command.</summary>
    public GrainCommand ToCommand(string incident) => new GrainCommand.CorrectDetermination(incident, Reason, On, Department, Document, ResponsibleUnit, Level);
}

/// <summary>Why an incident is dismissed.</summary>
/// <param name="Reason">Why.</param>
internal sealed record DismissalBody([property: FreeText] string Reason);
