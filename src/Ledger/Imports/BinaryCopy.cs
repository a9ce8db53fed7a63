using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Supervision.Ledger.Imports;

/// <summary>
/// Rows in PostgreSQL's binary format for COPY, put together in memory and sent in one piece: value by value through Npgsql's importer, writing
/// them took as long as deciding them. Not for several at once; the memory is used again.
/// </summary>
internal sealed class BinaryCopy
{
    private const int Int4Oid = 23;

    // PGCOPY and bytes that tell a broken transport; then no flags and no extension.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly DateOnly EpochDay = new(2000, 1, 1);

    private byte[] _bytes = new byte[1 << 16];

    /// <summary>Where the next value begins.</summary>
    public int Length { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        Length = 0;
        Header.CopyTo(Take(Header.Length));
    }

    /// <summary>Begins a row.</summary>
    public void StartRow(short columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);

    /// <summary>Writes a number, in the place of which another may be put later.</summary>
    /// <returns>The place.</returns>
    public int WritePlace()
    {
        Write(0L);
        return Length - sizeof(long);
    }

    /// <summary>Puts a number in its place.</summary>
    public void Put(int place, long value) => BinaryPrimitives.WriteInt64BigEndian(_bytes.AsSpan(place), value);

    /// <summary>Bytes that were written.</summary>
    public ReadOnlySpan<byte> At(int place, int length) => _bytes.AsSpan(place, length);

    public void WriteNull() => WriteInt32(-1);

    public void Write(long value)
    {
        WriteInt32(8);
        BinaryPrimitives.WriteInt64BigEndian(Take(8), value);
    }

    public void Write(string? text)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }

        var most = 4 + Encoding.UTF8.GetMaxByteCount(text.Length);
        var span = Take(most);
        var length = Encoding.UTF8.GetBytes(text, span[4..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        Length -= most - 4 - length;
    }

    /// <summary>Bytes, or a text in UTF-8.</summary>
    public void Write(byte[] value)
    {
        WriteInt32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Write(DateOnly? day)
    {
        if (day is not { } date)
        {
            WriteNull();
            return;
        }

        WriteInt32(4);
        WriteInt32(date.DayNumber - EpochDay.DayNumber);
    }

    public void Write(DateTimeOffset? instant)
    {
        if (instant is { } at)
            Write((at.UtcTicks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        else
            WriteNull();
    }

    /// <summary>An array of integers.</summary>
    public void Write(ReadOnlySpan<int> values)
    {
        // Dimensions, no nulls, type; then length and lower bound of the one dimension.
        WriteInt32(values.Length == 0 ? 12 : 20 + (8 * values.Length));
        WriteInt32(values.Length == 0 ? 0 : 1);
        WriteInt32(0);
        WriteInt32(Int4Oid);
        if (values.Length == 0)
            return;
        WriteInt32(values.Length);
        WriteInt32(1);
        foreach (var value in values)
        {
            WriteInt32(4);
            WriteInt32(value);
        }
    }

    /// <summary>Sends the rows.</summary>
    public async Task SendAsync(NpgsqlConnection connection, string copy)
    {
        StartRow(-1);
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy);
        await stream.WriteAsync(_bytes.AsMemory(0, Length));
    }

    private void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    private Span<byte> Take(int length)
    {
        if (_bytes.Length - Length < length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }
}
