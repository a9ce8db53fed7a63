using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds the entities that a filter names.</summary>
public sealed class RegisterQuery(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Entities that are looked at one after another before indexes are asked. Whatever matches one in two hundred or more
    /// fills a page on the way, so that indexes are left with what is rare; finding all that match only to order them, or going
    /// through all entities to find a few, is what would take long. Longer ways make rare matches slower.
    /// </summary>
    private const int WalkMax = 10_000;

    /// <summary>As many where each has to be looked up in another table.</summary>
    private const int ProbesMax = 2_000;

    // Which index serves best depends on the values, so no plan is made without them; and one reader takes one core.
    private const string PlanSql =
        "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true)";

    private const string ChangedSql = """
        SELECT DISTINCT ledger.grain FROM ledger JOIN register ON register.grain = ledger.grain
        WHERE ledger.seq > $1 AND ledger.grain > $2 AND ledger.grain >= $3 AND ledger.grain < $4 ORDER BY ledger.grain LIMIT $5
        """;

    // Once most have changed, those that have not are passed over on the way.
    private const string ChangedWalkSql = """
        SELECT register.grain FROM register JOIN entity ON entity.grain = register.grain
        WHERE entity.last_seq > $1 AND register.grain > $2 AND register.grain >= $3 AND register.grain < $4 ORDER BY register.grain LIMIT $5
        """;

    // Clocks of silos differ a little, so what was recorded at an instant may stand before or after it.
    private const string BeforeSql = """
        SELECT head.seq, coalesce((SELECT first_seq - 1 FROM batch WHERE at >= $1::timestamptz - interval '1 minute' ORDER BY at LIMIT 1), head.seq) FROM head
        """;

    /// <summary>The entities of a page, in the order of their identities, and whether there are more.</summary>
    public async Task<Page<GrainId>> ListAsync(EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = await RunAsync(command => First(command, filter, after, limit, today, dueBefore), cancellationToken);
        // That few are restricted makes no match rare.
        if (found.Count <= limit && !FollowsTitles(filter) && filter with { Kind = null, Unrestricted = false } != new EntityFilter())
            found = await RunAsync(command => Search(command, filter, after, limit, today, dueBefore), cancellationToken);
        var more = found.Count > limit;
        if (more)
            found.RemoveAt(limit);
        return new Page<GrainId>(found, more);
    }

    /// <summary>The last seq before an instant, and that of the head.</summary>
    public async Task<(long Before, long Head)> BeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(BeforeSql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(1), reader.GetInt64(0));
    }

    /// <summary>Entities with events behind a seq, in the order of their identities.</summary>
    /// <param name="span">The seq, and that of the head.</param>
    /// <param name="kind">The kind; null: any.</param>
    /// <param name="after">The entity after which they begin.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<List<GrainId>> ChangedAsync((long Before, long Head) span, string? kind, GrainId? after, int limit, CancellationToken cancellationToken)
    {
        if (span.Before >= span.Head)
            return [];
        await using var command = dataSource.CreateCommand(span.Head - span.Before > WalkMax ? ChangedWalkSql : ChangedSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = span.Before });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after?.Value ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind is null ? "" : kind + "/" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind is null ? "~" : kind + "0" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    /// <summary>Titles that are not simply in force, and exemptions, are few, and an index has them in the order of identities.</summary>
    private static bool FollowsTitles(EntityFilter filter) => filter.Status is not (null or TitleStatus.Listed) || filter.Exempt == true;

    private static void First(NpgsqlBatchCommand command, EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore)
    {
        if (FollowsTitles(filter))
            FollowTitles(command, filter, after, limit, today, dueBefore);
        else
            Walk(command, filter, after, limit, today, dueBefore);
    }

    private static void FollowTitles(NpgsqlBatchCommand command, EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore)
    {
        var sql = new StringBuilder("SELECT held.grain FROM (SELECT DISTINCT grain FROM title WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters, indexed: false);
        conditions.AddPlace("grain", filter.Kind, after);
        conditions.AddTitle(filter, today);
        // The limit inside keeps the planner from going through the register instead.
        sql.Append(" ORDER BY grain) AS held, LATERAL (SELECT FROM register WHERE register.grain = held.grain");
        conditions.AddFilter(filter with { Status = null, Level = null, Policy = null, Exempt = null }, today, dueBefore);
        sql.Append(" LIMIT 1) AS found ORDER BY held.grain LIMIT $").Append(conditions.Add(limit + 1));
        command.CommandText = sql.ToString();
    }

    private static void Walk(NpgsqlBatchCommand command, EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore)
    {
        var sql = new StringBuilder("SELECT register.grain FROM (SELECT grain, region, risk_class, enterprise, search FROM register WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters, indexed: false);
        conditions.AddPlace("grain", filter.Kind, after);
        var steps = EntityConditions.AsksForTitle(filter) || dueBefore is not null ? ProbesMax : WalkMax;
        sql.Append(" ORDER BY grain LIMIT $").Append(conditions.Add(steps)).Append(") AS register WHERE true");
        conditions.AddFilter(filter, today, dueBefore);
        sql.Append(" ORDER BY register.grain LIMIT $").Append(conditions.Add(limit + 1));
        command.CommandText = sql.ToString();
    }

    private static void Search(NpgsqlBatchCommand command, EntityFilter filter, GrainId? after, int limit, DateOnly today, DateTimeOffset? dueBefore)
    {
        // Materialised, because a planner that sees the limit walks after all.
        var sql = new StringBuilder("WITH matched AS MATERIALIZED (SELECT register.grain FROM register WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters, indexed: true);
        conditions.AddPlace("register.grain", filter.Kind, after);
        conditions.AddFilter(filter, today, dueBefore);
        sql.Append(") SELECT grain FROM matched ORDER BY grain LIMIT $").Append(conditions.Add(limit + 1));
        command.CommandText = sql.ToString();
    }

    private async Task<List<GrainId>> RunAsync(Action<NpgsqlBatchCommand> compose, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        var plan = batch.CreateBatchCommand();
        plan.CommandText = PlanSql;
        batch.BatchCommands.Add(plan);
        var command = batch.CreateBatchCommand();
        compose(command);
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    private static async Task<List<GrainId>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var grains = new List<GrainId>();
        while (await reader.ReadAsync(cancellationToken))
            grains.Add(GrainId.FromStored(reader.GetString(0)));
        return grains;
    }
}
