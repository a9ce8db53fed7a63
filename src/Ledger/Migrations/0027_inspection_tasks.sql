-- Mandatory. Safe to re-run: whatever is there already stays.
-- What has to be decided about inspections becomes work: requests for recusal, objections, and checks to which nobody was matched.

INSERT INTO work (grain, item, id, status, policy, level, due_on, inspectors)
SELECT grain, 'inspection-task', task || '/' || of, task, checked -> 'title' ->> 'policy', checked -> 'title' ->> 'level', due_on, NULL
FROM (SELECT grain, state::jsonb AS state FROM entity WHERE state LIKE '%"checks":[{%') AS held
CROSS JOIN LATERAL jsonb_array_elements(held.state -> 'checks') AS checked
CROSS JOIN LATERAL (
    SELECT 'recusal', (checked ->> 'id') || '/' || (asked ->> 'inspector'), (checked ->> 'dueBy')::date
    FROM jsonb_array_elements(coalesce(checked -> 'recusals', '[]')) AS asked
    WHERE NOT asked ? 'accepted' AND checked ->> 'status' IN ('planned', 'approved', 'notified')
    UNION ALL
    SELECT 'assignment', checked ->> 'id', (checked ->> 'dueBy')::date
    WHERE checked ->> 'status' IN ('planned', 'approved', 'notified') AND coalesce(checked -> 'inspectors', '[]') = '[]'
    UNION ALL
    SELECT 'objection', checked ->> 'id', NULL
    WHERE checked ? 'objection' AND NOT (checked -> 'objection') ? 'decidedOn'
) AS found (task, of, due_on)
ON CONFLICT DO NOTHING;
