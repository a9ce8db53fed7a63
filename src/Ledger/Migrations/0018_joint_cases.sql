-- Mandatory. Runs once, in one transaction, under the migration lock.
-- What is served and decided on an enterprise takes effect on its entities; it is rare, since few titles are of an enterprise.

DROP INDEX ledger_effects;
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('energy-rectification.missed', 'energy-rectification.reported', 'incident.determined', 'veto.checked', 'veto.rejected')
        OR (type IN ('case.decided', 'case.served') AND grain LIKE 'enterprise/%');
