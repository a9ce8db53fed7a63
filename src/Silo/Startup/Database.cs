using Npgsql;
using Supervision.Hosting.Jobs;
using Supervision.Ledger.Embedded;
using Supervision.Ledger.Schema;
using Supervision.Silo.Configuration;

namespace Supervision.Silo.Startup;

/// <summary>The database of a silo: the one it was given, or its own.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;
    private readonly string _migration;
    private readonly IReadOnlyDictionary<string, string> _foreign;

    private Database(EmbeddedPostgres? embedded, string connectionString, string migration, SiloSettings settings)
    {
        (_embedded, ConnectionString, _migration) = (embedded, connectionString, migration);
        _foreign = Scheduling.Scripts().Concat(Hosts.Scripts(settings)).ToDictionary();
        Serving = LedgerDataSource.Create(connectionString);
    }

    /// <summary>The connection as it was given; whoever uses it has all rights of its account.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections with the rights of a serving silo.</summary>
    public NpgsqlDataSource Serving { get; }

    /// <summary>Opens it: a serving silo owns its embedded server, a command only joins one or starts it for a while.</summary>
    public static async Task<Database> OpenAsync(SiloSettings settings, EmbeddedPostgresRole role, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (settings.ConnectionString is { } given)
            return new Database(null, given, settings.MigrationConnectionString ?? given, settings);
        var embedded = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions
            {
                Directory = Path.Combine(settings.Data.Directory, "pg"),
                SharedBuffersMegabytes = settings.Embedded.SharedBuffersMegabytes,
                HugePages = settings.Embedded.HugePages,
                Role = role,
            },
            loggers.CreateLogger<EmbeddedPostgres>(),
            cancellationToken);
        return new Database(embedded, embedded.ConnectionString, embedded.ConnectionString, settings);
    }

    /// <summary>Brings the schema up to this version.</summary>
    public Task MigrateAsync(ILoggerFactory loggers, CancellationToken cancellationToken) =>
        new Migrator(loggers.CreateLogger<Migrator>()).MigrateAsync(_migration, _foreign, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Serving.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }
}
