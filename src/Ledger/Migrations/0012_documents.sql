-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Documents: what is stored by content beside the database, and who brought it.

CREATE TABLE document (
    -- SHA-256 of the content, under which it lies in the directory of documents.
    hash       bytea       CONSTRAINT document_pkey PRIMARY KEY CONSTRAINT document_hash_check CHECK (length(hash) = 32),
    bytes      bigint      NOT NULL CONSTRAINT document_bytes_check CHECK (bytes > 0),
    media_type text        NOT NULL,
    stored_at  timestamptz NOT NULL
);
CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Each person who brought a document. Not in the ledger, because a name can tell of a person; erasing a row leaves the document.
CREATE TABLE document_upload (
    hash      bytea       NOT NULL CONSTRAINT document_upload_hash_fkey REFERENCES document (hash),
    person_id text        NOT NULL,
    name      text,
    at        timestamptz NOT NULL,
    -- In the order of arrival, which instants do not tell.
    number    bigint      GENERATED ALWAYS AS IDENTITY,
    CONSTRAINT document_upload_pkey PRIMARY KEY (hash, person_id)
);
CREATE INDEX document_upload_person ON document_upload (person_id, at);

GRANT SELECT, INSERT ON document TO supervision_serving;
GRANT SELECT, INSERT, DELETE ON document_upload TO supervision_serving;
