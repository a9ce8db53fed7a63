using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Supervision.Api.Access;
using Supervision.Api.Reading;

namespace Supervision.Api.Endpoints;

/// <summary>The cluster of silos, where the host has one.</summary>
internal static class ClusterEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/statistics/cluster", CountAsync).WithTags("cluster").Does("countCluster", "Counts what became of commands, by silo and kind of grain.")
            .RequireAuthorization(AccessPolicies.AdminsAndAuditors)
            .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<Listed<ClusterStatisticsRow>>> CountAsync(IClusterStatistics statistics, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Listed<ClusterStatisticsRow>(await statistics.ListAsync(cancellationToken)));
}
