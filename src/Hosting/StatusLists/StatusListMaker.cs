using System.Text.Json;
using Microsoft.Extensions.Options;
using Supervision.Ledger;
using Supervision.Ledger.StatusLists;

namespace Supervision.Hosting.StatusLists;

/// <summary>Makes and signs status lists when they are asked for: again when something has happened since, at most once in an interval.</summary>
public sealed class StatusListMaker(
    StatusListStore store, StatusListKey key, LedgerPosition position, PublicAddress address, IOptions<StatusListOptions> options, TimeProvider clock) : IStatusLists, IDisposable
{
    private const string TokenType = "statuslist+jwt";

    private const string CredentialType = "vc+jwt";

    private static readonly string[] Contexts = ["https://www.w3.org/ns/credentials/v2"];

    private static readonly string[] CredentialTypes = ["VerifiableCredential", "BitstringStatusListCredential"];

    private readonly SemaphoreSlim _making = new(1, 1);
    private Made? _made;

    /// <inheritdoc/>
    public string Keys => key.Set;

    private TimeSpan Validity => TimeSpan.FromHours(options.Value.ValidHours);

    /// <inheritdoc/>
    public ValueTask<SignedStatusLists> GetAsync(CancellationToken cancellationToken) =>
        Current() is { } current ? ValueTask.FromResult(current) : new ValueTask<SignedStatusLists>(MakeAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<(GrainId Entity, TitleRef Title), long>> IndexesAsync(
        IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        if (entities.Count == 0)
            return new Dictionary<(GrainId, TitleRef), long>();
        var (indexes, isWhole) = await store.IndexesAsync(entities, cancellationToken);
        if (isWhole)
            return indexes;
        // Granted since the last list was made.
        await store.AllocateAsync(entities, cancellationToken);
        return (await store.IndexesAsync(entities, cancellationToken)).Indexes;
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    /// <summary>The lists at hand, if they may still be given out.</summary>
    private SignedStatusLists? Current()
    {
        if (Volatile.Read(ref _made) is not { } made || clock.GetUtcNow() >= made.At + (Validity / 2))
            return null;
        // By the machine's clock: a manual one may stand still while much happens.
        var isYoung = TimeProvider.System.GetElapsedTime(made.Mark).TotalSeconds < options.Value.IntervalSeconds;
        return isYoung || position.Seq <= made.Lists.TreeSize ? made.Lists : null;
    }

    private async Task<SignedStatusLists> MakeAsync(CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (Current() is { } current)
                return current;
            var mark = TimeProvider.System.GetTimestamp();
            await store.AllocateAsync(grains: null, cancellationToken);
            var list = await store.ReadAsync(cancellationToken);
            var at = clock.GetUtcNow();
            var entries = StatusListStore.EntriesFor(list.Allocated);
            var lists = new SignedStatusLists(
                list.TreeSize,
                key.Sign(TokenType, TokenOf(list, at, StatusBits.Token(entries, list.Titles))),
                key.Sign(CredentialType, CredentialOf(list, at, StatusBits.Bitstring(entries, list.Titles))));
            Volatile.Write(ref _made, new Made(lists, at, mark));
            return lists;
        }
        finally
        {
            _making.Release();
        }
    }

    private byte[] TokenOf(StoredStatusList list, DateTimeOffset at, string bits) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        sub = $"{address.Base}/api/status-list",
        iat = at.ToUnixTimeSeconds(),
        exp = (at + Validity).ToUnixTimeSeconds(),
        ttl = Math.Max(1, options.Value.IntervalSeconds),
        status_list = new { bits = StatusBits.Bits, lst = bits },
        tree_size = list.TreeSize,
        root = Convert.ToBase64String(list.Root),
    });

    private byte[] CredentialOf(StoredStatusList list, DateTimeOffset at, string bits)
    {
        var id = $"{address.Base}/api/status-list/credential";
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["@context"] = Contexts,
            ["id"] = id,
            ["type"] = CredentialTypes,
            ["issuer"] = address.Base ?? "urn:supervision",
            ["validFrom"] = InstantConverter.Format(at),
            ["validUntil"] = InstantConverter.Format(at + Validity),
            ["credentialSubject"] = new Dictionary<string, object>
            {
                ["id"] = $"{id}#list",
                ["type"] = "BitstringStatusList",
                // Not revocation, which could not be taken back: a removal may be quashed.
                ["statusPurpose"] = "suspension",
                ["encodedList"] = bits,
                ["ttl"] = Math.Max(1, options.Value.IntervalSeconds) * 1000L,
            },
            ["treeSize"] = list.TreeSize,
            ["root"] = Convert.ToBase64String(list.Root),
        });
    }

    /// <summary>Lists with when they were made.</summary>
    /// <param name="Lists">The lists.</param>
    /// <param name="At">The instant that they name.</param>
    /// <param name="Mark">When making them began, by the machine's timer.</param>
    private sealed record Made(SignedStatusLists Lists, DateTimeOffset At, long Mark);
}
