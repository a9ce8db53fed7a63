using System.Data;
using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Finds the entities that a filter names.</summary>
public sealed class RegisterQuery(NpgsqlDataSource dataSource, TermFrequencies frequencies)
{
    /// <summary>
    /// Entities that are looked at one after another before indexes are asked. Whatever matches one in two hundred or more
    /// fills a page on the way, so that indexes are left with what is rare; finding all that match only to order them, or going
    /// through all entities to find a few, is what would take long. Longer ways make rare matches slower.
    /// </summary>
    private const int WalkMax = 10_000;

    /// <summary>As many where each has to be looked up in another table.</summary>
    private const int ProbesMax = 2_000;

    /// <summary>So many entities with a search term are found and ordered at once; a walk would be in vain.</summary>
    private const int RareMax = 5_000;

    /// <summary>So many facets are followed each by itself, since every entity in them matches.</summary>
    private const int FollowedMax = 50;

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
        var estimates = EntityConditions.PartOf(filter) is null ? null : await frequencies.GetAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // Of one moment: an entity that changes its facet meanwhile is found under the one or under the other.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var plan = new NpgsqlCommand(PlanSql, connection);
        await plan.ExecuteNonQueryAsync(cancellationToken);
        var found = new List<GrainId>();
        foreach (var facets in await FacetQuery.FindAsync(connection, filter, cancellationToken))
        {
            if (after is { } position && string.CompareOrdinal(facets.Kind, position.Kind.Name) < 0)
                continue;
            var part = new KindPart(facets, filter, after, limit + 1 - found.Count, today, dueBefore);
            found.AddRange(await ListAsync(connection, part, estimates, cancellationToken));
            if (found.Count > limit)
                break;
        }

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

    /// <summary>The first entities of one kind.</summary>
    private static async Task<List<GrainId>> ListAsync(NpgsqlConnection connection, KindPart part, TermEstimates? estimates, CancellationToken cancellationToken)
    {
        var terms = EntityConditions.PartOf(part.Filter) is { } text ? SearchTerms.OfPart(part.Facets.Kind, text) : null;
        if (terms is { Terms.Count: 0 })
            terms = null;
        if (terms is not null && estimates is not null)
            terms = estimates.Rarest(terms);
        if (part.IsFacetsOnly && part.Facets.Ids is { Length: <= FollowedMax })
            return await RunAsync(connection, command => Follow(command, part), cancellationToken);
        var isRare = part.Filter.Enterprise is not null || part.Filter.Own is not null || (terms is not null && estimates?.EntitiesWith(terms) <= RareMax);
        if (!isRare)
        {
            var walked = await RunAsync(connection, command => Walk(command, part), cancellationToken);
            if (walked.Count == part.Limit || part.IsWhole)
                return walked;
        }

        return await RunAsync(connection, command => Compose(command, part, terms), cancellationToken);

        static void Compose(NpgsqlCommand command, KindPart part, PartTerms? terms)
        {
            if (part.IsFacetsOnly)
                Follow(command, part);
            else
                Search(command, part, terms);
        }
    }

    /// <summary>Every entity of the facets matches, and an index has those of each in order.</summary>
    private static void Follow(NpgsqlCommand command, KindPart part)
    {
        var sql = new StringBuilder("SELECT found.grain FROM unnest($1::bigint[]) AS chosen (facet), LATERAL (SELECT grain FROM register WHERE facet = chosen.facet");
        var conditions = new EntityConditions(sql, command.Parameters);
        conditions.Add(part.Facets.Ids!);
        conditions.AddPlace("grain", part.Facets.Kind, part.After);
        conditions.AddRestriction(part.Filter);
        var limit = conditions.Add(part.Limit);
        sql.Append(" ORDER BY grain LIMIT $").Append(limit).Append(") AS found ORDER BY found.grain LIMIT $").Append(limit);
        command.CommandText = sql.ToString();
    }

    private static void Walk(NpgsqlCommand command, KindPart part)
    {
        var sql = new StringBuilder("SELECT register.grain FROM (SELECT grain, facet, enterprise, search FROM register WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters);
        conditions.AddPlace("grain", part.Facets.Kind, part.After);
        if (part.IsWhole)
            conditions.AddRestriction(part.Filter);
        sql.Append(" ORDER BY grain LIMIT $").Append(conditions.Add(part.IsWhole ? part.Limit : part.HasProbes ? ProbesMax : WalkMax)).Append(") AS register WHERE true");
        part.AddTo(conditions);
        sql.Append(" ORDER BY register.grain LIMIT $").Append(conditions.Add(part.Limit));
        command.CommandText = sql.ToString();
    }

    private static void Search(NpgsqlCommand command, KindPart part, PartTerms? terms)
    {
        // Materialised, because a planner that sees the limit walks after all.
        var sql = new StringBuilder("WITH matched AS MATERIALIZED (SELECT register.grain FROM register WHERE true");
        var conditions = new EntityConditions(sql, command.Parameters);
        conditions.AddPlace("register.grain", part.Facets.Kind, part.After);
        part.AddTo(conditions);
        if (terms is not null)
            conditions.AddTerms(terms);
        sql.Append(") SELECT grain FROM matched ORDER BY grain LIMIT $").Append(conditions.Add(part.Limit));
        command.CommandText = sql.ToString();
    }

    private static async Task<List<GrainId>> RunAsync(NpgsqlConnection connection, Action<NpgsqlCommand> compose, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand { Connection = connection };
        compose(command);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
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

/// <summary>What is asked of one kind.</summary>
/// <param name="Facets">Its facets.</param>
/// <param name="Filter">The filter.</param>
/// <param name="After">The entity behind which the page begins.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Today">The civil date on which exemptions are looked at.</param>
/// <param name="DueBefore">The instant that the filter's day before which something is due stands for.</param>
internal sealed record KindPart(KindFacets Facets, EntityFilter Filter, GrainId? After, int Limit, DateOnly Today, DateTimeOffset? DueBefore)
{
    /// <summary>Whether entities have to be looked up in other tables.</summary>
    public bool HasProbes => DueBefore is not null || Facets.HasDates;

    /// <summary>Whether the facet is all that matters, beside restrictions.</summary>
    public bool IsFacetsOnly => !HasProbes && Filter.Enterprise is null && Filter.Own is null && EntityConditions.PartOf(Filter) is null;

    /// <summary>Whether every entity of the kind matches that is not left out as restricted.</summary>
    public bool IsWhole => IsFacetsOnly && Facets.Ids is null;

    /// <summary>Adds what is asked, beside the place.</summary>
    public void AddTo(EntityConditions conditions)
    {
        conditions.AddFacets(Facets.Ids);
        conditions.AddRegister(Filter, DueBefore, Facets.Kind, After);
        if (Facets.HasDates)
            conditions.AddTitleOn(Filter, Today);
    }
}
