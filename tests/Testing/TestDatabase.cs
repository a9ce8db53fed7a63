using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;
using Supervision.Ledger.Embedded;

namespace Supervision.Testing;

/// <summary>A database for one test in the <see cref="TestServer"/>, dropped with whoever is still connected to it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<MethodInfo, Lazy<Task<string>>> _templates = new();
    private static int _count;

    private readonly EmbeddedPostgres _server;

    private TestDatabase(EmbeddedPostgres server, string name) =>
        (_server, Name, ConnectionString) = (server, name, ConnectionTo(server, name));

    /// <summary>The database's name, unique in the process.</summary>
    public string Name { get; }

    /// <summary>Connects to the database as superuser, password included, with a pool of at most 50 connections.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes an empty database.</summary>
    /// <exception cref="EmbeddedPostgresException">There is no server to make it in; the message says why.</exception>
    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var server = await TestServer.GetAsync(cancellationToken);
        return new TestDatabase(server, await CreateAsync(server, "template1", cancellationToken));
    }

    /// <summary>
    /// Makes a migrated database, by copying one that <paramref name="migrate"/> made. The migration runs once per
    /// process and method, so pass the same method everywhere, and let what it does depend on nothing but its argument,
    /// the connection string of the database to migrate.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">There is no server to make it in; the message says why.</exception>
    public static async Task<TestDatabase> CreateAsync(Func<string, Task> migrate, CancellationToken cancellationToken)
    {
        var server = await TestServer.GetAsync(cancellationToken);
        var template = await _templates
            .GetOrAdd(migrate.Method, _ => new Lazy<Task<string>>(() => CreateTemplateAsync(server, migrate)))
            .Value.WaitAsync(cancellationToken);
        return new TestDatabase(server, await CreateAsync(server, template, cancellationToken));
    }

    /// <summary>Drops the database; connections that are still open are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pooled);
        await ExecuteAsync(_server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }

    // Not cancellable: other tests wait for the same template.
    private static async Task<string> CreateTemplateAsync(EmbeddedPostgres server, Func<string, Task> migrate)
    {
        var name = await CreateAsync(server, "template1", CancellationToken.None);
        // A pool would keep connections to the template, and PostgreSQL copies none that is in use.
        await migrate(new NpgsqlConnectionStringBuilder(ConnectionTo(server, name)) { Pooling = false }.ConnectionString);
        await ExecuteAsync(server, $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false", CancellationToken.None);
        await ExecuteAsync(server, $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'", CancellationToken.None);
        return name;
    }

    private static async Task<string> CreateAsync(EmbeddedPostgres server, string template, CancellationToken cancellationToken)
    {
        var name = $"test_{Interlocked.Increment(ref _count)}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}", cancellationToken);
        return name;
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string ConnectionTo(EmbeddedPostgres server, string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, MaxPoolSize = 50 }.ConnectionString;
}
