-- Mandatory.
-- What draws of spot checks are made of before their records are open: secrets, rosters and inspectors, which only silos read.

CREATE TABLE draw_material (
    draw       grain_id    CONSTRAINT draw_material_pkey PRIMARY KEY,
    -- What the announcement commits to, and what the salts of roster and inspectors are made of: 32 random bytes each.
    secret     bytea       NOT NULL CONSTRAINT draw_material_secret_check CHECK (length(secret) = 32),
    roster_key bytea       NOT NULL CONSTRAINT draw_material_roster_key_check CHECK (length(roster_key) = 32),
    pool_key   bytea       NOT NULL CONSTRAINT draw_material_pool_key_check CHECK (length(pool_key) = 32),
    pool       bytea       NOT NULL,
    stored_at  timestamptz NOT NULL
);

-- Rosters and records, compressed, in parts.
CREATE TABLE draw_part (
    draw    grain_id NOT NULL,
    file    text     NOT NULL CONSTRAINT draw_part_file_check CHECK (file IN ('roster', 'record', 'public-record')),
    part    integer  NOT NULL,
    content bytea    NOT NULL,
    CONSTRAINT draw_part_pkey PRIMARY KEY (draw, file, part)
);
-- It is compressed already.
ALTER TABLE draw_part ALTER COLUMN content SET STORAGE EXTERNAL;

-- When titles were checked last, and how often each enterprise was visited in a year, whether that counts or not: read from the states of those of which the ledger
-- has news, before a draw is announced.
CREATE TABLE last_check (
    grain   grain_id NOT NULL,
    policy  text     NOT NULL,
    level   text     NOT NULL,
    made_on date     NOT NULL,
    CONSTRAINT last_check_pkey PRIMARY KEY (grain, policy, level)
);

CREATE TABLE visit_count (
    enterprise grain_id NOT NULL,
    year       integer  NOT NULL,
    visits     integer  NOT NULL,
    CONSTRAINT visit_count_pkey PRIMARY KEY (enterprise, year)
);

CREATE TABLE checks_counted (
    only_row boolean CONSTRAINT checks_counted_pkey PRIMARY KEY DEFAULT true CONSTRAINT checks_counted_only_row_check CHECK (only_row),
    up_to    bigint  NOT NULL
);
INSERT INTO checks_counted (up_to) VALUES (0);

GRANT SELECT, INSERT, UPDATE, DELETE ON draw_material, draw_part, last_check, visit_count TO supervision_serving;
GRANT SELECT, UPDATE ON checks_counted TO supervision_serving;
