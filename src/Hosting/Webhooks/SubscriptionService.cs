using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Supervision.Ledger.Webhooks;

namespace Supervision.Hosting.Webhooks;

/// <summary>What integrators do with subscriptions.</summary>
public sealed class SubscriptionService(
    SubscriptionStore subscriptions, DeliveryStore deliveries, Dispatcher dispatcher, IEventFeed feed, SecretKey key, ReceiverUrl receivers, IOptions<WebhookOptions> options, TimeProvider clock)
    : ISubscriptions
{
    // Events that are made due by one request; beyond them it is asked again.
    private const int ReplayedMax = 10_000;

    private const int PageLength = 500;

    /// <summary>What is delivered where nothing else is asked for: what became of titles, by decision or by time.</summary>
    public static IReadOnlyList<string> DefaultTypes { get; } =
    [
        "certificate.cancelled", "certificate.expired", "certificate.restored", "certificate.revoked", "certificate.suspended", "title.corrected", "title.derived", "title.fallen",
        "title.granted", "title.lapsed", "title.received", "title.reinstated", "title.removed", "title.succeeded", "title.transferred", "title.withdrawn",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<(string Member, string Expected)> Faults(SubscriptionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var faults = new List<(string, string)>();
        if (receivers.Refuse(request.Url) is { } expected)
            faults.Add(("url", expected));
        if (request.Types is { Count: 0 })
            faults.Add(("types", "Must not be empty; leave it out for every decision about a title."));
        for (var i = 0; i < (request.Types?.Count ?? 0); i++)
        {
            if (!FeedFilter.IsType(request.Types![i]))
                faults.Add(($"types[{i}]", "Has to be the name of an event, or the beginning of one and *, for example title.removed or title.*."));
        }

        return faults;
    }

    /// <inheritdoc/>
    public async Task<Creation> CreateAsync(SubscriptionRequest request, string owner, CommandIdentity? identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A key is made for the first subscription only: one that is missing afterwards is not to be replaced by another.
        if (!await subscriptions.HasSecretsAsync(cancellationToken))
            key.Ensure();
        var id = "sub-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var secret = RandomNumberGenerator.GetBytes(Signature.SecretBytes);
        var made = await subscriptions.CreateAsync(
            id, owner, WithTypes(request), key.Encrypt(secret, id), clock.GetUtcNow(), identity, options.Value.SubscriptionsMax, cancellationToken);
        if (made is { IsNew: true })
            await dispatcher.TouchAsync(CancellationToken.None);
        return made switch
        {
            null => new Creation.TooMany(),
            { IsNew: true } => new Creation.Made(id, Signature.Show(secret)),
            { IsSame: true } same => new Creation.Made(same.Id, null),
            _ => new Creation.IdentityReused(),
        };
    }

    /// <inheritdoc/>
    public async Task<Page<SubscriptionView>> ListAsync(string? owner, string? after, int limit, CancellationToken cancellationToken)
    {
        var found = await subscriptions.ListAsync(owner, after, limit + 1, cancellationToken);
        return new Page<SubscriptionView>([.. found.Take(limit)], found.Count > limit);
    }

    /// <inheritdoc/>
    public Task<SubscriptionView?> FindAsync(string id, string? owner, CancellationToken cancellationToken) => subscriptions.FindAsync(id, owner, cancellationToken);

    /// <inheritdoc/>
    public async Task<SubscriptionView?> ChangeAsync(string id, string? owner, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        if (!await subscriptions.ChangeAsync(id, owner, WithTypes(request), clock.GetUtcNow(), cancellationToken))
            return null;
        await dispatcher.TouchAsync(CancellationToken.None);
        return await subscriptions.FindAsync(id, owner, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        var isGone = await subscriptions.DeleteAsync(id, owner, cancellationToken);
        await dispatcher.TouchAsync(CancellationToken.None);
        return isGone;
    }

    /// <inheritdoc/>
    public Task<SubscriptionChange?> ConfirmAsync(string id, string? owner, CancellationToken cancellationToken) =>
        PutAsync(id, owner, SubscriptionStatus.Unconfirmed, asks: true, [SubscriptionStatus.Unconfirmed], cancellationToken);

    /// <inheritdoc/>
    public Task<SubscriptionChange?> PauseAsync(string id, string? owner, CancellationToken cancellationToken) =>
        PutAsync(id, owner, SubscriptionStatus.Paused, asks: false, [SubscriptionStatus.Active], cancellationToken);

    /// <inheritdoc/>
    public async Task<SubscriptionChange?> ResumeAsync(string id, string? owner, CancellationToken cancellationToken) =>
        await subscriptions.FindAsync(id, owner, cancellationToken) is not { Status: SubscriptionStatus.Disabled }
            ? await PutAsync(id, owner, SubscriptionStatus.Active, asks: false, [SubscriptionStatus.Paused], cancellationToken)
            : await PutAsync(id, owner, SubscriptionStatus.Unconfirmed, asks: true, [SubscriptionStatus.Disabled], cancellationToken);

    /// <inheritdoc/>
    public async Task<RotatedSecret?> RotateSecretAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        if (await subscriptions.FindAsync(id, owner, cancellationToken) is null)
            return null;
        var secret = RandomNumberGenerator.GetBytes(Signature.SecretBytes);
        var now = clock.GetUtcNow();
        var until = now + options.Value.SecretOverlap;
        if (!await subscriptions.RotateAsync(id, owner, key.Encrypt(secret, id), until, now, cancellationToken))
            return null;
        await dispatcher.TouchAsync(CancellationToken.None);
        return new RotatedSecret(Signature.Show(secret), until);
    }

    /// <inheritdoc/>
    public async Task<DeliveryChange?> TestAsync(string id, string? owner, CancellationToken cancellationToken) =>
        await subscriptions.FindAsync(id, owner, cancellationToken) is null
            ? null
            : new DeliveryChange(await deliveries.TestAsync(id, CloudEvent.TestType, clock.GetUtcNow(), cancellationToken));

    /// <inheritdoc/>
    public async Task<ReplayOutcome?> ReplayAsync(string id, string? owner, long after, long? to, CancellationToken cancellationToken)
    {
        if (await subscriptions.FindAsync(id, owner, cancellationToken) is not { Status: SubscriptionStatus.Active } view)
            return null;
        // What lies behind the position is sent in any case.
        var end = Math.Min(to ?? view.Position, view.Position);
        var filter = FilterOf(view);
        var (from, events, previous) = (after, 0, default(long?));
        while (from < end && events < ReplayedMax)
        {
            var page = await feed.ReadAsync(from, filter, PageLength, cancellationToken);
            var replayed = new List<Replayed>();
            foreach (var item in page.Items.Where(item => item.Seq <= end))
            {
                replayed.Add(new Replayed(item.Seq, previous, item.Type, item.At));
                previous = item.Seq;
            }

            if (replayed.Count > 0)
                await deliveries.ReplayAsync(id, replayed, clock.GetUtcNow(), cancellationToken);
            events += replayed.Count;
            from = page.UpTo;
        }

        return new ReplayOutcome(events, Math.Max(after, Math.Min(from, end)), from >= end);
    }

    /// <inheritdoc/>
    public async Task<Page<DeliveryView>?> DeliveriesAsync(string id, string? owner, DeliveryStatus? status, long? before, int limit, CancellationToken cancellationToken)
    {
        if (await subscriptions.FindAsync(id, owner, cancellationToken) is null)
            return null;
        var found = await deliveries.ListAsync(id, status, before, limit + 1, cancellationToken);
        return new Page<DeliveryView>([.. found.Take(limit)], found.Count > limit);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubscriptionNotice>?> NoticesAsync(string id, string? owner, CancellationToken cancellationToken) =>
        await subscriptions.FindAsync(id, owner, cancellationToken) is null ? null : await subscriptions.NoticesAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<DeliveryChange?> RedeliverAsync(long delivery, string? owner, CancellationToken cancellationToken) =>
        await deliveries.FindAsync(delivery, owner, cancellationToken) is null
            ? null
            : new DeliveryChange(await deliveries.AgainAsync(delivery, clock.GetUtcNow(), cancellationToken));

    private static SubscriptionRequest WithTypes(SubscriptionRequest request) => request with { Types = request.Types ?? DefaultTypes };

    private static FeedFilter FilterOf(SubscriptionView view) => new()
    {
        Types = view.Types,
        Kinds = view.Filter.Kind ?? [],
        Regions = view.Filter.Region ?? [],
        Policies = view.Filter.Policy ?? [],
        Levels = view.Filter.Level ?? [],
        Entities = view.Filter.Entities ?? [],
    };

    private async Task<SubscriptionChange?> PutAsync(
        string id, string? owner, SubscriptionStatus status, bool asks, IReadOnlyList<SubscriptionStatus> from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isDone = await subscriptions.SetStatusAsync(id, owner, status, asks ? now : null, now, from, cancellationToken);
        if (isDone)
            await dispatcher.TouchAsync(CancellationToken.None);
        return await subscriptions.FindAsync(id, owner, cancellationToken) is { } view ? new SubscriptionChange(view, isDone) : null;
    }
}
