-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Fewer look-ups for a command that moves a wake-up or open work, each of which is a page somewhere in memory. A wake-up stands beside the state with which it
-- changes; the table of wake-ups becomes the order in which they come due, to which is only added. Open work is found where it lies in the order of its lists.

-- Silos that serve meanwhile take these tables in different orders, so none is kept while another one is waited for.
DO $$ BEGIN
    SET LOCAL lock_timeout = '300ms';
    LOOP
        BEGIN
            LOCK TABLE entity, work, wake_up IN ACCESS EXCLUSIVE MODE;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    SET LOCAL lock_timeout TO DEFAULT;
END $$;

ALTER TABLE entity ADD COLUMN wake_up timestamptz;
UPDATE entity SET wake_up = wake_up.due_at FROM wake_up WHERE wake_up.grain = entity.grain;

-- Every instant to which a grain came as its wake-up, more than once perhaps. What its entity no longer says is past, and taken out when that instant has passed.
ALTER INDEX wake_up_due RENAME TO wake_up_due_at_grain;
ALTER TABLE wake_up RENAME TO wake_up_due;
ALTER TABLE wake_up_due DROP CONSTRAINT wake_up_pkey, RESET (fillfactor);

-- What has no day comes last.
UPDATE work SET due_on = 'infinity' WHERE due_on IS NULL;
ALTER TABLE work DROP CONSTRAINT work_pkey;
DROP INDEX work_due;
ALTER TABLE work ADD CONSTRAINT work_pkey PRIMARY KEY (item, due_on, grain, id);

-- No silo calls it any more: those of the version before prepare their batches.
DO $$ BEGIN
    EXECUTE (SELECT 'DROP FUNCTION ' || oid::regprocedure FROM pg_proc WHERE proname = 'append_batch' AND pronamespace = current_schema()::regnamespace);
END $$;
DROP TYPE append_result;

-- As before, but it moves the wake-up beside the state, and enters where it comes due.
-- Changes the rows of grains that exist and their open work, and enters wake-ups and the outcomes of commands. It waits for other silos that change the same rows;
-- whoever is to be waited for may itself be waiting for its place, which is why that does not last: a batch that waits too long gives way.
-- SV001: a grain has another version.
CREATE FUNCTION prepare_batch(
    p_at timestamptz,
    -- Grains of which only the state moves.
    u_grain text[], u_expected bigint[], u_version bigint[], u_last_seq bigint[], u_state text[], u_wake_up timestamptz[],
    -- Grains of which a column changes.
    e_grain text[], e_expected bigint[], e_version bigint[], e_last_seq bigint[], e_state text[], e_kind text[], e_name text[], e_region text[],
    e_industry text[], e_risk_class text[], e_standing text[], e_enterprise text[], e_search text[], e_wake_up timestamptz[],
    -- Open work that is done, that changes, and that is new; without a day: 'infinity'; inspectors one a line.
    x_grain text[], x_item text[], x_due_on date[], x_id text[],
    c_grain text[], c_item text[], c_was_due_on date[], c_id text[], c_status text[], c_policy text[], c_level text[], c_due_on date[], c_inspectors text[],
    k_grain text[], k_item text[], k_id text[], k_status text[], k_policy text[], k_level text[], k_due_on date[], k_inspectors text[],
    -- Wake-ups to which grains come.
    w_grain text[], w_due_at timestamptz[],
    m_id uuid[], m_request_hash bytea[], m_grain text[], m_version bigint[], m_seq bigint[], m_created text[],
    m_class text[], m_code text[], m_article text[], m_detail text[], m_field text[])
    RETURNS void LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    changed bigint;
BEGIN
    IF cardinality(u_grain) > 0 THEN
        UPDATE entity SET version = u.version, last_seq = u.last_seq, state = u.state, wake_up = u.wake_up
        FROM unnest(u_grain, u_expected, u_version, u_last_seq, u_state, u_wake_up) AS u (grain, expected, version, last_seq, state, wake_up)
        WHERE entity.grain = u.grain AND entity.version = u.expected;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed <> cardinality(u_grain) THEN
            RAISE SQLSTATE 'SV001';
        END IF;
    END IF;

    IF cardinality(e_grain) > 0 THEN
        UPDATE entity SET
            version = e.version, last_seq = e.last_seq, state = e.state, kind = e.kind, name = e.name, region = e.region, industry = e.industry,
            risk_class = e.risk_class, standing = e.standing, enterprise = e.enterprise, search = e.search, wake_up = e.wake_up
        FROM unnest(
                e_grain, e_expected, e_version, e_last_seq, e_state, e_kind, e_name, e_region, e_industry, e_risk_class, e_standing, e_enterprise, e_search, e_wake_up)
            AS e (grain, expected, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search, wake_up)
        WHERE entity.grain = e.grain AND entity.version = e.expected;
        GET DIAGNOSTICS changed = ROW_COUNT;
        IF changed <> cardinality(e_grain) THEN
            RAISE SQLSTATE 'SV001';
        END IF;
    END IF;

    IF cardinality(x_grain) > 0 THEN
        DELETE FROM work USING unnest(x_grain, x_item, x_due_on, x_id) AS x (grain, item, due_on, id)
        WHERE work.item = x.item AND work.due_on = x.due_on AND work.grain = x.grain AND work.id = x.id;
    END IF;
    IF cardinality(c_grain) > 0 THEN
        UPDATE work SET
            status = c.status, policy = c.policy, level = c.level, due_on = c.due_on, inspectors = string_to_array(c.inspectors, E'\n')
        FROM unnest(c_grain, c_item, c_was_due_on, c_id, c_status, c_policy, c_level, c_due_on, c_inspectors)
            AS c (grain, item, was_due_on, id, status, policy, level, due_on, inspectors)
        WHERE work.item = c.item AND work.due_on = c.was_due_on AND work.grain = c.grain AND work.id = c.id;
    END IF;
    IF cardinality(k_grain) > 0 THEN
        INSERT INTO work (grain, item, id, status, policy, level, due_on, inspectors)
        SELECT grain, item, id, status, policy, level, due_on, string_to_array(inspectors, E'\n')
        FROM unnest(k_grain, k_item, k_id, k_status, k_policy, k_level, k_due_on, k_inspectors)
            AS k (grain, item, id, status, policy, level, due_on, inspectors);
    END IF;

    IF cardinality(w_grain) > 0 THEN
        INSERT INTO wake_up_due (grain, due_at) SELECT grain, due_at FROM unnest(w_grain, w_due_at) AS w (grain, due_at);
    END IF;

    IF cardinality(m_id) > 0 THEN
        INSERT INTO command (id, request_hash, grain, version, seq, created, class, code, article, detail, field, at)
        SELECT id, request_hash, grain, version, seq, created, class, code, article, detail, field, p_at
        FROM unnest(m_id, m_request_hash, m_grain, m_version, m_seq, m_created, m_class, m_code, m_article, m_detail, m_field)
            AS m (id, request_hash, grain, version, seq, created, class, code, article, detail, field);
    END IF;
END $$;

-- As before; a new grain comes with its wake-up.
-- Takes the lock of the head, which it keeps until the transaction ends, and enters everything that has a place in the order. Status 1: the ledger ends
-- elsewhere than the batch was built for, namely there; nothing was written. From here on nobody is waited for. SV001: a grain that was only read has another version.
CREATE FUNCTION finish_batch(
    p_batch uuid, p_head bigint, p_behind bytea, p_last bigint, p_frontier bytea, p_root bytea, p_at timestamptz,
    -- Grains that are only read.
    r_grain text[], r_version bigint[],
    l_grain text[], l_version bigint[], l_type text[], l_at timestamptz[], l_effective_on date[], l_actor text[],
    l_command_id uuid[], l_previous_seq bigint[], l_data text[], l_leaf_hash bytea[],
    s_seq bigint[], s_member text[], s_salt bytea[], s_value text[],
    -- Grains that are new.
    n_grain text[], n_version bigint[], n_last_seq bigint[], n_state text[], n_kind text[], n_name text[], n_region text[],
    n_industry text[], n_risk_class text[], n_standing text[], n_enterprise text[], n_search text[], n_wake_up timestamptz[],
    -- Grains whose titles are rewritten, and those titles.
    g_grain text[],
    t_grain text[], t_policy text[], t_honour text[], t_level text[], t_status text[], t_authority text[], t_certificate text[],
    t_granted_on date[], t_evaluator text[], t_batch text[], t_exempt_until date[],
    OUT status smallint, OUT seq bigint, OUT frontier bytea)
    LANGUAGE plpgsql AS $$
BEGIN
    SELECT 0, head.seq, head.frontier INTO status, seq, frontier FROM head FOR UPDATE;
    -- Another silo may have come to the same length with other events.
    IF seq <> p_head OR frontier <> p_behind THEN
        status := 1;
        RETURN;
    END IF;

    IF cardinality(r_grain) > 0 AND EXISTS (
        SELECT FROM unnest(r_grain, r_version) AS r (grain, version)
        LEFT JOIN entity ON entity.grain = r.grain
        WHERE coalesce(entity.version, 0) <> r.version) THEN
        RAISE SQLSTATE 'SV001';
    END IF;

    IF cardinality(n_grain) > 0 THEN
        -- A grain that is not new after all meets the primary key.
        INSERT INTO entity (grain, version, last_seq, state, kind, name, region, industry, risk_class, standing, enterprise, search, wake_up)
        SELECT * FROM unnest(
            n_grain, n_version, n_last_seq, n_state, n_kind, n_name, n_region, n_industry, n_risk_class, n_standing, n_enterprise, n_search, n_wake_up);
    END IF;

    INSERT INTO batch (id, first_seq, last_seq, root, at) VALUES (p_batch, p_head + 1, p_last, p_root, p_at);
    UPDATE head SET seq = p_last, frontier = p_frontier;

    INSERT INTO ledger (seq, grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash)
    SELECT p_head + place, l.grain, l.version, l.type, l.at, l.effective_on, l.actor, l.command_id, l.previous_seq, l.data, l.leaf_hash
    FROM unnest(l_grain, l_version, l_type, l_at, l_effective_on, l_actor, l_command_id, l_previous_seq, l_data, l_leaf_hash)
        WITH ORDINALITY AS l (grain, version, type, at, effective_on, actor, command_id, previous_seq, data, leaf_hash, place);

    IF cardinality(g_grain) > 0 THEN
        DELETE FROM title WHERE grain = ANY (g_grain);
        INSERT INTO title (grain, policy, honour, level, status, authority, certificate, granted_on, evaluator, batch, exempt_until)
        SELECT * FROM unnest(t_grain, t_policy, t_honour, t_level, t_status, t_authority, t_certificate, t_granted_on, t_evaluator, t_batch, t_exempt_until);
    END IF;

    IF cardinality(s_seq) > 0 THEN
        INSERT INTO private_member (seq, member, salt, value) SELECT * FROM unnest(s_seq, s_member, s_salt, s_value);
    END IF;

    seq := p_last;
    frontier := p_frontier;
END $$;

-- For silos of the version before that serve meanwhile: wake-ups as they know them, one row a grain. They call the functions that they know, of other arguments.
CREATE VIEW wake_up AS SELECT grain, wake_up AS due_at FROM entity WHERE wake_up IS NOT NULL;

CREATE FUNCTION change_wake_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        UPDATE entity SET wake_up = NULL WHERE grain = OLD.grain;
        RETURN OLD;
    END IF;
    INSERT INTO wake_up_due (grain, due_at) VALUES (NEW.grain, NEW.due_at);
    UPDATE entity SET wake_up = NEW.due_at WHERE grain = NEW.grain;
    IF NOT FOUND THEN
        -- A grain that is new is entered later in the same transaction.
        PERFORM set_config(
            'supervision.wake_ups',
            (coalesce(nullif(current_setting('supervision.wake_ups', true), ''), '{}')::jsonb || jsonb_build_object(NEW.grain, NEW.due_at))::text, true);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER wake_up_changed INSTEAD OF INSERT OR UPDATE OR DELETE ON wake_up FOR EACH ROW EXECUTE FUNCTION change_wake_up();

CREATE FUNCTION enter_wake_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.wake_up := current_setting('supervision.wake_ups')::jsonb ->> NEW.grain;
    RETURN NEW;
END $$;
CREATE TRIGGER entity_wake_up_entered BEFORE INSERT ON entity FOR EACH ROW
    WHEN (nullif(current_setting('supervision.wake_ups', true), '') IS NOT NULL) EXECUTE FUNCTION enter_wake_up();

-- Work without a day, as they enter it.
CREATE FUNCTION put_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.due_on := 'infinity';
    RETURN NEW;
END $$;
CREATE TRIGGER work_put_last BEFORE INSERT OR UPDATE ON work FOR EACH ROW WHEN (NEW.due_on IS NULL) EXECUTE FUNCTION put_last();

GRANT SELECT, INSERT, UPDATE, DELETE ON wake_up TO supervision_serving;
REVOKE UPDATE ON wake_up_due FROM supervision_serving;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO supervision_serving;
