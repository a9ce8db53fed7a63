-- Mandatory.
-- How far work over all titles of a policy has come, so that it goes on where it was interrupted.

-- After the adoption of a version of a policy what it asks for is scheduled on every entity under it.
CREATE TABLE duty_scheduling (
    policy   text    CONSTRAINT duty_scheduling_pkey PRIMARY KEY,
    version  integer NOT NULL,
    -- Every entity up to this one is done.
    up_to    grain_id,
    complete boolean NOT NULL
);

-- The ranking of a round is made once and kept; then it takes effect entity by entity.
CREATE TABLE ranking (
    policy   text    NOT NULL,
    round    text    NOT NULL,
    year     integer NOT NULL,
    up_to    grain_id,
    complete boolean NOT NULL,
    CONSTRAINT ranking_pkey PRIMARY KEY (policy, round, year)
);

CREATE TABLE ranked_title (
    policy text     NOT NULL,
    round  text     NOT NULL,
    year   integer  NOT NULL,
    grain  grain_id NOT NULL,
    honour text     NOT NULL,
    level  text     NOT NULL,
    grade  text,
    score  numeric,
    lowest boolean  NOT NULL,
    CONSTRAINT ranked_title_pkey PRIMARY KEY (policy, round, year, grain, honour, level),
    CONSTRAINT ranked_title_ranking_fkey FOREIGN KEY (policy, round, year) REFERENCES ranking
);

GRANT SELECT, INSERT, UPDATE ON duty_scheduling, ranking TO supervision_serving;
GRANT SELECT, INSERT ON ranked_title TO supervision_serving;
