using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>A holder of a title.</summary>
/// <param name="Grain">Its identity.</param>
/// <param name="Enterprise">The enterprise behind it; itself where there is none.</param>
/// <param name="Facet">The number of its facet.</param>
public readonly record struct HolderRow(Utf8Identity Grain, Utf8Identity Enterprise, long Facet);

/// <summary>
/// Reads holders in PostgreSQL's binary format for COPY: value by value through a reader, a million of them took longer in the silo than in the
/// database. What arrives is kept as it is, and the identities are parts of it.
/// </summary>
internal static class HolderRows
{
    // What COPY begins with when it has no extension: a signature of 11 bytes, flags and the length of the extension.
    private const int HeaderLength = 19;

    private const int ChunkLength = 1 << 20;

    private const int FacetLength = sizeof(long);

    /// <summary>Those that have one of some facets, in no order.</summary>
    public static Task<List<HolderRow>> ReadAsync(NpgsqlConnection connection, IEnumerable<long> facets, CancellationToken cancellationToken) =>
        ReadAsync(connection, facets, ChunkLength, cancellationToken);

    /// <summary>The same, in chunks of a length.</summary>
    internal static async Task<List<HolderRow>> ReadAsync(NpgsqlConnection connection, IEnumerable<long> facets, int chunkLength, CancellationToken cancellationToken)
    {
        // Statements of COPY take no parameters; these are numbers.
        var copy = $"COPY (SELECT grain, enterprise, facet FROM register WHERE facet = ANY ('{{{string.Join(',', facets)}}}')) TO STDOUT (FORMAT BINARY)";
        var rows = new List<HolderRow>();
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken);
        var (chunk, filled, at) = (new byte[chunkLength], 0, HeaderLength);
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(chunk.AsMemory(filled), 1, throwOnEndOfStream: false, cancellationToken);
            if (read == 0)
                throw new InvalidOperationException("The holders ended in the middle of a row.");
            filled += read;
            while (TryRead(chunk, filled, ref at, out var row))
            {
                if (row is null)
                    return rows;
                rows.Add(row.Value);
            }

            if (filled < chunk.Length)
                continue;
            // The rows read so far keep their chunk; what is left of it begins the next.
            var next = new byte[Math.Max(chunkLength, (filled - at) * 2)];
            chunk.AsSpan(at, filled - at).CopyTo(next);
            (chunk, filled, at) = (next, filled - at, 0);
        }
    }

    // Draws are rare and their registers large, so what is done for each row is compiled at its best at once.
    /// <summary>Reads the next row; false where it has not all arrived, null at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryRead(byte[] chunk, int filled, ref int at, out HolderRow? row)
    {
        row = null;
        var place = at;
        if (!Has(place, sizeof(short), filled))
            return false;
        if (BinaryPrimitives.ReadInt16BigEndian(chunk.AsSpan(place)) < 0)
            return true;
        place += sizeof(short);
        if (!TryReadText(chunk, filled, ref place, out var grain) || !TryReadText(chunk, filled, ref place, out var enterprise) || !Has(place, sizeof(int) + FacetLength, filled))
            return false;
        var facet = BinaryPrimitives.ReadInt64BigEndian(chunk.AsSpan(place + sizeof(int)));
        at = place + sizeof(int) + FacetLength;
        row = new HolderRow(grain!.Value, enterprise ?? grain.Value, facet);
        return true;
    }

    private static bool TryReadText(byte[] chunk, int filled, ref int place, out Utf8Identity? text)
    {
        text = null;
        if (!Has(place, sizeof(int), filled))
            return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(chunk.AsSpan(place));
        if (length < 0)
        {
            place += sizeof(int);
            return true;
        }

        if (!Has(place, sizeof(int) + length, filled))
            return false;
        text = new Utf8Identity(chunk, place + sizeof(int), length);
        place += sizeof(int) + length;
        return true;
    }

    private static bool Has(int place, int length, int filled) => place + length <= filled;
}
