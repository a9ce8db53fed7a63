using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Supervision.Api.Access;

/// <summary>Refuses to start with an endpoint of which nobody has said who may use it.</summary>
internal sealed class AccessCheck(EndpointDataSource endpoints) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var open = endpoints.Endpoints.Where(endpoint => !IsDecided(endpoint.Metadata)).Select(endpoint => endpoint.DisplayName).ToArray();
        return open.Length == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException($"It is not said who may use {string.Join(", ", open)}: name a policy or allow anonymous use.");
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsDecided(Microsoft.AspNetCore.Http.EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<IAllowAnonymous>() is not null
        || metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null)
        || metadata.GetMetadata<AuthorizationPolicy>() is not null;
}
