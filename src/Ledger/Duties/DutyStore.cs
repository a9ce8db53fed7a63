using Npgsql;

namespace Supervision.Ledger.Duties;

/// <summary>A title as it was ranked.</summary>
/// <param name="Grain">The entity.</param>
/// <param name="Honour">The honour.</param>
/// <param name="Level">The level.</param>
/// <param name="Grade">The grade or null.</param>
/// <param name="Score">The score or null.</param>
/// <param name="Lowest">Whether it is among the lowest.</param>
public sealed record RankedTitle(GrainId Grain, string Honour, string Level, string? Grade, decimal? Score, bool Lowest);

/// <summary>How far work has come.</summary>
/// <param name="UpTo">The entity up to which it is done; null: none.</param>
/// <param name="Complete">Whether all is done.</param>
public sealed record Progress(GrainId? UpTo, bool Complete);

/// <summary>Keeps how far the work over all titles of a policy has come, and the rankings of rounds.</summary>
public sealed class DutyStore(NpgsqlDataSource dataSource)
{
    private const string HoldersSql = """
        SELECT DISTINCT grain FROM title WHERE policy = $1 AND status IN ('listed', 'rectifying') AND ($2::text IS NULL OR grain > $2) ORDER BY grain LIMIT $3
        """;

    private const string SchedulingSql = "SELECT version, up_to, complete FROM duty_scheduling WHERE policy = $1";

    private const string BeginSchedulingSql = """
        INSERT INTO duty_scheduling (policy, version, complete) VALUES ($1, $2, $3)
        ON CONFLICT (policy) DO UPDATE SET version = excluded.version, up_to = NULL, complete = excluded.complete WHERE duty_scheduling.version < excluded.version
        """;

    private const string AdvanceSchedulingSql = "UPDATE duty_scheduling SET up_to = $3, complete = $4 WHERE policy = $1 AND version = $2";

    private const string RankingsSql = "SELECT policy, round, year FROM ranking WHERE complete";

    private const string RankingSql = "SELECT up_to, complete FROM ranking WHERE policy = $1 AND round = $2 AND year = $3";

    private const string KeepRankingSql = """
        WITH kept AS (
            INSERT INTO ranking (policy, round, year, complete) VALUES ($1, $2, $3, false) ON CONFLICT DO NOTHING RETURNING policy, round, year
        )
        INSERT INTO ranked_title (policy, round, year, grain, honour, level, grade, score, lowest)
        SELECT policy, round, year, grain, honour, level, grade, score, lowest
        FROM kept, unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::boolean[]) AS r (grain, honour, level, grade, score, lowest)
        """;

    private const string RankedSql = """
        SELECT grain, honour, level, grade, score, lowest FROM ranked_title
        WHERE policy = $1 AND round = $2 AND year = $3 AND ($4::text IS NULL OR grain > $4) ORDER BY grain, honour, level LIMIT $5
        """;

    private const string AdvanceRankingSql = "UPDATE ranking SET up_to = $4, complete = $5 WHERE policy = $1 AND round = $2 AND year = $3";

    /// <summary>Entities with a title in force under a policy, after one, in the order of identities.</summary>
    public async Task<IReadOnlyList<GrainId>> HoldersAsync(string policy, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HoldersSql);
        Add(command, policy);
        AddText(command, after?.Value);
        Add(command, limit);
        var grains = new List<GrainId>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }

    /// <summary>How far the scheduling under a policy has come, and for which version; null: never begun.</summary>
    public async Task<(int Version, Progress Progress)?> SchedulingAsync(string policy, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SchedulingSql);
        Add(command, policy);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt32(0), ProgressAt(reader, 1)) : null;
    }

    /// <summary>Begins the scheduling for a version, unless it was begun for it or a later one.</summary>
    public async Task BeginSchedulingAsync(string policy, int version, bool complete, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BeginSchedulingSql);
        Add(command, policy);
        Add(command, version);
        Add(command, complete);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Records how far the scheduling for a version has come.</summary>
    public async Task AdvanceSchedulingAsync(string policy, int version, Progress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        await using var command = dataSource.CreateCommand(AdvanceSchedulingSql);
        Add(command, policy);
        Add(command, version);
        AddText(command, progress.UpTo?.Value);
        Add(command, progress.Complete);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The rankings that have taken effect on every entity.</summary>
    public async Task<IReadOnlySet<(string Policy, string Round, int Year)>> CompleteRankingsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RankingsSql);
        var complete = new HashSet<(string, string, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            complete.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return complete;
    }

    /// <summary>How far a ranking has taken effect; null: it is not made yet.</summary>
    public async Task<Progress?> RankingAsync(string policy, string round, int year, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RankingSql);
        AddRound(command, policy, round, year);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ProgressAt(reader, 0) : null;
    }

    /// <summary>Keeps a ranking, whole; one that is kept already stays as it is.</summary>
    public async Task KeepRankingAsync(string policy, string round, int year, IReadOnlyList<RankedTitle> titles, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KeepRankingSql);
        AddRound(command, policy, round, year);
        Add(command, titles.Select(title => title.Grain.Value).ToArray());
        Add(command, titles.Select(title => title.Honour).ToArray());
        Add(command, titles.Select(title => title.Level).ToArray());
        Add(command, titles.Select(title => title.Grade).ToArray());
        Add(command, titles.Select(title => title.Score).ToArray());
        Add(command, titles.Select(title => title.Lowest).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Titles of a ranking, after those of an entity, in the order of entities.</summary>
    public async Task<IReadOnlyList<RankedTitle>> RankedAsync(string policy, string round, int year, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(RankedSql);
        AddRound(command, policy, round, year);
        AddText(command, after?.Value);
        Add(command, limit);
        var titles = new List<RankedTitle>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            titles.Add(new RankedTitle(
                GrainId.FromStored(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetDecimal(4), reader.GetBoolean(5)));
        }

        return titles;
    }

    /// <summary>Records how far a ranking has taken effect.</summary>
    public async Task AdvanceRankingAsync(string policy, string round, int year, Progress progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        await using var command = dataSource.CreateCommand(AdvanceRankingSql);
        AddRound(command, policy, round, year);
        AddText(command, progress.UpTo?.Value);
        Add(command, progress.Complete);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Progress ProgressAt(NpgsqlDataReader reader, int column) =>
        new(reader.IsDBNull(column) ? null : GrainId.FromStored(reader.GetString(column)), reader.GetBoolean(column + 1));

    private static void AddRound(NpgsqlCommand command, string policy, string round, int year)
    {
        Add(command, policy);
        Add(command, round);
        Add(command, year);
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void AddText(NpgsqlCommand command, string? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });
}
