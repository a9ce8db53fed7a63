-- Mandatory. Runs once, in one transaction, under the migration lock.
-- What is served and decided on an enterprise takes effect on its entities, and parks and supply chains are told what befalls
-- the titles of their members and suppliers; of what was lost before, that behind which the reader has not come yet.

DROP INDEX ledger_effects;
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('energy-rectification.missed', 'energy-rectification.reported', 'incident.determined', 'veto.checked', 'veto.rejected',
            'title.lapsed', 'title.reinstated', 'title.removed')
        OR (type IN ('case.decided', 'case.served') AND grain LIKE 'enterprise/%');
