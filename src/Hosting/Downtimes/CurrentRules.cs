using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Supervision.Grains.Downtimes;
using Supervision.Grains.Policies;
using Supervision.Ledger.Downtimes;

namespace Supervision.Hosting.Downtimes;

/// <summary>
/// The rules with the downtimes that are confirmed by now, as of what this silo committed or followed: like inspectors they are what a decision refers
/// to, not grains that it reads in their turn.
/// </summary>
public sealed class CurrentRules : IHostedService
{
    private const string Prefix = "downtime/";

    private readonly ConcurrentDictionary<GrainId, (GrainState.Downtime State, long Version)> _known = new();

    private readonly Lock _changing = new();

    private readonly RuleBook _rules;

    private readonly DowntimeStore _store;

    private RuleBook _now;

    /// <summary>Begins with rules that know of no downtime.</summary>
    public CurrentRules(RuleBook rules, DowntimeStore store) => (_rules, _store, _now) = (rules, store, rules);

    /// <summary>The rules as of now.</summary>
    public RuleBook Book => Volatile.Read(ref _now);

    /// <summary>Every downtime, those that nobody has confirmed among them.</summary>
    public IEnumerable<(GrainId Grain, GrainState.Downtime State)> Downtimes => _known.Select(known => (known.Key, known.Value.State));

    /// <summary>The rules as they were known at an instant.</summary>
    public RuleBook KnownAt(DateTimeOffset instant) => Book.Downtimes.Count == 0 ? Book : _rules.With(PeriodsOf(state => state.ConfirmedAt <= instant));

    /// <summary>Whether a grain is a downtime.</summary>
    public static bool Holds(GrainId grain) => grain.Value.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Takes in a downtime at a version, unless a newer one is known.</summary>
    public void Put(GrainId grain, GrainState.Downtime state, long version)
    {
        lock (_changing)
        {
            if (_known.TryGetValue(grain, out var before) && before.Version >= version)
                return;
            _known[grain] = (state, version);
            Volatile.Write(ref _now, _rules.With(PeriodsOf(known => known.ConfirmedAt is not null)));
        }
    }

    /// <summary>Reads what other silos have written of some downtimes.</summary>
    public async Task LoadAsync(IReadOnlyCollection<GrainId> grains, CancellationToken cancellationToken) => PutAll(await _store.ReadAsync(grains, cancellationToken));

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken) => PutAll(await _store.ReadAsync(null, cancellationToken));

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IReadOnlyList<DowntimePeriod> PeriodsOf(Func<GrainState.Downtime, bool> which) =>
    [
        .. _known.Where(known => which(known.Value.State)).OrderBy(known => known.Value.State.From).ThenBy(known => known.Key)
            .Select(known => new DowntimePeriod(known.Key.Key, known.Value.State.Region, known.Value.State.From, known.Value.State.To, known.Value.State.MovedTo)),
    ];

    private void PutAll(IReadOnlyList<StoredDowntime> downtimes)
    {
        foreach (var stored in downtimes)
            Put(stored.Grain, (GrainState.Downtime)LedgerJson.ReadState(stored.State), stored.Version);
    }
}
