using Npgsql;
using Supervision.Ledger.Draws;

namespace Supervision.Ledger.Tests.Draws;

public sealed class HolderRowsTests
{
    private const string EnterSql = """
        INSERT INTO register (facet, grain, enterprise, search, terms)
        SELECT i % 3, 'factory/F-' || repeat('x', i % 50) || i, CASE WHEN i % 4 > 0 THEN 'enterprise/u-' || lpad(to_hex(i), 16, '0') END, '', ARRAY[]::integer[]
        FROM generate_series(1, 500) AS i
        """;

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(1 << 20)]
    public async Task They_are_the_same_however_they_are_cut(int chunkLength)
    {
        var token = TestContext.Current.CancellationToken;
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.ExecuteAsync(EnterSql);
        await using var connection = await ledger.Owner.OpenConnectionAsync(token);

        var rows = await HolderRows.ReadAsync(connection, [1, 2, -9], chunkLength, token);

        Assert.Equal(
            await RowsAsync(connection, "SELECT grain, coalesce(enterprise, grain), facet FROM register WHERE facet IN (1, 2)"),
            rows.Select(row => (row.Grain.ToString(), row.Enterprise.ToString(), row.Facet)).Order());
    }

    [Fact]
    public async Task Where_nobody_holds_anything_there_are_none_and_the_connection_goes_on()
    {
        var token = TestContext.Current.CancellationToken;
        await using var ledger = await TestLedger.CreateAsync();
        await using var connection = await ledger.Owner.OpenConnectionAsync(token);

        Assert.Empty(await HolderRows.ReadAsync(connection, [], token));
        Assert.Empty(await HolderRows.ReadAsync(connection, [1], token));
    }

    private static async Task<IEnumerable<(string, string, long)>> RowsAsync(NpgsqlConnection connection, string sql)
    {
        var rows = new List<(string, string, long)>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return rows.Order();
    }
}
