using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Supervision.Hosting.Activations;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger;
using Supervision.Ledger.Append;

namespace Supervision.Silo.Startup;

/// <summary>
/// Figures of the silo, the runtime, the web server and Npgsql, exported over OpenTelemetry (OTLP) when
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.
/// </summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private readonly Meter _meter = new("Supervision");
    private readonly MeterProvider? _provider;

    public Telemetry(LedgerWriter writer, LedgerPosition position, ActivationTable activations, Deliverer deliverer, IConfiguration configuration)
    {
        _meter.CreateObservableGauge("supervision.ledger.queue", () => writer.QueueLength, description: "Appends that wait for a commit");
        _meter.CreateObservableCounter("supervision.ledger.seq", () => position.Seq, description: "The ledger up to which memory reflects it");
        _meter.CreateObservableGauge("supervision.activations", () => activations.Count, description: "Grains in memory");
        _meter.CreateObservableCounter("supervision.webhooks.attempts", () => deliverer.Attempts, description: "Attempts to deliver events to subscribers");
        _meter.CreateObservableCounter("supervision.webhooks.failures", () => deliverer.Failures, description: "Attempts that failed");
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            _provider = Sdk.CreateMeterProviderBuilder()
                .AddMeter(_meter.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql")
                .AddOtlpExporter()
                .Build();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _provider?.Dispose();
        _meter.Dispose();
    }
}

/// <summary>Adds the figures.</summary>
internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services.AddHostedService<Telemetry>();
}
