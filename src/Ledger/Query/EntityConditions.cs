using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>
/// Composes what a filter asks for as conditions on <c>register</c>. Only fixed text is put together here; every value goes
/// through a parameter.
/// </summary>
/// <param name="sql">The statement, up to its conditions.</param>
/// <param name="parameters">Its parameters.</param>
/// <param name="indexed">Whether indexes are to be asked; otherwise each row is looked at.</param>
internal sealed class EntityConditions(StringBuilder sql, NpgsqlParameterCollection parameters, bool indexed)
{
    /// <summary>
    /// That neither an entity nor the enterprise behind it is restricted, for statements that have both as columns. Two conditions, so
    /// that each is a look into an index or a hash.
    /// </summary>
    public const string UnrestrictedSql =
        " AND NOT EXISTS (SELECT FROM restriction WHERE restriction.grain = register.grain)"
        + " AND NOT EXISTS (SELECT FROM restriction WHERE restriction.grain = register.enterprise)";

    /// <summary>What follows in the order of identities, of one kind where one is asked for.</summary>
    public void AddPlace(string column, string? kind, GrainId? after)
    {
        if (after is { } position)
            sql.Append(" AND ").Append(column).Append(" > $").Append(Add(position.Value));
        // A kind is the beginning of its identities: from its slash to the character after it.
        if (kind is not null)
            sql.Append(" AND ").Append(column).Append(" >= $").Append(Add(kind + "/")).Append(" AND ").Append(column).Append(" < $").Append(Add(kind + "0"));
    }

    /// <summary>Everything else of the filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="today">The civil date on which exemptions are looked at.</param>
    /// <param name="dueBefore">The instant that the filter's day before which something is due stands for.</param>
    public void AddFilter(EntityFilter filter, DateOnly today, DateTimeOffset? dueBefore)
    {
        if (filter.Region is { } region)
            AddRegion(region);
        if (filter.RiskClass is { } riskClass)
            sql.Append(" AND risk_class = $").Append(Add(riskClass));
        if (filter.Enterprise is { } enterprise)
            sql.Append(" AND enterprise = $").Append(Add(enterprise.Value));
        if (filter.Own is { } own)
        {
            var identities = Add<string[]>([.. own.Select(identity => identity.Value)]);
            sql.Append(" AND (enterprise = ANY ($").Append(identities).Append(") OR register.grain = ANY ($").Append(identities).Append("))");
        }

        if (filter.Unrestricted)
            sql.Append(UnrestrictedSql);
        if (filter.Search is { Length: > 0 } search)
            AddSearch(EntityName.Normalise(search));
        if (dueBefore is { } due)
            sql.Append(" AND EXISTS (SELECT FROM wake_up WHERE wake_up.grain = register.grain AND due_at < $").Append(Add(due.UtcDateTime)).Append(')');
        if (AsksForTitle(filter))
        {
            sql.Append(" AND EXISTS (SELECT FROM title WHERE title.grain = register.grain");
            AddTitle(filter, today);
            sql.Append(')');
        }
    }

    /// <summary>Whether the filter asks for a title.</summary>
    public static bool AsksForTitle(EntityFilter filter) => (filter.Status, filter.Level, filter.Policy, filter.Exempt) is not (null, null, null, null);

    /// <summary>What the filter asks of one title.</summary>
    public void AddTitle(EntityFilter filter, DateOnly today)
    {
        if (filter.Status is { } status)
        {
            sql.Append(" AND status = $").Append(Add(KebabCase<TitleStatus>.Word(status)));
            // Says what the partial index covers.
            if (status != TitleStatus.Listed)
                sql.Append(" AND status <> 'listed'");
        }

        if (filter.Level is { } level)
            sql.Append(" AND level = $").Append(Add(KebabCase<Level>.Word(level)));
        if (filter.Policy is { } policy)
            sql.Append(" AND policy = $").Append(Add(policy));
        if (filter.Exempt is { } exempt)
            sql.Append(exempt ? " AND exempt_until IS NOT NULL AND exempt_until >= $" : " AND (exempt_until IS NULL OR exempt_until < $").Append(Add(today)).Append(exempt ? "" : ")");
    }

    public int Add<T>(T value)
    {
        parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return parameters.Count;
    }

    /// <summary>A region covers what lies below it by its digits, a province not its planning cities, Xinjiang not the Corps.</summary>
    private void AddRegion(string region)
    {
        var (within, without) = Region.DigitsOf(region);
        if (within is [{ Length: 6 } whole])
        {
            sql.Append(" AND region = $").Append(Add(whole));
            return;
        }

        for (var i = 0; i < within.Count; i++)
        {
            sql.Append(i == 0 ? " AND (" : " OR ").Append("region >= $").Append(Add(within[i].PadRight(6, '0')))
                .Append(" AND region <= $").Append(Add(within[i].PadRight(6, '9')));
        }

        sql.Append(')');
        foreach (var digits in without)
            sql.Append(" AND NOT starts_with(region, $").Append(Add(digits)).Append(')');
    }

    /// <summary>
    /// Cheap to look at, so this comes first wherever no index of pairs is asked; a text of one character has no pairs.
    /// </summary>
    private void AddSearch(string normalised)
    {
        if (normalised.Length == 0)
            return;
        var text = Add(normalised);
        sql.Append(" AND strpos(search, $").Append(text).Append(") > 0");
        if (indexed && normalised.EnumerateRunes().Count() > 1)
            sql.Append(" AND bigrams(search) @> bigrams($").Append(text).Append(')');
    }
}
