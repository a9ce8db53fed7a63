using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;
using Supervision.Silo.Orleans.Cluster;

namespace Supervision.Silo.Orleans.Dashboard;

/// <summary>The dashboard of Orleans, among the endpoints of the silo. Who may see it is said by whoever maps it.</summary>
public static class DashboardEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Path = "/orleans";

    // The page brings its styles and fonts with it, some of them in the text, and asks its own address only.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

    /// <summary>
    /// Takes keys as a browser sends them when it is asked for a name and a password: the key is the password, and the name does not matter. On the addresses of the dashboard alone: a page
    /// elsewhere cannot write with it, as what the dashboard has is read only. It has to stand before authentication.
    /// </summary>
    public static void UseDashboardSignIn(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
        dashboard => dashboard.Use((context, next) =>
        {
            context.Request.Headers.Authorization = BasicKey(context.Request.Headers.Authorization) is { } key ? "Bearer " + key : context.Request.Headers.Authorization;
            context.Response.OnStarting(static state => Ask((HttpResponse)state), context.Response);
            return next(context);
        }));

    /// <summary>Maps it.</summary>
    /// <returns>The group, of which it has to be said who may use it.</returns>
    public static IEndpointConventionBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        var inner = endpoints.ServiceProvider.GetRequiredService<ClusterSilo>().Services;
        IEndpointConventionBuilder group = new InnerEndpoints(endpoints, inner).MapOrleansDashboard(Path);
        group.Add(endpoint =>
        {
            // Orleans has services of its own; the endpoint finds what it needs among them.
            var show = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = async context =>
            {
                var outer = context.RequestServices;
                context.RequestServices = inner;
                context.Response.Headers.ContentSecurityPolicy = Policy;
                try
                {
                    await show(context);
                }
                finally
                {
                    context.RequestServices = outer;
                }
            };
        });
        return group;
    }

    private static string? BasicKey(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var decoded = new byte[authorization.Length];
        return Convert.TryFromBase64String(authorization[scheme.Length..].Trim(), decoded, out var length)
            && Encoding.UTF8.GetString(decoded.AsSpan(0, length)).Split(':', 2) is [_, var key] && key.All(character => character is > ' ' and <= '~')
            ? key : null;
    }

    private static Task Ask(HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Basic realm=\"supervision: the password is an admin key\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }

    /// <summary>Endpoints that are put together from the services of Orleans and answer among those of the silo.</summary>
    private sealed class InnerEndpoints(IEndpointRouteBuilder outer, IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources => outer.DataSources;

        public IApplicationBuilder CreateApplicationBuilder() => outer.CreateApplicationBuilder();
    }
}
