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
            activation = entry.Activation;
            return true;
        }

        activation = null;
        return false;
    }

    /// <summary>Takes an activation in, unless a newer one is there.</summary>
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
        if (_entries.TryGetValue(grain, out var entry) && entry.Activation.Version < version)
            Drop(grain);
    }

    /// <summary>Drops a grain; its place in the order is given up when its turn comes.</summary>
    public void Drop(GrainId grain) => _entries.TryRemove(grain, out _);

    private void Evict()
    {
        // Every entry loses its mark when it is passed, so this ends after one round at the latest.
        while (_order.TryDequeue(out var entry))
        {
            var isCurrent = _entries.TryGetValue(entry.Activation.Grain, out var current) && ReferenceEquals(current, entry);
            if (isCurrent && entry.Used)
            {
                entry.Used = false;
                _order.Enqueue(entry);
                continue;
            }

            if (isCurrent)
                _entries.TryRemove(new KeyValuePair<GrainId, Entry>(entry.Activation.Grain, entry));
            Interlocked.Decrement(ref _count);
            return;
        }
    }

    private sealed class Entry(Activation activation)
    {
        private Activation _activation = activation;
        private int _admitted;

        public Activation Activation => Volatile.Read(ref _activation);

        public bool Used { get; set; }

        public bool TryAdmit() => Interlocked.Exchange(ref _admitted, 1) == 0;

        public void Replace(Activation newer)
        {
            while (Activation is var current && current.Version < newer.Version)
            {
                if (ReferenceEquals(Interlocked.CompareExchange(ref _activation, newer, current), current))
                    return;
            }
        }
    }
}
