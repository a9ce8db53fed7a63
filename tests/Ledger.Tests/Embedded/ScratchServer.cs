using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Ledger.Embedded;

namespace Supervision.Ledger.Tests.Embedded;

/// <summary>A directory for one test's server, removed with whatever still runs in it.</summary>
internal sealed class ScratchServer(string? name = null) : IAsyncDisposable
{
    private readonly string _parent = Path.Combine("/tmp", $"supervision-embedded-{Guid.NewGuid():N}");

    public string Directory => Path.Combine(_parent, name ?? "pg");

    public EmbeddedPostgresOptions Options => new() { Directory = Directory, SharedBuffersMegabytes = 32, MaxConnections = 20, IsDurable = false };

    public Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresRole role = EmbeddedPostgresRole.Owner) =>
        EmbeddedPostgres.StartAsync(Options with { Role = role }, NullLogger.Instance, TestContext.Current.CancellationToken);

    public static async Task<T> QueryAsync<T>(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public static Task<long> WriteAsync(EmbeddedPostgres server) =>
        QueryAsync<long>(server, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42::bigint AS value; SELECT value FROM kept");

    public static Task<long> ReadAsync(EmbeddedPostgres server) => QueryAsync<long>(server, "SELECT value FROM kept");

    public static void Kill(EmbeddedPostgres server)
    {
        using var postmaster = Process.GetProcessById(server.PostmasterPid()!.Value);
        postmaster.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        if (!System.IO.Directory.Exists(_parent))
            return;
        await EmbeddedPostgres.StopAbandonedAsync(Options, NullLogger.Instance, CancellationToken.None);
        System.IO.Directory.Delete(_parent, recursive: true);
    }
}
