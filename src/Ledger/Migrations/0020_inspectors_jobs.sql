-- Mandatory. Runs once, in one transaction, under the migration lock.
-- When an enterprise is merged into another one, the conflicts that inspectors have with it become conflicts with that one, too.

DROP INDEX ledger_effects;
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('check.cancelled', 'check.missed', 'energy-rectification.missed', 'energy-rectification.reported', 'incident.determined',
            'result.corrected', 'title.lapsed', 'title.reinstated', 'title.removed', 'veto.checked', 'veto.rejected')
        OR (type IN ('case.decided', 'case.served', 'entity.merged') AND grain LIKE 'enterprise/%');

-- The last runs of each job, so that anyone can see whether it ran and how it ended.
CREATE TABLE job_run (
    id          bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT job_run_pkey PRIMARY KEY,
    job         text        NOT NULL,
    -- By the silo's clock; the duration is real time.
    started_at  timestamptz NOT NULL,
    duration_ms bigint      NOT NULL CONSTRAINT job_run_duration_check CHECK (duration_ms >= 0),
    outcome     text        NOT NULL CONSTRAINT job_run_outcome_check CHECK (outcome IN ('done', 'failed')),
    detail      text        NOT NULL,
    -- Whose key ran it; the schedule itself is 'system'.
    by          text        NOT NULL
);
CREATE INDEX job_run_job ON job_run (job, id);

-- What holders were reminded of. A deadline that moves is another one.
CREATE TABLE reminder (
    id      bigint      GENERATED ALWAYS AS IDENTITY CONSTRAINT reminder_pkey PRIMARY KEY,
    grain   grain_id    NOT NULL,
    kind    text        NOT NULL,
    part    text        NOT NULL,
    due_on  date        NOT NULL,
    days    integer     NOT NULL CONSTRAINT reminder_days_check CHECK (days > 0),
    policy  text        NOT NULL,
    honour  text,
    level   text,
    article text        NOT NULL,
    at      timestamptz NOT NULL,
    CONSTRAINT reminder_once_key UNIQUE (grain, kind, part, due_on, days)
);

GRANT SELECT, INSERT, DELETE ON job_run TO supervision_serving;
GRANT SELECT, INSERT ON reminder TO supervision_serving;
