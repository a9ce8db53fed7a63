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

        Assert.Equal([1, 0], [await RunAsync("InsertMembershipVersionKey", 0, 1), await RunAsync("InsertMembershipVersionKey", 0, 1)]);
        Assert.Equal([1, 0, 1], [await RunAsync("InsertMembershipKey", 0, 1), await RunAsync("InsertMembershipKey", 0, 2), await RunAsync("InsertMembershipKey", 1, 2)]);
        // The one that is there already, at the right version; nothing is counted up for it.
        Assert.Equal(0, await RunAsync("InsertMembershipKey", 2, 2));
        Assert.Equal([0, 1, 0], [await RunAsync("UpdateMembershipKey", 1, 1), await RunAsync("UpdateMembershipKey", 2, 1), await RunAsync("UpdateMembershipKey", 2, 2)]);
        Assert.Equal(0, await RunAsync("UpdateMembershipKey", 3, 9));

        async Task<int> RunAsync(string name, int version, int generation)
        {
            await using var command = serving.CreateCommand(statements[name]);
            foreach (var parameter in Parameter().Matches(statements[name]).Select(match => match.Groups["name"].Value).Distinct())
                command.Parameters.AddWithValue(parameter, parameter == "Version" ? version : parameter == "Generation" ? generation : ValueOf(parameter));
            return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private static object ValueOf(string parameter) => parameter switch
    {
        "Port" or "Generation" or "Status" or "ProxyPort" or "Version" or "GrainHash" or "BeginHash" or "EndHash" => 3,
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

    [GeneratedRegex("@(?<name>[A-Za-z]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
