using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>What came of a draw until now.</summary>
/// <param name="Visited">Visits that were made.</param>
/// <param name="Made">Checks whose result stands, or inspections that were made.</param>
public sealed record DrawCount(long Visited, long Made);

/// <summary>Counts what came of draws. It stands in the states of entities, so that it agrees with the ledger and no command pays for it.</summary>
public sealed class DrawCounts(NpgsqlDataSource dataSource)
{
    private const string DrawsSql = "SELECT grain, state FROM entity WHERE grain >= 'draw/' AND grain < 'draw0' ORDER BY grain";

    private const string CountsSql = """
        SELECT draw, item, count(*)
        FROM (SELECT state::jsonb AS state FROM entity WHERE state LIKE '%"draw":"%' AND kind <> 'draw') AS held
        CROSS JOIN LATERAL (
            SELECT made ->> 'draw', 'made' FROM jsonb_array_elements(coalesce(held.state -> 'checks', '[]')) AS made WHERE made ->> 'status' = 'confirmed'
            UNION ALL
            SELECT made -> 'onSite' ->> 'draw', 'made' FROM jsonb_array_elements(coalesce(held.state -> 'energyInspections', '[]')) AS made WHERE made ? 'outcome'
            UNION ALL
            SELECT visit ->> 'draw', 'visited' FROM jsonb_array_elements(coalesce(held.state -> 'visits', '[]')) AS visit WHERE visit ->> 'status' = 'made' AND NOT visit ? 'department'
        ) AS found (draw, item)
        WHERE draw IS NOT NULL
        GROUP BY draw, item
        """;

    /// <summary>Every draw as it is stored, in UTF-8, in the order of their keys.</summary>
    public async Task<IReadOnlyList<(GrainId Draw, byte[] State)>> DrawsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DrawsSql);
        var draws = new List<(GrainId, byte[])>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            draws.Add((GrainId.FromStored(reader.GetString(0)), reader.GetFieldValue<byte[]>(1)));
        return draws;
    }

    /// <summary>What came of each draw, by its key; of which nothing came yet it is absent. Draws of other platforms are among them.</summary>
    public async Task<IReadOnlyDictionary<string, DrawCount>> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountsSql);
        var counts = new Dictionary<string, DrawCount>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var before = counts.GetValueOrDefault(reader.GetString(0)) ?? new DrawCount(0, 0);
            counts[reader.GetString(0)] = reader.GetString(1) == "made" ? before with { Made = reader.GetInt64(2) } : before with { Visited = reader.GetInt64(2) };
        }

        return counts;
    }
}
