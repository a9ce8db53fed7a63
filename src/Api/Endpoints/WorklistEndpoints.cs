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
    public static void Map(RouteGroupBuilder api)
    {
        List(api.MapGet("/checks", ChecksAsync), "listChecks", "Lists open checks. An inspector sees those that name it, an officer by default those of its regions.", CheckListQuery.Contract, typeof(Listed<CheckItem>));
        List(api.MapGet("/cases", CasesAsync), "listCases", "Lists open cases, by default those of the key's regions.", CaseListQuery.Contract, typeof(Listed<CaseItem>));
        List(api.MapGet("/energy-inspections", EnergyInspectionsAsync), "listEnergyInspections", "Lists the plans of energy-conservation inspection, by default those of the key's regions: what is due first first, what is over last.", EnergyListQuery.Contract, typeof(Listed<EnergyInspectionItem>));
        List(api.MapGet("/vetoes", VetoesAsync), "listVetoes", "Lists vetoes whose match has to be confirmed, by default those of the key's regions.", EnterpriseListQuery.Contract, typeof(Listed<VetoItem>));
        List(api.MapGet("/incidents", IncidentsAsync), "listIncidents", "Lists incidents that are not determined, by default those of the key's regions.", EnterpriseListQuery.Contract, typeof(Listed<IncidentItem>));
        List(
            api.MapGet("/deadlines", DeadlinesAsync), "listDeadlines",
            "Lists deadlines that have not passed, by default those of the key's regions in the next 30 days. An enterprise sees those of its own entities.",
            DeadlineListQuery.Contract, typeof(Listed<DeadlineItem>), AccessPolicies.OfficersInspectorsAuditorsAndEnterprises);
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
        TypedResults.Ok(query.ListOf(await worklists.CasesAsync(
            query.Filter with { Unrestricted = reader.Actor.Role == Role.Inspector }, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<EnergyInspectionItem>>> EnergyInspectionsAsync(EnergyListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.EnergyInspectionsAsync(query.Filter, query.Year, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<VetoItem>>> VetoesAsync(EnterpriseListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.VetoesAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<Ok<Listed<IncidentItem>>> IncidentsAsync(EnterpriseListQuery query, IWorklists worklists, CancellationToken cancellationToken) =>
        TypedResults.Ok(query.ListOf(await worklists.IncidentsAsync(query.Filter, query.After, query.Limit, cancellationToken)));

    private static async Task<Results<Ok<Listed<DeadlineItem>>, ProblemHttpResult>> DeadlinesAsync(
        DeadlineListQuery query, Reader reader, IWorklists worklists, CancellationToken cancellationToken)
    {
        var (filter, problem) = query.FilterOn(worklists.Today);
        filter = filter with { Own = reader.Actor.Role == Role.Enterprise ? reader.Actor.Own : null, Unrestricted = reader.Actor.Role == Role.Inspector };
        return problem is null
            ? TypedResults.Ok(query.ListOf(await worklists.DeadlinesAsync(filter, query.After, query.Limit, cancellationToken)))
            : problem;
    }
}
