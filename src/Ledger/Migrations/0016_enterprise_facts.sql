-- Mandatory. Runs once, in one transaction, under the migration lock.
-- Worklists of enterprises, and how far effects between grains are carried out.

-- What stands in it is compared with the states by verify-ledger; here only that an item is a word.
ALTER TABLE work DROP CONSTRAINT IF EXISTS work_item_check;
ALTER TABLE work ADD CONSTRAINT work_item_check CHECK (item ~ '^[a-z]+(-[a-z]+)*$');
-- A veto or an incident concerns no policy and no title.
ALTER TABLE work ALTER COLUMN policy DROP NOT NULL, ALTER COLUMN level DROP NOT NULL;

-- The few events from which something follows on other grains, so that the ledger need not be read through for them.
CREATE INDEX ledger_effects ON ledger (seq)
    WHERE type IN ('energy-rectification.missed', 'energy-rectification.reported', 'incident.determined', 'veto.checked', 'veto.rejected');

-- Up to which of them each reader has carried out what follows.
CREATE TABLE effect_position (
    reader text   NOT NULL,
    seq    bigint NOT NULL CONSTRAINT effect_position_seq_check CHECK (seq >= 0),
    CONSTRAINT effect_position_pkey PRIMARY KEY (reader)
);
INSERT INTO effect_position (reader, seq) VALUES ('facts', 0);

GRANT SELECT, UPDATE ON effect_position TO supervision_serving;
