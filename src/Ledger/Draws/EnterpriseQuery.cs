using Npgsql;

namespace Supervision.Ledger.Draws;

/// <summary>A registered enterprise as a draw sees it.</summary>
/// <param name="Grain">The enterprise.</param>
/// <param name="RiskClass">Its credit-risk class; null without one.</param>
/// <param name="Region">Six-digit code; null where none is registered.</param>
public sealed record DrawnEnterprise(string Grain, string? RiskClass, string? Region);

/// <summary>Reads enterprises for draws of energy-conservation inspection.</summary>
public sealed class EnterpriseQuery(NpgsqlDataSource dataSource)
{
    private const string RegisteredSql = """
        SELECT register.grain, facet.risk_class, facet.region
        FROM unnest($1::text[]) AS asked (grain) JOIN register ON register.grain = asked.grain JOIN facet ON facet.id = register.facet
        """;

    private const string ListedSql = "SELECT DISTINCT grain FROM work WHERE item = 'energy-inspection' AND ($1::text IS NULL OR policy = $1) ORDER BY grain";

    /// <summary>Those of some enterprises that are registered under the identity that is asked for.</summary>
    public async Task<IReadOnlyList<DrawnEnterprise>> RegisteredAsync(IReadOnlyCollection<string> enterprises, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enterprises);
        await using var command = dataSource.CreateCommand(RegisteredSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. enterprises] });
        var found = new List<DrawnEnterprise>(enterprises.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new DrawnEnterprise(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return found;
    }

    /// <summary>Every enterprise that stands or stood in a plan of energy-conservation inspection; under one policy where it is named.</summary>
    public async Task<IReadOnlyList<GrainId>> ListedAsync(string? policy, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListedSql);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)policy ?? DBNull.Value });
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }
}
