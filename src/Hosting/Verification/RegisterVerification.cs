using Npgsql;

namespace Supervision.Hosting.Verification;

/// <summary>What lists and searches look in repeats the columns of the entities, which are verified by then.</summary>
internal static class RegisterVerification
{
    private const string DifferenceSql = """
        SELECT coalesce(register.grain, entity.grain)::text,
            row(entity.region, entity.risk_class, entity.standing, entity.enterprise, entity.search)::text,
            row(register.region, register.risk_class, register.standing, register.enterprise, register.search)::text,
            entity.grain IS NULL, register.grain IS NULL
        FROM (SELECT * FROM entity WHERE search IS NOT NULL) AS entity
        FULL JOIN register ON register.grain = entity.grain
        WHERE (entity.grain, entity.region, entity.risk_class, entity.standing, entity.enterprise, entity.search)
            IS DISTINCT FROM (register.grain, register.region, register.risk_class, register.standing, register.enterprise, register.search)
        ORDER BY 1 LIMIT 1
        """;

    public static async Task<Difference?> RunAsync(VerificationSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DifferenceSql, await snapshot.OpenAsync(cancellationToken)) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var expected = reader.GetBoolean(3) ? "no row" : reader.GetString(1);
        var found = reader.GetBoolean(4) ? "no row" : reader.GetString(2);
        return new Difference(DifferenceKind.Register, null, reader.GetString(0), expected, found);
    }
}
