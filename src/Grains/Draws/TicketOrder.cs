namespace Supervision.Grains.Draws;

/// <summary>
/// Rows in the order of their tickets, put in order as far as somebody asks: of a million few are drawn. Tickets are hashes, so how many of them lie below
/// a limit is known well beforehand.
/// </summary>
/// <param name="tickets">The tickets.</param>
/// <param name="rows">The rows.</param>
internal sealed class TicketOrder(Tickets tickets, IReadOnlyList<int> rows)
{
    // More than are asked for, so that chance rarely leaves too few and those who follow the skipped are among them.
    private const int Spare = 1000;

    private int[] _ordered = [];

    /// <summary>How many rows there are.</summary>
    public int Count => rows.Count;

    /// <summary>The rows from one place of the order, counted from 0, to before another.</summary>
    public ReadOnlySpan<int> Between(int from, int to)
    {
        for (var wanted = (long)to; to > _ordered.Length; wanted *= 2)
            _ordered = tickets.InOrder(Below(wanted + (wanted / 4) + Spare));
        return _ordered.AsSpan(from, to - from);
    }

    /// <summary>The rows with the smallest tickets, about as many as are wanted.</summary>
    private IEnumerable<int> Below(long wanted)
    {
        if (wanted >= rows.Count)
            return rows;
        var limit = (ulong)((UInt128)wanted * ulong.MaxValue / (uint)rows.Count);
        return rows.Where(row => tickets.BeginningOf(row) < limit);
    }
}
