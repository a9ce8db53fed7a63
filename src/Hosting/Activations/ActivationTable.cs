using Microsoft.Extensions.Options;
using Supervision.Hosting.Downtimes;
using Supervision.Hosting.Inspectors;
using Supervision.Ledger.Follow;
using Supervision.Ledger.Load;

namespace Supervision.Hosting.Activations;

/// <summary>
/// The grains in memory. Whoever loads a grain or writes it holds its turn, so that what is loaded can never take the
/// place of something newer written here; what other silos write is taken out as the ledger is followed.
/// </summary>
public sealed class ActivationTable : ILedgerFollowing
{
    // Loads that other silos' writes may make worthless before one is used without being kept.
    private const int LoadsMax = 3;

    private readonly ActivationCache _cache;
    private readonly GrainLoader _loader;
    private readonly InspectorDirectory _inspectors;
    private readonly CurrentRules _rules;
    private readonly Turnstile _turnstile = new();
    private long _foreignSeq;
    private long _referredSeq;

    /// <summary>Creates the table.</summary>
    public ActivationTable(GrainLoader loader, InspectorDirectory inspectors, CurrentRules rules, IOptions<ActivationOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_loader, _inspectors, _rules, _cache) = (loader, inspectors, rules, new ActivationCache(options.Value.GrainsMax));
    }

    /// <summary>Grains in memory.</summary>
    public int Count => _cache.Count;

    /// <summary>
    /// The seq of the last event of an inspector or a downtime that this silo knows. Decisions refer to these without reading their versions, so
    /// whoever decides for this silo has to have followed the ledger that far.
    /// </summary>
    public long ReferredSeq => Volatile.Read(ref _referredSeq);

    internal Turnstile Turnstile => _turnstile;

    internal bool TryGet(GrainId grain, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Activation? activation) => _cache.TryGet(grain, out activation);

    /// <summary>The grain from memory, or from the database. The caller holds its turn.</summary>
    internal ValueTask<Activation> GetAsync(GrainId grain) =>
        _cache.TryGet(grain, out var activation) ? ValueTask.FromResult(activation) : new ValueTask<Activation>(LoadAsync(grain));

    /// <summary>
    /// Grains as they are, in the order given; null for what cannot be read. Those that are not in memory are read together and not kept: whoever passes through all
    /// grains must not push out those that are used. The caller holds their turns.
    /// </summary>
    internal async Task<Activation?[]> PassAsync(IReadOnlyList<GrainId> grains)
    {
        var passed = new Activation?[grains.Count];
        var missing = new List<GrainId>();
        for (var i = 0; i < passed.Length; i++)
        {
            if (!_cache.TryGet(grains[i], out passed[i]))
                missing.Add(grains[i]);
        }

        if (missing.Count == 0)
            return passed;
        var read = await _loader.LoadAsync(missing, CancellationToken.None);
        Parallel.For(0, passed.Length, i =>
        {
            try
            {
                if (passed[i] is null && read.TryGetValue(grains[i], out var loaded))
                    passed[i] = ActivationOf(grains[i], loaded);
            }
            catch (Exception)
            {
                // Told of by its own read.
            }
        });
        return passed;
    }

    /// <summary>The grain from memory, or from the database. While its turn is taken it is read beside it: readers do not wait for what is being written.</summary>
    public ValueTask<Activation> ReadAsync(GrainId grain)
    {
        return _cache.TryGet(grain, out var activation) ? ValueTask.FromResult(activation) : ReadColdAsync();

        async ValueTask<Activation> ReadColdAsync()
        {
            if (!_turnstile.TryEnter(grain, out var held))
                return ActivationOf(grain, await _loader.LoadAsync(grain));
            using (held)
                return await GetAsync(grain);
        }
    }

    /// <summary>Takes in what was just committed. The caller holds the grain's turn.</summary>
    /// <param name="activation">The grain as it is since.</param>
    /// <param name="isPassing">Whether it is taken in only if it is in memory.</param>
    internal void Put(Activation activation, bool isPassing)
    {
        var grain = activation.Grain;
        if (!isPassing || _cache.Contains(grain))
            _cache.Put(activation);
        if (InspectorDirectory.Holds(grain) && activation.State is GrainState.Inspector inspector)
        {
            _inspectors.Put(grain, inspector, activation.Version);
            Raise(ref _referredSeq, activation.LastSeq);
        }
        else if (CurrentRules.Holds(grain) && activation.State is GrainState.Downtime downtime)
        {
            _rules.Put(grain, downtime, activation.Version);
            Raise(ref _referredSeq, activation.LastSeq);
        }
    }

    /// <summary>Drops a grain: its memory turned out to be behind, or it is active here no longer.</summary>
    public void Drop(GrainId grain) => _cache.Drop(grain);

    /// <inheritdoc/>
    public async Task PrepareAsync(IReadOnlyCollection<GrainId> changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.Where(InspectorDirectory.Holds).ToList() is { Count: > 0 } inspectors)
            await _inspectors.LoadAsync(inspectors, cancellationToken);
        if (changed.Where(CurrentRules.Holds).ToList() is { Count: > 0 } downtimes)
            await _rules.LoadAsync(downtimes, cancellationToken);
    }

    /// <inheritdoc/>
    public void OnForeignChange(GrainId grain, long version, long seq)
    {
        // First the mark, then the drop: a load that began before is then either refused or dropped.
        Raise(ref _foreignSeq, seq);
        if (InspectorDirectory.Holds(grain) || CurrentRules.Holds(grain))
            Raise(ref _referredSeq, seq);
        _cache.DropOlder(grain, version);
    }

    private static void Raise(ref long mark, long seq)
    {
        while (Volatile.Read(ref mark) is var current && seq > current && Interlocked.CompareExchange(ref mark, seq, current) != current)
        {
        }
    }

    private async Task<Activation> LoadAsync(GrainId grain)
    {
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await _loader.LoadAsync(grain);
            // First the reading: what cannot be read is not kept.
            var activation = ActivationOf(grain, loaded);
            // A grain without events is not kept: asking for what does not exist must not push out what does.
            if (loaded.State is null || TryKeep(RestingOf(grain, loaded), loaded.Seq) || attempt == LoadsMax)
                return activation;
        }
    }

    /// <summary>Takes in what was read, unless another silo may have written it meanwhile.</summary>
    private bool TryKeep(Activation resting, long seq)
    {
        if (seq < Volatile.Read(ref _foreignSeq))
            return false;
        _cache.Put(resting);
        if (seq < Volatile.Read(ref _foreignSeq))
            _cache.Drop(resting.Grain);
        return true;
    }

    /// <summary>A grain for whoever reads it now; it is not the one that is kept, so that the one that is rests.</summary>
    private static Activation ActivationOf(GrainId grain, LoadedGrain loaded) =>
        Activation.Of(grain, loaded.State is null ? null : LedgerJson.ReadState(loaded.State), loaded.Version, loaded.LastSeq);

    private static Activation RestingOf(GrainId grain, LoadedGrain loaded) => Activation.Resting(grain, loaded.State, loaded.Version, loaded.LastSeq);
}
