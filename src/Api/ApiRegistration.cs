using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Supervision.Api.Access;
using Supervision.Api.Binding;
using Supervision.Api.Endpoints;
using Supervision.Api.Limits;
using Supervision.Api.OpenApi;
using Supervision.Api.Pages;
using Supervision.Api.Streaming;
using Supervision.Api.Writing;

namespace Supervision.Api;

/// <summary>Adds the HTTP interface to a host. The host registers the ports and a <see cref="TimeProvider"/>.</summary>
public static class ApiRegistration
{
    /// <summary>The policy of endpoints of the host that are for administrators alone.</summary>
    public const string AdminsPolicy = AccessPolicies.Admins;

    /// <summary>Adds what the interface needs.</summary>
    public static IServiceCollection AddSupervisionApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.Configure<JsonOptions>(options => ApiJson.SetUpAnswers(options.SerializerOptions));
        services.AddAuthentication(KeyAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null);
        services.AddAuthorization(AccessPolicies.SetUp);
        services.AddHostedService<AccessCheck>();
        services.AddRequestLimits();
        services.AddRateLimits();
        services.AddExceptionHandler<ProblemHandler>();
        services.AddSingleton<CommandSender>();
        services.AddSingleton<DocumentAccess>();
        services.AddSingleton<Verifier>();
        services.AddSingleton(provider => new PublicAddress(provider.GetRequiredService<IOptions<ApiOptions>>().Value.PublicUrl?.TrimEnd('/')));
        services.AddSingleton<EventStreams>();
        services.AddHostedService(provider => provider.GetRequiredService<EventStreams>());
        services.AddSupervisionOpenApi();
        return services;
    }

    /// <summary>
    /// Puts the pipeline of the interface in place and maps its endpoints. Every other endpoint of the host has to name a
    /// policy or allow anonymous use; the host does not start otherwise.
    /// </summary>
    public static WebApplication MapSupervisionApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseForwardedHeaders();
        app.Use(AnswerHeaders.InvokeAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ProblemHandler.HandleUnforeseenAsync, AllowStatusCode404Response = true });
        app.UseStatusCodePages(ProblemHandler.HandleStatusAsync);
        app.UseRouting();
        app.UseRequestTimeouts();
        app.Use(Denials.InvokeAsync);
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();

        var api = app.MapGroup("/api").AddEndpointFilter(BoundFilter.InvokeAsync);
        EntityEndpoints.Map(api);
        HistoryEndpoints.Map(api);
        EventEndpoints.Map(api);
        TitleEndpoints.Map(api);
        TransferEndpoints.Map(api);
        HoldEndpoints.Map(api);
        IdentityEndpoints.Map(api);
        CheckEndpoints.Map(api);
        DrawEndpoints.Map(api);
        DowntimeEndpoints.Map(api);
        InspectionEndpoints.Map(api);
        VisitEndpoints.Map(api);
        InspectorEndpoints.Map(api);
        CaseEndpoints.Map(api);
        DocumentEndpoints.Map(api);
        EnergyInspectionEndpoints.Map(api);
        NoticeEndpoints.Map(api);
        EnterpriseFactEndpoints.Map(api);
        ReportEndpoints.Map(api);
        ReEvaluationEndpoints.Map(api);
        GoodPracticeEndpoints.Map(api);
        ChangeEndpoints.Map(api);
        CertificateEndpoints.Map(api);
        EndingEndpoints.Map(api);
        VerificationEndpoints.Map(api);
        StatusListEndpoints.Map(api);
        CandidateEndpoints.Map(api);
        StatisticsEndpoints.Map(api);
        ImportEndpoints.Map(api);
        ExportEndpoints.Map(api);
        WorklistEndpoints.Map(api);
        KeyEndpoints.Map(api);
        SubscriptionEndpoints.Map(api);
        DeliveryEndpoints.Map(api);
        JobEndpoints.Map(api);
        ReminderEndpoints.Map(api);
        AuditEndpoints.Map(api);
        var services = app.Services.GetRequiredService<IServiceProviderIsService>();
        if (services.IsService(typeof(IManualClock)))
            ClockEndpoints.Map(api);
        if (services.IsService(typeof(IClusterStatistics)))
            ClusterEndpoints.Map(api);
        LogEndpoints.Map(app.MapGroup("/log").AddEndpointFilter(BoundFilter.InvokeAsync));
        PageEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }
}
