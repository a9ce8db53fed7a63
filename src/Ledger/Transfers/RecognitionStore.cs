using Npgsql;
using Supervision.Ledger.Duties;
using Supervision.Ledger.Query;

namespace Supervision.Ledger.Transfers;

/// <summary>Finds the titles from which others follow, and keeps how far they have been looked through.</summary>
public sealed class RecognitionStore(NpgsqlDataSource dataSource)
{
    private const string SourcesSql = """
        SELECT DISTINCT title.grain FROM title JOIN entity ON entity.grain = title.grain
        WHERE policy = ANY ($1::text[]) AND status IN ('listed', 'rectifying', 'suspended') AND ($2::text IS NULL OR title.grain > $2)
            AND ($3::text[] IS NULL OR region LIKE ANY ($3)) AND region NOT LIKE ALL ($4::text[])
        ORDER BY title.grain LIMIT $5
        """;

    private const string ReadSql = "SELECT version, up_to, complete FROM recognition WHERE policy = $1";

    private const string BeginSql = """
        INSERT INTO recognition (policy, version, complete) VALUES ($1, $2, false)
        ON CONFLICT (policy) DO UPDATE SET version = excluded.version, up_to = NULL, complete = false WHERE recognition.version < excluded.version
        """;

    private const string AdvanceSql = "UPDATE recognition SET up_to = $3, complete = $4 WHERE policy = $1 AND version = $2";

    /// <summary>Entities of a region (null: of any) that hold titles under policies, after one, in the order of identities.</summary>
    public async Task<IReadOnlyList<GrainId>> SourcesAsync(
        IReadOnlyCollection<string> policies, string? region, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SourcesSql);
        var (within, without) = region is null ? ([], []) : Region.DigitsOf(region);
        Add<string[]>(command, [.. policies]);
        AddText(command, after?.Value);
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
            Value = region is null ? DBNull.Value : WorkQuery.PatternsOf(within),
        });
        Add(command, WorkQuery.PatternsOf(without));
        Add(command, limit);
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }

    /// <summary>How far a policy has been looked through, and in which version; null: never begun.</summary>
    public async Task<(int Version, Progress Progress)?> ReadAsync(string policy, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadSql);
        Add(command, policy);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt32(0), new Progress(reader.IsDBNull(1) ? null : GrainId.FromStored(reader.GetString(1)), reader.GetBoolean(2)))
            : null;
    }

    /// <summary>Begins with a version, unless it was begun with it or a later one.</summary>
    public async Task BeginAsync(string policy, int version, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BeginSql);
        Add(command, policy);
        Add(command, version);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Records how far it has come with a version.</summary>
    public async Task AdvanceAsync(string policy, int version, Progress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        await using var command = dataSource.CreateCommand(AdvanceSql);
        Add(command, policy);
        Add(command, version);
        AddText(command, progress.UpTo?.Value);
        Add(command, progress.Complete);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void AddText(NpgsqlCommand command, string? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });
}
