using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>Open checks and cases, and coming deadlines: what is to be done, those due first first.</summary>
internal static class WorklistEndpoints
{
    private const int CalendarItemsMax = 5000;

    public static void Map(RouteGroupBuilder api)
    {
        List(api.MapGet("/checks", ChecksAsync), "listChecks", "Lists open checks. An inspector sees those that name it, an officer by default those of its regions.", CheckListQuery.Contract, typeof(Listed<CheckItem>));
        List(api.MapGet("/cases", CasesAsync), "listCases", "Lists open cases, by default those of the key's regions.", CaseListQuery.Contract, typeof(Listed<CaseItem>));
        List(api.MapGet("/energy-inspections", EnergyInspectionsAsync), "listEnergyInspections", "Lists the plans of energy-conservation inspection, by default those of the key's regions: what is due first first, what is over last.", EnergyListQuery.Contract, typeof(Listed<EnergyInspectionItem>));
        List(api.MapGet("/vetoes", VetoesAsync), "listVetoes", "Lists vetoes whose match has to be confirmed, by default those of the key's regions.", EnterpriseListQuery.Contract, typeof(Listed<VetoItem>));
        List(api.MapGet("/incidents", IncidentsAsync), "listIncidents", "Lists incidents that are not determined, by default those of the key's regions.", EnterpriseListQuery.Contract, typeof(Listed<IncidentItem>));
        List(api.MapGet("/disclosures", DisclosuresAsync), "listDisclosures", "Lists what has to be served, published or withdrawn from publication, by default in the key's regions: what is overdue first.", DisclosureListQuery.Contract, typeof(Listed<DisclosureItem>));
        List(
            api.MapGet("/inspection-tasks", InspectionTasksAsync), "listInspectionTasks",
            "Lists what has to be decided about inspections, by default in the key's regions: requests for recusal, visits to which nobody was matched, objections.",
            InspectionTaskListQuery.Contract, typeof(Listed<InspectionTaskItem>), AccessPolicies.OfficersAdminsAndAuditors);
        List(api.MapGet("/changes", ChangesAsync), "listChanges", "Lists changes that wait for the enterprise, the city, the province or an issuing authority, by default those of the key's regions.", ChangeListQuery.Contract, typeof(Listed<ChangeItem>));
        List(api.MapGet("/adjustments", AdjustmentsAsync), "listAdjustments", "Lists titles of which their authority decides whether they are adjusted, because one was lost at another level, by default those of the key's regions.", AdjustmentListQuery.Contract, typeof(Listed<AdjustmentItem>), AccessPolicies.OfficersAdminsAndAuditors);
        List(api.MapGet("/successors", SuccessorsAsync), "listProposedSuccessors", "Lists enterprises that accepted mergers and splits named, and that an officer records as successors or dismisses, by default of those of the key's regions.", EnterpriseListQuery.Contract, typeof(Listed<ProposedSuccessorItem>), AccessPolicies.OfficersAdminsAndAuditors);
        List(
            api.MapGet("/deadlines", DeadlinesAsync), "listDeadlines",
            "Lists deadlines that have not passed, by default those of the key's regions in the next 30 days. An enterprise sees those of its own entities. With Accept: text/calendar the same as /api/deadlines.ics.",
            DeadlineListQuery.Contract, typeof(Listed<DeadlineItem>), AccessPolicies.OfficersInspectorsAuditorsAndEnterprises);
        api.MapGet("/deadlines.ics", CalendarAsync).WithTags("worklists")
            .Does("downloadDeadlines", "The same deadlines as a calendar (RFC 5545), all of them at once.")
            .RequireAuthorization(AccessPolicies.OfficersInspectorsAuditorsAndEnterprises).Reads().WithMetadata(DeadlineListQuery.CalendarContract)
            .Produces<string>(StatusCodes.Status200OK, DeadlineCalendar.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
    }

    private static void List(
        RouteHandlerBuilder endpoint, string name, string summary, QueryContract contract, Type answer, string policy = AccessPolicies.OfficersInspectorsAndAuditors) =>
        endpoint.WithTags("worklists").Does(name, summary).RequireAuthorization(policy).Reads().WithMetadata(contract)
            .Produces(StatusCodes.Status200OK, answer, JsonBody.MediaType).Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static async Task<Results<Ok<Listed<CheckItem>>, ProblemHttpResult>> ChecksAsync(
        CheckListQuery query, IWorklists worklists, HttpContext context, CancellationToken cancellationToken)
    {
        var actor = KeyPrincipal.Of(context).Actor;
        if (actor.Role == Role.Inspector && query.Filter.Inspector is { } named && named != actor.Person)
            return Problems.OwnChecksOnly();
        var filter = actor.Role == Role.Inspector ? query.Filter with { Inspector = actor.Person } : query.Filter;
        return TypedResults.Ok(query.ListOf(await worklists.ChecksAsync(filter, query.After, query.Limit, cancellationToken)));
    }

    private static async Task<Ok<Listed<CaseItem>>> CasesAsync(CaseListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.CasesAsync(ShownTo(reader, query.Filter), query.After, query.Limit, cancellationToken)));

    /// <summary>Inspectors are shown what is restricted only in their own checks.</summary>
    private static WorkFilter ShownTo(Reader reader, WorkFilter filter) => filter with { Unrestricted = reader.Actor.Role == Role.Inspector };

    private static async Task<Ok<Listed<InspectionTaskItem>>> InspectionTasksAsync(InspectionTaskListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.InspectionTasksAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<DisclosureItem>>> DisclosuresAsync(
        DisclosureListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.DisclosuresAsync(ShownTo(reader, query.Filter), query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<EnergyInspectionItem>>> EnergyInspectionsAsync(
        EnergyListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.EnergyInspectionsAsync(ShownTo(reader, query.Filter), query.Year, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<VetoItem>>> VetoesAsync(EnterpriseListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.VetoesAsync(ShownTo(reader, query.Filter), query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<IncidentItem>>> IncidentsAsync(EnterpriseListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.IncidentsAsync(ShownTo(reader, query.Filter), query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<ChangeItem>>> ChangesAsync(ChangeListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.ChangesAsync(ShownTo(reader, query.Filter), query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<AdjustmentItem>>> AdjustmentsAsync(
        AdjustmentListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.AdjustmentsAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<ProposedSuccessorItem>>> SuccessorsAsync(
        EnterpriseListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.ProposedSuccessorsAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<IResult> DeadlinesAsync(
        DeadlineListQuery query, Reader reader, IWorklists worklists, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(DeadlineCalendar.MediaType, StringComparison.OrdinalIgnoreCase)))
            return await CalendarAsync(query, reader, worklists, clock, cancellationToken);
        var (filter, problem) = FilterOf(query, reader, worklists);
        return problem is null
            ? TypedResults.Ok(query.ListOf(await worklists.DeadlinesAsync(filter, query.After, query.Limit, cancellationToken)))
            : problem;
    }

    private static async Task<IResult> CalendarAsync(
        DeadlineListQuery query, Reader reader, IWorklists worklists, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (filter, problem) = FilterOf(query, reader, worklists);
        if (problem is not null)
            return problem;
        // A program that shows calendars asks for no second page.
        var page = await worklists.DeadlinesAsync(filter, after: null, CalendarItemsMax, cancellationToken);
        return page.Next is null
            ? new DeadlineCalendar(page.Items, clock.GetUtcNow())
            : Problems.Invalid("to", $"A calendar has at most {CalendarItemsMax} deadlines; ask for fewer days or for one region.");
    }

    private static (DeadlineFilter Filter, ProblemHttpResult? Problem) FilterOf(DeadlineListQuery query, Reader reader, IWorklists worklists)
    {
        var (filter, problem) = query.FilterOn(worklists.Today);
        filter = filter with { Own = reader.Actor.Role == Role.Enterprise ? reader.Actor.Own : null, Unrestricted = reader.Actor.Role == Role.Inspector };
        return (filter, problem);
    }
}
