-- Mandatory. Safe to run again.
-- The append function: takes arrays, writes everything or nothing, and says what stood in the way.

-- status 0: committed. 1: the head has moved; seq and frontier are the current ones. 2: nothing written, because the
-- appends at those places (from 0) have a stale version, or a command id that already has an outcome.
CREATE TYPE append_result AS (status smallint, seq bigint, frontier bytea, stale integer[], duplicate integer[]);

CREATE FUNCTION append_batch(
    p_batch uuid, p_head bigint, p_last bigint, p_frontier bytea, p_root bytea, p_at timestamptz,
    -- Every grain written or read, the version it must have, and the append that says so.
    c_grain text[], c_version bigint[], c_append integer[],
    l_grain text[], l_version bigint[], l_type text[], l_at timestamptz[], l_effective_on date[], l_actor text[],
    l_command_id uuid[], l_previous_seq bigint[], l_data text[], l_leaf_hash bytea[],
    s_seq bigint[], s_member text[], s_salt bytea[], s_value text[],
    -- Grains of which only the state moves.
    u_grain text[], u_version bigint[], u_last_seq bigint[], u_state text[],
    -- Grains that are new or of which a column changes.
    e_grain text[], e_version bigint[], e_last_seq bigint[], e_state text[], e_kind text[], e_name text[], e_region text[],
    e_industry text[], e_risk_class text[], e_standing text[], e_enterprise text[], e_search text[],
    -- Grains whose titles are rewritten, and those titles.
    g_grain text[],
    t_grain text[], t_policy text[], t_honour text[], t_level text[], t_status text[], t_authority text[], t_certificate text[],
    t_granted_on date[], t_evaluator text[], t_batch text[], t_exempt_until date[],
    -- Wake-ups that change; absent: none any more.
    w_grain text[], w_due_at timestamptz[],
    m_append integer[], m_id uuid[], m_request_hash bytea[], m_grain text[], m_version bigint[], m_seq bigint[], m_created text[],
    m_class text[], m_code text[], m_article text[], m_detail text[], m_field text[])
    RETURNS append_result LANGUAGE plpgsql AS $$
DECLARE
    result append_result;
BEGIN
    SELECT 0, head.seq, head.frontier INTO result.status, result.seq, result.frontier FROM head FOR UPDATE;
    IF result.seq <> p_head THEN
        result.status := 1;
        RETURN result;
    END IF;

    result.stale := ARRAY(
        SELECT DISTINCT c.append
        FROM unnest(c_grain, c_version, c_append) AS c (grain, version, append)
        LEFT JOIN entity ON entity.grain = c.grain
        WHERE coalesce(entity.version, 0) <> c.version);
    IF cardinality(m_id) > 0 THEN
        result.duplicate := ARRAY(SELECT m.append FROM unnest(m_append, m_id) AS m (append, id) JOIN command ON command.id = m.id);
    END IF;
    IF cardinality(result.stale) > 0 OR cardinality(result.duplicate) > 0 THEN
        result.status := 2;
        RETURN result;
    END IF;

    INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES (p_batch, p_head + 1, p_last, p_root, p_at);
    UPDATE head SET seq = p_last, frontier = p_frontier;

    INSERT INTO ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash)
    SELECT p_head + place, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash
    FROM unnest(l_grain, l_version, l_type, l_at, l_effective_on, l_actor, l_command_id, l_previous_seq, l_data, l_leaf_hash)
        WITH ORDINALITY AS l (grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash, place);

    UPDATE entity SET version = u.version, last_seq = u.last_seq, state = u.state
    FROM unnest(u_grain, u_version, u_last_seq, u_state) AS u (grain, version, last_seq, state)
    WHERE entity.grain = u.grain;

    IF cardinality(e_grain) > 0 THEN
        INSERT INTO entity (grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search)
        SELECT * FROM unnest(e_grain, e_version, e_last_seq, e_state, e_kind, e_name, e_region, e_industry, e_risk_class, e_standing, e_enterprise, e_search)
        ON CONFLICT (grain) DO UPDATE SET
            version = excluded.version, last_seq = excluded.last_seq, state = excluded.state, kind = excluded.kind, name = excluded.name,
            region = excluded.region, industry = excluded.industry, risk_class = excluded.risk_class, standing = excluded.standing,
            enterprise = excluded.enterprise, search = excluded.search;
    END IF;

    IF cardinality(g_grain) > 0 THEN
        DELETE FROM title WHERE grain = ANY (g_grain);
        INSERT INTO title (grain, policy, honour, level, status, authority, certificate, granted_on, evaluator, batch, exempt_until)
        SELECT * FROM unnest(t_grain, t_policy, t_honour, t_level, t_status, t_authority, t_certificate, t_granted_on, t_evaluator, t_batch, t_exempt_until);
    END IF;

    IF cardinality(w_grain) > 0 THEN
        DELETE FROM wake_up USING unnest(w_grain, w_due_at) AS w (grain, due_at)
        WHERE wake_up.grain = w.grain AND w.due_at IS NULL;
        INSERT INTO wake_up (grain, due_at)
        SELECT grain, due_at FROM unnest(w_grain, w_due_at) AS w (grain, due_at) WHERE due_at IS NOT NULL
        ON CONFLICT (grain) DO UPDATE SET due_at = excluded.due_at;
    END IF;

    IF cardinality(m_id) > 0 THEN
        INSERT INTO command (id, request_hash, grain, version, seq, created, class, code, article, detail, field, at)
        SELECT id, request_hash, grain, version, seq, created, class, code, article, detail, field, p_at
        FROM unnest(m_id, m_request_hash, m_grain, m_version, m_seq, m_created, m_class, m_code, m_article, m_detail, m_field)
            AS m (id, request_hash, grain, version, seq, created, class, code, article, detail, field);
    END IF;

    IF cardinality(s_seq) > 0 THEN
        INSERT INTO private_member (seq, member, salt, value) SELECT * FROM unnest(s_seq, s_member, s_salt, s_value);
    END IF;

    result.seq := p_last;
    result.frontier := p_frontier;
    RETURN result;
END $$;

-- What became of a batch whose connection died: true, it committed. Otherwise it gets a tombstone under the head lock,
-- on which it fails should it still arrive, and the answer false is final.
CREATE FUNCTION resolve_batch(p_batch uuid) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    committed boolean;
BEGIN
    PERFORM 1 FROM head FOR UPDATE;
    SELECT last_seq IS NOT NULL INTO committed FROM batch WHERE id = p_batch;
    IF committed IS NULL THEN
        INSERT INTO batch (id) VALUES (p_batch);
        RETURN false;
    END IF;
    RETURN committed;
END $$;
