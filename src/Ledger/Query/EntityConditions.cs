using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>
/// Composes what a filter asks for as conditions. Only fixed text is put together here; every value goes through a parameter.
/// </summary>
/// <param name="sql">The statement, up to its conditions.</param>
/// <param name="parameters">Its parameters.</param>
internal sealed class EntityConditions(StringBuilder sql, NpgsqlParameterCollection parameters)
{
    /// <summary>
    /// That neither an entity nor the enterprise behind it is restricted, for statements that have both as columns. Two conditions, so
    /// that each is a look into an index or a hash.
    /// </summary>
    public const string Unrestricted =
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

    /// <summary>The kind.</summary>
    public void AddKind(string column, string? kind)
    {
        if (kind is not null)
            sql.Append(" AND ").Append(column).Append(" = $").Append(Add(kind));
    }

    /// <summary>What is asked of <c>facet</c>.</summary>
    public void AddFacet(EntityFilter filter)
    {
        AddKind("facet.kind", filter.Kind);
        if (filter.Region is { } region)
            AddRegion(region);
        if (filter.RiskClass is { } riskClass)
            sql.Append(" AND risk_class = $").Append(Add(riskClass));
        if (AsksForTitle(filter))
            AddHeld(filter, everExempt: filter.Exempt == true ? true : null);
    }

    /// <summary>Whether the filter asks for a title.</summary>
    public static bool AsksForTitle(EntityFilter filter) => (filter.Status, filter.Level, filter.Policy, filter.Exempt) is not (null, null, null, null);

    /// <summary>What the filter asks of one title, as far as <c>facet</c> tells.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="everExempt">Whether the title ever had an exemption; null: either.</param>
    public void AddHeld(EntityFilter filter, bool? everExempt)
    {
        sql.Append(" AND EXISTS (SELECT FROM unnest(facet.titles) AS held (title) WHERE true");
        if (filter.Policy is { } policy)
            AddWord(1, policy);
        if (filter.Level is { } level)
            AddWord(2, KebabCase<Level>.Word(level));
        if (filter.Status is { } status)
            AddWord(3, KebabCase<TitleStatus>.Word(status));
        if (everExempt is { } exempt)
            AddWord(4, exempt ? "exempt" : "");
        sql.Append(')');
    }

    /// <summary>One of some facets.</summary>
    public void AddFacets(long[]? ids)
    {
        if (ids is not null)
            sql.Append(" AND facet = ANY ($").Append(Add(ids)).Append(')');
    }

    /// <summary>What is asked of <c>register</c> beside its facet.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="dueBefore">The instant that the filter's day before which something is due stands for.</param>
    /// <param name="kind">The kind, where it is known.</param>
    /// <param name="after">The entity behind which the page begins.</param>
    public void AddRegister(EntityFilter filter, DateTimeOffset? dueBefore, string? kind, GrainId? after)
    {
        if (filter.Enterprise is { } enterprise)
            sql.Append(" AND enterprise = ANY ($").Append(Add<string[]>([.. (filter.EnterpriseIdentities ?? [enterprise]).Select(identity => identity.Value)])).Append(')');
        if (filter.Own is { } own)
        {
            var identities = Add<string[]>([.. own.Select(identity => identity.Value)]);
            sql.Append(" AND (enterprise = ANY ($").Append(identities).Append(") OR register.grain = ANY ($").Append(identities).Append("))");
        }

        AddRestriction(filter);
        if (PartOf(filter) is { } part)
            AddPart(part);
        if (dueBefore is { } due)
        {
            // Either the few that are due, or what the entity says.
            sql.Append(" AND EXISTS (SELECT FROM wake_up_due AS due JOIN entity ON entity.grain = due.grain AND entity.wake_up = due.due_at WHERE due.grain = register.grain AND due.due_at < $")
                .Append(Add(due.UtcDateTime));
            AddPlace("due.grain", kind, after);
            sql.Append(')');
        }
    }

    /// <summary>That what is restricted is left out, where it is to be.</summary>
    public void AddRestriction(EntityFilter filter)
    {
        if (filter.Unrestricted)
            sql.Append(Unrestricted);
    }

    /// <summary>The compared form of what is searched; null where nothing is.</summary>
    public static string? PartOf(EntityFilter filter) =>
        filter.Search is { Length: > 0 } search && EntityName.Normalise(search) is { Length: > 0 } part ? part : null;

    /// <summary>What an index finds a part by.</summary>
    public void AddTerms(PartTerms part) =>
        sql.Append(part.All ? " AND terms @> $" : " AND terms && $").Append(Add<int[]>([.. part.Terms]));

    /// <summary>That a part is found by the terms of one kind or another.</summary>
    public void AddTermsOfAnyKind(string part)
    {
        var kinds = GrainKind.Subjects.Select(kind => SearchTerms.OfPart(kind.Name, part)).ToArray();
        if (kinds[0].Terms.Count == 0)
            return;
        sql.Append(" AND (false");
        foreach (var kind in kinds)
            sql.Append(" OR terms ").Append(kind.All ? "@>" : "&&").Append(" $").Append(Add<int[]>([.. kind.Terms]));
        sql.Append(')');
    }

    /// <summary>That a title of the entity is what the filter asks for, its exemption on a day included.</summary>
    public void AddTitleOn(EntityFilter filter, DateOnly today)
    {
        sql.Append(" AND EXISTS (SELECT FROM title WHERE title.grain = register.grain");
        AddTitle(filter, today);
        sql.Append(')');
    }

    /// <summary>What the filter asks of one row of <c>title</c>.</summary>
    public void AddTitle(EntityFilter filter, DateOnly today)
    {
        if (filter.Status is { } status)
            sql.Append(" AND status = $").Append(Add(KebabCase<TitleStatus>.Word(status)));
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

    private void AddPart(string part)
    {
        var place = Add(part);
        if (!DerivedKey.MayHold(part))
        {
            sql.Append(" AND strpos(search, $").Append(place).Append(") > 0");
            return;
        }

        // Derived keys are taken out only where something is found.
        sql.Append(" AND CASE WHEN strpos(search, $").Append(place).Append(") = 0 THEN false ELSE strpos(").Append(DerivedKey.Without)
            .Append(", $").Append(place).Append(") > 0 END");
    }

    private void AddWord(int place, string word) => sql.Append(" AND split_part(title, ' ', ").Append(place).Append(") = $").Append(Add(word));

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
}
