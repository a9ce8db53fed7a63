using Npgsql;

namespace Supervision.Hosting.Verification;

/// <summary>A stream of rows ordered by grain, which is their first column.</summary>
internal sealed class GrainRows(NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
{
    /// <summary>The current row, where there is one.</summary>
    public NpgsqlDataReader Reader => reader;

    /// <summary>The grain of the current row; null at the end.</summary>
    public string? Grain { get; private set; }

    public static async Task<GrainRows> OpenAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        var rows = new GrainRows(command, await command.ExecuteReaderAsync(cancellationToken));
        await rows.ReadAsync(cancellationToken);
        return rows;
    }

    public bool IsAt(string grain) => string.Equals(Grain, grain, StringComparison.Ordinal);

    public async Task ReadAsync(CancellationToken cancellationToken) =>
        Grain = await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : null;

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }
}

/// <summary>Columns that may be absent.</summary>
internal static class NullableColumns
{
    public static string? GetText(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset? GetInstant(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static long? GetLong(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
