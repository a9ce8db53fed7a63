using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Which entities are withheld from those who do not supervise.</summary>
public sealed class Restrictions(NpgsqlDataSource dataSource)
{
    private const string WithheldSql = """
        SELECT asked.grain FROM unnest($1::text[]) AS asked (grain)
        WHERE EXISTS (SELECT FROM restriction WHERE restriction.grain = asked.grain)
            OR EXISTS (SELECT FROM entity JOIN restriction ON restriction.grain = entity.enterprise WHERE entity.grain = asked.grain)
        """;

    /// <summary>Those of some entities that are withheld: themselves, or by the enterprise behind them.</summary>
    public async Task<IReadOnlySet<GrainId>> WithheldAsync(IReadOnlyCollection<GrainId> entities, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WithheldSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. entities.Select(entity => entity.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var withheld = new HashSet<GrainId>();
        while (await reader.ReadAsync(cancellationToken))
            withheld.Add(GrainId.FromStored(reader.GetString(0)));
        return withheld;
    }
}
