using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>How many open checks name each inspector.</summary>
public sealed class InspectorLoads(NpgsqlDataSource dataSource)
{
    private const string LoadsSql = """
        SELECT inspector, count(*)::int FROM work, unnest(inspectors) AS named (inspector) WHERE item = 'check' GROUP BY inspector
        """;

    /// <summary>The open checks of each inspector; who has none is absent.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LoadsSql);
        var loads = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            loads[reader.GetString(0)] = reader.GetInt32(1);
        return loads;
    }
}
