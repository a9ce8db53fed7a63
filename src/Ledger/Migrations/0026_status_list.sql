-- Mandatory.
-- Where titles stand in the status list: allocated once, at random, and never given to another title.

CREATE TABLE status_index (
    position bigint   CONSTRAINT status_index_pkey PRIMARY KEY CONSTRAINT status_index_position_check CHECK (position >= 0),
    grain    grain_id NOT NULL,
    policy   text     NOT NULL,
    honour   text     NOT NULL,
    level    text     NOT NULL
);
-- Not unique: after a merge two positions may tell of one title.
CREATE INDEX status_index_title ON status_index (grain, policy, honour, level);

GRANT SELECT, INSERT, UPDATE ON status_index TO supervision_serving;
