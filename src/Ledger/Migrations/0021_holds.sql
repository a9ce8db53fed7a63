-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Bulk commands that were stopped because they would change more existing titles than they may without a second officer.

CREATE TABLE hold (
    id         bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT hold_pkey PRIMARY KEY,
    operation  text        NOT NULL,
    -- SHA-256 of operation, request and asker, so that the same request finds its hold.
    hash       bytea       NOT NULL CONSTRAINT hold_hash_check CHECK (length(hash) = 32),
    -- The request with its actor, as JSON.
    request    text        NOT NULL,
    -- For whose regions it is; null: for all.
    region     text,
    status     text        NOT NULL CONSTRAINT hold_status_check CHECK (status IN ('waiting', 'released', 'refused')),
    -- Titles that it would change, of how many that are held.
    titles     bigint      NOT NULL,
    existing   bigint      NOT NULL,
    asked_by   text        NOT NULL,
    asked_at   timestamptz NOT NULL,
    decided_by text,
    decided_at timestamptz,
    reason     text,
    CONSTRAINT hold_decision_check CHECK ((status = 'waiting') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL) AND asked_by IS DISTINCT FROM decided_by)
);
CREATE UNIQUE INDEX hold_waiting ON hold (hash) WHERE status = 'waiting';
CREATE INDEX hold_hash ON hold (hash, id);

GRANT SELECT, INSERT, UPDATE ON hold TO supervision_serving;
