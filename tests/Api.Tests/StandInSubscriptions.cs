namespace Supervision.Api.Tests;

/// <summary>One subscription, sub-1, of the integrator; what is asked for is noted.</summary>
internal sealed class StandInSubscriptions : ISubscriptions
{
    private const string Id = "sub-1";

    public SubscriptionStatus Status { get; set; } = SubscriptionStatus.Active;

    public Creation Next { get; set; } = new Creation.Made(Id, "whsec_x");

    public bool IsKeyMissing { get; set; }

    public List<SubscriptionRequest> Asked { get; } = [];

    public List<string?> Owners { get; } = [];

    public (long After, long? To) Replayed { get; private set; }

    public IReadOnlyList<(string Member, string Expected)> Faults(SubscriptionRequest request) =>
        request.Url.StartsWith("https:", StringComparison.Ordinal) ? [] : [("url", "Has to be https.")];

    public Task<Creation> CreateAsync(SubscriptionRequest request, string owner, CommandIdentity? identity, CancellationToken cancellationToken)
    {
        if (IsKeyMissing)
            throw new SecretsUnavailableException("/secret/place");
        Asked.Add(request);
        Owners.Add(owner);
        return Task.FromResult(Next);
    }

    public Task<Page<SubscriptionView>> ListAsync(string? owner, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<SubscriptionView>(after is null && IsOf(Id, owner) ? [View] : [], HasMore: after is null));

    public Task<SubscriptionView?> FindAsync(string id, string? owner, CancellationToken cancellationToken) => Task.FromResult(IsOf(id, owner) ? View : null);

    public Task<SubscriptionView?> ChangeAsync(string id, string? owner, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return FindAsync(id, owner, cancellationToken);
    }

    public Task<bool> DeleteAsync(string id, string? owner, CancellationToken cancellationToken) => Task.FromResult(IsOf(id, owner));

    public Task<SubscriptionChange?> ConfirmAsync(string id, string? owner, CancellationToken cancellationToken) => PutAsync(id, owner, SubscriptionStatus.Unconfirmed);

    public Task<SubscriptionChange?> PauseAsync(string id, string? owner, CancellationToken cancellationToken) => PutAsync(id, owner, SubscriptionStatus.Active);

    public Task<SubscriptionChange?> ResumeAsync(string id, string? owner, CancellationToken cancellationToken) => PutAsync(id, owner, SubscriptionStatus.Paused);

    public Task<RotatedSecret?> RotateSecretAsync(string id, string? owner, CancellationToken cancellationToken) =>
        IsKeyMissing ? throw new SecretsUnavailableException("/secret/place") : Task.FromResult(IsOf(id, owner) ? new RotatedSecret("whsec_y", Entities.Now) : null);

    public Task<DeliveryChange?> TestAsync(string id, string? owner, CancellationToken cancellationToken) =>
        Task.FromResult(IsOf(id, owner) ? new DeliveryChange(Status == SubscriptionStatus.Active ? Delivery(7) : null) : null);

    public Task<ReplayOutcome?> ReplayAsync(string id, string? owner, long after, long? to, CancellationToken cancellationToken)
    {
        Replayed = (after, to);
        return Task.FromResult(Status == SubscriptionStatus.Active ? new ReplayOutcome(3, 50, true) : null);
    }

    public Task<Page<DeliveryView>?> DeliveriesAsync(string id, string? owner, DeliveryStatus? status, long? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(IsOf(id, owner) ? new Page<DeliveryView>([Delivery((before ?? 8) - 1)], HasMore: before is null) : null);

    public Task<IReadOnlyList<SubscriptionNotice>?> NoticesAsync(string id, string? owner, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SubscriptionNotice>?>(IsOf(id, owner) ? [new SubscriptionNotice("subscription.disabled", Entities.Now, "x")] : null);

    public Task<DeliveryChange?> RedeliverAsync(long delivery, string? owner, CancellationToken cancellationToken) =>
        Task.FromResult(delivery == 7 && IsOf(Id, owner) ? new DeliveryChange(Delivery(7)) : null);

    private static DeliveryView Delivery(long id) => new(
        id, Id, "sub-1.42.1a", 42, 41, "title.removed", DeliveryStatus.Pending, 1, Entities.Now, Entities.Now,
        new ResponseSummary(AttemptOutcome.Refused, 500, 3, 12, "no"));

    private SubscriptionView View => new(
        Id, "p-integrator", "https://receiver.example.com/", ["title.removed"], new SubscriptionFilter(), Status, null, 50, 42, 0, null, Entities.Now, null, Entities.Now, Entities.Now);

    private static bool IsOf(string id, string? owner) => id == Id && owner is null or "p-Integrator";

    private Task<SubscriptionChange?> PutAsync(string id, string? owner, SubscriptionStatus from) =>
        Task.FromResult(IsOf(id, owner) ? new SubscriptionChange(View, Status == from) : null);
}
