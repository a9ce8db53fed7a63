-- Mandatory.
-- What the public log over the ledger needs beside it: the inner hashes of its tree, and which keys have signed it.

-- Hashes over 256^level events at a place, counted from 0, written by silos in the background once those events are there. All of them
-- follow from ledger.leaf_hash, so that nothing is lost with this table but time.
CREATE TABLE log_node (
    level smallint NOT NULL CONSTRAINT log_node_level_check CHECK (level BETWEEN 1 AND 7),
    place bigint   NOT NULL CONSTRAINT log_node_place_check CHECK (place >= 0),
    hash  bytea    NOT NULL CONSTRAINT log_node_hash_check CHECK (length(hash) = 32),
    CONSTRAINT log_node_pkey PRIMARY KEY (level, place)
);

-- The public keys under which checkpoints of this ledger were signed, as signed notes write them. The keys themselves and the last signed
-- checkpoint lie outside the database, so that restoring it does not take back what was signed.
CREATE TABLE log_key (
    verifier_key text        CONSTRAINT log_key_pkey PRIMARY KEY,
    origin       text        NOT NULL,
    added_at     timestamptz NOT NULL
);

GRANT SELECT, INSERT ON log_node, log_key TO supervision_serving;
