using Npgsql;

namespace Supervision.Ledger.Clock;

/// <summary>Where a manual clock stands, so that it never goes back across restarts.</summary>
public sealed class ManualClockStore(NpgsqlDataSource dataSource)
{
    private const string ReadSql = """
        SELECT greatest((SELECT now FROM manual_clock), (SELECT at FROM ledger WHERE seq = (SELECT seq FROM head)))
        """;

    private const string MovedSql = "SELECT now FROM manual_clock";

    private const string WriteSql = """
        INSERT INTO manual_clock (now) VALUES ($1) ON CONFLICT (only_row) DO UPDATE SET now = greatest(manual_clock.now, excluded.now)
        """;

    /// <summary>Where it stood, or when the last event was recorded; null on an empty ledger.</summary>
    public async Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime now ? new DateTimeOffset(now, TimeSpan.Zero) : null;
    }

    /// <summary>Where it was moved to; null where it never was.</summary>
    public async Task<DateTimeOffset?> MovedToAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(MovedSql);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime now ? new DateTimeOffset(now, TimeSpan.Zero) : null;
    }

    /// <summary>Keeps where it stands.</summary>
    public async Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WriteSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
