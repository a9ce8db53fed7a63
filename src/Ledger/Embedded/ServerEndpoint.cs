using System.Diagnostics;
using Npgsql;

namespace Supervision.Ledger.Embedded;

/// <summary>Where a server listens and how to get in.</summary>
internal sealed record ServerEndpoint(string SocketDirectory, int Port, string Password)
{
    public const string DatabaseName = "supervision";
    private const string MaintenanceDatabase = "postgres";
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = SocketDirectory,
            Port = Port,
            Username = ServerCluster.RoleName,
            Password = Password,
            Database = database,
        }.ConnectionString;

    /// <summary>Waits until the server answers, and makes our database when it is not there yet.</summary>
    public async Task EnsureDatabaseAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        const string ExistsSql = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";

        await using var connection = await AwaitDatabaseAsync(MaintenanceDatabase, timeout, cancellationToken);
        await using var exists = new NpgsqlCommand(ExistsSql, connection) { Parameters = { new() { Value = DatabaseName } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return;
        await using var create = new NpgsqlCommand($"CREATE DATABASE {DatabaseName}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Connects to a database, waiting until the server is up and the database is there.</summary>
    /// <exception cref="EmbeddedPostgresException">That did not happen in time, or the password is not the server's.</exception>
    public async Task<NpgsqlConnection> AwaitDatabaseAsync(string database, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ConnectionString;
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var connection = new NpgsqlConnection(unpooled);
            try
            {
                await connection.OpenAsync(cancellationToken);
                return connection;
            }
            catch (NpgsqlException e) when (MayPass(e) && waited.Elapsed < timeout)
            {
                await connection.DisposeAsync();
            }
            catch (NpgsqlException e)
            {
                await connection.DisposeAsync();
                throw new EmbeddedPostgresException($"The PostgreSQL on {SocketDirectory}, port {Port}, does not let us in: {e.Message}", e);
            }

            await Task.Delay(_pollInterval, cancellationToken);
        }
    }

    /// <summary>Removes a socket directory that was made for one run of the server.</summary>
    public void Remove(ServerDirectory directory)
    {
        if (SocketDirectory != directory.Socket && Directory.Exists(SocketDirectory))
            Directory.Delete(SocketDirectory, recursive: true);
    }

    // Not reachable yet, starting up, or the database not made yet.
    private static bool MayPass(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: not (PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.InvalidCatalogName) };
}
