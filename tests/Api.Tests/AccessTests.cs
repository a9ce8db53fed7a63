using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Supervision.Api.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private static readonly string[] AnyKey = ["admin", "officer", "inspector", "integrator", "auditor", "bootstrap"];

    private static readonly string[] Officers = ["officer", "bootstrap"];

    private static readonly string[] Admins = ["admin", "bootstrap"];

    /// <summary>Who may use what; an endpoint that is missing here fails the test.</summary>
    private static readonly Dictionary<string, string[]?> Allowed = new()
    {
        ["GET /api/entities"] = AnyKey,
        ["GET /api/entities/{kind}/{key}"] = AnyKey,
        ["GET /api/entities/{kind}/{key}/history"] = AnyKey,
        ["PUT /api/entities/{kind}/{key}"] = Officers,
        ["POST /api/entities/{kind}/{key}/titles"] = Officers,
        ["POST /api/entities/{kind}/{key}/titles/transfers"] = Officers,
        ["POST /api/titles/transfers"] = Officers,
        ["POST /api/entities/{kind}/{key}/renames"] = Officers,
        ["POST /api/entities/{kind}/{key}/aliases"] = Officers,
        ["POST /api/entities/{kind}/{key}/merges"] = Officers,
        ["POST /api/entities/{kind}/{key}/corrections"] = Officers,
        ["POST /api/entities/{kind}/{key}/reinstatements"] = Officers,
        ["POST /api/entities/{kind}/{key}/checks"] = Officers,
        ["POST /api/entities/{kind}/{key}/checks/{id}/approval"] = Officers,
        ["POST /api/entities/{kind}/{key}/checks/{id}/notice"] = Officers,
        ["POST /api/entities/{kind}/{key}/checks/{id}/result"] = ["officer", "inspector", "bootstrap"],
        ["POST /api/entities/{kind}/{key}/checks/{id}/confirmation"] = Officers,
        ["POST /api/entities/{kind}/{key}/checks/{id}/cancellation"] = Officers,
        ["POST /api/entities/{kind}/{key}/cases"] = Officers,
        ["POST /api/entities/{kind}/{key}/cases/{id}/service"] = Officers,
        ["POST /api/entities/{kind}/{key}/cases/{id}/statement"] = Officers,
        ["POST /api/entities/{kind}/{key}/cases/{id}/decision"] = Officers,
        ["POST /api/entities/{kind}/{key}/rectifications/{id}/completion"] = Officers,
        ["GET /api/verify/{kind}/{key}"] = null,
        ["GET /api/verify"] = null,
        ["POST /api/imports"] = ["admin", "officer", "bootstrap"],
        ["GET /api/imports/{id}"] = ["admin", "officer", "bootstrap"],
        ["GET /api/exports/entities.csv"] = AnyKey,
        ["GET /api/exports/entities.ndjson"] = AnyKey,
        ["GET /api/imports/{id}/rejected.csv"] = ["admin", "officer", "bootstrap"],
        ["GET /api/imports/{id}/errors"] = ["admin", "officer", "bootstrap"],
        ["POST /api/keys"] = Admins,
        ["GET /api/keys"] = Admins,
        ["DELETE /api/keys/{id}"] = Admins,
        ["GET /api/clock"] = Admins,
        ["POST /api/clock"] = Admins,
        ["GET /openapi/{documentName}.json"] = null,
    };

    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Of_every_endpoint_it_is_written_down_here_who_may_use_it() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), _api.Endpoints.Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_endpoint_lets_in_those_who_may_and_nobody_else()
    {
        foreach (var endpoint in _api.Endpoints)
        {
            var name = NameOf(endpoint);
            var (method, path) = (name.Split(' ')[0], PathOf(endpoint));
            foreach (var key in AnyKey)
            {
                var answer = await _api.SendAsync(method, path, key: key);

                Assert.False(answer.StatusCode == HttpStatusCode.Unauthorized, $"{name} does not know {key}.");
                Assert.True((answer.StatusCode != HttpStatusCode.Forbidden) == (Allowed[name]?.Contains(key) ?? true), $"{name} as {key} gives {answer.StatusCode}.");
                if (answer.StatusCode == HttpStatusCode.Forbidden)
                    await answer.ProblemAsync(403, "role-not-allowed");
            }

            foreach (var key in new[] { null, "sk_unknown" })
            {
                var answer = await _api.SendAsync(method, path, key: key);

                Assert.True((answer.StatusCode == HttpStatusCode.Unauthorized) == Allowed[name] is not null, $"{name} without a key gives {answer.StatusCode}.");
                if (answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    await answer.ProblemAsync(401, "key-required");
                    Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
                }
            }
        }

        Assert.All(_api.Grains.Sent, sent => Assert.True(sent.Context.Actor is { Role: Role.Officer } or { AnyAuthority: true }));
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("Basic officer")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer officer officer")]
    public async Task A_key_that_is_not_sent_as_bearer_is_none(string authorization)
    {
        var answer = await _api.SendAsync("GET", "/api/entities", key: null, headers: ("Authorization", authorization));

        await answer.ProblemAsync(401, "key-required");
    }

    [Fact]
    public async Task A_host_does_not_start_with_an_endpoint_of_which_nobody_said_who_may_use_it()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ApiHost.StartAsync(app => app.MapGet("/open", () => "open")));

        Assert.Contains("/open", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_manual_clock_there_is_no_clock_to_move()
    {
        await using var api = await ApiHost.StartAsync(services: services =>
            services.Remove(services.Single(service => service.ServiceType == typeof(IManualClock))));

        await (await api.SendAsync("GET", "/api/clock", key: "admin")).ProblemAsync(404, "not-found");
    }

    private static string NameOf(RouteEndpoint endpoint) =>
        $"{Assert.Single(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    private static string PathOf(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!
        .Replace("{kind}", "factory", StringComparison.Ordinal)
        .Replace("{key}", "N-1-F-0001", StringComparison.Ordinal)
        .Replace("{id}", "none-1", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal);
}
