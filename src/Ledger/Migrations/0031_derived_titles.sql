-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Titles that follow from others by themselves, and determinations that are set right.

-- How far the titles that exist when a policy comes into force, or a version of it is adopted, have been looked through.
CREATE TABLE recognition (
    policy   text    CONSTRAINT recognition_pkey PRIMARY KEY,
    version  integer NOT NULL,
    -- Every entity up to this one is done.
    up_to    grain_id,
    complete boolean NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON recognition TO supervision_serving;

-- From a determination that was set right follows what follows from one.
DROP INDEX ledger_effects;
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('check.cancelled', 'check.missed', 'determination.corrected', 'energy-rectification.missed', 'energy-rectification.reported', 'incident.determined',
            'result.corrected', 'title.lapsed', 'title.reinstated', 'title.removed', 'veto.checked', 'veto.rejected')
        OR (type IN ('case.decided', 'case.served', 'entity.merged') AND grain LIKE 'enterprise/%');
