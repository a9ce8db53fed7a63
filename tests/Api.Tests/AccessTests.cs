using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Supervision.Api.Tests;

public sealed class AccessTests : IAsyncLifetime
{
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

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
    public async Task A_revoked_key_is_told_apart_and_named_in_the_audit_trail()
    {
        var problem = await (await _api.SendAsync("GET", "/api/entities", key: StandInKeys.Revoked)).ProblemAsync(401, "key-required");

        Assert.Contains("revoked", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var entry = Assert.Single(_api.Audit.Entries);
        Assert.Equal((AuditOutcome.DeniedUnauthenticated, "key-revoked", "p-revoked"), (entry.Outcome, entry.Key, entry.PersonId));
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

    [Fact]
    public async Task What_became_of_commands_in_a_cluster_is_shown_to_admins_where_the_host_has_one()
    {
        await (await _api.SendAsync("GET", "/api/statistics/cluster", key: "admin")).ProblemAsync(404, "not-found");
        await using var api = await ApiHost.StartAsync(services: services => services.AddSingleton<IClusterStatistics, StandInClusterStatistics>());

        await (await api.SendAsync("GET", "/api/statistics/cluster", key: null)).ProblemAsync(401, "key-required");
        await (await api.SendAsync("GET", "/api/statistics/cluster")).ProblemAsync(403, "role-not-allowed");
        var item = (await (await api.SendAsync("GET", "/api/statistics/cluster", key: "admin")).JsonAsync()).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("10.0.0.11:11111", "factory", 3, 2), (item.GetProperty("silo").GetString(), item.GetProperty("kind").GetString(), item.GetProperty("accepted").GetInt64(), item.GetProperty("passedOn").GetInt64()));
    }
}
