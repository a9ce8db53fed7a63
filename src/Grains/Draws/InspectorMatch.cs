using Supervision.Grains.Inspectors;

namespace Supervision.Grains.Draws;

/// <summary>
/// Matches inspectors to visits by the seed of the draw. A visit takes, among those who may make it, who has the fewest; among
/// those the smallest tickets, and everyone who is taken draws a new ticket, so that the same two do not always go together.
/// </summary>
internal sealed class InspectorMatch
{
    private const string Tag = "draw-inspector/v1";

    private readonly string _draw;

    private readonly byte[] _seed;

    private readonly DrawHash _hash;

    private readonly int _perVisit;

    // Inspectors of the same regions and fields stand in one queue, so that looking for one of a place does not walk through those of all others.
    private readonly List<(PoolRow Alike, SortedSet<Waiting> Queue)> _queues = [];

    private readonly Dictionary<string, List<SortedSet<Waiting>>> _queuesOf = new(StringComparer.Ordinal);

    public InspectorMatch(string draw, byte[] seed, IReadOnlyList<PoolRow> pool, IReadOnlySet<string> skipped, int perVisit, DrawHash hash)
    {
        (_draw, _seed, _hash, _perVisit) = (draw, seed, hash, perVisit);
        foreach (var together in pool.Where(row => !skipped.Contains(row.Id)).GroupBy(row => $"{string.Join(',', row.Regions)}\n{string.Join('\n', row.Fields ?? [])}", StringComparer.Ordinal))
            _queues.Add((together.First(), new SortedSet<Waiting>(together.Select(row => Draw(row, row.Load)), Waiting.Order)));
    }

    /// <summary>Who visits an enterprise; empty when there are too few that may.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="regions">The regions of what is visited there; null among them: somewhere that only those without limits go.</param>
    /// <param name="fields">The fields of expertise that each of them needs.</param>
    public IReadOnlyList<string> Take(string enterprise, IReadOnlyList<string?> regions, IReadOnlyList<string> fields)
    {
        var taken = new (Waiting Inspector, SortedSet<Waiting> Queue)[_perVisit];
        var queues = QueuesOf(regions, fields);
        for (var i = 0; i < taken.Length; i++)
        {
            Waiting? best = null;
            SortedSet<Waiting>? from = null;
            foreach (var queue in queues)
            {
                if (FirstOf(queue, enterprise) is { } first && (best is null || Waiting.Order.Compare(first, best) < 0))
                    (best, from) = (first, queue);
            }

            if (best is null)
            {
                // Whoever was taken before goes back as it was.
                foreach (var (inspector, queue) in taken.AsSpan(0, i))
                    queue.Add(inspector);
                return [];
            }

            from!.Remove(best);
            taken[i] = (best, from);
        }

        foreach (var (inspector, queue) in taken)
            queue.Add(Draw(inspector.Row, inspector.Load + 1));
        return Array.ConvertAll(taken, entry => entry.Inspector.Row.Id);
    }

    /// <summary>Who comes first in a queue and need not keep away from an enterprise.</summary>
    private static Waiting? FirstOf(SortedSet<Waiting> queue, string enterprise) =>
        queue.Min is not { } first || MayVisit(first, enterprise) ? queue.Min : queue.FirstOrDefault(waiting => MayVisit(waiting, enterprise));

    private static bool MayVisit(Waiting waiting, string enterprise) => waiting.Row.Conflicts.Count == 0 || !waiting.Row.Conflicts.Contains(enterprise, StringComparer.Ordinal);

    private Waiting Draw(PoolRow row, int load) =>
        new(row, load, _hash.Begin(Tag).Part(_seed).Part(_draw).Part(row.Id).Number(load).ToArray());

    private List<SortedSet<Waiting>> QueuesOf(IReadOnlyList<string?> regions, IReadOnlyList<string> fields)
    {
        var name = regions is [var only] && fields.Count == 0 ? only ?? "" : $"{string.Join(',', regions)}\n{string.Join('\n', fields)}";
        if (!_queuesOf.TryGetValue(name, out var queues))
        {
            queues =
            [
                .. _queues
                    .Where(entry => regions.All(region => InspectorFitness.Covers(entry.Alike.Regions, region)) && fields.All(field => entry.Alike.Fields?.Contains(field, StringComparer.Ordinal) == true))
                    .Select(entry => entry.Queue),
            ];
            _queuesOf[name] = queues;
        }

        return queues;
    }

    private sealed record Waiting(PoolRow Row, int Load, byte[] Ticket)
    {
        public static Comparer<Waiting> Order { get; } = Comparer<Waiting>.Create((one, other) =>
            one.Load != other.Load ? one.Load.CompareTo(other.Load)
            : one.Ticket.AsSpan().SequenceCompareTo(other.Ticket) is var order && order != 0 ? order
            : string.CompareOrdinal(one.Row.Id, other.Row.Id));
    }
}
