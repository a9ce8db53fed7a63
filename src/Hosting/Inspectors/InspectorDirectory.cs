using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Supervision.Grains.Inspectors;
using Supervision.Ledger.Inspectors;

namespace Supervision.Hosting.Inspectors;

/// <summary>
/// Every inspector, in memory. What this silo commits is there before its sender is told, what others commit once the ledger was
/// followed to it, as with everything that is read.
/// </summary>
public sealed class InspectorDirectory(InspectorStore store) : IHostedService
{
    private const string Prefix = "inspector/";

    private readonly ConcurrentDictionary<string, KnownInspector> _known = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private ImmutableDictionary<string, InspectorEntry> _entries = ImmutableDictionary.Create<string, InspectorEntry>(StringComparer.Ordinal);
    private InspectorEntry[]? _all;

    /// <summary>Every inspector by its number, as of now.</summary>
    public IReadOnlyDictionary<string, InspectorEntry> ById => Volatile.Read(ref _entries);

    /// <summary>Every inspector, retired ones among them, in the order of their numbers by bytes.</summary>
    public IReadOnlyList<InspectorEntry> All()
    {
        if (Volatile.Read(ref _all) is { } all)
            return all;
        lock (_changing)
            return _all ??= [.. _entries.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    /// <summary>One inspector; null: it is not registered.</summary>
    public KnownInspector? Find(GrainId inspector) => _known.GetValueOrDefault(inspector.Key);

    /// <summary>Whether a grain is an inspector.</summary>
    public static bool Holds(GrainId grain) => grain.Value.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Takes in an inspector at a version, unless a newer one is known.</summary>
    public void Put(GrainId grain, GrainState.Inspector state, long version)
    {
        var entry = InspectorEntry.Of(grain, state);
        lock (_changing)
        {
            if (_known.TryGetValue(entry.Id, out var before) && before.Version >= version)
                return;
            _known[entry.Id] = new KnownInspector(grain, state, version);
            Volatile.Write(ref _entries, _entries.SetItem(entry.Id, entry));
            Volatile.Write(ref _all, null);
        }
    }

    /// <summary>Reads what other silos have written of some inspectors.</summary>
    public async Task LoadAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken) =>
        PutAll(await store.SomeAsync(grains, cancellationToken));

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) => PutAll(await store.AllAsync(cancellationToken));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void PutAll(IReadOnlyList<StoredInspector> inspectors)
    {
        foreach (var stored in inspectors)
            Put(stored.Grain, (GrainState.Inspector)LedgerJson.ReadState(stored.State), stored.Version);
    }
}

/// <summary>An inspector in memory.</summary>
/// <param name="Id">The grain.</param>
/// <param name="State">The state.</param>
/// <param name="Version">The version.</param>
public sealed record KnownInspector(GrainId Id, GrainState.Inspector State, long Version);
