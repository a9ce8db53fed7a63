using System.IO.Compression;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>What a draw is made of besides its roster, until its record is open.</summary>
/// <param name="Secret">What goes into the seed, 32 bytes.</param>
/// <param name="RosterKey">What the salts of the roster are made of, 32 bytes.</param>
/// <param name="PoolKey">What the salts of the inspectors are made of, 32 bytes.</param>
/// <param name="Pool">The inspectors, as they are written.</param>
public sealed record DrawMaterial(byte[] Secret, byte[] RosterKey, byte[] PoolKey, byte[] Pool);

/// <summary>A file of a draw.</summary>
public enum DrawFile
{
    /// <summary>The roster.</summary>
    Roster,

    /// <summary>The whole record.</summary>
    Record,

    /// <summary>The record as the public is shown it.</summary>
    PublicRecord,
}

/// <summary>Keeps what draws are made of, and their records.</summary>
public sealed class DrawStore(NpgsqlDataSource dataSource)
{
    private const int PartLength = 1 << 20;

    private const string LockSql = "SELECT pg_advisory_lock(hashtextextended('supervision.draw.' || $1, 0))";

    private const string UnlockSql = "SELECT pg_advisory_unlock(hashtextextended('supervision.draw.' || $1, 0))";

    private const string KeepSql = """
        INSERT INTO draw_material (draw, secret, roster_key, pool_key, pool, stored_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (draw) DO UPDATE SET
            secret = excluded.secret, roster_key = excluded.roster_key, pool_key = excluded.pool_key, pool = excluded.pool, stored_at = excluded.stored_at
        """;

    private const string FindSql = "SELECT secret, roster_key, pool_key, pool FROM draw_material WHERE draw = $1";

    private const string ForgetPartsSql = "DELETE FROM draw_part WHERE draw = $1 AND file = $2";

    private const string AddPartSql = "INSERT INTO draw_part (draw, file, part, content) VALUES ($1, $2, $3, $4)";

    private const string PartsSql = "SELECT content FROM draw_part WHERE draw = $1 AND file = $2 ORDER BY part";

    private const string BatchSql = "SELECT last_seq, root FROM batch WHERE last_seq >= $1 ORDER BY last_seq LIMIT 1";

    // Draws are few, and each has its status in its state. They are found by their identities: there is no index of kinds.
    private const string UnderWaySql = """SELECT grain FROM entity WHERE grain >= 'draw/' AND grain < 'draw0' AND state NOT LIKE '%"status":"opened"%' ORDER BY grain""";

    private const string ListSql = """
        SELECT grain FROM entity WHERE grain >= 'draw/' AND grain < 'draw0' AND ($1::text IS NULL OR grain > $1) ORDER BY grain LIMIT $2
        """;

    private const string OpenWorkSql = """
        SELECT DISTINCT work.grain FROM work JOIN unnest($1::text[]) AS asked (grain) ON asked.grain = work.grain
        WHERE item = $2 AND (item <> 'energy-inspection' OR status IN ('listed', 'notified'))
        """;

    /// <summary>Holds a draw for one silo at a time, until what is returned is disposed.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string draw, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(LockSql, connection) { CommandTimeout = 0 };
            Add(command, draw);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new Hold(connection, draw);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps what a draw is made of; what an announcement left behind that never came about is replaced.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="material">What it is made of.</param>
    /// <param name="roster">Its roster, as it is written.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the work; nothing is kept then.</param>
    public async Task KeepAsync(GrainId draw, DrawMaterial material, IReadOnlyList<byte[]> roster, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(material);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(KeepSql, connection);
        Add(command, draw.Value);
        Add(command, material.Secret);
        Add(command, material.RosterKey);
        Add(command, material.PoolKey);
        Add(command, material.Pool);
        Add(command, at.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await WriteAsync(connection, draw, DrawFile.Roster, roster.ToAsyncEnumerable(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What a draw is made of; null where nothing is kept.</summary>
    public async Task<DrawMaterial?> FindAsync(GrainId draw, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindSql);
        Add(command, draw.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new DrawMaterial(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    /// <summary>Keeps a file of a draw, in the place of one that is kept.</summary>
    public async Task WriteAsync(GrainId draw, DrawFile file, Stream content, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await WriteAsync(connection, draw, file, PartsOf(content, cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A file of a draw, compressed (gzip); null where none is kept.</summary>
    public async Task<Stream?> ReadAsync(GrainId draw, DrawFile file, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        foreach (var part in await ReadPartsAsync(draw, file, cancellationToken))
            content.Write(part);
        if (content.Length == 0)
            return null;
        content.Position = 0;
        return content;
    }

    /// <summary>The parts of a file of a draw, in order; none where none is kept.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadPartsAsync(GrainId draw, DrawFile file, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PartsSql);
        Add(command, draw.Value);
        Add(command, NameOf(file));
        var parts = new List<byte[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            parts.Add(reader.GetFieldValue<byte[]>(0));
        return parts;
    }

    /// <summary>Compresses what is written to a stream, as files are kept.</summary>
    public static MemoryStream Compress(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var content = new MemoryStream();
        using (var compressed = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            write(compressed);
        content.Position = 0;
        return content;
    }

    /// <summary>The size and root of the ledger up to the batch in which a draw was announced.</summary>
    /// <exception cref="InvalidOperationException">The draw was not announced.</exception>
    public async Task<(long Size, byte[] Root)> RootOfAnnouncementAsync(long seq, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BatchSql);
        Add(command, seq);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1))
            : throw new InvalidOperationException($"No batch holds event {seq}.");
    }

    /// <summary>Draws after one, in the order of their keys.</summary>
    public async Task<IReadOnlyList<GrainId>> ListAsync(GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListSql);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)after?.Value ?? DBNull.Value });
        Add(command, limit);
        return await GrainsAsync(command, cancellationToken);
    }

    /// <summary>Every draw whose record is not open to everyone yet, in the order of their keys.</summary>
    public async Task<IReadOnlyList<GrainId>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(UnderWaySql);
        return await GrainsAsync(command, cancellationToken);
    }

    /// <summary>Those of some entities on which something is to be done that draws of a purpose order.</summary>
    public async Task<IReadOnlyList<GrainId>> WithOpenWorkAsync(DrawPurpose purpose, IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        await using var command = dataSource.CreateCommand(OpenWorkSql);
        Add<string[]>(command, [.. entities.Select(entity => entity.Value)]);
        Add(command, purpose == DrawPurpose.SpotChecks ? WorkColumns.Check : WorkColumns.EnergyInspection);
        return await GrainsAsync(command, cancellationToken);
    }

    private static async Task<IReadOnlyList<GrainId>> GrainsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection, GrainId draw, DrawFile file, IAsyncEnumerable<byte[]> parts, CancellationToken cancellationToken)
    {
        await using (var forget = new NpgsqlCommand(ForgetPartsSql, connection))
        {
            Add(forget, draw.Value);
            Add(forget, NameOf(file));
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        var place = 0;
        await foreach (var part in parts.WithCancellation(cancellationToken))
        {
            await using var add = new NpgsqlCommand(AddPartSql, connection);
            Add(add, draw.Value);
            Add(add, NameOf(file));
            Add(add, place++);
            Add(add, part);
            await add.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async IAsyncEnumerable<byte[]> PartsOf(Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[PartLength];
        while (await content.ReadAtLeastAsync(buffer, PartLength, throwOnEndOfStream: false, cancellationToken) is > 0 and var length)
            yield return buffer[..length];
    }

    private static string NameOf(DrawFile file) => file switch
    {
        DrawFile.Roster => "roster",
        DrawFile.Record => "record",
        _ => "public-record",
    };

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private sealed class Hold(NpgsqlConnection connection, string draw) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var closing = connection;
            // A connection that is lost has let go already.
            if (connection.State != System.Data.ConnectionState.Open)
                return;
            await using var command = new NpgsqlCommand(UnlockSql, connection);
            Add(command, draw);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
