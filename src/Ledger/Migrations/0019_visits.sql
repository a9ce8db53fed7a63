-- Mandatory. Runs once, in one transaction, under the migration lock.
-- What becomes of a visit follows from its checks: those that are called off, found nobody, or are set right.

DROP INDEX ledger_effects;
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('check.cancelled', 'check.missed', 'energy-rectification.missed', 'energy-rectification.reported', 'incident.determined',
            'result.corrected', 'title.lapsed', 'title.reinstated', 'title.removed', 'veto.checked', 'veto.rejected')
        OR (type IN ('case.decided', 'case.served') AND grain LIKE 'enterprise/%');
