using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>What runs by the clock, and how it ended.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapGet("", ListAsync).Does("listJobs", "Lists the jobs with their last and next runs.").RequireAuthorization(AccessPolicies.AdminsAndAuditors)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);
        jobs.MapGet("/{id}/runs", RunsAsync).Does("listJobRuns", "Lists the last runs of a job, newest first.").RequireAuthorization(AccessPolicies.AdminsAndAuditors)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        jobs.MapPost("/{id}/run", RunAsync).Does("runJob", "Runs a job now, and answers with how it ended. What was done before is not done again.").Privileged()
            .RequireAuthorization(AccessPolicies.Admins).MayTakeLong()
            .Refuses(
                StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Ok<Listed<JobView>>> ListAsync(IJobs jobs, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<JobView>(await jobs.ListAsync(cancellationToken)));

    private static async Task<Results<Ok<Listed<JobRunView>>, ProblemHttpResult>> RunsAsync(string id, IJobs jobs, CancellationToken cancellationToken) =>
        await jobs.RunsAsync(id, cancellationToken) is { } runs ? TypedResults.Ok(new Listed<JobRunView>(runs)) : Problems.JobNotFound();

    private static async Task<Results<Ok<JobRunView>, ProblemHttpResult>> RunAsync(string id, HttpContext context, IJobs jobs, CancellationToken cancellationToken) =>
        await jobs.RunAsync(id, KeyPrincipal.Of(context).Actor.Id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.JobNotFound();
}
