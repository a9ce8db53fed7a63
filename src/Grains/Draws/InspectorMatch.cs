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

    private readonly List<InspectorQueue> _queues = [];

    private readonly Dictionary<string, List<InspectorQueue>> _queuesOf = new(StringComparer.Ordinal);

    public InspectorMatch(string draw, byte[] seed, IReadOnlyList<PoolRow> pool, IReadOnlySet<string> skipped, int perVisit, DrawHash hash)
    {
        (_draw, _seed, _hash, _perVisit) = (draw, seed, hash, perVisit);
        foreach (var together in pool.Where(row => !skipped.Contains(row.Id)).GroupBy(row => $"{string.Join(',', row.Regions)}\n{string.Join('\n', row.Fields ?? [])}", StringComparer.Ordinal))
        {
            var queue = new InspectorQueue(together.First());
            foreach (var row in together)
                queue.Add(Draw(row, row.Load));
            _queues.Add(queue);
        }
    }

    /// <summary>Who visits an enterprise; empty when there are too few that may.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="regions">The regions of what is visited there; null among them: somewhere that only those without limits go.</param>
    /// <param name="fields">The fields of expertise that each of them needs.</param>
    public IReadOnlyList<string> Take(string enterprise, IReadOnlyList<string?> regions, IReadOnlyList<string> fields)
    {
        var taken = new (WaitingInspector Inspector, InspectorQueue Queue)[_perVisit];
        var queues = QueuesOf(regions, fields);
        var number = 0;
        while (number < taken.Length && FirstOf(queues, enterprise) is { } first)
        {
            first.Queue.RemoveFirst();
            taken[number++] = first;
        }

        var isEnough = number == taken.Length;
        // Where there are too few, whoever was taken goes back as they were.
        foreach (var (inspector, queue) in taken.AsSpan(0, number))
            queue.Add(isEnough ? Draw(inspector.Row, inspector.Load + 1) : inspector);
        foreach (var queue in queues)
            queue.Return();
        return isEnough ? Array.ConvertAll(taken, entry => entry.Inspector.Row.Id) : [];
    }

    /// <summary>Who comes first of several queues.</summary>
    private static (WaitingInspector Inspector, InspectorQueue Queue)? FirstOf(List<InspectorQueue> queues, string enterprise)
    {
        (WaitingInspector Inspector, InspectorQueue Queue)? best = null;
        foreach (var queue in queues)
        {
            if (queue.FirstFor(enterprise) is { } first && (best is null || WaitingInspector.Order.Compare(first, best.Value.Inspector) < 0))
                best = (first, queue);
        }

        return best;
    }

    private WaitingInspector Draw(PoolRow row, int load) =>
        new(row, load, _hash.Begin(Tag).Part(_seed).Part(_draw).Part(row.Id).Number(load).ToArray());

    private List<InspectorQueue> QueuesOf(IReadOnlyList<string?> regions, IReadOnlyList<string> fields)
    {
        var name = regions is [var only] && fields.Count == 0 ? only ?? "" : $"{string.Join(',', regions)}\n{string.Join('\n', fields)}";
        if (!_queuesOf.TryGetValue(name, out var queues))
        {
            queues =
            [
                .. _queues.Where(queue =>
                    regions.All(region => InspectorFitness.Covers(queue.Alike.Regions, region)) && fields.All(field => queue.Alike.Fields?.Contains(field, StringComparer.Ordinal) == true)),
            ];
            _queuesOf[name] = queues;
        }

        return queues;
    }
}
