using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Supervision.Ledger.Schema;

/// <summary>Brings the schema up to what this version of the silo needs.</summary>
public sealed partial class Migrator(ILogger<Migrator> logger)
{
    /// <summary>The role as which a silo serves: everything it needs, no DDL.</summary>
    public const string ServingRole = "supervision_serving";

    private const string LockSql = "SELECT pg_advisory_lock(hashtext('supervision.migrations'))";

    private const string HistorySql = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            name       text PRIMARY KEY,
            hash       text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    /// <summary>
    /// Makes the serving role, unless the server has it, and gives it to this account. Roles belong to the whole server and
    /// the migration lock to one database only: another database may do the same at this moment, and then it is done.
    /// </summary>
    public const string RoleSql = $"""
        DO $$ BEGIN
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ServingRole}') THEN
                    CREATE ROLE {ServingRole} NOLOGIN;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
            BEGIN
                GRANT {ServingRole} TO CURRENT_USER;
            EXCEPTION WHEN unique_violation THEN NULL;
            END;
        END $$
        """;

    private const string AppliedSql = "SELECT name, hash FROM schema_migration";

    private const string RecordSql = "INSERT INTO schema_migration (name, hash) VALUES ($1, $2)";

    // Opens the tables that this transaction made, and no other: those of the ledger and its partitions stay append-only.
    private const string GrantMadeSql = $"""
        DO $$ DECLARE made regclass; BEGIN
            FOR made IN
                SELECT oid FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND xmin = pg_current_xact_id()::xid
            LOOP
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {ServingRole}', made);
            END LOOP;
        END $$
        """;

    private static readonly Assembly Scripts = typeof(Migrator).Assembly;

    /// <summary>Applies what is missing, each script in a transaction of its own, while no other silo does.</summary>
    /// <param name="connectionString">A connection of a role that may create tables and roles.</param>
    /// <param name="foreign">Scripts of components that bring their own tables, by name; applied once.</param>
    /// <param name="cancellationToken">Stops before the next script.</param>
    /// <exception cref="SchemaException">An applied script is not the one of this version, or the role may not do what is needed.</exception>
    public async Task MigrateAsync(string connectionString, IReadOnlyDictionary<string, string> foreign, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, LockSql, cancellationToken);
            await ExecuteAsync(connection, HistorySql, cancellationToken);
            var applied = await AppliedAsync(connection, cancellationToken);
            if (applied.Count == 0)
                await ExecuteAsync(connection, RoleSql, cancellationToken);
            foreach (var (name, sql) in Own())
                await ApplyAsync(connection, applied, name, sql, isOwn: true, cancellationToken);
            foreach (var (name, sql) in foreign)
            {
                await ApplyAsync(connection, applied, name, $"{sql};\n{GrantMadeSql}", isOwn: false, cancellationToken);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new SchemaException(
                $"The database role may not migrate the schema ({exception.MessageText}). Give ConnectionStrings:Migration an account that owns the "
                + $"database and may create roles, or create the role {ServingRole} and grant it to this account.", exception);
        }
    }

    /// <summary>The scripts of this version, in order.</summary>
    internal static IEnumerable<(string Name, string Sql)> Own() => Scripts.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name =>
        {
            using var reader = new StreamReader(Scripts.GetManifestResourceStream(name)!, Encoding.UTF8);
            return (name, reader.ReadToEnd());
        });

    private async Task ApplyAsync(
        NpgsqlConnection connection, Dictionary<string, string> applied, string name, string sql, bool isOwn, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        if (applied.TryGetValue(name, out var appliedHash))
        {
            if (isOwn && !string.Equals(appliedHash, hash, StringComparison.Ordinal))
                throw new SchemaException($"The database was migrated with another {name} than the one of this version.");
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, sql, cancellationToken);
        await using var record = new NpgsqlCommand(RecordSql, connection);
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = hash });
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogApplied(logger, name);
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand(AppliedSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            applied[reader.GetString(0)] = reader.GetString(1);
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Applied {Name}")]
    private static partial void LogApplied(ILogger logger, string name);
}

/// <summary>The schema of the database cannot be what this version needs.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SchemaException()
    {
    }

    /// <summary>Creates the exception with what is wrong and what to do.</summary>
    public SchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what is wrong and its cause.</summary>
    public SchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
