-- Mandatory.
-- The audit trail, append-only as the ledger is; and keys that can be asked for again.

CREATE TABLE audit (
    id        bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_pkey PRIMARY KEY,
    at        timestamptz NOT NULL,
    outcome   text        NOT NULL
        CONSTRAINT audit_outcome_check CHECK (outcome IN ('done', 'denied-unauthenticated', 'denied-role', 'denied-competence')),
    -- No foreign keys: nothing that is done to keys and persons may stand in the way of a record.
    key_id    text,
    person_id text,
    method    text        NOT NULL,
    route     text        NOT NULL,
    subject   text,
    address   text,
    times     bigint      NOT NULL CONSTRAINT audit_times_check CHECK (times > 0)
);
CREATE INDEX audit_key ON audit (key_id, id) WHERE key_id IS NOT NULL;
CREATE INDEX audit_person ON audit (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_subject ON audit (subject, id) WHERE subject IS NOT NULL;

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused.', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON audit TO supervision_serving;

ALTER TABLE api_key
    ADD COLUMN command_id   uuid CONSTRAINT api_key_command_id_key UNIQUE,
    ADD COLUMN request_hash bytea;
