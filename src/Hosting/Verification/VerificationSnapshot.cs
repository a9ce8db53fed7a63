using Npgsql;

namespace Supervision.Hosting.Verification;

/// <summary>One view of the database through several connections, whatever is written meanwhile.</summary>
internal sealed class VerificationSnapshot : IAsyncDisposable
{
    private const string ExportSql = "SELECT pg_export_snapshot()";

    // A connection waits while another is read, for longer than a silo's transactions may; sorting all events is worth memory. Everything is read whole, for which
    // a loop in a loop is never the way, whatever stale statistics say of how few rows there are.
    private static readonly string[] Settings =
    [
        "SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL statement_timeout = 0", "SET LOCAL work_mem = '64MB'", "SET LOCAL enable_nestloop = off",
    ];

    private readonly List<NpgsqlConnection> _connections = [];
    private readonly NpgsqlDataSource _dataSource;
    private string? _id;

    private VerificationSnapshot(NpgsqlDataSource dataSource) => _dataSource = dataSource;

    public static async Task<VerificationSnapshot> TakeAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var snapshot = new VerificationSnapshot(dataSource);
        try
        {
            var first = await snapshot.OpenAsync(cancellationToken);
            await using var export = new NpgsqlCommand(ExportSql, first);
            snapshot._id = (string)(await export.ExecuteScalarAsync(cancellationToken))!;
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>Another connection that sees the same; closed with the snapshot.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        _connections.Add(connection);
        // Ends with the connection. The identity comes from the server and cannot be a parameter.
        await ExecuteAsync(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken);
        if (_id is { } id)
            await ExecuteAsync(connection, $"SET TRANSACTION SNAPSHOT '{id}'", cancellationToken);
        foreach (var setting in Settings)
            await ExecuteAsync(connection, setting, cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await ExecuteAsync(connection, "ROLLBACK", CancellationToken.None);
            await connection.DisposeAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
