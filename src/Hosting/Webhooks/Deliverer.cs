using Microsoft.Extensions.Options;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>Makes single attempts, and counts them.</summary>
public sealed class Deliverer(ReceiverClient client, IOptions<WebhookOptions> options)
{
    private long _attempts;
    private long _failures;

    /// <summary>Attempts made by this silo.</summary>
    public long Attempts => Volatile.Read(ref _attempts);

    /// <summary>Those of them that failed.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Sends an event.</summary>
    internal Task<Answer> SendAsync(Lane lane, FeedItem item, long? previousSeq, DateTimeOffset at, CancellationToken cancellationToken) => PostAsync(
        lane, DeliveryStore.MessageId(lane.Id, item.Seq, 0, item.At), CloudEvent.Of(item, lane.Id, previousSeq, options.Value.Origin), at, cancellationToken);

    /// <summary>Sends a test.</summary>
    internal Task<Answer> SendTestAsync(Lane lane, DueDelivery test, DateTimeOffset at, CancellationToken cancellationToken) => PostAsync(
        lane, DeliveryStore.MessageId(lane.Id, null, test.Id, test.EventAt), CloudEvent.OfTest(test.Id, lane.Id, test.EventAt, options.Value.Origin), at, cancellationToken);

    /// <summary>Asks whether the receiver wants deliveries.</summary>
    internal Task<bool> AskAsync(Lane lane, CancellationToken cancellationToken) => client.AllowsAsync(lane.Url, options.Value.Origin, cancellationToken);

    private async Task<Answer> PostAsync(Lane lane, string id, ReadOnlyMemory<byte> body, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var answer = await client.PostAsync(lane.Url, body, Signature.Headers(id, at, body.Span, lane.SecretsAt(at)), cancellationToken);
        Interlocked.Increment(ref _attempts);
        if (answer.Summary.Outcome != AttemptOutcome.Delivered)
            Interlocked.Increment(ref _failures);
        return answer;
    }
}
