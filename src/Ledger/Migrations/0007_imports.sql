-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Imports: what was uploaded, and the rows that were rejected.

ALTER TABLE import_job
    -- A file of the register's own format names a policy in every row.
    ALTER COLUMN policy DROP NOT NULL,
    -- SHA-256 of the file as it came: another file under the same idempotency key is noticed.
    ADD COLUMN content_hash bytea CONSTRAINT import_job_content_hash_check CHECK (length(content_hash) = 32),
    ADD COLUMN header text;

-- Rejected rows as they stood in the file, so that they can be set right and imported again.
CREATE TABLE import_rejected (
    job  uuid   NOT NULL CONSTRAINT import_rejected_job_fkey REFERENCES import_job (id),
    row  bigint NOT NULL,
    line text   NOT NULL,
    -- The key that the row's place in the file gave it.
    key  text,
    CONSTRAINT import_rejected_pkey PRIMARY KEY (job, row)
);

GRANT SELECT, INSERT, DELETE ON import_rejected TO supervision_serving;
