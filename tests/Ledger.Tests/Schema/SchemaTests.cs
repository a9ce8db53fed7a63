using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Ledger.Schema;
using Supervision.Ledger.Tests.Embedded;
using Supervision.Testing;

namespace Supervision.Ledger.Tests.Schema;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("UPDATE ledger SET actor = 'x'")]
    [InlineData("DELETE FROM ledger")]
    [InlineData("TRUNCATE ledger")]
    [InlineData("UPDATE ledger_00000 SET actor = 'x'")]
    [InlineData("DELETE FROM ledger_00000")]
    [InlineData("TRUNCATE ledger_00000")]
    [InlineData("UPDATE batch SET root = NULL")]
    [InlineData("DELETE FROM batch")]
    [InlineData("TRUNCATE batch")]
    [InlineData("UPDATE audit SET outcome = 'done'")]
    [InlineData("DELETE FROM audit")]
    [InlineData("TRUNCATE audit")]
    public async Task Not_even_the_owner_changes_the_ledger(string sql)
    {
        await using var ledger = await CreateFilledAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ledger.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await ledger.AssertWholeAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE mine (id integer)")]
    [InlineData("DROP TABLE wake_up_due")]
    [InlineData("ALTER TABLE ledger DISABLE TRIGGER ALL")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("INSERT INTO head (only_row, seq, frontier) VALUES (false, 0, '')")]
    [InlineData("DELETE FROM head")]
    [InlineData("UPDATE rules SET hash = 'x'")]
    [InlineData("UPDATE private_member SET value = 'x'")]
    [InlineData("SELECT * FROM schema_migration")]
    public async Task The_serving_role_may_serve_and_nothing_else(string sql)
    {
        await using var ledger = await CreateFilledAsync();
        await using var command = ledger.Serving().CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_serving_role_has_no_right_to_change_what_is_append_only()
    {
        await using var ledger = await CreateFilledAsync();
        await ledger.QueryAsync<int>("SELECT ensure_ledger_partitions(10000000)");
        await MigrateAsync(ledger, new Dictionary<string, string> { ["foreign"] = "CREATE TABLE foreign_table (id integer)" });

        Assert.Empty(await ledger.QueryAsync<string[]>($"""
            SELECT coalesce(array_agg(relname || ' ' || privilege), ARRAY[]::text[])
            FROM pg_class CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) AS privilege
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND (relname LIKE 'ledger%' OR relname IN ('batch', 'rules', 'audit', 'schema_migration'))
                AND has_table_privilege('{Migrator.ServingRole}', pg_class.oid, privilege)
            """));
        Assert.True(await ledger.QueryAsync<bool>(
            $"SELECT bool_and(has_table_privilege('{Migrator.ServingRole}', 'foreign_table', privilege)) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege"));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var ledger = await CreateFilledAsync();
        var foreign = new Dictionary<string, string> { ["foreign"] = "CREATE TABLE foreign_table (id integer)" };
        await MigrateAsync(ledger, foreign);
        var applied = await ledger.QueryAsync<string>("SELECT string_agg(name || hash || applied_at, ',' ORDER BY name) FROM schema_migration");

        await Task.WhenAll(MigrateAsync(ledger, foreign), MigrateAsync(ledger, foreign));

        Assert.Equal(applied, await ledger.QueryAsync<string>("SELECT string_agg(name || hash || applied_at, ',' ORDER BY name) FROM schema_migration"));
        await ledger.AssertWholeAsync();
    }

    [Fact]
    public async Task Databases_of_one_server_may_be_migrated_for_the_first_time_at_once()
    {
        await using var scratch = new ScratchServer();
        await using var server = await scratch.StartAsync();
        var databases = Enumerable.Range(1, 6).Select(i => $"first_{i}").ToArray();
        foreach (var database in databases)
            await ScratchServer.QueryAsync<object?>(server, $"CREATE DATABASE {database}");

        string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, Pooling = false }.ConnectionString;
        // They collide where the role is there and not yet given to the account; now and then, so it is tried again.
        for (var round = 1; round <= 20; round++)
        {
            await ScratchServer.QueryAsync<object?>(server, $"DROP ROLE IF EXISTS {Migrator.ServingRole}; CREATE ROLE {Migrator.ServingRole} NOLOGIN");
            await Task.WhenAll(databases.Select(async database =>
            {
                await using var dataSource = NpgsqlDataSource.Create(ConnectionTo(database));
                await using var command = dataSource.CreateCommand(Migrator.RoleSql);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }));
        }

        await ScratchServer.QueryAsync<object?>(server, $"DROP ROLE {Migrator.ServingRole}");
        await Task.WhenAll(databases.Select(database => TestLedger.MigrateAsync(ConnectionTo(database))));

        Assert.Equal(1L, await ScratchServer.QueryAsync<long>(server, $"SELECT count(*) FROM pg_roles WHERE rolname = '{Migrator.ServingRole}'"));
    }

    [Fact]
    public async Task A_script_other_than_the_applied_one_is_refused()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.ExecuteAsync("UPDATE schema_migration SET hash = 'other' WHERE name LIKE '0002%'");

        var refused = await Assert.ThrowsAsync<SchemaException>(() => MigrateAsync(ledger, new Dictionary<string, string>()));

        Assert.Contains("0002_append.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var broken = new Dictionary<string, string> { ["broken"] = "CREATE TABLE half (id integer); SELECT nonsense" };

        await Assert.ThrowsAsync<PostgresException>(() => MigrateAsync(ledger, broken));

        Assert.False(await ledger.QueryAsync<bool>("SELECT to_regclass('half') IS NOT NULL OR EXISTS (SELECT FROM schema_migration WHERE name = 'broken')"));
    }

    [Fact]
    public async Task Partitions_are_made_ahead_by_the_serving_role()
    {
        await using var ledger = await CreateFilledAsync();
        await using var ensure = ledger.Serving().CreateCommand("SELECT ensure_ledger_partitions(25000000)");

        Assert.Equal(2, await ensure.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await ensure.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await ledger.ExecuteAsync("""
            INSERT INTO ledger SELECT 10000000, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash FROM ledger WHERE seq = 1
            """);
        Assert.Equal(1L, await ledger.QueryAsync<long>("SELECT count(*) FROM ledger_00001"));
        foreach (var sql in (string[])["TRUNCATE ledger_00001", "DELETE FROM ledger_00001", "TRUNCATE ledger_00002"])
            await Assert.ThrowsAsync<PostgresException>(() => ledger.ExecuteAsync(sql));
    }

    [Fact]
    public async Task Every_statement_fits_the_schema()
    {
        await using var ledger = await TestLedger.CreateAsync();
        Assert.Empty(await Statements.FailingAsync(typeof(Migrator).Assembly, ledger.Owner));
    }

    private static async Task<TestLedger> CreateFilledAsync()
    {
        var ledger = await TestLedger.CreateAsync();
        var writer = await ledger.StartWriterAsync();
        await writer.AppendAsync(TestLedger.Request(TestLedger.Event(TestLedger.Grain("F-1"), 0)));
        await ledger.ExecuteAsync("INSERT INTO audit (at, outcome, method, route, times) VALUES (now(), 'denied-role', 'GET', '/', 1)");
        return ledger;
    }

    private static Task MigrateAsync(TestLedger ledger, Dictionary<string, string> foreign) =>
        new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(ledger.ConnectionString, foreign, TestContext.Current.CancellationToken);
}
