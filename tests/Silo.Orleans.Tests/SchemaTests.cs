using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Supervision.Ledger.Schema;
using Supervision.Silo.Orleans.Cluster;

namespace Supervision.Silo.Orleans.Tests;

/// <summary>The statements that Orleans finds by name, as the serving role runs them.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public async Task Every_statement_takes_the_parameters_that_it_names()
    {
        await using var register = await TestRegister.CreateAsync();
        await new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(register.ConnectionString, OrleansSchema.Scripts(), TestContext.Current.CancellationToken);
        await using var serving = LedgerDataSource.Create(register.ConnectionString);

        foreach (var (name, statement) in await StatementsAsync(serving))
        {
            await using var command = serving.CreateCommand(statement);
            foreach (var parameter in Parameter().Matches(statement).Select(match => match.Groups["name"].Value).Distinct())
                command.Parameters.AddWithValue(parameter, ValueOf(parameter));
            Assert.Null(await Record.ExceptionAsync(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)) is { } exception ? $"{name}: {exception.Message}" : null);
        }
    }

    [Fact]
    public async Task A_change_of_the_members_is_refused_when_another_was_quicker()
    {
        await using var register = await TestRegister.CreateAsync();
        await new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(register.ConnectionString, OrleansSchema.Scripts(), TestContext.Current.CancellationToken);
        await using var serving = LedgerDataSource.Create(register.ConnectionString);
        var statements = await StatementsAsync(serving);

        await ChangesAsync(1, "InsertMembershipVersionKey", 0, 1);
        await ChangesAsync(0, "InsertMembershipVersionKey", 0, 1);
        await ChangesAsync(1, "InsertMembershipKey", 0, 1);
        await ChangesAsync(0, "InsertMembershipKey", 0, 2);
        await ChangesAsync(1, "InsertMembershipKey", 1, 2);
        // One that is there already, at the right version, and one that is not there; the version is not counted up for them.
        await ChangesAsync(0, "InsertMembershipKey", 2, 2);
        await ChangesAsync(0, "UpdateMembershipKey", 2, 9);
        await ChangesAsync(0, "UpdateMembershipKey", 1, 1);
        await ChangesAsync(1, "UpdateMembershipKey", 2, 1);

        async Task ChangesAsync(int expected, string name, int version, int generation)
        {
            await using var command = serving.CreateCommand(statements[name]);
            foreach (var parameter in Parameter().Matches(statements[name]).Select(match => match.Groups["name"].Value).Distinct())
                command.Parameters.AddWithValue(parameter, parameter == "Version" ? version : parameter == "Generation" ? generation : ValueOf(parameter));
            Assert.Equal(expected, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_state_is_written_only_by_whoever_read_the_version_before()
    {
        await using var register = await TestRegister.CreateAsync();
        await new Migrator(NullLogger<Migrator>.Instance).MigrateAsync(register.ConnectionString, OrleansSchema.Scripts(), TestContext.Current.CancellationToken);
        await using var serving = LedgerDataSource.Create(register.ConnectionString);
        var statements = await StatementsAsync(serving);

        await AnswersAsync(1, "WriteToStorageKey", null);
        // Made by somebody else meanwhile, and changed by somebody else meanwhile: the version comes back as it was sent.
        await AnswersAsync(null, "WriteToStorageKey", null);
        await AnswersAsync(7, "WriteToStorageKey", 7);
        await AnswersAsync(2, "WriteToStorageKey", 1);
        await AnswersAsync(1, "ClearStorageKey", 1);
        await AnswersAsync(3, "ClearStorageKey", 2);
        await AnswersAsync(4, "WriteToStorageKey", 3);
        await AnswersAsync(3, "DeleteStorageKey", 3);
        await AnswersAsync(5, "DeleteStorageKey", 4);
        await AnswersAsync(1, "WriteToStorageKey", null);

        async Task AnswersAsync(int? expected, string name, int? version)
        {
            await using var command = serving.CreateCommand(statements[name]);
            foreach (var parameter in Parameter().Matches(statements[name]).Select(match => match.Groups["name"].Value).Distinct())
            {
                command.Parameters.AddWithValue(parameter, parameter switch
                {
                    "GrainStateVersion" => (object?)version ?? DBNull.Value,
                    "GrainIdExtensionString" => "cluster/x",
                    "GrainIdN0" or "GrainIdN1" => 0L,
                    _ => ValueOf(parameter),
                });
            }

            Assert.Equal(expected ?? (object)DBNull.Value, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    private static object ValueOf(string parameter) => parameter switch
    {
        "Port" or "Generation" or "Status" or "ProxyPort" or "Version" or "GrainHash" or "BeginHash" or "EndHash" or "GrainStateVersion" => 3,
        "GrainIdN0" or "GrainIdN1" => 3L,
        "PayloadBinary" => new byte[] { 1 },
        "Period" => 60_000,
        "StartTime" or "IAmAliveTime" => TestRegister.Start.UtcDateTime,
        _ => "x",
    };

    private static async Task<Dictionary<string, string>> StatementsAsync(NpgsqlDataSource dataSource)
    {
        var statements = new Dictionary<string, string>();
        await using var command = dataSource.CreateCommand("SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            statements[reader.GetString(0)] = reader.GetString(1);
        return statements;
    }

    [GeneratedRegex("@(?<name>[A-Za-z0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
