using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Supervision.Api.Tests;

/// <summary>The interface on stand-ins for its ports: what is tested here is HTTP, not what grains decide.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app) => (_app, Client) = (app, app.GetTestClient());

    public HttpClient Client { get; }

    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public IServiceProvider Services => _app.Services;

    internal StandInFeed Feed => _app.Services.GetRequiredService<StandInFeed>();

    internal StandInGrains Grains => _app.Services.GetRequiredService<StandInGrains>();

    internal StandInRegister Register => _app.Services.GetRequiredService<StandInRegister>();

    internal StandInKeys Keys => _app.Services.GetRequiredService<StandInKeys>();

    internal StandInTransfers Transfers => _app.Services.GetRequiredService<StandInTransfers>();

    internal StandInDocuments Documents => _app.Services.GetRequiredService<StandInDocuments>();

    internal StandInAudit Audit => _app.Services.GetRequiredService<StandInAudit>();

    internal StandInWorklists Worklists => _app.Services.GetRequiredService<StandInWorklists>();

    internal StandInReminders Reminders => _app.Services.GetRequiredService<StandInReminders>();

    internal StandInHolds Holds => _app.Services.GetRequiredService<StandInHolds>();

    internal StandInSubscriptions Subscriptions => _app.Services.GetRequiredService<StandInSubscriptions>();

    internal StandInInspectors Inspectors => _app.Services.GetRequiredService<StandInInspectors>();

    internal StandInLog Log => _app.Services.GetRequiredService<StandInLog>();

    internal StandInImports Imports => _app.Services.GetRequiredService<StandInImports>();

    public static async Task<ApiHost> StartAsync(Action<WebApplication>? more = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<StandInGrains>().AddSingleton<IGrainClient>(found => found.GetRequiredService<StandInGrains>());
        builder.Services.AddSingleton<StandInRegister>().AddSingleton<IRegister>(found => found.GetRequiredService<StandInRegister>());
        builder.Services.AddSingleton<StandInKeys>().AddSingleton<IKeys>(found => found.GetRequiredService<StandInKeys>());
        builder.Services.AddSingleton<StandInAudit>().AddSingleton<IAudit>(found => found.GetRequiredService<StandInAudit>());
        builder.Services.AddSingleton<IInspections, StandInInspections>();
        builder.Services.AddSingleton<StandInInspectors>().AddSingleton<IInspectors>(found => found.GetRequiredService<StandInInspectors>());
        builder.Services.AddSingleton<IDraws, StandInDraws>();
        builder.Services.AddSingleton<StandInLog>().AddSingleton<ITransparencyLog>(found => found.GetRequiredService<StandInLog>());
        builder.Services.AddSingleton<IJobs, StandInJobs>();
        builder.Services.AddSingleton<StandInHolds>().AddSingleton<IHolds>(found => found.GetRequiredService<StandInHolds>());
        builder.Services.AddSingleton<ISupervisionStatistics, StandInSupervisionStatistics>();
        builder.Services.AddSingleton<IDrawStatistics, StandInDrawStatistics>();
        builder.Services.AddSingleton<IDowntimes, StandInDowntimes>();
        builder.Services.AddSingleton<StandInReminders>().AddSingleton<IReminders>(found => found.GetRequiredService<StandInReminders>());
        builder.Services.AddSingleton<IEligibility, StandInEligibility>();
        builder.Services.AddSingleton<StandInWorklists>().AddSingleton<IWorklists>(found => found.GetRequiredService<StandInWorklists>());
        builder.Services.AddSingleton<StandInImports>().AddSingleton<IImports>(found => found.GetRequiredService<StandInImports>());
        builder.Services.AddSingleton<StandInTransfers>().AddSingleton<ITitleTransfers>(found => found.GetRequiredService<StandInTransfers>());
        builder.Services.AddSingleton<StandInDocuments>().AddSingleton<IDocuments>(found => found.GetRequiredService<StandInDocuments>());
        builder.Services.AddSingleton<IExports, StandInExports>();
        builder.Services.AddSingleton<StandInFeed>().AddSingleton<IEventFeed>(found => found.GetRequiredService<StandInFeed>());
        builder.Services.AddSingleton<IStatusLists, StandInStatusLists>();
        builder.Services.AddSingleton<StandInSubscriptions>().AddSingleton<ISubscriptions>(found => found.GetRequiredService<StandInSubscriptions>());
        builder.Services.AddSingleton<StandInClock>().AddSingleton<TimeProvider>(found => found.GetRequiredService<StandInClock>());
        builder.Services.AddSingleton<IManualClock>(found => found.GetRequiredService<StandInClock>());
        builder.Services.AddSupervisionApi();
        builder.Services.Configure<ApiOptions>(options => options.CommandWaitMax = options.ReadWaitMax = TimeSpan.FromMilliseconds(200));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapSupervisionApi();
        more?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new ApiHost(app);
        host.Register.Entities[Entities.Factory] = Entities.Snapshot(Entities.Factory, 7);
        return host;
    }

    /// <summary>Sends a request; a body is JSON unless it says otherwise.</summary>
    public Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string? key = "officer", string contentType = "application/json", params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), key, contentType, headers);

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, byte[]? body, string? key, string contentType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>One host for tests that leave nothing behind.</summary>
public sealed class SharedApi : IAsyncLifetime
{
    public ApiHost Api { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Api = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}

/// <summary>Reading answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(bytes).RootElement;
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;

    /// <summary>Asserts that the answer is a whole problem and gives it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal($"https://supervision.example/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("article").GetString()!);
        return problem;
    }

    public static IReadOnlyList<string> Members(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateObject().Select(error => error.Name)];
}
