using Microsoft.Extensions.Options;
using Supervision.Hosting.Webhooks;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Jobs;

/// <summary>Forgets what became of deliveries after their time.</summary>
public sealed class ForgetDeliveriesJob(DeliveryStore deliveries, IOptions<WebhookOptions> options, TimeProvider clock) : IScheduledJob
{
    /// <inheritdoc/>
    public async Task<string> RunAsync(CancellationToken cancellationToken) =>
        $"{await deliveries.ForgetAsync(clock.GetUtcNow() - TimeSpan.FromDays(options.Value.LogDays), cancellationToken)} deliveries were forgotten";
}
