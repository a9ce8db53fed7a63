using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Supervision.Hosting.Activations;

/// <summary>
/// Recently used grains, at most as many as configured. Leaving is by second chance, the cheap form of least recently
/// used: reading only sets a mark, so a read takes no lock and moves nothing. The base library's memory cache finds its
/// victims by sorting all entries, which stalls at this size.
/// </summary>
internal sealed class ActivationCache(int capacity)
{
    private readonly ConcurrentDictionary<GrainId, Entry> _entries = new();
    private readonly ConcurrentQueue<Entry> _order = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryGet(GrainId grain, [NotNullWhen(true)] out Activation? activation)
    {
        if (_entries.TryGetValue(grain, out var entry))
        {
            entry.Used = true;
            activation = entry.Kept;
            return true;
        }

        activation = null;
        return false;
    }

    /// <summary>Whether a grain is there.</summary>
    public bool Contains(GrainId grain) => _entries.ContainsKey(grain);

    /// <summary>Takes a grain in, unless a newer one is there.</summary>
    public void Put(Activation activation)
    {
        var entry = _entries.GetOrAdd(activation.Grain, static (_, added) => new Entry(added), activation);
        if (entry.TryAdmit())
        {
            _order.Enqueue(entry);
            if (Interlocked.Increment(ref _count) > capacity)
                Evict();
        }

        entry.Replace(activation);
    }

    /// <summary>Drops a grain that is older than a version.</summary>
    public void DropOlder(GrainId grain, long version)
    {
        if (_entries.TryGetValue(grain, out var entry) && entry.Kept.Version < version)
            Drop(grain);
    }

    /// <summary>Drops a grain; its place in the order is given up when its turn comes.</summary>
    public void Drop(GrainId grain) => _entries.TryRemove(grain, out _);

    private void Evict()
    {
        // Every entry loses its mark when it is passed, so this ends after one round at the latest.
        while (_order.TryDequeue(out var entry))
        {
            var isCurrent = _entries.TryGetValue(entry.Kept.Grain, out var current) && ReferenceEquals(current, entry);
            if (isCurrent && entry.Used)
            {
                entry.Used = false;
                _order.Enqueue(entry);
                continue;
            }

            if (isCurrent)
                _entries.TryRemove(new KeyValuePair<GrainId, Entry>(entry.Kept.Grain, entry));
            Interlocked.Decrement(ref _count);
            return;
        }
    }

    /// <summary>The place of a grain.</summary>
    private sealed class Entry(Activation added)
    {
        private Activation _kept = added;
        private int _admitted;

        public Activation Kept => Volatile.Read(ref _kept);

        public bool Used { get; set; }

        public bool TryAdmit() => Interlocked.Exchange(ref _admitted, 1) == 0;

        public void Replace(Activation newer)
        {
            while (Kept is var kept && kept.Version < newer.Version)
            {
                if (ReferenceEquals(Interlocked.CompareExchange(ref _kept, newer, kept), kept))
                    return;
            }
        }
    }
}
