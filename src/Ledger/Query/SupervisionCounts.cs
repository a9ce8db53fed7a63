using System.Text;
using Npgsql;

namespace Supervision.Ledger.Query;

/// <summary>Something that is counted of titles: <c>removed</c>, <c>checks</c>, <c>exemptions</c> or <c>overdue</c>, with a word for what it is.</summary>
/// <param name="Values">The values of the dimensions; the region as it is registered.</param>
/// <param name="Item">What it is.</param>
/// <param name="Word">Which one: the ground, the outcome, what is overdue.</param>
/// <param name="Count">How many.</param>
public sealed record CountedItem(IReadOnlyList<string?> Values, string Item, string Word, long Count);

/// <summary>
/// Counts what stands in the states of entities, so that it agrees with the ledger. Only states that have something to be counted are
/// taken apart; that is why no command pays for statistics.
/// </summary>
public sealed class SupervisionCounts(NpgsqlDataSource dataSource)
{
    private const string FromStates = """
         FROM register JOIN facet ON facet.id = register.facet JOIN title ON title.grain = register.grain
        JOIN (
            SELECT grain AS holder, state::jsonb AS state FROM entity
            WHERE state LIKE '%"removal":%' OR state LIKE '%"checks":[{%' OR state LIKE '%"exemption":%' OR state LIKE '%"overdue"%' OR state LIKE '%"rectifications":[{%'
                OR state LIKE '%"cases":[{%' OR state LIKE '%"reEvaluations":[{%' OR state LIKE '%"delayed":true%' OR state LIKE '%"late":true%'
            UNION ALL
            -- Energy-conservation inspection is of the enterprise behind a title.
            SELECT owned.grain, jsonb_build_object('energyInspections', entity.state::jsonb -> 'energyInspections')
            FROM (SELECT DISTINCT grain FROM work WHERE item = 'energy-inspection') AS listed
            JOIN entity ON entity.grain = listed.grain JOIN register AS owned ON owned.enterprise = entity.grain
        ) AS held ON held.holder = register.grain
        CROSS JOIN LATERAL (SELECT jsonb_build_object('policy', title.policy, 'honour', title.honour, 'level', title.level) AS ref) AS named
        CROSS JOIN LATERAL (
            SELECT 'removed', lost -> 'removal' ->> 'ground', (lost -> 'removal' ->> 'on')::date
            FROM jsonb_array_elements(held.state -> 'titles') AS lost WHERE lost -> 'ref' = named.ref AND lost ->> 'status' = 'removed'
            UNION ALL
            SELECT 'checks', made -> 'result' ->> 'outcome', (made -> 'result' ->> 'on')::date
            FROM jsonb_array_elements(held.state -> 'checks') AS made WHERE made -> 'title' = named.ref AND made ->> 'status' = 'confirmed'
            UNION ALL
            SELECT 'exemptions', '', (exempt -> 'exemption' ->> 'from')::date
            FROM jsonb_array_elements(held.state -> 'titles') AS exempt
            WHERE exempt -> 'ref' = named.ref AND exempt ->> 'status' IN ('listed', 'rectifying') AND exempt ? 'exemption'
            UNION ALL
            SELECT 'overdue', 'check', (late ->> 'dueBy')::date
            FROM jsonb_array_elements(held.state -> 'checks') AS late
            WHERE late -> 'title' = named.ref AND late ->> 'overdue' = 'true' AND late ->> 'status' IN ('planned', 'approved', 'notified')
            UNION ALL
            SELECT 'overdue', 'rectification', (late ->> 'dueBy')::date
            FROM jsonb_array_elements(held.state -> 'rectifications') AS late WHERE late -> 'title' = named.ref AND late ->> 'status' = 'overdue'
            UNION ALL
            SELECT 'overdue', 'declaration', (late ->> 'due')::date
            FROM jsonb_array_elements(coalesce(held.state -> 'declarations', '[]')) AS late WHERE late ->> 'policy' = title.policy AND late ->> 'status' = 'overdue'
            UNION ALL
            SELECT 'overdue', 'service', (late ->> 'serveBy')::date
            FROM jsonb_array_elements(held.state -> 'cases') AS late
            WHERE late -> 'title' = named.ref AND late ->> 'serviceOverdue' = 'true' AND NOT late ? 'decisionNotice'
            UNION ALL
            SELECT 'overdue', 'publication', (late -> 'publication' ->> 'dueBy')::date
            FROM jsonb_array_elements(held.state -> 'checks' || (held.state -> 'cases')) AS late
            WHERE late -> 'title' = named.ref AND late -> 'publication' ->> 'overdue' = 'true' AND NOT (late -> 'publication') ?| ARRAY['on', 'withdrawnOn']
            UNION ALL
            SELECT 'overdue', 'withdrawal', (late -> 'publication' ->> 'withdrawBy')::date
            FROM jsonb_array_elements(held.state -> 'checks' || (held.state -> 'cases')) AS late
            WHERE late -> 'title' = named.ref AND late -> 'publication' ->> 'overdue' = 'true' AND (late -> 'publication') ?& ARRAY['on', 'withdrawBy']
                AND NOT (late -> 'publication') ? 'withdrawnOn'
            UNION ALL
            SELECT 'overdue', 'approval', (late -> 'emergency' ->> 'approveBy')::date
            FROM jsonb_array_elements(held.state -> 'checks') AS late
            WHERE late -> 'title' = named.ref AND late -> 'emergency' ->> 'overdue' = 'true' AND NOT (late -> 'emergency') ? 'approvedOn' AND late ->> 'status' <> 'cancelled'
            UNION ALL
            SELECT 'overdue', 're-evaluation-announcement', (late -> 'reEvaluation' ->> 'announceBy')::date
            FROM jsonb_array_elements(held.state -> 'titles') AS late
            WHERE late -> 'ref' = named.ref AND late -> 'reEvaluation' ->> 'delayed' = 'true' AND title.status IN ('listed', 'rectifying')
            UNION ALL
            SELECT 'overdue', CASE late ->> 'status' WHEN 'missed' THEN 're-evaluation-report' ELSE 're-evaluation' END,
                (CASE late ->> 'status' WHEN 'missed' THEN late ->> 'reportBy' ELSE late ->> 'evaluateBy' END)::date
            FROM jsonb_array_elements(held.state -> 'reEvaluations') AS late
            WHERE late -> 'title' = named.ref AND title.status IN ('listed', 'rectifying')
                AND (late ->> 'status' = 'missed' OR (late ->> 'status' = 'reported' AND late ->> 'delayed' = 'true'))
            UNION ALL
            SELECT 'overdue', 'change-filing', (concern ->> 'dueBy')::date
            FROM jsonb_array_elements(held.state -> 'changes') AS late CROSS JOIN LATERAL jsonb_array_elements(late -> 'concerns') AS concern
            WHERE concern ->> 'policy' = title.policy AND late ->> 'status' = 'noted' AND late ->> 'late' = 'true'
            UNION ALL
            SELECT 'overdue', CASE duty WHEN 'surveillance' THEN duty ELSE 'certificate-' || duty END,
                (late -> 'certified' ->> CASE duty WHEN 'surveillance' THEN 'surveillanceBy' WHEN 'revocation' THEN 'suspendedUntil' ELSE 'publishBy' END)::date
            FROM jsonb_array_elements(held.state -> 'titles') AS late CROSS JOIN LATERAL jsonb_array_elements_text(late -> 'certified' -> 'overdue') AS duty
            WHERE late -> 'ref' = named.ref AND (duty = 'publication' OR title.status IN ('listed', 'rectifying', 'suspended'))
            UNION ALL
            SELECT 'overdue', CASE late ->> 'status' WHEN 'missed' THEN 'energy-rectification' ELSE 'energy-inspection' END,
                (CASE late ->> 'status' WHEN 'missed' THEN late ->> 'rectifyBy' ELSE late ->> 'dueBy' END)::date
            FROM jsonb_array_elements(held.state -> 'energyInspections') AS late
            WHERE late ->> 'policy' = title.policy AND (late ->> 'status' = 'missed' OR late ->> 'overdue' = 'true')
        ) AS found (item, word, day)
        WHERE true
        """;

    /// <summary>Everything that is counted of the titles that a query asks for.</summary>
    public async Task<List<CountedItem>> CountAsync(
        StatisticsQuery query, DateOnly today, DateTimeOffset? dueBefore, DateOnly? from, DateOnly? to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var command = dataSource.CreateCommand();
        var columns = string.Concat(query.By.Select(dimension => RegisterCounts.ColumnOf(dimension) + ", "));
        var sql = new StringBuilder("SELECT ").Append(columns).Append("item, word, count(*)").Append(FromStates);
        var conditions = new EntityConditions(sql, command.Parameters);
        conditions.AddFacet(query.Filter with { Exempt = null });
        conditions.AddRegister(query.Filter, dueBefore, query.Filter.Kind, after: null);
        if (EntityConditions.PartOf(query.Filter) is { } part)
            conditions.AddTermsOfAnyKind(part);
        conditions.AddTitle(query.Filter, today);
        if (query.Batches.Count > 0)
            sql.Append(" AND batch = ANY ($").Append(conditions.Add<string[]>([.. query.Batches])).Append(')');
        if (from is { } first)
            sql.Append(" AND day >= $").Append(conditions.Add(first));
        if (to is { } last)
            sql.Append(" AND day <= $").Append(conditions.Add(last));
        command.CommandText = sql.Append(" GROUP BY ").Append(columns).Append("item, word").ToString();
        var counted = new List<CountedItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new string?[query.By.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            counted.Add(new CountedItem(values, reader.GetString(values.Length), reader.GetString(values.Length + 1), reader.GetInt64(values.Length + 2)));
        }

        return counted;
    }
}
