using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Supervision.Hosting.Activations;
using Supervision.Ledger.Holds;

namespace Supervision.Hosting.Holds;

/// <summary>
/// Stops bulk commands that would change too many existing titles, before anything is done. What a held command would change is decided
/// anew when it is looked at, by the very behaviour that carries it out, so the list is never older than the register.
/// </summary>
public sealed class Brake(HoldStore store, ITitleTransfers transfers, TimeProvider clock, IOptions<BrakeOptions> options) : IHolds
{
    private const string Transfer = "title-transfer";

    /// <summary>How long a release lasts: long enough to send every page, short enough that it is not forgotten.</summary>
    private static readonly TimeSpan ReleasedFor = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<HoldView?> StopAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = LedgerInstant.Now(clock);
        var (hash, text) = (HashOf(request), JsonSerializer.Serialize(request));
        var last = await store.LastAsync(hash, cancellationToken);
        if (last is { Status: HoldStatus.Waiting })
            return Show(last);
        if (last is { Status: HoldStatus.Released, DecidedAt: { } releasedAt } && now < releasedAt + ReleasedFor)
            return null;
        var (titles, existing) = (await store.NamedAsync(request, cancellationToken), await store.HeldAsync(cancellationToken));
        if (!options.Value.Stops(titles, existing))
            return null;
        await store.KeepAsync(Transfer, hash, text, request.Region, titles, existing, request.Actor.Id, now, cancellationToken);
        return Show((await store.LastAsync(hash, cancellationToken))!);
    }

    /// <inheritdoc/>
    public async Task<Page<HoldView>> ListAsync(HoldStatus? status, long? before, int limit, CancellationToken cancellationToken)
    {
        var holds = await store.ListAsync(status, before, limit + 1, cancellationToken);
        return new Page<HoldView>([.. holds.Take(limit).Select(Show)], holds.Count > limit);
    }

    /// <inheritdoc/>
    public async Task<HoldView?> FindAsync(long id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } hold ? Show(hold) : null;

    /// <inheritdoc/>
    public async Task<TransferPage?> WouldDoAsync(long id, GrainId? after, int limit, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } hold
            ? await transfers.RunAsync(RequestOf(hold) with { DryRun = true }, after, limit, cancellationToken)
            : null;

    /// <inheritdoc/>
    public async Task<HoldDecision> DecideAsync(long id, HoldStatus release, string? reason, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await store.FindAsync(id, cancellationToken) is not { } hold)
            return new HoldDecision(null, null);
        if (!actor.Covers(hold.Region))
            return new HoldDecision(Show(hold), new Rejection.OutOfScope(hold.Region));
        if (hold.Status != HoldStatus.Waiting)
            return new HoldDecision(Show(hold), new Rejection.HoldClosed(id, hold.Status));
        if (string.Equals(hold.AskedBy, actor.Id, StringComparison.Ordinal))
            return new HoldDecision(Show(hold), new Rejection.SecondPersonNeeded("A bulk command is released or refused by another person than asked for it."));
        var decided = await store.DecideAsync(id, release, actor.Id, LedgerInstant.Now(clock), reason, cancellationToken);
        var now = Show((await store.FindAsync(id, cancellationToken))!);
        return new HoldDecision(now, decided ? null : new Rejection.HoldClosed(id, now.Status));
    }

    private static HoldView Show(StoredHold hold)
    {
        var request = RequestOf(hold);
        return new HoldView(
            hold.Id, hold.Operation, hold.Status, hold.Titles, hold.Existing,
            new HeldTransfer(request.From, request.To, request.On, request.Kind, request.Region, request.Level, request.Honour), hold.AskedBy, hold.AskedAt, hold.DecidedBy,
            hold.DecidedAt, hold.Reason);
    }

    private static TransferRequest RequestOf(StoredHold hold) =>
        JsonSerializer.Deserialize<TransferRequest>(hold.Request) ?? throw new JsonException("A held request is null.");

    /// <summary>The same for the same request of the same person, whatever the key.</summary>
    private static byte[] HashOf(TransferRequest request) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Transfer}\n{JsonSerializer.Serialize(request with { Actor = Actor.System, DryRun = false })}\n{request.Actor.Id}"));
}
