using System.Buffers.Binary;

namespace Supervision.Grains.Draws;

/// <summary>
/// The tickets of the candidates of a draw. The smallest win, so there is nothing that could be divided unevenly, and taking one
/// candidate away changes nothing among the others.
/// </summary>
internal sealed class Tickets
{
    private const string Tag = "draw/v1";

    private const int ParallelFrom = 4096;

    private readonly IReadOnlyList<RosterRow> _rows;

    private readonly byte[] _tickets;

    public Tickets(string draw, byte[] seed, IReadOnlyList<RosterRow> rows, IReadOnlyDictionary<int, byte[]>? told = null)
    {
        _rows = rows;
        _tickets = new byte[rows.Count * DrawHash.Length];
        Ranges.Run(rows.Count, ParallelFrom, (hash, i) =>
        {
            if (rows[i].Exclusion is null)
                hash.Begin(Tag).Part(seed).Part(draw).Part(rows[i].Grain.Bytes).To(_tickets.AsSpan(i * DrawHash.Length, DrawHash.Length));
        });
        foreach (var (row, ticket) in told ?? new Dictionary<int, byte[]>())
            ticket.CopyTo(_tickets, row * DrawHash.Length);
    }

    /// <summary>The ticket of a row.</summary>
    public ReadOnlySpan<byte> Of(int row) => _tickets.AsSpan(row * DrawHash.Length, DrawHash.Length);

    /// <summary>Its first eight bytes, which tell nearly all apart.</summary>
    public ulong BeginningOf(int row) => BinaryPrimitives.ReadUInt64BigEndian(Of(row));

    /// <summary>Compares the tickets of two rows; equal ones by identity.</summary>
    public int Compare(int one, int other) =>
        Of(one).SequenceCompareTo(Of(other)) is var order && order != 0 ? order : _rows[one].Grain.CompareTo(_rows[other].Grain);

    /// <summary>Rows in the order of their tickets.</summary>
    public int[] InOrder(IEnumerable<int> rows)
    {
        var ordered = rows.ToArray();
        var keys = Array.ConvertAll(ordered, BeginningOf);
        Array.Sort(keys, ordered);
        for (var i = 1; i < keys.Length; i++)
        {
            var from = i - 1;
            while (i < keys.Length && keys[i] == keys[from])
                i++;
            if (i - from > 1)
                Array.Sort(ordered, from, i - from, Comparer<int>.Create(Compare));
        }

        return ordered;
    }
}
