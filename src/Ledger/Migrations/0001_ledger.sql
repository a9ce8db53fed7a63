-- Mandatory. Runs once, in one transaction, under the migration lock.
-- The ledger, the state that follows from it, and what the append function needs.

-- Text that orders and compares by its bytes, whatever the locale of the server.
CREATE DOMAIN grain_id AS text COLLATE "C";

-- One row that every batch locks: seq has no gaps and commit order is seq order.
CREATE TABLE head (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT head_only_row_check CHECK (only_row),
    seq      bigint NOT NULL CONSTRAINT head_seq_check CHECK (seq >= 0),
    -- Roots of the perfect subtrees of the Merkle tree over all events, largest first, 32 bytes each.
    frontier bytea  NOT NULL CONSTRAINT head_frontier_check CHECK (length(frontier) % 32 = 0)
);
INSERT INTO head (seq, frontier) VALUES (0, '');

-- One row per committed batch. last_seq is also the size of the tree whose root stands here. A row without numbers is
-- the tombstone of a batch whose fate was in doubt and that must not commit any more.
CREATE TABLE batch (
    id        uuid PRIMARY KEY,
    first_seq bigint,
    last_seq  bigint,
    root      bytea CONSTRAINT batch_root_check CHECK (length(root) = 32),
    at        timestamptz,
    CONSTRAINT batch_tombstone_check CHECK (num_nulls(first_seq, last_seq, root, at) IN (0, 4))
);
CREATE INDEX batch_last_seq ON batch (last_seq) WHERE last_seq IS NOT NULL;

CREATE TABLE ledger (
    seq          bigint      NOT NULL,
    grain        grain_id    NOT NULL,
    version      bigint      NOT NULL CONSTRAINT ledger_version_check CHECK (version > 0),
    type         text        NOT NULL,
    at           timestamptz NOT NULL,
    effective_on date        NOT NULL,
    actor        text        NOT NULL,
    command_id   uuid,
    -- The grain's event before this one; 0 for its first. Histories are read along this chain, which needs no index.
    previous_seq bigint      NOT NULL CONSTRAINT ledger_previous_seq_check CHECK (previous_seq >= 0 AND previous_seq < seq),
    -- Canonical JSON, kept as text because its bytes are hashed.
    data         text        NOT NULL,
    leaf_hash    bytea       NOT NULL CONSTRAINT ledger_leaf_hash_check CHECK (length(leaf_hash) = 32),
    CONSTRAINT ledger_pkey PRIMARY KEY (seq)
) PARTITION BY RANGE (seq);

-- Texts that must be erasable. The event holds SHA-256(salt || value).
CREATE TABLE private_member (
    seq    bigint NOT NULL,
    member text   NOT NULL,
    salt   bytea  NOT NULL CONSTRAINT private_member_salt_check CHECK (length(salt) = 16),
    value  text   NOT NULL,
    CONSTRAINT private_member_pkey PRIMARY KEY (seq, member)
);

-- The current state of every grain. Updated in place: no index covers a column that changes with every command.
CREATE TABLE entity (
    grain      grain_id PRIMARY KEY,
    version    bigint   NOT NULL CONSTRAINT entity_version_check CHECK (version > 0),
    last_seq   bigint   NOT NULL,
    state      text     NOT NULL,
    kind       text     NOT NULL,
    name       text,
    region     text,
    industry   text,
    risk_class text,
    standing   text,
    enterprise grain_id,
    -- Normalised names and the key, one a line: what a search looks in.
    search     text
) WITH (fillfactor = 60);

-- Every pair of neighbouring characters: Chinese names are searched by two characters, which trigrams miss.
CREATE FUNCTION bigrams(value text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(array_agg(DISTINCT substr(value, i, 2)), '{}') FROM generate_series(1, length(value) - 1) AS i);

CREATE INDEX entity_kind ON entity (kind, grain);
CREATE INDEX entity_region ON entity (region, grain) WHERE region IS NOT NULL;
CREATE INDEX entity_enterprise ON entity (enterprise, grain) WHERE enterprise IS NOT NULL;
CREATE INDEX entity_search ON entity USING gin (bigrams(search)) WHERE search IS NOT NULL;

-- Titles as the register is filtered by them; rewritten only when a title changes.
CREATE TABLE title (
    grain        grain_id NOT NULL,
    policy       text     NOT NULL,
    honour       text     NOT NULL,
    level        text     NOT NULL,
    status       text     NOT NULL,
    authority    text     NOT NULL,
    certificate  text,
    granted_on   date     NOT NULL,
    evaluator    text,
    batch        text,
    exempt_until date,
    CONSTRAINT title_pkey PRIMARY KEY (grain, policy, honour, level)
);
CREATE INDEX title_filter ON title (policy, status, level, grain);
CREATE INDEX title_certificate ON title (certificate) WHERE certificate IS NOT NULL;

-- The single next instant at which a grain has to be woken.
CREATE TABLE wake_up (
    grain  grain_id PRIMARY KEY,
    due_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX wake_up_due ON wake_up (due_at, grain);

-- Outcomes by command id, so that a command sent again gets its first answer.
CREATE TABLE command (
    id           uuid PRIMARY KEY,
    request_hash bytea       NOT NULL,
    grain        grain_id    NOT NULL,
    version      bigint      NOT NULL,
    seq          bigint      NOT NULL,
    created      text,
    -- The rejection; all absent when the command was accepted.
    class        text,
    code         text,
    article      text,
    detail       text,
    field        text,
    at           timestamptz NOT NULL
);
CREATE INDEX command_at ON command USING brin (at);

-- Policies and calendars as registered, by content.
CREATE TABLE rules (
    grain   grain_id NOT NULL,
    version integer  NOT NULL,
    hash    text     NOT NULL,
    content bytea    NOT NULL,
    CONSTRAINT rules_pkey PRIMARY KEY (grain, version)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER batch_append_only BEFORE UPDATE OR DELETE ON batch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER batch_no_truncate BEFORE TRUNCATE ON batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Makes the partitions up to the one that holds a seq. The serving role has no right to create tables, so this runs
-- with the rights of its owner.
CREATE FUNCTION ensure_ledger_partitions(upto bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    size CONSTANT bigint := 10000000;
    made integer := 0;
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('supervision.ledger.partitions'));
    FOR number IN 0 .. upto / size LOOP
        part := 'ledger_' || lpad(number::text, 5, '0');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF ledger FOR VALUES FROM (%s) TO (%s)', part, number * size, (number + 1) * size);
            EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part || '_no_truncate', part);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END $$;
SELECT ensure_ledger_partitions(0);
