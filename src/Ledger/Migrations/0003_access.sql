-- Mandatory.
-- Keys, persons, imports and the manual clock: what is not in the ledger.

-- The person behind the pseudonym that stands in the ledger. Erasing a row leaves every proof valid.
CREATE TABLE person (
    id     text PRIMARY KEY,
    person text NOT NULL CONSTRAINT person_person_key UNIQUE
);

CREATE TABLE api_key (
    id         text        PRIMARY KEY,
    hash       bytea       NOT NULL CONSTRAINT api_key_hash_key UNIQUE CONSTRAINT api_key_hash_check CHECK (length(hash) = 32),
    name       text        NOT NULL,
    person_id  text        NOT NULL CONSTRAINT api_key_person_fkey REFERENCES person (id),
    role       text        NOT NULL,
    level      text        NOT NULL,
    regions    text[]      NOT NULL,
    bootstrap  boolean     NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    revoked_at timestamptz
);

CREATE TABLE import_job (
    id         uuid        PRIMARY KEY,
    format     text        NOT NULL,
    policy     text        NOT NULL,
    dry_run    boolean     NOT NULL,
    status     text        NOT NULL CONSTRAINT import_job_status_check CHECK (status IN ('received', 'running', 'done', 'failed')),
    created_at timestamptz NOT NULL,
    -- The actor, as JSON, so that a job goes on in its name after a restart.
    actor      text        NOT NULL,
    read_rows  bigint      NOT NULL DEFAULT 0,
    accepted   bigint      NOT NULL DEFAULT 0,
    unchanged  bigint      NOT NULL DEFAULT 0,
    skipped    bigint      NOT NULL DEFAULT 0,
    rejected   bigint      NOT NULL DEFAULT 0,
    error      text,
    finished_at timestamptz
);

-- The uploaded file, until its job is done.
CREATE TABLE import_chunk (
    job   uuid    NOT NULL CONSTRAINT import_chunk_job_fkey REFERENCES import_job (id),
    place integer NOT NULL,
    bytes bytea   NOT NULL,
    CONSTRAINT import_chunk_pkey PRIMARY KEY (job, place)
);
ALTER TABLE import_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE import_error (
    job      uuid    NOT NULL CONSTRAINT import_error_job_fkey REFERENCES import_job (id),
    row      bigint  NOT NULL,
    place    integer NOT NULL,
    "column" text,
    code     text    NOT NULL,
    message  text    NOT NULL,
    CONSTRAINT import_error_pkey PRIMARY KEY (job, row, place)
);

-- Where a manual clock stands; no row under the real clock.
CREATE TABLE manual_clock (
    only_row boolean     PRIMARY KEY DEFAULT true CONSTRAINT manual_clock_only_row_check CHECK (only_row),
    now      timestamptz NOT NULL
);
