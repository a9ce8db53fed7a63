using System.Runtime.CompilerServices;

namespace Supervision.Grains.Draws;

/// <summary>An inspector who waits for visits.</summary>
/// <param name="Row">The inspector.</param>
/// <param name="Load">Visits that they have already.</param>
/// <param name="Ticket">Their ticket for the next one.</param>
internal sealed record WaitingInspector(PoolRow Row, int Load, byte[] Ticket)
{
    private readonly ulong _beginning = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(Ticket);

    // Compiled at its best at once: a draw is over before the compiler would look at it again.
    /// <summary>Who has the fewest comes first, among those the smallest ticket.</summary>
    public static Comparer<WaitingInspector> Order { get; } = Comparer<WaitingInspector>.Create([MethodImpl(MethodImplOptions.AggressiveOptimization)] (one, other) =>
        one.Load != other.Load ? one.Load.CompareTo(other.Load)
        : one._beginning != other._beginning ? one._beginning.CompareTo(other._beginning)
        : one.Ticket.AsSpan().SequenceCompareTo(other.Ticket) is var order && order != 0 ? order
        : string.CompareOrdinal(one.Row.Id, other.Row.Id));
}

/// <summary>Inspectors of the same regions and fields, so that looking for one of a place does not walk through those of all others.</summary>
/// <param name="alike">One of them.</param>
internal sealed class InspectorQueue(PoolRow alike)
{
    private readonly PriorityQueue<WaitingInspector, WaitingInspector> _waiting = new(WaitingInspector.Order);

    private readonly List<WaitingInspector> _aside = [];

    /// <summary>One of them, whose regions and fields are those of all.</summary>
    public PoolRow Alike => alike;

    /// <summary>Puts an inspector in.</summary>
    public void Add(WaitingInspector inspector) => _waiting.Enqueue(inspector, inspector);

    /// <summary>Who comes first among those that need not keep away from an enterprise; whoever must stands aside until <see cref="Return"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public WaitingInspector? FirstFor(string enterprise)
    {
        while (_waiting.TryPeek(out var first, out _))
        {
            if (first.Row.Conflicts.Count == 0 || !first.Row.Conflicts.Contains(enterprise, StringComparer.Ordinal))
                return first;
            _aside.Add(_waiting.Dequeue());
        }

        return null;
    }

    /// <summary>Takes out who comes first.</summary>
    public void RemoveFirst() => _waiting.Dequeue();

    /// <summary>Puts those back who stood aside.</summary>
    public void Return()
    {
        foreach (var inspector in _aside)
            Add(inspector);
        _aside.Clear();
    }
}
