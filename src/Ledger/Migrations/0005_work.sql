-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Open checks and cases as officers work through them, and an append function that writes them and checks each version
-- in the statement that writes the row.

-- Only what is open stands here; rewritten for a grain whenever one of its open checks or cases changes.
CREATE TABLE work (
    grain      grain_id NOT NULL,
    item       text     NOT NULL CONSTRAINT work_item_check CHECK (item IN ('check', 'case')),
    id         text     NOT NULL,
    status     text     NOT NULL,
    policy     text     NOT NULL,
    level      text     NOT NULL,
    -- Last day of a check, or of the window for the holder's statement once the notice is served.
    due_on     date,
    inspectors text[],
    CONSTRAINT work_pkey PRIMARY KEY (grain, item, id)
);
CREATE INDEX work_due ON work (item, due_on, grain, id);

INSERT INTO work (grain, item, id, status, policy, level, due_on, inspectors)
SELECT grain, 'check', open ->> 'id', open ->> 'status', open -> 'title' ->> 'policy', open -> 'title' ->> 'level', (open ->> 'dueBy')::date,
    ARRAY(SELECT jsonb_array_elements_text(open -> 'inspectors'))
FROM entity, jsonb_array_elements(state::jsonb -> 'checks') AS open
WHERE open ->> 'status' NOT IN ('confirmed', 'cancelled')
UNION ALL
SELECT grain, 'case', open ->> 'id', open ->> 'status', open -> 'title' ->> 'policy', open -> 'title' ->> 'level', (open ->> 'windowEnds')::date, NULL
FROM entity, jsonb_array_elements(state::jsonb -> 'cases') AS open
WHERE open ->> 'status' NOT IN ('decided', 'withdrawn');

DO $$ BEGIN
    EXECUTE (SELECT 'DROP FUNCTION ' || oid::regprocedure FROM pg_proc WHERE proname = 'append_batch' AND pronamespace = current_schema()::regnamespace);
END $$;

CREATE FUNCTION append_batch(
    p_batch uuid, p_head bigint, p_last bigint, p_frontier bytea, p_root bytea, p_at timestamptz,
    -- Every grain written or read, the version it must have, and the append that says so.
    c_grain text[], c_version bigint[], c_append integer[],
    -- Those among them that are only read.
    r_grain text[], r_version bigint[],
    l_grain text[], l_version bigint[], l_type text[], l_at timestamptz[], l_effective_on date[], l_actor text[],
    l_command_id uuid[], l_previous_seq bigint[], l_data text[], l_leaf_hash bytea[],
    s_seq bigint[], s_member text[], s_salt bytea[], s_value text[],
    -- Grains of which only the state moves.
    u_grain text[], u_expected bigint[], u_version bigint[], u_last_seq bigint[], u_state text[],
    -- Grains that are new (expected 0) or of which a column changes.
    e_grain text[], e_expected bigint[], e_version bigint[], e_last_seq bigint[], e_state text[], e_kind text[], e_name text[], e_region text[],
    e_industry text[], e_risk_class text[], e_standing text[], e_enterprise text[], e_search text[],
    -- Grains whose titles are rewritten, and those titles.
    g_grain text[],
    t_grain text[], t_policy text[], t_honour text[], t_level text[], t_status text[], t_authority text[], t_certificate text[],
    t_granted_on date[], t_evaluator text[], t_batch text[], t_exempt_until date[],
    -- Grains whose open checks and cases are rewritten, and those; inspectors one a line.
    o_grain text[],
    k_grain text[], k_item text[], k_id text[], k_status text[], k_policy text[], k_level text[], k_due_on date[], k_inspectors text[],
    -- Wake-ups that change; absent: none any more.
    w_grain text[], w_due_at timestamptz[],
    m_append integer[], m_id uuid[], m_request_hash bytea[], m_grain text[], m_version bigint[], m_seq bigint[], m_created text[],
    m_class text[], m_code text[], m_article text[], m_detail text[], m_field text[])
    RETURNS append_result LANGUAGE plpgsql AS $$
DECLARE
    result append_result;
    written bigint;
    changed bigint;
BEGIN
    SELECT 0, head.seq, head.frontier INTO result.status, result.seq, result.frontier FROM head FOR UPDATE;
    IF result.seq <> p_head THEN
        result.status := 1;
        RETURN result;
    END IF;

    BEGIN
        IF cardinality(r_grain) > 0 AND EXISTS (
            SELECT FROM unnest(r_grain, r_version) AS r (grain, version)
            LEFT JOIN entity ON entity.grain = r.grain
            WHERE coalesce(entity.version, 0) <> r.version) THEN
            RAISE SQLSTATE 'SV001';
        END IF;

        UPDATE entity SET version = u.version, last_seq = u.last_seq, state = u.state
        FROM unnest(u_grain, u_expected, u_version, u_last_seq, u_state) AS u (grain, expected, version, last_seq, state)
        WHERE entity.grain = u.grain AND entity.version = u.expected;
        GET DIAGNOSTICS written = ROW_COUNT;
        IF written <> cardinality(u_grain) THEN
            RAISE SQLSTATE 'SV001';
        END IF;

        IF cardinality(e_grain) > 0 THEN
            UPDATE entity SET
                version = e.version, last_seq = e.last_seq, state = e.state, kind = e.kind, name = e.name, region = e.region, industry = e.industry,
                risk_class = e.risk_class, standing = e.standing, enterprise = e.enterprise, search = e.search
            FROM unnest(
                    e_grain, e_expected, e_version, e_last_seq, e_state, e_kind, e_name, e_region, e_industry, e_risk_class, e_standing, e_enterprise, e_search)
                AS e (grain, expected, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search)
            WHERE e.expected > 0 AND entity.grain = e.grain AND entity.version = e.expected;
            GET DIAGNOSTICS changed = ROW_COUNT;
            -- A grain that is not new after all meets the primary key.
            INSERT INTO entity (grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search)
            SELECT grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search
            FROM unnest(
                    e_grain, e_expected, e_version, e_last_seq, e_state, e_kind, e_name, e_region, e_industry, e_risk_class, e_standing, e_enterprise, e_search)
                AS e (grain, expected, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search)
            WHERE e.expected = 0;
            GET DIAGNOSTICS written = ROW_COUNT;
            IF changed + written <> cardinality(e_grain) THEN
                RAISE SQLSTATE 'SV001';
            END IF;
        END IF;

        IF cardinality(m_id) > 0 THEN
            INSERT INTO command (id, request_hash, grain, version, seq, created, class, code, article, detail, field, at)
            SELECT id, request_hash, grain, version, seq, created, class, code, article, detail, field, p_at
            FROM unnest(m_id, m_request_hash, m_grain, m_version, m_seq, m_created, m_class, m_code, m_article, m_detail, m_field)
                AS m (id, request_hash, grain, version, seq, created, class, code, article, detail, field);
        END IF;
    EXCEPTION WHEN SQLSTATE 'SV001' OR unique_violation THEN
        result.stale := ARRAY(
            SELECT DISTINCT c.append
            FROM unnest(c_grain, c_version, c_append) AS c (grain, version, append)
            LEFT JOIN entity ON entity.grain = c.grain
            WHERE coalesce(entity.version, 0) <> c.version);
        result.duplicate := ARRAY(SELECT m.append FROM unnest(m_append, m_id) AS m (append, id) JOIN command ON command.id = m.id);
        IF cardinality(result.stale) = 0 AND cardinality(result.duplicate) = 0 THEN
            RAISE;
        END IF;
        result.status := 2;
        RETURN result;
    END;

    INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES (p_batch, p_head + 1, p_last, p_root, p_at);
    UPDATE head SET seq = p_last, frontier = p_frontier;

    INSERT INTO ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash)
    SELECT p_head + place, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash
    FROM unnest(l_grain, l_version, l_type, l_at, l_effective_on, l_actor, l_command_id, l_previous_seq, l_data, l_leaf_hash)
        WITH ORDINALITY AS l (grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash, place);

    IF cardinality(g_grain) > 0 THEN
        DELETE FROM title WHERE grain = ANY (g_grain);
        INSERT INTO title (grain, policy, honour, level, status, authority, certificate, granted_on, evaluator, batch, exempt_until)
        SELECT * FROM unnest(t_grain, t_policy, t_honour, t_level, t_status, t_authority, t_certificate, t_granted_on, t_evaluator, t_batch, t_exempt_until);
    END IF;

    IF cardinality(o_grain) > 0 THEN
        DELETE FROM work WHERE grain = ANY (o_grain);
        INSERT INTO work (grain, item, id, status, policy, level, due_on, inspectors)
        SELECT grain, item, id, status, policy, level, due_on, string_to_array(inspectors, E'\n')
        FROM unnest(k_grain, k_item, k_id, k_status, k_policy, k_level, k_due_on, k_inspectors)
            AS k (grain, item, id, status, policy, level, due_on, inspectors);
    END IF;

    IF cardinality(w_grain) > 0 THEN
        DELETE FROM wake_up USING unnest(w_grain, w_due_at) AS w (grain, due_at)
        WHERE wake_up.grain = w.grain AND w.due_at IS NULL;
        INSERT INTO wake_up (grain, due_at)
        SELECT grain, due_at FROM unnest(w_grain, w_due_at) AS w (grain, due_at) WHERE due_at IS NOT NULL
        ON CONFLICT (grain) DO UPDATE SET due_at = excluded.due_at;
    END IF;

    IF cardinality(s_seq) > 0 THEN
        INSERT INTO private_member (seq, member, salt, value) SELECT * FROM unnest(s_seq, s_member, s_salt, s_value);
    END IF;

    result.seq := p_last;
    result.frontier := p_frontier;
    RETURN result;
END $$;

GRANT SELECT, INSERT, DELETE ON work TO supervision_serving;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO supervision_serving;
